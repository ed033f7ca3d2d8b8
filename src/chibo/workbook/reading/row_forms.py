"""Which rows under a header are data: those whose key has the key's form; all else is text outside the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from chibo.definitions.layouts import Column, SheetLayout, ValueType
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading import kinds
from chibo.workbook.reading.codes import BAD_MEETING_CODE, is_member_code, read_code
from chibo.workbook.reading.converters import ReadingContext, converter, meeting_keys, plain_values
from chibo.workbook.reading.headers import Header
from chibo.workbook.reading.near_rows import NearRows, is_blank
from chibo.workbook.reading.outcomes import Closer, Repaired, Unreadable
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.sheet import Raw, Row, Sheet
from chibo.workbook.reading.showing import show, what_to_write

NO_KEY = ""
"""The key of a row of a table without a key column."""

EXAMPLES = {
    ValueType.MEETING_CODE: BAD_MEETING_CODE.expected,
    ValueType.MEMBER_CODE: "DV01",
    ValueType.CRITERION: "2a, 3.1",
}
"""What a code may look like, for whoever has to write it."""

_NUMBERED = re.compile(r"^\(\d{1,3}\)$")


def _no_key(_raw: Raw) -> None:
    """Where no single cell says what is data."""


class RowForms:
    """Tells data rows from text, by the layout of their sheet."""

    def __init__(
        self, sheet: Sheet, of: SheetLayout, header: Header, context: ReadingContext, report: SheetReport
    ) -> None:
        self.sheet = sheet
        self.of = of
        self.header = header
        self.report = report
        self.required = [header.columns[code] for code in of.required_columns]
        self.needs_more = len(self.required) > 1
        self.context = context
        self.key_column = header.columns.get(of.key, 0)
        self.lists_members = of.code == "members"
        self.lists_meetings = of.code == "meetings"
        if of.key:
            self.key_field = of.column(of.key)
            is_meeting = self.key_field.type is ValueType.MEETING_CODE
            self.keys = meeting_keys(context) if is_meeting else plain_values(self.key_field, context)
        is_plain = bool(of.key) and not self.lists_members
        self.plain_key: Callable[[Raw], Any] = self.keys.__getitem__ if is_plain else _no_key
        self.empty_is_text = is_plain and not self.needs_more and not self.lists_meetings
        self.merged = self._merged_across()

    @cached_property
    def near(self) -> NearRows:
        """What tells rows that lack one cell from text; most sheets have none that could."""
        return NearRows(self.sheet, self.of, self.header, self.context, self.merged)

    def data_rows(self) -> Iterator[tuple[int, Row, Any]]:
        """Number, cells and key of each data row (`NO_KEY` in a table without one); all other rows are text.

        An error in a key cell, a meeting code that is almost one, or no code in a row that is a record besides, blocks
        the row: it is not text.
        """
        plain_key, index = self.plain_key, self.key_column - 1
        for row, cells in self.sheet.rows.items():
            if row <= self.header.last:
                continue
            try:
                key = plain_key(cells[index])
                if key is None and self.empty_is_text and cells[index] == "":
                    continue
            except LookupError:  # a cell that is not plain, or beyond the end of its row
                key = None
            if key is None or self.merged:
                key = self._key_of(row, cells)
            if key is not None:
                yield row, cells, key

    def _key_of(self, row: int, cells: Row) -> Any:
        """The key of a row whose key cell needs a closer look, None where the row is no data."""
        if not self.of.key:
            return self._without_key_column(row, cells)
        column = self.key_column
        raw = cells[column - 1] if column <= len(cells) else ""
        if self._is_remark(row, column, cells):
            return None
        if isinstance(raw, BrokenCell):
            return self._broken_key(raw, row, cells)
        if is_blank(raw):
            return self._no_key(row, cells)
        if self.lists_members:
            return self._listed_member(raw, row, cells)
        return self._settled(self.keys.convert(raw), raw, row, cells)

    def _settled(self, outcome: Any, raw: Raw, row: int, cells: Row) -> Any:
        if isinstance(outcome, Closer):
            outcome = outcome.look(self.sheet, row, self.key_column)
        if isinstance(outcome, Unreadable):
            if self.key_field.type is ValueType.MEETING_CODE and self._holds_more(cells):
                self._block(row, show(raw), outcome.expected)
            return None
        if outcome is None and self._is_record_besides(row, cells):
            outcome = self._unlisted(raw)
            if outcome is None:
                self._block(row, show(raw), EXAMPLES[self.key_field.type])
        if isinstance(outcome, Repaired):
            # A day other than the first may be a signature's date: it is a code only in a row that is one otherwise.
            if isinstance(raw, date) and raw.day != 1 and not self._is_sound(row, cells):
                return None
            return self.report.settle(outcome, raw, self._spot(row))
        return outcome

    def _unlisted(self, raw: Raw) -> Any:
        """The code of a member who is on no list, in a row that is a record besides: the checks tell of it."""
        if self.key_field.type is not ValueType.MEMBER_CODE:
            return None
        outcome = read_code(raw, numeric=False)
        return None if isinstance(outcome, Unreadable) else outcome

    def _listed_member(self, raw: Raw, row: int, cells: Row) -> Any:
        """In the list of members: any code beside a name. A code of several words needs a row that is filled in."""
        if not self.is_named(cells):
            return self._nameless(row, cells)
        outcome = read_code(raw, numeric=False)
        code = outcome.value if isinstance(outcome, Repaired) else outcome
        if isinstance(code, Unreadable) and self._is_record_besides(row, cells):
            self._block(row, show(raw), EXAMPLES[self.key_field.type])
        if not isinstance(code, str) or not (is_member_code(code) or self._is_filled(row, cells)):
            return None
        return code if code is outcome else self.report.settle(outcome, raw, self._spot(row))

    def _nameless(self, row: int, cells: Row) -> None:
        """A member of whom all is there but the name is told; any other row without one is text, or prepared."""
        index = self.header.columns["full_name"]
        if self.near.is_record_besides(row, cells, self.key_column, index):
            self._lacking(row, cells, self.of.column("full_name"), index)

    def _no_key(self, row: int, cells: Row) -> None:
        if self._is_record_besides(row, cells) or (self.lists_meetings and self.near.has_times(row, cells)):
            self.report_no_key(row, cells)

    def report_no_key(self, row: int, cells: Row) -> None:
        """Say of a row that its key is empty, so that it does not count."""
        self._lacking(row, cells, self.key_field, self.key_column)

    def _lacking(self, row: int, cells: Row, column: Column, index: int) -> None:
        expected = EXAMPLES.get(column.type, "")
        hint = what_to_write(expected)
        seen = show(cells[index - 1]) if index <= len(cells) else ""
        spot = Spot(row, index, column.label)
        self.report.add(kinds.ROW_INCOMPLETE, spot, seen=seen, expected=expected, shown=seen or "–", hint=hint)

    def _is_record_besides(self, row: int, cells: Row) -> bool:
        return self.needs_more and self.near.is_record_besides(row, cells, self.key_column)

    def _without_key_column(self, row: int, cells: Row) -> str | None:
        """In a table without a key every row is data that is filled in; one that lacks a single cell is told."""
        if self._is_filled(row, cells):
            return NO_KEY
        missing = self.near.missing(row, cells)
        if missing:
            self._lacking(row, cells, *missing)
        return None

    def _broken_key(self, cell: BrokenCell, row: int, cells: Row) -> None:
        """An error where the code belongs is a lost row; a formula without a value is one where the row is filled.

        Codes of members that lead to a list that is gone are mended with the list.
        """
        leads_nowhere = self.key_field.type is ValueType.MEMBER_CODE and self.context.lacks_members
        if self._holds_more(cells) and not leads_nowhere:
            self._block(row, show(str(cell)), EXAMPLES[self.key_field.type])

    def _is_remark(self, row: int, column: int, cells: Row) -> bool:
        """Whether a cell is merged over several columns and the row holds nothing beside them."""
        last = self.merged.get((row, column))
        return last is not None and not self._holds_beside(cells, column, last)

    def _holds_more(self, cells: Row) -> bool:
        """Whether the row holds something besides its key."""
        return self._holds_beside(cells, self.key_column, self.key_column)

    def _holds_beside(self, cells: Row, first: int, last: int) -> bool:
        """Whether the row holds something in other columns of the table; those of a grid go on to the right."""
        columns = {*self.header.columns.values()}
        if self.of.spread:
            columns.update(range(self.key_column + 1, len(cells) + 1))
        others = (cells[at - 1] for at in columns if at <= len(cells) and not first <= at <= last)
        return any(raw != "" and raw.__class__ is not BrokenCell for raw in others)

    def _block(self, row: int, seen: str, expected: str) -> None:
        self.report.add(kinds.KEY_UNREADABLE, self._spot(row), seen=seen, expected=expected)

    def _spot(self, row: int) -> Spot:
        return Spot(row, self.key_column, self.key_field.label)

    def _is_filled(self, row: int, cells: Row) -> bool:
        """Whether all required cells hold something, and the row is neither a numbering row nor a merged remark."""
        raws = [cells[column - 1] if column <= len(cells) else "" for column in self.required]
        if any(raw == "" or (isinstance(raw, str) and not raw.strip()) for raw in raws):
            return False
        if all(isinstance(raw, str) and _NUMBERED.match(raw.strip()) for raw in raws):
            return False
        return not any(self._is_remark(row, column, cells) for column in self.required)

    def _is_sound(self, row: int, cells: Row) -> bool:
        """Whether all required cells hold values that can be read."""
        if not self._is_filled(row, cells):
            return False
        columns = {self.header.columns[column.code]: column for column in self.of.columns if column.required}
        columns.pop(self.key_column, None)
        values = (converter(column, self.context)(cells[index - 1]) for index, column in columns.items())
        return not any(value.__class__ is Unreadable for value in values)

    def _text(self, cells: Row, code: str) -> str:
        column = self.header.columns.get(code, 0)
        raw = cells[column - 1] if 0 < column <= len(cells) else ""
        return raw if isinstance(raw, str) else show(raw)

    def is_named(self, cells: Row) -> bool:
        """Whether the row has words in the column of full names."""
        return any(map(str.isalpha, self._text(cells, "full_name")))

    def _merged_across(self) -> dict[tuple[int, int], int]:
        """The first cells of ranges merged over several columns below the header, with the last column of each."""
        columns = self.header.columns.values()
        below = [merge for merge in self.sheet.marks.merges if merge.top > self.header.last]
        return {
            (merge.top, merge.left): merge.right
            for merge in below
            if merge.right > merge.left and sum(merge.left <= column <= merge.right for column in columns) > 1
        }
