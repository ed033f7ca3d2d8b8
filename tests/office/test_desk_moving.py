"""A book of an earlier form on the desk is moved into a new workbook, on which the work goes on as on any other."""

from __future__ import annotations

from datetime import date, time
from io import BytesIO
from pathlib import Path

import pytest
from attrs import evolve
from openpyxl import load_workbook

from builders import a_book, a_meeting, code
from chi_bo import FOREIGN_SHEETS
from chibo.comparing import fingerprint_of
from chibo.definitions.library import Library
from chibo.engine.answers import MovedBook
from chibo.findings import Severity
from chibo.legacy_text import Answer
from chibo.model import CellBook, Place
from chibo.office import migrating
from chibo.office.desk import opening
from chibo.office.desk.desk import ActRefusedError, Desk, Provenance, Reason
from chibo.office.desk.meetings import record
from chibo.office.desk.moving import can_be_moved, move_book
from chibo.office.desk.opening import open_file, read_text_again
from chibo.office.lineage.keeping import grown_from, kept_copies
from chibo.office.lineage.kinds import SEAL_INTACT
from chibo.office.looking import look_into
from chibo.office.returning import marked_copy
from chibo.workbook import Reading, read_book, write_book
from chibo.workbook.intake.kinds import MEMORY
from chibo.workbook.sealing import read_seal
from desks import hand_out
from handed_books import handed_over
from old_excel import xls
from old_layout import OLD_BOOK, with_earlier
from old_text import DOUBTFUL
from tables import a_workbook, xlsx

TODAY = date(2026, 11, 28)
MARCH = code("2026-03")


@pytest.fixture
def earlier(tmp_path: Path) -> Library:
    return with_earlier(tmp_path)


def opened(library: Library, data: bytes, name: str = "so.xlsx") -> Desk:
    desk = open_file(data, name, library, TODAY).desk
    assert desk is not None
    return desk


@pytest.fixture
def old(earlier: Library) -> Desk:
    return opened(earlier, xlsx(OLD_BOOK))


def values_of(book: CellBook) -> str:
    """What the book says, but for the version of its layout."""
    return fingerprint_of(evolve(book, info=evolve(book.info, layout_version="")))


def test_the_same_book_goes_on_in_a_workbook_of_the_present_form(old: Desk, earlier: Library) -> None:
    assert can_be_moved(old)
    new = move_book(old, earlier, TODAY)
    assert (new.file, new.provenance, new.reading) == ("so (sổ mới).xlsx", Provenance.OWN, ())
    assert values_of(new.book) == values_of(old.book)
    assert not can_be_moved(new)
    assert new.moved is not None
    assert new.moved.file == "so.xlsx"
    left = [(one.place.sheet, one.place.address, one.value) for one in new.moved.left]
    assert ("Buổi họp", "C3", "hôm ấy") in left
    assert hand_out(new, earlier, TODAY).data == new.given, "nothing was recorded yet"
    seal = read_seal(new.given)
    assert seal is not None
    assert (seal.parent, seal.digest) == (old.origin, new.origin)
    excerpt = look_into(new.given, new.book.info.places["cell_code"], earlier).excerpt
    assert excerpt is not None
    assert excerpt.here is not None


def test_what_was_recorded_before_moves_too_and_what_comes_after_is_written_into_the_new_workbook(
    old: Desk, earlier: Library
) -> None:
    before = record(old, MARCH, {"venue": "Phòng họp"})
    after = record(move_book(before, earlier, TODAY), MARCH, {"ends_at": time(15, 45)})
    handed = hand_out(after, earlier, TODAY)
    assert (handed.name, handed.without_place) == ("so (sổ mới).xlsx", ())
    book = read_book(handed.data, handed.name, earlier).book
    assert book is not None
    meeting = book.meeting(MARCH)
    assert meeting is not None
    assert (meeting.venue, meeting.ends_at) == ("Phòng họp", time(15, 45))


def test_an_old_book_that_is_handed_out_without_being_moved_is_a_present_one_in_the_new_file(earlier: Library) -> None:
    told = {**OLD_BOOK, "Bìa sổ": f"{OLD_BOOK['Bìa sổ']}    | Phiên bản mẫu | 0 |"}
    old = opened(earlier, xlsx(told))
    handed = hand_out(old, earlier, TODAY)
    again = opened(earlier, handed.data, handed.name)
    assert (again.provenance, again.book.info.layout_version) == (Provenance.OWN, "1")
    assert (handed.parent, handed.digest) == (old.origin, again.origin)


