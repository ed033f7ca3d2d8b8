"""Whatever is recorded, in any order: the workbook holds it afterwards, and nothing else in the workbook changed."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, time
from io import BytesIO
from random import Random
from zipfile import ZipFile

import openpyxl
import pytest
import python_calamine
from attrs import evolve
from openpyxl.utils.cell import coordinate_to_tuple

from chibo.comparing import Difference, differences
from chibo.findings import Severity
from chibo.model import CellBook, Place, column_letters
from chibo.model.meetings import TYPED_COUNTS
from chibo.office.demo import demo_book, demo_cells
from chibo.workbook import read_book, write_back, write_book
from chibo.workbook.intake.package import open_package
from chibo.workbook.marking import Mark, mark_workbook, without_marks
from chibo.workbook.patching.strict_check import package_faults
from desks import library
from excel import convert
from random_acts import Acts
from random_books import random_book
from sketched_books import sketched
from typed_workbooks import typed_workbook

TODAY = date(2026, 6, 15)
BOOKS = int(os.environ.get("CHIBO_FUZZ_BOOKS", "16"))
OF_OTHERS, OUR_OWN = range(BOOKS), range(BOOKS // 8)
"""`make fuzz` tries many more."""
ACTS = 8
CHANGING_PARTS = {"[Content_Types].xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
"""Where a day gets a format, a calculation is asked for, and the calculation chain leaves."""

Values = dict[tuple[str, int, int], object]


def by_calamine(data: bytes) -> Values:
    book, values = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)), {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        top, left = sheet.start or (0, 0)
        for row, cells in enumerate(sheet.to_python(), top + 1):
            values |= {(name, row, column): value for column, value in enumerate(cells, left + 1) if value != ""}
    return values


def by_openpyxl(data: bytes) -> Values:
    """Every constant and the text of every formula."""
    return {
        (sheet.title, cell.row, cell.column): getattr(cell.value, "text", cell.value)
        for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def book_in(data: bytes) -> CellBook:
    book = read_book(data, "so.xlsx", library()).book
    assert book is not None
    return book


def acts_for(book: CellBook, seed: int) -> Acts:
    return Acts(random_book(seed + 1000, library(), book.info.year), library().layout, f"acts {seed}")


def check_acts(data: bytes, seed: int) -> bool:
    """Whether the acts had their place in the workbook; they are in it then, and nothing else changed."""
    before = book_in(data)
    after = acts_for(before, seed).on(before, ACTS, only=tuple(before.tables))
    written = write_back(data, before, after, library(), TODAY)
    if written.data is None:
        assert written.without_place
        return False
    out, formulas = written.data, by_openpyxl(data)
    found, listed = differences(after, book_in(out)), {member.full_name for member in after.members}
    assert [one for one in found if not _is_given_by_formula(one, formulas, listed)] == []
    assert set(package_faults(out)) <= set(package_faults(data))
    assert set(_changed_parts(data, out)) <= CHANGING_PARTS | _sheets_and_tables(out)
    _check_other_cells(data, out, before, formulas)
    return True


def _is_given_by_formula(found: Difference, formulas: Values, listed: Collection[str]) -> bool:
    """A count or a name that a formula gives: none of the book's own, and not known before it is calculated anew.

    Until then a name is the one listed now, which the acts may have changed.
    """
    place = found.place_after or found.place_before
    if found.column not in (*TYPED_COUNTS, "full_name") or place is None:
        return False
    is_unknown = bool({found.before, found.after} & {None, ""})
    is_listed = found.column == "full_name" and found.after in listed
    formula = str(formulas.get((place.sheet, *_cell(place)), ""))
    return formula.startswith("=") and (is_unknown or is_listed)


def _cell(place: Place) -> tuple[int, int]:
    return coordinate_to_tuple(place.address)


def _changed_parts(data: bytes, out: bytes) -> Iterator[str]:
    with ZipFile(BytesIO(data)) as old, ZipFile(BytesIO(out)) as new:
        kept = [name for name in old.namelist() if name in new.namelist()]
        assert [name for name in old.namelist() if name not in kept and "calcChain" not in name] == []
        for name in new.namelist():
            one = new.getinfo(name)
            before = old.getinfo(name) if name in kept else None
            if before is None or (before.CRC, before.compress_size) != (one.CRC, one.compress_size):
                yield name


def _sheets_and_tables(data: bytes) -> set[str]:
    package = open_package(data)
    tables = {name for name in package.parts.names.values() if name.startswith("xl/tables/")}
    return {part.part for part in package.sheets} | tables


def _check_other_cells(data: bytes, out: bytes, before: CellBook, formulas: Values) -> None:
    """A cell that differs stands where something was recorded; a formula keeps its text, if not its result."""
    now = book_in(out)
    found = differences(before, now)
    places = {place for one in found for place in _places(one)}
    rows = {(place.sheet, place.row_and_column[0]) for place in places}
    typed = {place for sheet in (before.self_scores, before.official_scores) for place in sheet.places.values()}
    single = {(place.sheet, *_cell(place)) for place in places | typed if _is_cell(place)}
    known, were = _columns(now), _columns(before)
    heads = {(table.sheet, table.header_row) for table in now.tables.values()}
    for read in (by_openpyxl, by_calamine):
        old, new = read(data), read(out)
        for key in old.keys() | new.keys():
            if old.get(key) == new.get(key) or (read is by_calamine and str(formulas.get(key, "")).startswith("=")):
                continue
            sheet, row, column = key
            in_row = (sheet, row) in rows and column in known[sheet]
            is_head = (sheet, row) in heads and column in known[sheet] - were[sheet]
            assert in_row or is_head or key in single, (key, old.get(key), new.get(key))


def _columns(book: CellBook) -> dict[str, set[int]]:
    """The columns of each sheet that the book knows."""
    columns: dict[str, set[int]] = defaultdict(set)
    for table in book.tables.values():
        columns[table.sheet] |= set(table.columns.values())
    for grid in (book.roll_call, book.self_scores, book.official_scores):
        if grid.origin:
            columns[grid.origin.sheet] |= set(grid.origin.columns.values())
    return columns


def _places(found: Difference) -> Iterator[Place]:
    rows = [row.place() for row in (found.row, found.partner) if row is not None]
    yield from (place for place in (found.place_before, found.place_after, *rows) if place is not None)


def _is_cell(place: Place) -> bool:
    return bool(place.address) and ":" not in place.address


def check_marks(data: bytes, seed: int) -> None:
    """Marks anywhere come off again, and every value and look is as it was."""
    chance, cells = Random(seed), list(by_calamine(data))
    marks = [
        Mark(sheet, f"{column_letters(column)}{row}", chance.choice(list(Severity)), f"Điều {number}")
        for number, (sheet, row, column) in enumerate(chance.sample(cells, min(12, len(cells))))
    ]
    marked = mark_workbook(data, marks)
    assert set(package_faults(marked)) <= set(package_faults(data))
    assert book_in(marked) == book_in(data)
    clean = without_marks(marked)
    assert by_openpyxl(clean) == by_openpyxl(data)
    assert by_calamine(clean) == by_calamine(data)
    assert _notes(clean) == _notes(data)
    allowed = _sheets_and_tables(data) | CHANGING_PARTS
    assert [name for name in _changed_parts(data, clean) if name not in allowed and "comments" not in name] == []


def _notes(data: bytes) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


# ── the books ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def saved_by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A book of ours that LibreOffice saved."""
    data = write_book(demo_book(demo_cells(1)[0], 7, 2026, library()), library(), TODAY)
    return convert(data, "xlsx", tmp_path_factory.mktemp("lo")).read_bytes()


