"""Two versions that the office has of one book: `tong-hop` names the unit, joins them, and hands in what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from board.branched_books import BASE, a_branch, handed_out, way_called
from chibo.engine.in_process import InProcess
from chibo.engine.sources import find_uploads
from chibo.model import CellBook, Period
from chibo.office.memory import Memory
from chibo.office.memory.consolidating import from_office
from chibo.office.memory.history import history_of
from chibo.office.memory.log import read_log
from chibo.office.memory.periods import open_period
from chibo.office.memory.reviewing import decide
from chibo.office.memory.submitting import submit
from chibo.register import Role
from chibo.submissions import StepKind
from chibo.workbook import read_book
from chibo_widgets.board import BoardPage
from memory.books_handed_in import a_book
from memory.offices_in_memory import a_register, an_office, as_user

DAY = date(2026, 4, 3)
MARCH = Period(2026, 3, 3)
PEOPLE = (
    ("nop1", Role.SUBMITTER, "CB01"),
    ("ban", Role.BOARD, ""),
    ("xem", Role.REVIEWER, "DB01"),
    ("phan", Role.ANALYST, ""),
)
NAME = "so.xlsx"
FIRST = {"speakers": 4, "venue": "Phòng họp tầng 2"}
SECOND = {"ends_at": time(15, 40)}
CLASHING = {"ends_at": time(15, 50)}


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    opened, _ = an_office(tmp_path / "vp", DAY, a_register(people=PEOPLE))
    open_period(as_user(opened, "ban"), MARCH)
    return opened


@pytest.fixture
def base(memory: Memory) -> bytes:
    """The workbook that the office handed out."""
    return handed_out(memory.library)


Hand = Callable[..., bytes]


@pytest.fixture
def hand(memory: Memory, base: bytes) -> Hand:
    """Hand in a version made from the one handed out, or from its `parent`."""

    def handed(parent: bytes = base, name: str = NAME, **values: object) -> bytes:
        data = a_branch(parent, memory.library, **values)
        [one] = submit(as_user(memory, "nop1"), find_uploads([(name, data)]), MARCH)
        assert one.edition is not None
        return data

    return handed


def a_page(memory: Memory, user: str = "ban") -> BoardPage:
    """The page on what was handed in, with CB01 open."""
    own = as_user(memory, user)
    page = BoardPage(own.library, today=DAY, engine=InProcess(), door=lambda: own)
    page._draw()
    page.office.received({"go": {"period": str(MARCH)}}, [])
    page.office.received({"go": {"office": True}}, [])
    go(page, open="cell:cb01")
    return page


def go(page: BoardPage, **message: Any) -> None:
    page.unit.received({"go": message}, [])
    page._draw()


def press(page: BoardPage, text: str) -> None:
    go(page, **way_called(text, page))


def in_use(memory: Memory) -> CellBook:
    """The book in use, as its file says it."""
    current = history_of(memory, "CB01", MARCH).current
    assert current is not None
    book = read_book(memory.store.files.read(current.content_hash), NAME, memory.library).book
    assert book is not None
    return book


def opened_for_it(memory: Memory) -> int:
    """How many files were given out to be joined."""
    return sum(entry.reason.startswith("gộp hai bản đã nộp") for entry in read_log(as_user(memory, "ban")))


def test_a_branch_is_taken_in_and_only_one_of_the_two_counts(memory: Memory, hand: Hand) -> None:
    """The rules of handing in refuse no version that grew beside the one in use."""
    hand(**FIRST)
    hand(**SECOND)
    assert len(history_of(memory, "CB01", MARCH).editions) == 2
    assert in_use(memory).meetings[1].venue == BASE.meetings[1].venue


def test_two_versions_are_named_joined_and_handed_in_as_one(memory: Memory, hand: Hand) -> None:
    hand(**FIRST)
    hand(**SECOND)
    page = a_page(memory)
    assert "(1 chi bộ): CB01." in page.office.view["beside"]
    twice = page.unit.view["twice"]
    assert "tháng 3/2026" in twice["title"]
    assert "Đang dùng: «so.xlsx, biên nhận 2» (biên nhận số 2, nop1 nộp lúc" in twice["say"]
    assert opened_for_it(memory) == 0
    press(page, "Gộp hai bản…")
    assert opened_for_it(memory) == 3
    shown = page.unit.view["in_place"]
    assert shown["title"].endswith("chưa nộp")
    assert [one["title"] for one in shown["lists"]] == ["Lấy thêm 2 chỗ của «so.xlsx, biên nhận 1»"]
    assert len(history_of(memory, "CB01", MARCH).editions) == 2, "nothing is handed in unasked"
    press(page, "Nộp sổ đã gộp")
    march = in_use(memory).meetings[1]
    assert (march.ends_at, march.speakers, march.venue) == (time(15, 40), 4, "Phòng họp tầng 2")
    view = page.unit.view
    assert (view["key"], view["twice"]) == ("cell:cb01", None)
    assert view["in_place"]["title"].startswith("Đã nộp sổ gộp cho tháng 3/2026, biên nhận số 3.")
    assert page.office.view["beside"] == ""
    meeting = page.board.by_key["cell:cb01"].meeting
    assert meeting is not None
    assert (meeting.facts.minutes, meeting.facts.speakers) == (100, 4)


def test_where_both_changed_the_same_somebody_chooses_first(memory: Memory, hand: Hand) -> None:
    hand(**SECOND, name="cua-phong.xlsx")
    hand(**CLASHING, **FIRST)
    page = a_page(memory)
    press(page, "Gộp hai bản…")
    assert page.unit.view["twice"]["clashes"] == [
        "Sinh hoạt, 2026-03, «Giờ kết thúc»: bản gốc 15:30; «so.xlsx» ghi 15:50; «cua-phong.xlsx» ghi 15:40"
    ]
    go(page, hand_in=True)
    assert len(history_of(memory, "CB01", MARCH).editions) == 2
    press(page, "Chưa gộp")
    assert page.unit.view["twice"]["clashes"] == []
    press(page, "Gộp hai bản…")
    press(page, "Giữ theo «cua-phong.xlsx»")
    assert opened_for_it(memory) == 6, "they are given out once for each press, not for the choice"
    assert page.unit.view["in_place"]["lists"][0]["title"].endswith("giữ theo «cua-phong.xlsx»")
    press(page, "Nộp sổ đã gộp")
    march = in_use(memory).meetings[1]
    assert (march.ends_at, march.speakers) == (time(15, 40), 4)


def test_the_merge_can_be_dropped_or_taken_away(memory: Memory, hand: Hand) -> None:
    hand(**FIRST)
    hand(**SECOND)
    page = a_page(memory)
    press(page, "Gộp hai bản…")
    given: list[str] = []
    page.downloads.offer_download = lambda name, _data, _type: given.append(name)  # type: ignore[method-assign]
    press(page, "Tải sổ đã gộp")
    for _ in range(600):
        if given:
            break
        page._draw()
    press(page, "Bỏ sổ gộp")
    assert given == ["so (đã gộp).xlsx"]
    assert page.unit.view["twice"]["say"].startswith("Đang dùng:")
    assert len(history_of(memory, "CB01", MARCH).editions) == 2


def test_a_version_that_grew_from_the_other_is_no_branch(memory: Memory, hand: Hand) -> None:
    older = hand(**FIRST)
    hand(older, **FIRST, **SECOND)
    page = a_page(memory)
    assert page.office.view["beside"] == ""
    assert page.unit.view["twice"] is None


def test_versions_of_which_nothing_common_is_known_are_left_to_the_cell(memory: Memory) -> None:
    for hours in (0, 1):
        submit(as_user(memory, "nop1"), find_uploads([(NAME, a_book(hours=hours, ends=f"15:{40 + hours}"))]), MARCH)
    assert from_office(as_user(memory, "ban"), MARCH).beside == {}


def test_what_was_accepted_is_not_to_be_joined_any_more(memory: Memory, hand: Hand) -> None:
    hand(**FIRST)
    hand(**SECOND)
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    assert [*from_office(as_user(memory, "ban"), MARCH).beside] == ["CB01"]
    decide(as_user(memory, "ban"), StepKind.ACCEPTED, "CB01", MARCH)
    assert from_office(as_user(memory, "ban"), MARCH).beside == {}


def test_a_third_version_is_joined_after_the_first_two(memory: Memory, hand: Hand) -> None:
    hand(**FIRST)
    hand(chair="Người khác")
    hand(**SECOND)
    page = a_page(memory)
    for _ in range(2):
        press(page, "Gộp hai bản…")
        press(page, "Nộp sổ đã gộp")
    march = in_use(memory).meetings[1]
    assert (march.ends_at, march.speakers, march.chair) == (time(15, 40), 4, "Người khác")
    assert page.unit.view["twice"] is None


def test_who_may_not_open_what_came_in_is_told_so(memory: Memory, hand: Hand) -> None:
    hand(**FIRST)
    hand(**SECOND)
    page = a_page(memory, "phan")
    press(page, "Gộp hai bản…")
    twice = page.unit.view["twice"]
    assert twice["say"].startswith("Chưa làm được; hai bản đã nộp vẫn như cũ. «phan» không được mở sổ đã nộp")
    assert twice["tone"] == "warn"
    assert opened_for_it(memory) == 0


def test_another_version_that_came_in_meanwhile_is_not_put_aside(memory: Memory, hand: Hand) -> None:
    hand(**FIRST)
    hand(**SECOND)
    page = a_page(memory)
    press(page, "Gộp hai bản…")
    hand(chair="Người khác")
    press(page, "Nộp sổ đã gộp")
    shown = page.unit.view["in_place"]
    assert "vừa nộp bản khác" in shown["hint"]
    assert len(history_of(memory, "CB01", MARCH).editions) == 3


def test_what_is_none_of_the_two_is_left_alone(memory: Memory, hand: Hand) -> None:
    hand(**FIRST)
    hand(**SECOND)
    page = a_page(memory)
    before = page.unit.view["twice"]
    for message in ({"join": "khac.xlsx"}, {"joined": NAME}, {"hand_in": True}, {"part": NAME}, {"only": NAME}):
        go(page, **message)
        assert page.unit.view["twice"] == before
    assert opened_for_it(memory) == 0


def test_the_words_in_english(memory: Memory, hand: Hand) -> None:
    hand(**FIRST)
    hand(**SECOND)
    page = a_page(memory)
    page.setting.received({"go": {"language": "en"}}, [])
    assert page.office.view["beside"].startswith("Two versions were handed in")
    press(page, "Merge the two…")
    press(page, "Hand in the merged workbook")
    assert page.unit.view["in_place"]["title"].startswith("The merged workbook was handed in")
