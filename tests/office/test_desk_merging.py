"""Another version joined into the book on the desk: the work goes on with both, or stays as it was with the reason."""

from __future__ import annotations

from datetime import date, time

import pytest
from attrs import evolve

from builders import a_book, a_meeting, code, some_members
from chi_bo import FOREIGN_SHEETS
from chibo.comparing import fingerprint_of
from chibo.definitions.library import Library
from chibo.model import CellBook
from chibo.office.desk.desk import ActRefusedError, Desk, Provenance, Reason
from chibo.office.desk.meetings import record
from chibo.office.desk.merging import merge_in
from chibo.office.desk.opening import open_file, open_new
from chibo.office.desk.saving import file_name, keep_handed, prepare
from chibo.office.lineage.branches import OtherBranch
from chibo.office.lineage.comparison import open_book
from chibo.office.lineage.keeping import kept_copies, short_name
from chibo.office.lineage.sealing import seal_workbook
from chibo.workbook import read_book, write_book
from chibo.workbook.sealing import read_seal
from old_excel import xls
from tables import MEETINGS, a_workbook

LIBRARY = Library()
TODAY = date(2026, 6, 1)
MARCH, APRIL = code("2026-03"), code("2026-04")
BASE = a_book(a_meeting(), a_meeting("2026-04", held_on=date(2026, 4, 3)), members=some_members(3))


def changed(meeting: int, book: CellBook = BASE, **values: object) -> CellBook:
    rows = [evolve(row, **values) if index == meeting else row for index, row in enumerate(book.meetings)]
    return evolve(book, meetings=tuple(rows))


def workbook(book: CellBook, library: Library = LIBRARY) -> bytes:
    return seal_workbook(write_book(book, library, TODAY), library)


def other(theirs: CellBook, base: CellBook = BASE) -> OtherBranch:
    opened = open_book(workbook(theirs), "so kia.xlsx", LIBRARY)
    return OtherBranch(open_book(workbook(base), "goc.xlsx", LIBRARY), opened, fingerprint_of(opened.book))


def on_desk(data: bytes, name: str = "so.xlsx", library: Library = LIBRARY) -> Desk:
    desk = open_file(data, name, library, TODAY).desk
    assert desk is not None
    return desk


def refused(desk: Desk, branch: OtherBranch) -> str:
    with pytest.raises(ActRefusedError) as refusal:
        merge_in(desk, branch, LIBRARY, TODAY)
    assert refusal.value.reason is Reason.NOT_MERGED
    return refusal.value.values["why"]


def test_the_desk_has_what_both_changed_in_a_workbook_of_another_name() -> None:
    desk = record(on_desk(workbook(BASE)), MARCH, {"ends_at": time(16, 5)})
    after = merge_in(desk, other(changed(1, venue="Phòng 2")), LIBRARY, TODAY)
    assert (after.meeting(MARCH).ends_at, after.meeting(APRIL).venue) == (time(16, 5), "Phòng 2")
    assert (after.provenance, after.file, file_name(after)) == (Provenance.OWN, "so (đã gộp).xlsx", "so (đã gộp).xlsx")
    assert after.merged is not None
    assert [found.column for found in after.merged.merge.taken] == ["venue"]
    assert after.merged.merge.conflicts == ()
    assert fingerprint_of(read_book(after.given, "x.xlsx", LIBRARY).book) == fingerprint_of(after.book)
    again = merge_in(
        after, other(changed(1, venue="Phòng 2", chair="Người 1"), changed(1, venue="Phòng 2")), LIBRARY, TODAY
    )
    assert again.file == "so (đã gộp).xlsx"
    assert (again.meeting(MARCH).ends_at, again.meeting(APRIL).chair) == (time(16, 5), "Người 1")


def test_where_both_changed_a_value_mine_stays_even_if_nothing_else_is_taken() -> None:
    desk = record(on_desk(workbook(BASE)), MARCH, {"ends_at": time(16, 5)})
    after = merge_in(desk, other(changed(0, ends_at=time(16, 10))), LIBRARY, TODAY)
    assert fingerprint_of(after.book) == fingerprint_of(desk.book)
    assert after.merged is not None
    assert [(one.mine, one.theirs) for one in after.merged.merge.conflicts] == [(time(16, 5), time(16, 10))]


def test_a_book_that_was_started_on_the_page_is_merged_into_a_workbook() -> None:
    after = merge_in(open_new(changed(0, ends_at=time(16, 5))), other(changed(1, venue="Phòng 2")), LIBRARY, TODAY)
    assert (after.meeting(MARCH).ends_at, after.meeting(APRIL).venue) == (time(16, 5), "Phòng 2")
    assert after.provenance is Provenance.OWN


def test_the_file_that_goes_out_names_theirs_and_the_office_keeps_that_it_grew_from_mine_too(tmp_path) -> None:
    library = Library(tmp_path)
    desk = record(on_desk(workbook(BASE, library), library=library), MARCH, {"ends_at": time(16, 5)})
    theirs = other(changed(1, venue="Phòng 2"))
    after = merge_in(desk, theirs, library, TODAY)
    info = BASE.info
    handed = prepare(after, library, TODAY)
    assert kept_copies(tmp_path, info.cell_code, info.year) == (), "until it goes out it may be taken back"
    keep_handed(handed, library)
    seal = read_seal(handed.data)
    assert seal is not None
    assert (seal.digest, seal.parent, handed.parent) == (fingerprint_of(after.book), theirs.digest, theirs.digest)
    copies = kept_copies(tmp_path, info.cell_code, info.year)
    assert {copy.parent for copy in copies} == {short_name(theirs.digest), short_name(fingerprint_of(desk.book))}


def test_a_file_that_nothing_is_written_into_is_first_moved() -> None:
    desk = on_desk(xls(FOREIGN_SHEETS), "so.xls")
    assert desk.provenance is Provenance.FOREIGN
    assert "chuyển sang sổ mới ở bước 1" in refused(desk, other(BASE))


def test_books_of_two_cells_or_years_are_not_merged() -> None:
    stranger = evolve(BASE, info=evolve(BASE.info, cell_code="CB99"))
    assert "cùng một chi bộ" in refused(on_desk(workbook(BASE)), other(stranger))


def test_a_place_that_could_not_be_read_is_named() -> None:
    bad = a_workbook({"Sinh hoạt": MEETINGS.replace("t:15:30", "ba giờ rưỡi")})
    good = a_workbook()
    base, theirs = (open_book(good, name, LIBRARY) for name in ("goc.xlsx", "so kia.xlsx"))
    why = refused(on_desk(bad), OtherBranch(base, theirs, fingerprint_of(theirs.book)))
    assert "chưa đọc được" in why
    assert "Sinh hoạt" in why