def test_a_book_that_can_be_written_into_stays_where_it_is(earlier: Library) -> None:
    desk = opened(earlier, xlsx(FOREIGN_SHEETS))
    assert move_book(desk, earlier, TODAY) is desk


def test_an_old_file_is_moved_and_its_doubtful_text_is_asked_for_first(earlier: Library) -> None:
    sheets = {"Thông tin": OLD_BOOK["Bìa sổ"], "Đảng viên": DOUBTFUL, "Sinh hoạt": OLD_BOOK["Buổi họp"]}
    desk = opened(earlier, xls(sheets), "so.xls")
    assert not can_be_moved(desk)
    assert move_book(desk, earlier, TODAY) is desk
    new = move_book(read_text_again(desk, Answer.TCVN3, earlier), earlier, TODAY)
    assert new.book.members[0].note.startswith("Quyết")
    assert [finding.code for finding in new.reading if finding.code.startswith("TEXT")] == []


def test_text_that_is_left_as_it_is_moves_as_it_is(earlier: Library) -> None:
    sheets = {"Thông tin": OLD_BOOK["Bìa sổ"], "Đảng viên": DOUBTFUL, "Sinh hoạt": OLD_BOOK["Buổi họp"]}
    desk = read_text_again(opened(earlier, xls(sheets), "so.xls"), Answer.UNICODE, earlier)
    new = move_book(desk, earlier, TODAY)
    assert new.book.members[0].note.startswith("QuyÕt")


def test_a_book_that_is_lost_on_the_way_is_refused_in_words(
    old: Desk, earlier: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = MovedBook(Reading(file="so.xlsx", findings=(MEMORY.at(Place("so.xlsx"), expected=400, of_book=True),)))
    monkeypatch.setattr(migrating, "move_one", lambda *_: lost)
    with pytest.raises(ActRefusedError, match="bộ nhớ") as refused:
        move_book(old, earlier, TODAY)
    assert refused.value.reason is Reason.NOT_MOVED


def test_a_new_workbook_that_does_not_hold_the_book_is_not_gone_on_with(
    old: Desk, earlier: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = opening.open_one
    other = a_workbook()
    monkeypatch.setattr(opening, "open_one", lambda _data, *rest: real(other, *rest))
    with pytest.raises(ActRefusedError, match="không khớp"):
        move_book(old, earlier, TODAY)


def test_what_the_file_was_returned_with_is_still_known_after_it_was_moved(earlier: Library) -> None:
    marked = marked_copy(xlsx(OLD_BOOK), "so.xlsx", earlier, TODAY).data
    assert marked is not None
    desk = opened(earlier, marked)
    assert {mark.severity for mark in desk.marks} == {Severity.WARN}
    new = move_book(desk, earlier, TODAY)
    assert new.marks == desk.marks
    assert "Lỗi cần sửa" not in load_workbook(BytesIO(new.given)).sheetnames


def test_the_office_keeps_a_copy_once_the_new_workbook_is_handed_out_and_calls_its_own_work_no_newer_copy(
    earlier: Library,
) -> None:
    book = a_book(a_meeting("2026-03"))
    told = evolve(book, info=evolve(book.info, layout_version="0"))
    data = handed_over(write_book(told, earlier, date(2026, 4, 1)), earlier)
    old = opened(earlier, data)
    new = move_book(old, earlier, TODAY)
    seal = read_seal(data)
    assert seal is not None

    def newer() -> int:
        return len(grown_from(kept_copies(earlier.office, seal.cell_code, seal.year), seal.digest))

    assert newer() == 0, "a move that may still be taken back leaves nothing in the office"
    first = hand_out(new, earlier, TODAY)
    assert first.data == new.given
    assert (first.parent, first.digest) == (old.origin, new.origin)
    assert newer() == 1
    assert hand_out(new, earlier, TODAY, [first.digest]) == first
    again = open_file(data, "so.xlsx", earlier, TODAY, own=[first.digest]).desk
    assert again is not None
    assert again.lineage is not None
    assert [finding.kind for finding in again.lineage.findings] == [SEAL_INTACT]
    second = hand_out(record(new, MARCH, {"venue": "Phòng họp"}), earlier, TODAY, [first.digest])
    assert second.parent == first.digest
