"""Rows as text, CSV or JSON: what every command prints and the pages hand out."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

Row = Mapping[str, object]
"""One row: a value by column name. None is an unknown value and prints as nothing."""

_WRITTEN_ALIKE = frozenset({int, type(None)})
"""What a csv writer writes as we want it, nearly half of many rows: a whole number, nothing at all."""
_RECURRING = frozenset({Decimal, date})
"""Points and days: few, in many rows."""
_FORMULA_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")
_IGNORED_STARTS = (
    " \N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
)


def csv_text(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """The rows as CSV: comma, decimal point, ISO dates, an unknown value empty; text can never act as a formula."""
    return "".join(csv_lines(rows, columns))


def csv_lines(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    """The lines of `csv_text` one after the other, the heading first: for more rows than memory should hold."""
    yield from lines_of_values([columns])
    yield from lines_of_values(map(row.get, columns) for row in rows)


def lines_of_values(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Rows given as their values alone, in the order of the columns, as such lines."""
    writer = csv.writer(_Told(), lineterminator="\n")
    for values in rows:
        yield writer.writerow([value if value.__class__ in _WRITTEN_ALIKE else _csv_value(value) for value in values])


class _Told:
    """What a csv writer writes to: it gives back what it is told, and `writerow` passes that on."""

    def write(self, text: str) -> str:
        return text


def json_text(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """The rows as a JSON list of objects, one object to a line; numbers with a decimal point, an unknown value null."""
    objects = [json_object(row, columns) for row in rows]
    return "[\n" + ",\n".join(objects) + "\n]\n" if objects else "[]\n"


def json_object(row: Row, columns: Sequence[str]) -> str:
    """A row as a JSON object on one line."""
    return json.dumps({column: _json_value(row.get(column)) for column in columns}, ensure_ascii=False)


def safe_text(text: str) -> str:
    """`text` as a CSV field that no spreadsheet program takes for a formula: an apostrophe before what begins like one.

    Leading blanks and zero-width characters do not hide the beginning. Only CSV needs this: in a workbook we
    write typed text cells, which are inert.
    """
    if text[:1].isalnum():
        return text
    shown = text.lstrip(_IGNORED_STARTS)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or shown.startswith(_FORMULA_STARTS) else text


def plain_value(value: object) -> str | int | float | bool | None:
    """A value as JSON and tables know it: dates in ISO form, whole decimals without a point, enumerations by label."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Decimal | Fraction):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _json_value(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _json_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_json_value(inner) for inner in value]
    return plain_value(value)


def _csv_value(value: object) -> str:
    if isinstance(value, str):
        return _csv_field(str(value))  # the text of an enumeration
    if value.__class__ in _RECURRING:
        return _plain_text(value)
    if isinstance(value, list | tuple):
        return _csv_field("; ".join(str(inner) for inner in value))
    plain = plain_value(value)
    return _csv_field(plain) if isinstance(plain, str) else str(plain)


@lru_cache(maxsize=4096, typed=True)
def _plain_text(value: object) -> str:
    return str(plain_value(value))


@lru_cache(maxsize=1024)
def _csv_field(text: str) -> str:
    # The csv module of older Pythons leaves a lone carriage return unquoted, which would break the line.
    safe = safe_text(text)
    return safe.replace("\r\n", "\n").replace("\r", "\n") if "\r" in safe else safe
