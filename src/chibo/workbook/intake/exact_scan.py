"""Step 5, the slow and exact way: a sheet parsed element by element, for sheets written in an unusual form.

Rules of the geometry: a row and a cell stand where their references say; neither may be given twice; a cell lies in
its row. Elements are known by their local names, whatever prefix a program gives them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from math import isfinite
from xml.parsers import expat

from attrs import define, field

from chibo.definitions.intake_limits import SheetLimits
from chibo.workbook.intake import kinds
from chibo.workbook.intake.addresses import MAX_COLUMNS, MAX_ROWS, column_number, merge_of
from chibo.workbook.intake.marks import BrokenCell, Merge, SheetCounts, SheetMarks
from chibo.workbook.intake.refusal import RefusedError

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z", re.ASCII)
_DURATION = re.compile(r"P(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?\Z", re.ASCII)
_TRUE = {"1", "true"}


@define
class Cell:
    """One cell element: its type, and the texts of its value and of its formula, None where it has no such element."""

    kind: str
    value: str | None = None
    formula: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether it shows an error such as #REF!."""
        return self.kind == "e"

    @property
    def is_valueless(self) -> bool:
        """Whether it is a formula that was never calculated; an empty text is a value."""
        empty = self.value is None if self.kind == "str" else not self.value
        return self.formula is not None and not self.is_error and empty


