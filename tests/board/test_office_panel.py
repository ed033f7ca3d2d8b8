"""The office's panel of the board over a real office: periods, completeness, who is missing, consolidation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chibo.engine.in_process import InProcess
from chibo.engine.sources import find_uploads
from chibo.model import MeetingCode, Period
from chibo.office.memory import Memory
from chibo.office.memory.periods import close_period, except_unit, open_period
from chibo.office.memory.reviewing import decide
from chibo.office.memory.submitting import submit
from chibo.periods import UnitException
from chibo.register import Role
from chibo.submissions import StepKind
from chibo_widgets.board import BoardPage
from memory.books_handed_in import FEBRUARY_ROW, MARCH_ROW, a_book
from memory.offices_in_memory import Noon, a_register, an_office, as_user, bring_in

FEBRUARY, MARCH = Period(2026, 2, 2), Period(2026, 3, 3)
PEOPLE = (
    ("nop1", Role.SUBMITTER, "CB01"),
    ("nop2", Role.SUBMITTER, "CB02"),
    ("xem", Role.REVIEWER, "DB01"),
    ("ban", Role.BOARD, ""),
)
Open = Callable[..., BoardPage]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Memory, Noon]:
    """February closed; in March CB01 verified, CB03 with more time, CB02 silent; it is the twentieth of April."""
    memory, clock = an_office(tmp_path_factory.mktemp("board") / "vp", date(2026, 3, 28), a_register(people=PEOPLE))
    board = as_user(memory, "ban")
    for period in (FEBRUARY, MARCH):
        open_period(board, period)
    submit(board, find_uploads([("CB01.xlsx", a_book(rows=f"{FEBRUARY_ROW}\n{MARCH_ROW}"))]))
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    close_period(board, FEBRUARY)
    late = UnitException(unit_code="CB03", until=date(2026, 5, 1), reason="chi bộ mới tách")
    except_unit(board, MARCH, late)
    clock.day = date(2026, 4, 20)
    return memory, clock


@pytest.fixture
def board(office: tuple[Memory, Noon]) -> Open:
    def opened(user: str = "ban") -> BoardPage:
        memory = as_user(office[0], user)
        return BoardPage(memory.library, today=memory.today, engine=InProcess(), door=lambda: memory)

    return opened


def go(page: BoardPage, **message: Any) -> None:
    page.office.received({"go": message}, [])


def test_the_calendar_says_where_each_period_stands(board: Open) -> None:
    periods = board().office.view["periods"]
    assert [(one["name"], one["stage"], one["due"], one["chosen"]) for one in periods] == [
        ("Tháng 3/2026", "quá hạn, còn nhận", "05/04/2026", True),
        ("Tháng 2/2026", "đã đóng", "05/03/2026", False),
    ]


def test_completeness_stands_by_base_organisation_with_rates_of_those_who_owe(board: Open) -> None:
    progress = board().office.view["progress"]
    [part] = progress["rows"]
    assert (part["name"], part["expected"], part["missing"], part["verified"]) == ("Đảng bộ Sở Thử nghiệm", 3, 2, 1)
    assert part["rate_text"] == "33,33%"
    assert 0 <= part["verified_rate"] <= part["rate"] <= 100
    assert progress["summed"] == "1/3 chi bộ đã nộp"


def test_who_is_missing_has_a_contact_and_days_and_a_message_to_paste(board: Open) -> None:
    view = board().office.view
    assert [(one["code"], one["overdue"], one["contact"]) for one in view["missing"]] == [
        ("CB02", "quá hạn 13 ngày", "Đồng chí nop2 số máy của nop2"),
        ("CB03", "còn 11 ngày", "Đồng chí xem số máy của xem"),
    ]
    assert [one["due"] for one in view["missing"]] == ["hạn 05/04/2026", "gia hạn đến 01/05/2026"]
    assert view["missing"][1]["reason"] == "chi bộ mới tách"
    assert "- CB02 Chi bộ Phòng số 2, quá hạn 13 ngày" in view["message"]
    assert "- CB03 Chi bộ Phòng số 3, gia hạn đến 01/05/2026" in view["message"]


def test_for_a_closed_period_the_page_says_what_the_missing_may_ask_for(board: Open) -> None:
    page = board()
    assert page.office.view["shut"] == ()
    go(page, period="2026-02")
    assert page.office.view["shut"] == (
        "Kỳ 2026-02 đã đóng ngày 28/03/2026. Cần nộp thì xin Ban Tổ chức mở lại kỳ.",
        "Liên hệ: Đồng chí ban số máy của ban.",
    )
    assert "nộp sớm" not in page.office.view["message"]


def test_the_board_is_made_of_what_was_handed_in_and_goes_back(board: Open) -> None:
    page = board()
    go(page, office=True)
    assert page.office.view["taken"] == "Đang tổng hợp tháng 3/2026 từ 1 sổ đã nộp: 1 đã thẩm định."
    assert page.board.month == MARCH.months[0]
    assert {unit.identity.cell_code: unit.state.value for unit in page.board.units if unit.identity} == {
        "CB01": "warned",
        "CB02": "missing",
        "CB03": "missing",
    }
    page.table.received({"go": {"open": "cell:cb01"}}, [])
    [meeting] = [one for one in page.consolidation.facts if one.meeting_code == MeetingCode.parse("2026-03")]
    assert meeting.findings > 0
    assert page.unit.view["counted"].startswith(f"Sổ đã nộp có {meeting.findings} chỗ cần xem lại ở buổi này.")
    assert "chibo history CB01 --period 2026-03 --reason" in page.unit.view["counted"]
    assert not page.unit.view["marked"], "there is no file at hand to mark"
    assert page.downloads.view["reported"] == 1
    assert "3 chi bộ" in page.setting.view["expected"]["office"]
    go(page, period="2026-02")
    assert "tháng 2/2026" in page.office.view["taken"]
    go(page, office=False)
    assert page.office.view["taken"] == ""
    assert page.board.units == ()
    assert page.setting.view["expected"]["office"] == ""
    assert page.setting.view["expected"]["has_office"], "the list can still be gone by"


def test_what_came_in_meanwhile_is_seen_when_looking_again(board: Open, office: tuple[Memory, Noon]) -> None:
    page = board()
    submit(as_user(office[0], "nop2"), find_uploads([("CB02.xlsx", a_book("CB02"))]), MARCH)
    assert len(page.office.view["missing"]) == 2
    go(page, again=True)
    assert [one["code"] for one in page.office.view["missing"]] == ["CB03"]
    go(page, office=True)
    assert page.office.view["taken"].endswith("2 sổ đã nộp: 1 đã thẩm định. Chưa thẩm định: CB02.")


def test_a_book_without_a_word_of_the_period_is_named_where_it_is_counted(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", date(2026, 3, 28), a_register(people=PEOPLE))
    open_period(as_user(memory, "ban"), MARCH)
    for code in ("CB01", "CB02", "CB03"):
        rows = FEBRUARY_ROW if code == "CB02" else MARCH_ROW
        submit(as_user(memory, "ban"), find_uploads([(f"{code}.xlsx", a_book(code, rows=rows))]), MARCH)
    own = as_user(memory, "ban")
    view = BoardPage(memory.library, today=memory.today, engine=InProcess(), door=lambda: own).office.view
    assert view["progress"]["summed"] == "3/3 chi bộ đã nộp, trong đó 1 sổ trống vẫn tính là còn thiếu"
    assert view["missing_count"] == "1 chi bộ nộp sổ trống"
    assert "sổ đã nộp chưa ghi gì của kỳ" in view["message"]


def test_a_quarter_takes_what_came_in_for_its_months(board: Open, office: tuple[Memory, Noon]) -> None:
    open_period(as_user(office[0], "ban"), Period(2026, 1, 3))
    page = board()
    go(page, period="2026-Q1")
    assert page.office.view["progress"]["summed"] == "0/3 chi bộ đã nộp"
    go(page, office=True)
    assert page.office.view["taken"].startswith("Đang tổng hợp quý I/2026 từ 2 sổ đã nộp")
    assert (str(page.board.month), page.downloads.view["reported"]) == ("2026-03", 2)
    page.setting.received({"go": {"month": 2, "year": 2026}}, [])
    assert (str(page.board.month), page.downloads.view["reported"]) == ("2026-02", 1)


def test_a_submitter_sees_his_own_unit_and_is_told_calmly_that_he_does_not_consolidate(board: Open) -> None:
    page = board("nop1")
    assert page.office.view["progress"]["total"]["expected"] == 1
    assert not page.office.view["consolidates"], "it is not offered"
    assert board().office.view["consolidates"]
    go(page, office=True)
    assert "tổng hợp" in page.office.view["problem"]
    assert page.office.view["taken"] == ""
    go(page, office=False)
    assert page.office.view["problem"] == ""


def test_a_stranger_is_told_why_he_sees_nothing(board: Open, office: tuple[Memory, Noon]) -> None:
    administrator = (*PEOPLE, ("quan", Role.ADMINISTRATOR, ""))
    bring_in(office[0], a_register(people=administrator))
    view = board("khach").office.view
    assert "khach" in view["problem"]
    assert view["periods"] == []


def test_without_a_memory_the_page_stays_as_it_was(tmp_path: Path) -> None:
    page = BoardPage(today=date(2026, 4, 20), engine=InProcess(), door=lambda: None)
    assert page.office.view == {"shown": False}