def a_foreign_book(seed: int) -> bytes:
    """A book as other people lay it out: columns moved and added, titles, merged cells, blank and hidden rows."""
    return typed_workbook(sketched(seed), seed)


@pytest.mark.parametrize("seed", OUR_OWN)
def test_our_own_books_hold_what_was_recorded(seed: int) -> None:
    book = demo_book(demo_cells(9)[seed % 9], seed, 2026, library()) if seed % 2 else random_book(seed, library(), 2026)
    data = write_book(book, library(), TODAY)
    assert check_acts(data, seed)


def test_books_of_other_layouts_hold_what_was_recorded() -> None:
    held = [check_acts(a_foreign_book(seed), seed) for seed in OF_OTHERS]
    assert sum(held) >= 0.6 * len(held)


@pytest.mark.libreoffice
def test_a_book_that_libreoffice_saved_holds_what_was_recorded(saved_by_libreoffice: bytes) -> None:
    assert check_acts(saved_by_libreoffice, 1)


@pytest.mark.libreoffice
def test_the_results_of_our_form_are_known_after_libreoffice_saved_it(saved_by_libreoffice: bytes) -> None:
    before = book_in(saved_by_libreoffice)
    march = next(meeting for meeting in before.meetings if str(meeting.meeting_code) == "2026-03")
    later = evolve(march, ends_at=time(23, 0))
    after = evolve(before, meetings=tuple(later if row is march else row for row in before.meetings))
    written = write_back(saved_by_libreoffice, before, after, library(), TODAY)
    assert (written.cells, written.to_calculate) == (1, frozenset())
    assert written.data is not None
    assert by_calamine(written.data).keys() >= by_calamine(saved_by_libreoffice).keys()


def test_marks_anywhere_come_off_again() -> None:
    for seed in OF_OTHERS:
        check_marks(a_foreign_book(seed), seed)


@pytest.mark.libreoffice
def test_marks_in_a_book_that_libreoffice_saved_come_off_again(saved_by_libreoffice: bytes) -> None:
    check_marks(saved_by_libreoffice, 1)