@define(eq=False)
class ExactScan:
    """The cells of a sheet by row and column, its merges and hidden parts."""

    sheet: str
    limits: SheetLimits
    cells: dict[tuple[int, int], Cell] = field(factory=dict)
    merges: list[Merge] = field(factory=list)
    hidden_rows: set[int] = field(factory=set)
    hidden_columns: list[tuple[int, int]] = field(factory=list)
    _rows: set[int] = field(factory=set)
    _row: int = 0
    _column: int = 0
    _cell: Cell | None = None
    _text: list[str] | None = None
    _merge_count: int = 0
    _in_data: bool = False
    _phonetic: int = 0

    def marks(self) -> SheetMarks:
        """What is known of the sheet in the end."""
        broken = {
            place: BrokenCell(cell.value or "#?" if cell.is_error else "", cell.formula or "")
            for place, cell in self.cells.items()
            if cell.is_error or cell.is_valueless
        }
        errors = sum(cell.is_error for cell in self.cells.values())
        values = sum(bool(cell.value) and not cell.is_error for cell in self.cells.values())
        counts = SheetCounts(values, errors, len(broken) - errors)
        return SheetMarks(broken, tuple(self.merges), frozenset(self.hidden_rows), tuple(self.hidden_columns), counts)

    def run(self, xml: bytes) -> None:
        """Parse the sheet; RefusedError where its XML or its geometry is broken."""
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise RefusedError(kinds.XML_BROKEN, sheet=self.sheet, seen=f"dòng {error.lineno}") from None
        self._check_area()

    def check_strings(self, strings: int) -> None:
        """RefusedError where a cell names a shared string that is not among the first `strings`."""
        for place, cell in self.cells.items():
            index = cell.value
            if cell.kind == "s" and index and not (_is_number(index) and int(index) < strings):
                raise RefusedError(kinds.CELL_BAD, sheet=self.sheet, cell=place, seen=index[:24])

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        handler = _STARTS.get(name.rpartition(":")[2])
        if handler is not None:
            handler(self, attributes)

    def _characters(self, text: str) -> None:
        if self._text is not None and not self._phonetic:
            self._text.append(text)

    def _data(self, _attributes: dict[str, str]) -> None:
        self._in_data = True

    def _start_row(self, attributes: dict[str, str]) -> None:
        if not self._in_data:
            return
        written = attributes.get("r")
        number = self._row + 1 if written is None else int(written) if _is_number(written) else 0
        if not 1 <= number <= MAX_ROWS or number in self._rows:
            self._refuse(written or number)
        self._rows.add(number)
        self._row, self._column = number, 0
        if attributes.get("hidden") in _TRUE:
            self.hidden_rows.add(number)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if not self._in_data:
            return
        written = attributes.get("r")
        if written is None:
            self._column += 1
        else:
            found = _REFERENCE.match(written)
            if found is None or int(found[2]) != self._row:
                self._refuse(written)
            self._column = column_number(found[1]) if found else 0
        place = (self._row, self._column)
        if not 1 <= self._column <= MAX_COLUMNS or place in self.cells:
            self._refuse(written or place)
        self._cell = self.cells[place] = Cell(attributes.get("t", "n"))
        if len(self.cells) > self.limits.cells:
            raise RefusedError(kinds.SHEET_TOO_BIG, sheet=self.sheet, seen=len(self.cells), limit=self.limits.cells)

    def _start_text(self, _attributes: dict[str, str]) -> None:
        if self._cell is not None:
            self._text = []

    def _start_phonetic(self, _attributes: dict[str, str]) -> None:
        self._phonetic += 1

    def _start_merge(self, attributes: dict[str, str]) -> None:
        self._merge_count += 1
        if self._merge_count > self.limits.merges:
            raise RefusedError(kinds.SHEET_TOO_BIG, sheet=self.sheet, seen=self._merge_count, limit=self.limits.merges)
        merge = merge_of(attributes.get("ref", ""))
        if merge is not None:
            self.merges.append(merge)

    def _start_columns(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if _is_number(first) and _is_number(last) and attributes.get("hidden") in _TRUE:
            self.hidden_columns.append((int(first), min(int(last), MAX_COLUMNS)))

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in {"v", "t", "f"} and self._cell is not None and self._text is not None:
            text = "".join(self._text)
            if local == "f":
                self._cell.formula = text
            else:
                self._cell.value = (self._cell.value or "") + text
            self._text = None
        elif local == "c":
            self._finish_cell()
        elif local == "rPh":
            self._phonetic -= 1
        elif local == "sheetData":
            self._in_data = False

    def _finish_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None or not cell.value:
            return
        if len(cell.value) > self.limits.characters:
            place, limit = (self._row, self._column), self.limits.characters
            raise RefusedError(kinds.CELL_TOO_LONG, sheet=self.sheet, cell=place, seen=len(cell.value), limit=limit)
        if (cell.kind == "d" and not _is_moment(cell.value)) or (cell.kind == "n" and _is_beyond_numbers(cell.value)):
            place = (self._row, self._column)
            raise RefusedError(kinds.CELL_BAD, sheet=self.sheet, cell=place, seen=cell.value[:24])

    def _check_area(self) -> None:
        """The reader makes room for the whole rectangle around the cells that hold a value."""
        held = [place for place, cell in self.cells.items() if cell.value]
        if not held:
            return
        rows, columns = [row for row, _ in held], [column for _, column in held]
        height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
        if height * width > self.limits.area:
            limit = f"{self.limits.area:,}".replace(",", "\xa0")  # read alike in every language
            raise RefusedError(kinds.SHEET_TOO_BIG, sheet=self.sheet, seen=f"{height} × {width}", limit=limit)

    def _refuse(self, seen: object) -> None:
        raise RefusedError(kinds.CELL_REF, sheet=self.sheet, seen=str(seen)[:24])


_STARTS: dict[str, Callable[[ExactScan, dict[str, str]], None]] = {
    "sheetData": ExactScan._data,
    "row": ExactScan._start_row,
    "c": ExactScan._start_cell,
    "v": ExactScan._start_text,
    "t": ExactScan._start_text,
    "f": ExactScan._start_text,
    "rPh": ExactScan._start_phonetic,
    "mergeCell": ExactScan._start_merge,
    "col": ExactScan._start_columns,
}


def scan_exactly(xml: bytes, sheet: str, limits: SheetLimits) -> ExactScan:
    """The sheet, parsed; RefusedError where its XML or its geometry is broken."""
    scan = ExactScan(sheet, limits)
    scan.run(xml)
    return scan


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10


def _is_beyond_numbers(text: str) -> bool:
    """Whether a text stands for no finite number: readers make a day of it, or break over it."""
    try:
        return not isfinite(float(text))
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    """Whether a text is a date, a time, both, or a length of time, as ISO 8601 writes them."""
    if _DURATION.match(text):
        return True
    for kind in (datetime, date, time):
        try:
            kind.fromisoformat(text)
        except ValueError:
            continue
        return True
    return False
