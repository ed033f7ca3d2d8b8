"""A book that somebody else handed in meanwhile: `chi-bo` merges both and tells what clashed; what comes is newer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from attrs import evolve

from builders import a_book as built
from cell_browser import Browser
from chibo.comparing import fingerprint_of, merge_books
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.model import Period
from chibo.office.desk.desk import MergedWith
from chibo.office.desk.opening import open_new
from chibo.office.lineage.keeping import kept_copies, short_name
from chibo.office.memory import Memory
from chibo.office.memory.history import history_of
from chibo.office.memory.log import read_log
from chibo.office.memory.periods import open_period
from chibo.register import Role
from chibo.workbook import read_book, write_book
from chibo.workbook.sealing import read_seal
from chibo_widgets.cell import CellPage
from chibo_widgets.cell.merging_view import merged_view
from chibo_widgets.cell.wording import Tongue
from handed_books import handed_over
from memory.books_handed_in import FEBRUARY_ROW, MARCH_ROW, a_book, saved
from memory.offices_in_memory import Noon, a_register, an_office, as_user

MARCH = Period(2026, 3, 3)
DAY = date(2026, 4, 3)
PEOPLE = (("nop1", Role.SUBMITTER, "CB01"), ("ban", Role.BOARD, ""), ("quan", Role.ADMINISTRATOR, ""))
STRANGE = a_book(rows=f"{MARCH_ROW}\n{FEBRUARY_ROW}", points=3)
"""A workbook of another hand, without a seal."""
Opened = Callable[..., Browser]


@pytest.fixture
def office(tmp_path: Path) -> tuple[Memory, Noon]:
    opened, clock = an_office(tmp_path / "vp", DAY, a_register(people=PEOPLE))
    open_period(as_user(opened, "ban"), MARCH)
    return opened, clock


@pytest.fixture
def memory(office: tuple[Memory, Noon]) -> Memory:
    return office[0]


@pytest.fixture
def book(memory: Memory) -> bytes:
    """A workbook that the office gave out."""
    read = read_book(a_book(rows=f"{MARCH_ROW}\n{FEBRUARY_ROW}"), "so.xlsx", memory.library).book
    assert read is not None
    return handed_over(write_book(read, memory.library), memory.library)


@pytest.fixture
def at(memory: Memory, book: bytes) -> Opened:
    """The page in the hands of the cell, a book open."""

    def opened(data: bytes = book, name: str = "so.xlsx") -> Browser:
        own = as_user(memory, "nop1")
        browser = Browser(page=CellPage(memory.library, today=lambda: DAY, door=lambda: own))
        browser.upload(data, name)
        return browser

    return opened


def now(browser: Browser) -> dict:
    return browser.view("handing")["now"]


def merged(browser: Browser) -> dict | None:
    return browser.view("handing")["merged"]


def write(browser: Browser, field: str, value: str, meeting: str = "2026-03") -> None:
    browser.act(act="record", meeting=meeting, field=field, value=value)


def times(browser: Browser) -> dict[str, tuple[str, str]]:
    rows = browser.book.meetings
    return {str(one.meeting_code): (f"{one.starts_at:%H:%M}", f"{one.ends_at:%H:%M}") for one in rows}


def merge(browser: Browser) -> None:
    browser.go(go="merge", period="2026-03")


def noted(browser: Browser) -> dict:
    """The merge as the draft has it."""
    return next(one["append"] for one in browser.drafts() if one.get("append", {}).get("act") == "merge")


def restored(browser: Browser, memory: Memory, *last: dict) -> Browser:
    """The draft of the book that is open, these its last acts, taken up in another window."""
    again = Browser(page=CellPage(memory.library, today=lambda: DAY, door=lambda: as_user(memory, "nop1")))
    begun, begun_data = next(
        (one["draft"]["begin"], data) for one, [data, *_] in browser.sent if "begin" in one.get("draft", {})
    )
    acts = [
        {"act": "record", "meeting": "2026-03", "field": "ends_at", "value": "15h40"},
        {"act": "record", "meeting": "2026-02", "field": "ends_at", "value": "15h20"},
        *last,
    ]
    draft = {key: begun[key] for key in ("id", "origin", "name", "form", "day")}
    again.page.opener.received({"restore": {**draft, "acts": [{**one, "on": str(DAY)} for one in acts]}}, [begun_data])
    return again


def logged(memory: Memory) -> int:
    """How often the log says that a file was given out to be merged."""
    return [entry.reason for entry in read_log(as_user(memory, "quan"))].count("gộp với sổ đang mở")


def hand_in(browser: Browser) -> None:
    browser.go(go="step", step=5)
    browser.go(go="hand-in", period="2026-03")


def branched(at: Opened, data: bytes) -> Browser:
    """A book that was open while somebody else changed two places of it and handed that in; one of them is mine too."""
    first = at(data)
    hand_in(first)
    browser, other = at(data), at(data, "so cua nguoi khac.xlsx")
    write(other, "ends_at", "15h50")
    write(other, "starts_at", "13h50", "2026-02")
    hand_in(other)
    write(browser, "ends_at", "15h40")
    write(browser, "ends_at", "15h20", "2026-02")
    browser.go(go="step", step=5)
    return browser


@pytest.fixture
def mine(at: Opened, book: bytes) -> Browser:
    return branched(at, book)


def test_the_button_takes_what_the_other_changed_and_names_what_both_changed(mine: Browser, memory: Memory) -> None:
    assert now(mine)["act"]["kind"] == "again"
    assert "biên nhận số 2, nop1 nộp lúc" in now(mine)["merge"]
    assert merged(mine) is None
    merge(mine)
    assert "nhận 1 chỗ; 1 chỗ hai bên sửa khác nhau" in mine.said
    assert times(mine) == {"2026-02": ("13:50", "15:20"), "2026-03": ("14:00", "15:40")}
    told = merged(mine)
    assert told is not None
    assert told["title"] == "Đã gộp với «so cua nguoi khac (bản 2).xlsx»"
    told_at = "Sinh hoạt!Q6"
    [clash] = told["clashes"]["rows"]
    assert clash == ["Sinh hoạt", "2026-03", "Giờ kết thúc", "15:30", "15:40", "15:50", told_at, told_at]
    assert told["clashes"]["ways"] == [{"go": "meeting", "meeting": "2026-03", "step": 2, "field": "ends_at"}]
    assert told["clashes"]["asides"] == [""]
    assert told["clashes"]["heads"][told["clashes"]["link"]] == "Mục"
    [taken] = told["taken"]["rows"]
    assert taken == ["Sinh hoạt", "2026-02", "Giờ bắt đầu", "14:00", "13:50", "Sinh hoạt!P7"]
    assert told["next"]
    assert now(mine)["merge"] == ""
    assert now(mine)["file"]["name"] == "so (đã gộp) (bản 3).xlsx"
    mine.go(go="step", step=4)
    lead = mine.view("saving")["lead"]
    assert lead.startswith("Đây là sổ gộp từ tệp «so.xlsx» và bản kia")
    assert logged(memory) == 2, "the version of the other, and the copy of the common base"


def test_the_merged_book_is_a_normal_newer_version_and_grew_from_both(
    mine: Browser, memory: Memory, at: Opened
) -> None:
    own = mine.page._handover.prepared
    merge(mine)
    mine.go(go="compare")
    rows = now(mine)["changes"]["rows"]
    assert [(row["row"], row["column"], row["after"]) for row in rows] == [
        ("2026-03", "Giờ kết thúc", "15:40"),
        ("2026-02", "Giờ kết thúc", "15:20"),
    ]
    mine.go(go="hand-in", period="2026-03")
    submission = history_of(as_user(memory, "ban"), "CB01", MARCH)
    assert submission.current is not None
    assert submission.current.receipt == 3
    assert submission.current.grown_from == submission.ordered[-2].values
    assert merged(mine)["next"] == ""
    data = memory.store.files.read(submission.current.content_hash)
    seal = read_seal(data)
    copies = kept_copies(memory.library.office, "CB01", 2026)
    parents = {one.parent for one in copies if one.name == short_name(seal.digest)}
    assert parents == {short_name(submission.ordered[-2].values), short_name(own.digest)}
    again = at(data, "so (đã gộp).xlsx")
    write(again, "ends_at", "15h45")
    again.go(go="step", step=5)
    assert (now(again)["act"]["kind"], now(again)["merge"]) == ("again", "")


def test_what_is_changed_after_merging_still_comes_of_the_other_version(mine: Browser, at: Opened) -> None:
    merge(mine)
    write(mine, "ends_at", "15h45")
    mine.go(go="step", step=5)
    assert (now(mine)["act"]["kind"], now(mine)["merge"]) == ("again", "")
    data = mine.page._handover.prepared.handed.data
    again = at(data, "so (đã gộp).xlsx")
    again.go(go="step", step=5)
    assert (now(again)["act"]["kind"], now(again)["merge"]) == ("again", "")


def test_undo_goes_back_to_the_book_before_and_a_draft_merges_again(mine: Browser, memory: Memory) -> None:
    before = mine.book
    merge(mine)
    assert mine.view("head")["undo"] == "Hoàn tác: gộp với bản đang dùng"
    after = mine.book
    mine.act(act="undo")
    assert mine.book == before
    assert merged(mine) is None
    assert now(mine)["merge"]
    again = restored(mine, memory, noted(mine))
    assert fingerprint_of(again.book) == fingerprint_of(after)
    again.go(go="step", step=5)
    assert len(merged(again)["clashes"]["rows"]) == 1
    assert now(again)["merge"] == ""


def test_a_draft_says_that_it_cannot_merge_again_and_loses_nothing(mine: Browser, memory: Memory) -> None:
    merge(mine)
    lost = {**noted(mine), "theirs": "0" * 64}
    later = {"act": "record", "meeting": "2026-03", "field": "starts_at", "value": "14h05"}
    again = restored(mine, memory, lost, later)
    assert "không làm lại được: Văn phòng không còn giữ" in again.said
    assert times(again) == {"2026-02": ("14:00", "15:20"), "2026-03": ("14:05", "15:40")}
    undone = restored(mine, memory, lost, later, {"act": "undo"}, {"act": "undo"})
    assert times(undone) == {"2026-02": ("14:00", "15:20"), "2026-03": ("14:00", "15:40")}, "the merge alone is undone"
    assert "không làm lại được" not in undone.said


def test_where_nothing_can_be_merged_the_reason_is_said_and_nothing_changes(mine: Browser, memory: Memory) -> None:
    before, current = mine.book, history_of(as_user(memory, "ban"), "CB01", MARCH).current
    memory.store.files.destroy(current.content_hash)
    merge(mine)
    assert mine.said.startswith("Chưa gộp được; sổ đang mở vẫn như cũ.")
    assert (mine.book, merged(mine)) == (before, None)
    assert not any("append" in one for one in mine.drafts())
    mine.go(go="merge", period="2026-02")
    assert mine.book == before


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"base": "0" * 24}, "bản gốc chung"),
        ({"theirs": "0" * 64}, "bản gốc chung"),
        ({"period": "2026-07"}, "Kỳ 2026-07 chưa mở"),
        ({"period": "năm nay"}, "không giữ bản nào"),
        ({"theirs": "../so.xlsx"}, "có ký tự không ghi được"),
    ],
)
def test_an_act_of_another_making_takes_nothing(mine: Browser, change: dict, why: str) -> None:
    merge(mine)
    mine.act(act="undo")
    before = mine.book
    mine.act(**{**noted(mine), **change})
    assert why in mine.said
    assert mine.book == before


def test_who_may_not_open_the_files_of_the_unit_merges_nothing(mine: Browser, memory: Memory, book: bytes) -> None:
    merge(mine)
    stranger = Browser(page=CellPage(memory.library, today=lambda: DAY, door=lambda: as_user(memory, "nop2")))
    stranger.upload(book)
    before = stranger.book
    stranger.act(**noted(mine))
    assert stranger.said.startswith("Chưa gộp được")
    assert stranger.book == before


def test_a_workbook_of_another_hand_is_merged_too(at: Opened, memory: Memory) -> None:
    mine = branched(at, STRANGE)
    merge(mine)
    assert times(mine) == {"2026-02": ("13:50", "15:20"), "2026-03": ("14:00", "15:40")}
    assert (now(mine)["act"]["kind"], now(mine)["merge"]) == ("again", "")
    assert logged(memory) == 2, "the version of the other, and the common base that came in"


@pytest.fixture
def edited(memory: Memory, book: bytes) -> Callable[..., bytes]:
    """A workbook that was made from the book at another time, and says when its March meeting ended."""

    def made(ends: str, moment: datetime) -> bytes:
        rows = f"{MARCH_ROW}\n{FEBRUARY_ROW}"
        read = read_book(a_book(rows=rows, ends=ends), "so.xlsx", memory.library).book
        parent = read_seal(book)
        assert read is not None
        assert parent is not None
        data = saved(write_book(read, memory.library), moment)
        return handed_over(data, memory.library, parent=parent.digest, at=moment)

    return made


def test_a_book_that_is_older_than_the_version_in_use_is_newer_once_it_was_merged(at: Opened, edited) -> None:
    first, mine = at(), at(edited("15:20", datetime(2026, 3, 7, tzinfo=UTC)))
    hand_in(first)
    write(first, "starts_at", "13h50", "2026-02")
    write(first, "ends_at", "15h50")
    hand_in(first)
    for _ in range(2):  # also after it came in and was not used
        mine.go(go="step", step=5)
        assert (now(mine)["act"]["kind"], bool(now(mine)["merge"])) == ("choose", True)
        mine.go(go="hand-in", period="2026-03")
    merge(mine)
    assert times(mine) == {"2026-02": ("13:50", "15:30"), "2026-03": ("14:00", "15:20")}
    assert (now(mine)["act"]["kind"], now(mine)["merge"]) == ("again", "")
    hand_in(mine)
    assert now(mine)["act"]["kind"] == "same"


def test_a_book_that_takes_nothing_is_newer_than_both_all_the_same(at: Opened) -> None:
    first, mine = at(), at()
    hand_in(first)
    write(first, "ends_at", "15h50")
    hand_in(first)
    write(mine, "ends_at", "15h40")
    mine.go(go="step", step=5)
    merge(mine)
    told = merged(mine)
    assert (len(told["taken"]["rows"]), len(told["clashes"]["rows"])) == (0, 1)
    assert (now(mine)["act"]["kind"], now(mine)["merge"]) == ("again", "")
    mine.act(act="undo")
    assert merged(mine) is None
    assert now(mine)["merge"], "both are apart again"
    merge(mine)
    hand_in(mine)
    assert (now(mine)["act"]["kind"], now(mine)["merge"]) == ("same", "")


def test_a_book_in_which_nothing_was_changed_has_nothing_to_merge(at: Opened) -> None:
    first, old = at(), at()
    hand_in(first)
    write(first, "ends_at", "15h50")
    hand_in(first)
    old.go(go="step", step=5)
    assert now(old)["merge"] == ""


def test_what_is_undone_at_this_step_is_what_would_go(mine: Browser) -> None:
    mine.go(go="compare")
    mine.act(act="undo")
    assert now(mine)["changes"] is None
    mine.go(go="compare")
    assert [row["column"] for row in now(mine)["changes"]["rows"]].count("Giờ kết thúc") == 1


def test_no_button_without_a_branch(at: Opened) -> None:
    first = at()
    hand_in(first)
    write(first, "ends_at", "15h40")
    first.go(go="step", step=5)
    assert now(first)["merge"] == "", "it grew from the version in use"
    strange = at(STRANGE)
    write(strange, "ends_at", "15h45")
    strange.go(go="step", step=5)
    assert now(strange)["act"]["kind"] == "again"
    assert now(strange)["merge"] == "", "nothing says what both grew from"


def test_the_account_in_english(mine: Browser) -> None:
    merge(mine)
    mine.go(go="language", language="en")
    told = merged(mine)
    assert told["title"].startswith("Merged with")
    assert told["clashes"]["heads"][:3] == ["Sheet", "Row", "Column"]


def test_a_row_that_the_open_book_lacks_is_named_by_its_sheet() -> None:
    base = built()
    *kept, last = base.members
    mine, theirs = evolve(base, members=tuple(kept)), evolve(base, members=(*kept, evolve(last, note="Mới về")))
    merged = MergedWith(
        file="so.xlsx",
        their_file="khac.xlsx",
        mine=fingerprint_of(mine),
        theirs=fingerprint_of(theirs),
        merge=merge_books(base, mine, theirs),
        books=(base, mine, theirs),
    )
    told = merged_view(evolve(open_new(mine), merged=merged), None, Tongue(Language.VIETNAMESE, Library()))
    assert told is not None
    assert told["clashes"]["ways"] == [None]
    assert told["clashes"]["asides"] == ["Sổ của mình không có dòng này. Trong Excel: trang Đảng viên"]
    assert "bấm vào mục" not in told["keep"]
