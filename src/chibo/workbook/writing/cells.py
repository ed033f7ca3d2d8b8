"""Model values as spreadsheet cells: every value in the one form that reads back as the same value."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chibo.definitions.layouts import ValueType
from chibo.errors import OutputError

CellValue: TypeAlias = str | int | float | date | time | None
Cached: TypeAlias = str | int | float | bool

FORMATS: dict[ValueType, tuple[str, ...]] = {
    ValueType.CODE: ("text",),
    ValueType.MEETING_CODE: ("text", "center"),
    ValueType.MEMBER_CODE: ("text",),
    ValueType.CRITERION: ("text", "center"),
    ValueType.FRAME: ("text",),
    ValueType.WHOLE: ("whole",),
    ValueType.COUNT: ("whole",),
    ValueType.POINTS: ("number",),
    ValueType.RATE: ("number",),
    ValueType.DATE: ("date",),
    ValueType.TIME: ("time",),
    ValueType.YES_NO: ("center",),
    ValueType.QUARTER: ("whole",),
    ValueType.SEVERAL: ("text", "wrap"),
    ValueType.TOPICS: ("text", "wrap"),
    ValueType.TEXT: ("text", "wrap"),
    ValueType.LIST: ("wrap",),
    ValueType.AUTHORITY: ("wrap",),
    ValueType.SHOWN: ("center",),
}
"""The traits (`styles`) of the cells of each type of value. Text columns are formatted as text: nothing typed there
is turned into a date or loses its leading zeros."""


def cell_value(value: object) -> CellValue:
    """A model value as it stands in a cell; None where nothing is recorded."""
    match value:
        case None | "" | ():
            return None
        case bool():
            return "Có" if value else "Không"
        case tuple():
            return "; ".join(str(part) for part in value)
        case Decimal() | Fraction():
            return int(value) if value == int(value) else float(value)
        case int() | float() | date() | time():
            return value
        case _:
            return str(value)


def write_cell(sheet: Worksheet, row: int, column: int, value: CellValue, cell_format: Format) -> None:
    """Write a value as itself: text stays text, whatever it looks like. Raises OutputError where it cannot be held."""
    match value:
        case None | "":  # a text of no letters in a cell would be told from an empty cell by some programs
            failed = sheet.write_blank(row, column, None, cell_format)
        case str():
            failed = sheet.write_string(row, column, value, cell_format)
        case date() | time():
            failed = sheet.write_datetime(row, column, value, cell_format)
        case _:
            failed = sheet.write_number(row, column, value, cell_format)
    if failed:
        raise OutputError(
            f"Trang «{sheet.get_name()}» không chứa được một giá trị (chữ dài quá 32.767 ký tự, hoặc quá nhiều dòng, "
            "cột). Hãy rút ngắn rồi ghi lại.",
            english=f"The sheet «{sheet.get_name()}» cannot hold a value (a text of over 32,767 characters, or too "
            "many rows or columns). Shorten it and try again.",
        )


class _EmptyText(str):
    """An empty text that the Excel library stores as the text result of a formula.

    It leaves the type of an empty result out, and readers then take the formula for one that was never calculated.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return hash("")


_EMPTY_TEXT = _EmptyText()


def write_formula(
    sheet: Worksheet, row: int, column: int, formula: str, value: Cached, *, cell_format: Format | None = None
) -> None:
    """Write a formula (without its `=`) together with the value that we computed for it."""
    sheet.write_formula(row, column, f"={formula}", cell_format, stored_result(value))


def stored_result(value: Cached) -> Cached:
    """The result of a formula as the Excel library is to be given it."""
    return _EMPTY_TEXT if value == "" else value
