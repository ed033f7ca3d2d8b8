"""Writing what was recorded since into the very workbook that a book was read from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from attrs import evolve, frozen

from chibo.definitions.layouts import Layout
from chibo.definitions.library import Library
from chibo.errors import OutputError
from chibo.model import CellBook, Meeting
from chibo.model.meetings import TYPED_COUNTS
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.patching.book_changes import changes_between
from chibo.workbook.patching.cell_changes import BookChanges, NoPlace
from chibo.workbook.patching.cells import write_cells
from chibo.workbook.patching.growing import grow_ranges
from chibo.workbook.patching.own_results import own_results
from chibo.workbook.patching.package_edit import PackageEdit, open_for_editing, refused_words
from chibo.workbook.patching.results import Results
from chibo.workbook.patching.sheet_cells import Address
from chibo.workbook.patching.stale import Target
from chibo.workbook.patching.strict_check import refuse_new_faults
from chibo.workbook.reading import read_book
from chibo.workbook.reading.matching import match_sheets
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.sheets import read_sheets
from chibo.workbook.writing.marker import is_marked


@frozen(kw_only=True)
class WrittenBack:
    """What came of it: the workbook, or None where something has no place in it (`without_place` says what).

    `cells` is how many spreadsheet cells changed; `to_calculate` are formulas whose results Excel has to find anew.
    """

    data: bytes | None
    cells: int = 0
    without_place: tuple[NoPlace, ...] = ()
    to_calculate: frozenset[Target] = frozenset()


def can_be_written_into(data: bytes) -> bool:
    """Whether a file that was read is a package, whose cells can be written (an old .xls cannot)."""
    return data.startswith(b"PK")


def write_back(
    data: bytes, before: CellBook, after: CellBook, library: Library, today: date | None = None
) -> WrittenBack:
    """The workbook `data`, from which `before` was read, with everything written in that makes it `after`.

    Only the spreadsheet cells that differ change. The result is read again: it holds exactly `after`, and its package
    is sound. Raises OutputError for a value that no cell can hold, and where the file is no workbook to write into.
    """
    try:
        edit = open_for_editing(data)
        matching = match_sheets(edit.package.sheets, library)
        by_name = read_sheets(before.file, edit.package, matching.parts.values())
    except RefusedError as refusal:
        raise refused_words(refusal) from None
    sheets = {code: by_name[part.name] for code, part in matching.parts.items()}
    own = is_marked(edit.package.sheets, partial(read_sheets, "", edit.package))
    changes = changes_between(before, after, matching.layout, sheets, head_all=own)
    if changes.without_place:
        return WrittenBack(data=None, without_place=tuple(dict.fromkeys(changes.without_place)))
    if not changes.edits:
        return WrittenBack(data=data)
    wanted = _Wanted(after, _kept_formulas(sheets.get("meetings"), changes), _empty_answers(matching.layout))
    again = _read_again(data, changes, wanted, library)
    if again is None:
        raise OutputError(
            "Ghi vào tệp xong, đọc lại thì thấy khác với nội dung đã nhập, nên không dùng tệp ấy. "
            "Hãy mở tệp gốc bằng Excel, lưu lại rồi làm lại.",
            english="What is read from the written file differs from what was given, so it is not used. "
            "Open the original in Excel, save it and try again.",
        )
    known = own_results(*again, library, today or date.today())
    written, result, stale = _write(data, changes, known)
    refuse_new_faults(data, result, written.touched)
    count = sum(len(cells) for cells in changes.edits.values())
    return WrittenBack(data=result, cells=count, to_calculate=stale)


@frozen
class _Wanted:
    """The book that the workbook is to hold.

    `kept_formulas` are those of `Sinh hoạt` that stay where they are; `empty_answers` say what an empty cell of some of
    its columns means once the meeting is held.
    """

    book: CellBook
    kept_formulas: frozenset[Address]
    empty_answers: Mapping[str, bool]

    def is_held_by(self, read: CellBook) -> bool:
        """Whether the book that was read is the wanted one."""
        return _comparable(self._agreed(read, self.book)) == _comparable(self._agreed(self.book, read))

    def _agreed(self, book: CellBook, other: CellBook) -> CellBook:
        """The book without the counts that a formula gives and only one of both has, and without the empty answers.

        Such a count is no value of its own as long as it repeats a full roll call; one mark less or more, and it is.
        An empty cell is read as an answer in a meeting that was held: recording its day changes how it reads.
        """
        rows = {row.meeting_code: row for row in other.meetings}
        return evolve(book, meetings=tuple(self._without(row, rows.get(row.meeting_code)) for row in book.meetings))

    def _without(self, row: Meeting, other: Meeting | None) -> Meeting:
        silent = {column: None for column, answer in self.empty_answers.items() if getattr(row, column) is answer}
        row = evolve(row, **silent) if silent else row  # type: ignore[arg-type]  # yes or no, every one of them
        origin = row.origin
        if origin is None or other is None:
            return row
        given = {
            count: None
            for count in TYPED_COUNTS
            if getattr(other, count) is None and (origin.row, origin.table.columns.get(count, 0)) in self.kept_formulas
        }
        return evolve(row, **given) if given else row  # type: ignore[arg-type]  # counts, every one of them


def _empty_answers(layout: Layout) -> dict[str, bool]:
    columns = layout.sheet("meetings").columns
    return {column.code: column.empty_when_held for column in columns if column.empty_when_held is not None}


def _kept_formulas(meetings: Sheet | None, changes: BookChanges) -> frozenset[Address]:
    if meetings is None:
        return frozenset()
    return meetings.details.formula_cells() - changes.edits.get(meetings.name, {}).keys()


def _read_again(data: bytes, changes: BookChanges, wanted: _Wanted, library: Library) -> tuple[bytes, CellBook] | None:
    """The workbook with the changes and the book in it, None where that is not the wanted one.

    A count that our form works out of the roll call is no value of its own only while both agree: its stored result is
    that of the marks before. So where the stored results are in the way, the workbook is read without the stale ones.
    """
    as_stored = Results()
    for results in (as_stored, None):
        _, result, _ = _write(data, changes, results)
        read = read_book(result, wanted.book.file, library).book
        if read is not None and wanted.is_held_by(read):
            return result, read
    return None


def _write(data: bytes, changes: BookChanges, results: Results | None) -> tuple[PackageEdit, bytes, frozenset[Target]]:
    edit = open_for_editing(data)
    stale = write_cells(edit, changes.edits, results).without_result
    for sheet, growths in changes.growths.items():
        grow_ranges(edit, sheet, growths)
    return edit, edit.saved(), stale


def _comparable(book: CellBook) -> CellBook:
    """A book whose rows have one order: in a file a new row stands where there is room."""

    def ordered(records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(sorted(records, key=repr))

    names = (
        "members",
        "changes",
        "committee",
        "meetings",
        "tasks",
        "explanations",
        "dues",
        "inspections",
        "disseminations",
    )
    rows: dict[str, Any] = {name: ordered(getattr(book, name)) for name in names}
    return evolve(
        book,
        **rows,
        plan=evolve(book.plan, topics=ordered(book.plan.topics)),
        assessment=evolve(book.assessment, entries=ordered(book.assessment.entries)),
    )
