"""Two books of a cell on `tong-hop`: joined into one that counts in their place, or one chosen; nothing is lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import openpyxl
import pytest
from attrs import evolve

from board.branched_books import a_branch, changed, handed_out, way_called
from chibo.definitions.library import Library
from chibo.engine.in_process import InProcess
from chibo.office.board.joining import noted
from chibo.office.lineage.keeping import KeptCopy, kept_copies, short_name
from chibo.office.memory import Memory
from chibo.office.memory.log import read_log
from chibo.register import Role
from chibo.workbook import read_book, write_book
from chibo.workbook.sealing import read_seal, sealed
from chibo_widgets.board import BoardPage, joining
from memory.offices_in_memory import a_register, an_office, as_user
from processes import no_worker, start_by

DAY = date(2026, 4, 3)
PEOPLE = (
    ("nop2", Role.SUBMITTER, "CB02"),
    ("ban", Role.BOARD, ""),
    ("phan", Role.ANALYST, ""),
    ("quan", Role.ADMINISTRATOR, ""),
)
PATIENCE = 60.0
FIRST, SECOND = "so.xlsx", "a-moi.xlsx"
MINE = {"ends_at": time(15, 40)}
THEIRS = {"speakers": 4, "venue": "Phòng họp tầng 2"}
CLASHING = {**THEIRS, "ends_at": time(15, 50)}


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    opened, _ = an_office(tmp_path / "vp", DAY, a_register(people=PEOPLE))
    return opened


@pytest.fixture
def base(memory: Memory) -> bytes:
    """The workbook that the office handed out."""
    return handed_out(memory.library)


Made = Callable[..., bytes]


@pytest.fixture
def made(memory: Memory, base: bytes) -> Made:
    """A workbook made from the one handed out, with other values; `parent` is what it was made from instead."""
    return lambda parent=base, **values: a_branch(parent, memory.library, **values)


def a_page(memory: Memory, *books: bytes, user: str = "ban", names: tuple[str, ...] = (FIRST, SECOND)) -> BoardPage:
    own = as_user(memory, user)
    page = BoardPage(memory.library, today=DAY, engine=InProcess(), door=lambda: own)
    return opened(page, *books, names=names)


def opened(page: BoardPage, *books: bytes, names: tuple[str, ...] = (FIRST, SECOND)) -> BoardPage:
    for number, (name, data) in enumerate(zip(names, books, strict=False)):
        head = {"id": number + 1, "name": name, "size": len(data), "offset": 0}
        page.intake.received({"upload": head}, [memoryview(data)])
    settled(page)
    page.setting.received({"go": {"month": 3, "year": 2026}}, [])
    go(page, open=f"file:{FIRST}")
    return page


def settled(page: BoardPage) -> None:
    assert page._run.wait(120)
    page._draw()


def go(page: BoardPage, **message: Any) -> None:
    page.unit.received({"go": message}, [])
    settled(page)


def press(page: BoardPage, text: str) -> None:
    go(page, **way_called(text, page))


def reasons(memory: Memory) -> list[tuple[str, str, str]]:
    log = read_log(as_user(memory, "quan"))
    return [(entry.act, entry.subject, entry.reason) for entry in log if entry.act.endswith("given-out")]


def units(page: BoardPage) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {unit.key: (unit.state.value, unit.files) for unit in page.board.units}


def taken(page: BoardPage) -> bytes:
    """The joined workbook as it is handed out."""
    given: list[bytes] = []
    page.downloads.offer_download = lambda _name, data, _type: given.append(data)  # type: ignore[method-assign]
    press(page, "Tải sổ đã gộp")
    for _ in range(600):
        if given:
            break
        settled(page)
    (data,) = given
    return data


def kept_since(before: tuple[KeptCopy, ...], memory: Memory, count: int) -> list[KeptCopy]:
    """The copies that the office keeps since then, as soon as there are so many: they are kept beside the page."""
    end = monotonic() + PATIENCE
    while True:
        new = [copy for copy in kept_copies(memory.library.office, "CB01", 2026) if copy not in before]
        if len(new) >= count or monotonic() > end:
            return new
        sleep(0.02)


def test_two_branches_are_joined_and_one_book_counts(memory: Memory, made: Made) -> None:
    page = a_page(memory, made(**MINE), made(**THEIRS))
    twice = page.unit.view["twice"]
    assert twice["say"].startswith("Hai sổ cùng sửa từ một bản")
    assert reasons(memory) == []
    press(page, "Gộp hai sổ…")
    assert [files for _, files in units(page).values()] == [("so (đã gộp).xlsx",)]
    meeting = page.board.by_key["cell:cb01"].meeting
    assert meeting is not None
    assert (meeting.facts.minutes, meeting.facts.speakers) == (100, 4)
    shown = page.unit.view
    assert shown["key"] == "cell:cb01"
    assert shown["in_place"]["title"] == f"Sổ này gộp từ «{FIRST}» và «{SECOND}»"
    [listed] = shown["in_place"]["lists"]
    assert listed["title"] == f"Lấy thêm 2 chỗ của «{SECOND}»"
    assert page.intake.view["outcome"] == "Đã đọc 2 tệp: nhận 2, từ chối 0."
    assert reasons(memory) == [("copy-given-out", "2026 · CB01", "gộp hai sổ trên tong-hop")]


def test_the_joined_workbook_grew_from_both_and_is_kept_once_it_is_handed_out(memory: Memory, made: Made) -> None:
    mine, theirs = made(**MINE), made(**THEIRS)
    page = a_page(memory, mine, theirs)
    before = kept_copies(memory.library.office, "CB01", 2026)
    press(page, "Gộp hai sổ…")
    assert kept_copies(memory.library.office, "CB01", 2026) == before
    data = taken(page)
    seal = read_seal(data)
    assert seal is not None
    new = kept_since(before, memory, 2)
    parents = {read_seal(one).digest for one in (mine, theirs)}  # type: ignore[union-attr]
    assert {(copy.name, copy.parent) for copy in new} == {
        (short_name(seal.digest), short_name(parent)) for parent in parents
    }
    book = read_book(data, FIRST, memory.library).book
    assert book is not None
    assert (book.meetings[1].ends_at, book.meetings[1].speakers) == (time(15, 40), 4)


def test_the_return_says_which_books_were_joined(memory: Memory, made: Made) -> None:
    page = a_page(memory, made(**MINE), made(**CLASHING))
    press(page, "Gộp hai sổ…")
    press(page, f"Giữ theo «{SECOND}»")
    given: list[bytes] = []
    page.downloads.offer_download = lambda _name, data, _type: given.append(data)  # type: ignore[method-assign]
    page.downloads.received({"act": {"make": "return"}}, [])
    for _ in range(600):
        if given:
            break
        settled(page)
    sheets = openpyxl.load_workbook(io.BytesIO(given[0]))
    words = " ".join(str(cell.value) for sheet in sheets for line in sheet.iter_rows() for cell in line if cell.value)
    assert f"Sổ của CB01 gộp từ «{SECOND}» và «{FIRST}»; 1 chỗ hai sổ sửa khác nhau giữ theo «{SECOND}»." in words
    assert "a-moi (đã gộp).xlsx" in words


def test_a_return_of_another_year_or_of_other_cells_says_nothing_of_it(memory: Memory, made: Made) -> None:
    page = a_page(memory, made(**MINE), made(**THEIRS))
    press(page, "Gộp hai sổ…")
    [one] = page._joining.all_in_place
    table = page.board.table
    assert noted(table, [one]).notes == (*table.notes, one.note)
    earlier = evolve(one, identity=evolve(one.identity, year=2025))
    stranger = evolve(one, identity=evolve(one.identity, cell_code="CB77"))
    assert noted(table, [earlier, stranger]) is table


def test_where_both_changed_the_same_somebody_chooses_before_it_counts(memory: Memory, made: Made) -> None:
    page = a_page(memory, made(**MINE), made(**CLASHING))
    press(page, "Gộp hai sổ…")
    twice = page.unit.view["twice"]
    assert twice["say"].startswith("Có 1 chỗ hai sổ sửa khác nhau")
    assert twice["clashes"] == [
        f"Sinh hoạt, 2026-03, «Giờ kết thúc»: bản gốc 15:30; «{FIRST}» ghi 15:40; «{SECOND}» ghi 15:50"
    ]
    assert [state for state, _ in units(page).values()] == ["refused", "refused"]
    press(page, "Chưa gộp")
    assert page.unit.view["twice"]["clashes"] == []
    press(page, "Gộp hai sổ…")
    press(page, f"Giữ theo «{SECOND}»")
    meeting = page.board.by_key["cell:cb01"].meeting
    assert meeting is not None
    assert meeting.facts.minutes == 110
    assert page.unit.view["in_place"]["lists"][0]["title"] == f"1 chỗ hai sổ sửa khác nhau, giữ theo «{SECOND}»"
    assert len(reasons(memory)) == 2, "the base is given out once for each press, not for the choice"


def test_two_files_of_one_name_are_told_apart_and_joined(memory: Memory, made: Made) -> None:
    page = a_page(memory, made(**MINE), made(**THEIRS), names=(FIRST, FIRST))
    press(page, "Gộp hai sổ…")
    assert [files for _, files in units(page).values()] == [("so (đã gộp).xlsx",)]
    assert page.unit.view["in_place"]["title"] == f"Sổ này gộp từ «{FIRST}» và «{FIRST} (2)»"


def test_a_fault_of_the_program_leaves_both_as_they_were(
    memory: Memory, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = a_page(memory, made(**MINE), made(**THEIRS))

    def fails(*_of: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(joining, "join_two", fails)
    with pytest.raises(RuntimeError):
        press(page, "Gộp hai sổ…")
    monkeypatch.undo()
    settled(page)
    assert (page.unit.view["twice"]["busy"], len(units(page))) == ("", 2)
    press(page, "Gộp hai sổ…")
    assert len(units(page)) == 1


def test_both_come_back_and_can_be_joined_again(memory: Memory, made: Made) -> None:
    page = a_page(memory, made(**MINE), made(**THEIRS))
    before = units(page)
    press(page, "Gộp hai sổ…")
    press(page, "Trở lại hai sổ")
    assert units(page) == before
    assert page.unit.view["key"].startswith("file:")
    press(page, "Gộp hai sổ…")
    assert [files for _, files in units(page).values()] == [("so (đã gộp).xlsx (2)",)]
    page.intake.received({"act": {"clear": True}}, [])
    assert units(page) == {}


def test_a_book_that_grew_from_the_other_is_enough_alone(memory: Memory, made: Made) -> None:
    older = made(**MINE)
    newer = made(parent=older, **{**MINE, **THEIRS})
    page = a_page(memory, newer, older)
    twice = page.unit.view["twice"]
    assert twice["title"] == f"«{FIRST}» khác «{SECOND}» ở 2 chỗ", "what the newer one has otherwise"
    assert any("5 → 4" in change or "→ 4" in change for change in twice["changes"])
    assert twice["say"].startswith(f"«{FIRST}» làm tiếp từ «{SECOND}»")
    found = next(row for row in page.unit.view["rows"] if row["code"] == "CELL_TWICE")
    for mend in (found["mend"], *(item["mend"] for item in page.refused.view["items"])):
        assert "gộp" not in mend, "there is nothing to be merged here"
    press(page, f"Chỉ dùng «{FIRST}»")
    assert [files for _, files in units(page).values()] == [(FIRST,)]
    assert page.unit.view["in_place"]["title"] == f"Đang dùng riêng «{FIRST}», không dùng «{SECOND}»"
    press(page, "Trở lại hai sổ")
    assert len(units(page)) == 2
    assert reasons(memory) == []


def test_branches_are_listed_by_when_they_were_written(memory: Memory, base: bytes) -> None:
    """Whichever of them was taken first."""
    seal = read_seal(base)
    assert seal is not None
    day = datetime(2999, 4, 2, tzinfo=UTC)  # no clock of a test is later
    earlier, later = (
        sealed(write_book(changed(**values), memory.library), memory.library, parent=seal.digest, at=at)
        for values, at in ((MINE, day), (THEIRS, day + timedelta(hours=1)))
    )
    page = a_page(memory, later, earlier)
    assert page.unit.view["twice"]["title"].startswith(f"«{FIRST}» khác «{SECOND}»")
    page = a_page(memory, earlier, later)
    assert page.unit.view["twice"]["title"].startswith(f"«{SECOND}» khác «{FIRST}»")


def test_where_no_book_can_be_read_it_is_told_and_tried_again(
    memory: Memory, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_by(monkeypatch, no_worker)
    page = a_page(memory, made(**MINE), made(**THEIRS))
    twice = page.unit.view["twice"]
    assert twice["title"] == "Chưa so được hai sổ của chi bộ này"
    assert twice["say"].startswith("Không mở được tiến trình riêng để đọc sổ")
    monkeypatch.undo()
    press(page, "So lại")
    assert page.unit.view["twice"]["say"].startswith("Hai sổ cùng sửa từ một bản")


def test_a_third_book_is_joined_or_left_out_after_the_first_two(memory: Memory, made: Made) -> None:
    third = made(chair="Người khác")
    page = a_page(memory, made(**MINE), made(**THEIRS), third, names=(FIRST, SECOND, "ba.xlsx"))
    first_pair = page.unit.view["twice"]["title"]
    assert FIRST in first_pair
    press(page, "Gộp hai sổ…")
    assert len(units(page)) == 2, "the joined one meets the third"
    press(page, "Gộp hai sổ…")
    [(_, files)] = units(page).values()
    assert len(files) == 1
    assert "(đã gộp)" in files[0]
    assert [one.note for one in page._joining.all_in_place]


def test_books_of_which_nothing_is_known_can_be_chosen_from(memory: Memory) -> None:
    strange = [write_book(changed(**values), memory.library) for values in (MINE, THEIRS)]
    page = a_page(memory, *strange)
    twice = page.unit.view["twice"]
    assert twice["say"].startswith("Chưa gộp được: không rõ hai sổ này cùng sửa từ bản nào")
    assert [way["text"] for way in twice["ways"]] == [f"Chỉ dùng «{FIRST}»", f"Chỉ dùng «{SECOND}»"]
    go(page, join=FIRST)
    assert len(units(page)) == 2
    press(page, f"Chỉ dùng «{SECOND}»")
    assert [files for _, files in units(page).values()] == [(SECOND,)]
    assert page._joining.all_in_place[0].note == f"Sổ của CB01: dùng «{SECOND}»; không dùng «{FIRST}»."


@pytest.mark.parametrize("user", ["phan", "nop2", "quan"])
def test_who_may_not_open_the_books_of_the_unit_joins_nothing(memory: Memory, made: Made, user: str) -> None:
    page = a_page(memory, made(**MINE), made(**THEIRS), user=user)
    twice = page.unit.view["twice"]
    assert twice["say"].startswith(f"Chưa gộp được ở đây. «{user}» không được mở sổ đã nộp của CB01")
    go(page, join=FIRST, kept=True)
    assert len(units(page)) == 2
    assert reasons(memory) == []


def test_a_right_that_was_lost_meanwhile_is_asked_for_again(memory: Memory, made: Made) -> None:
    page = a_page(memory, made(**MINE), made(**THEIRS))
    page._joining._door = lambda: as_user(memory, "phan")
    press(page, "Gộp hai sổ…")
    assert page.unit.view["twice"]["say"].startswith("Chưa gộp được; hai sổ vẫn như cũ. «phan» không được")
    assert len(units(page)) == 2
    assert reasons(memory) == []


def test_a_base_that_is_gone_is_told(memory: Memory, made: Made, base: bytes) -> None:
    page = a_page(memory, made(**MINE), made(**THEIRS))
    for copy in kept_copies(memory.library.office, "CB01", 2026):
        if copy.parent == "new":
            copy.path.unlink()
    press(page, "Gộp hai sổ…")
    assert "không còn giữ bản gốc chung" in page.unit.view["twice"]["say"]
    assert len(units(page)) == 2


@pytest.mark.parametrize("message", [{"only": "khac.xlsx"}, {"part": FIRST}, {"joined": FIRST}, {"join": "khac.xlsx"}])
def test_what_is_no_book_of_the_open_unit_is_left_alone(memory: Memory, made: Made, message: dict) -> None:
    page = a_page(memory, made(**MINE), made(**THEIRS))
    before = units(page)
    go(page, **message)
    assert units(page) == before
    assert reasons(memory) == []


def test_an_office_folder_without_a_register_joins_by_its_copies_alone(memory: Memory, made: Made) -> None:
    page = opened(
        BoardPage(Library(memory.library.office), today=DAY, engine=InProcess(), door=lambda: None),
        made(**MINE),
        made(**THEIRS),
    )
    press(page, "Gộp hai sổ…")
    assert [files for _, files in units(page).values()] == [("so (đã gộp).xlsx",)]


def test_the_words_in_english(memory: Memory, made: Made) -> None:
    page = a_page(memory, made(**MINE), made(**CLASHING))
    page.setting.received({"go": {"language": "en"}}, [])
    press(page, "Merge the two…")
    assert page.unit.view["twice"]["say"].startswith("1 place was changed by both")
    press(page, f"Keep those of “{FIRST}”")
    assert page.unit.view["in_place"]["title"] == f"Merged from “{FIRST}” and “{SECOND}”"
