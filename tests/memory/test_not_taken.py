"""What is said where a file is not taken in: it is true, and what it advises helps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from chibo.cli.period_text import closing_lines
from chibo.cli.status_text import shown_row
from chibo.office.memory.periods import close_period, except_unit, open_period
from chibo.office.memory.status import period_status
from chibo.periods import UnitException
from chibo.register import ChangeOfUnit, UnitChange
from memory.books_handed_in import a_book
from memory.offices_in_memory import a_register, an_office, as_user
from memory.test_submission_commands import home, run  # noqa: F401
from memory.test_submitting import MARCH, PEOPLE, hand_in, results

MARCH_1 = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("change", "into", "said"),
    [
        (ChangeOfUnit.MERGED, "CB02", "CB01 đã sáp nhập ngày 01/03/2026 vào CB02"),
        (ChangeOfUnit.CLOSED, "", "CB01 đã giải thể ngày 01/03/2026"),
    ],
)
def test_a_unit_that_is_gone_is_not_called_unknown(tmp_path: Path, change: ChangeOfUnit, into: str, said: str) -> None:
    register = a_register(people=PEOPLE)
    gone = UnitChange(unit_code="CB01", day=MARCH_1, change=change, merged_into=into)
    memory, _ = an_office(tmp_path / "vp", date(2026, 4, 3), evolve(register, changes=(*register.changes, gone)))
    open_period(as_user(memory, "ban"), MARCH)
    (refused,) = hand_in(memory, a_book())
    assert refused.why.startswith(said)
    assert "2026-03" in refused.why
    assert "ghi chi bộ vào danh bạ" not in refused.why


def test_a_closed_period_is_to_be_opened_again_for_more_time_helps_nobody_in_it(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", date(2026, 4, 3), a_register(people=PEOPLE))
    board = as_user(memory, "ban")
    open_period(board, MARCH)
    except_unit(board, MARCH, UnitException(unit_code="CB01", until=date(2026, 5, 30), reason="lũ"))
    except_unit(board, MARCH, UnitException(unit_code="CB02", exempt=True, reason="mới lập"))
    change = close_period(board, MARCH)
    assert change.promised == {"CB01": date(2026, 5, 30)}
    assert any("CB01 đến 30/05/2026" in line for line in closing_lines(change, done=True))
    (shut_out, exempt, _) = (shown_row(one, board.today) for one in period_status(board, MARCH).units)
    assert (shut_out["holder"], shut_out["lateness"]) == ("kỳ đã đóng", "kỳ đã đóng")
    assert exempt["lateness"] == ""
    (refused,) = hand_in(memory, a_book())
    assert "đã đóng ngày 03/04/2026" in refused.why
    assert refused.command.startswith("chibo period open 2026-03")
    open_period(board, MARCH, reason="còn chi bộ được gia hạn")
    assert results(hand_in(memory, a_book())) == ["new"]


def test_last_years_book_is_told_from_a_year_that_nobody_opened(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", date(2026, 4, 3), a_register(people=PEOPLE))
    open_period(as_user(memory, "ban"), MARCH)
    (without,) = hand_in(memory, a_book(year=2025), period=None)
    assert "Nộp nhầm sổ năm 2025 thì chọn sổ năm 2026" in without.why
    (named,) = hand_in(memory, a_book(year=2025))
    assert "chọn sổ năm 2026" in named.why


def test_what_is_to_be_mended_is_said_once_however_many_periods_take_the_book(
    home: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    book = tmp_path / "so.xlsx"
    book.write_bytes(a_book(ends="13:00"))
    run(home, "period", "open", "2026-02", "--due", "2026-04-20")
    called = run(home, "submit", book)
    assert called.err.count("END_NOT_AFTER_START") == 1
