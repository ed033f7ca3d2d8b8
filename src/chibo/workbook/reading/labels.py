"""Label/value pairs: a label in one cell, its value in the next one to the right, anywhere on the sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from attrs import Factory, frozen

from chibo.definitions.layouts import LayoutField, SheetLayout
from chibo.definitions.wording import normal_label
from chibo.model import SheetPlaces
from chibo.workbook.reading import kinds
from chibo.workbook.reading.converters import ReadingContext, plain_values
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.sheet import Raw, Sheet
from chibo.workbook.reading.showing import show

_LONGEST_LABEL = 120


@frozen
class LabelValues:
    """The values found by their codes, and the place of the value of every label found."""

    values: dict[str, Any] = Factory(dict)
    places: SheetPlaces = Factory(SheetPlaces)


@frozen
class _Found:
    """One label: where its value stands and what stands there."""

    row: int
    column: int
    raw: Raw


def read_labels(
    of: SheetLayout,
    context: ReadingContext,
    report: SheetReport,
    table_rows: Collection[int] = (),
    identity: Collection[str] = (),
) -> LabelValues:
    """The values of the labels of a sheet; `table_rows` belong to its table and hold no labels.

    A label that stands twice gives its first value that is not empty, with a finding where the two differ; it refuses
    the book where the label belongs to its identity.
    """
    sheet = report.sheet
    values: dict[str, Any] = {}
    places: dict[str, tuple[int, int]] = {}
    for code, (field, found) in _find(sheet, of, table_rows).items():
        chosen = found[0]
        if len(found) > 1:
            chosen = next((one for one in found if not _is_blank(one.raw)), chosen)
            _report_others(field, chosen, found, report, identity)
        places[code] = (chosen.row, chosen.column)
        value = report.read(plain_values(field, context), chosen.raw, places[code], field.label)
        if value is not None:
            values[code] = value
    return LabelValues(values, sheet.places(places))


def _report_others(
    field: LayoutField, chosen: _Found, found: Iterable[_Found], report: SheetReport, identity: Collection[str]
) -> None:
    """Say where the same label has another value."""
    differ = [one for one in found if not _is_blank(one.raw) and not _same(one.raw, chosen.raw)]
    if differ:
        others = tuple(report.sheet.place(one.row, one.column) for one in differ)
        of_book = field.code in identity
        kind = kinds.IDENTITY_CONTRADICTORY if of_book else kinds.LABEL_TWICE
        spot = Spot(chosen.row, chosen.column, field.label)
        report.add(kind, spot, seen=show(chosen.raw), others=others, of_book=of_book)


def _same(one: Raw, other: Raw) -> bool:
    return normal_label(show(one)) == normal_label(show(other))


def _is_blank(raw: Raw) -> bool:
    return isinstance(raw, str) and not raw.strip()


def _find(sheet: Sheet, of: SheetLayout, table_rows: Collection[int]) -> dict[str, tuple[LayoutField, list[_Found]]]:
    """The labels that stand anywhere outside the table, by their codes."""
    found: dict[str, tuple[LayoutField, list[_Found]]] = {}
    fields = of.fields_by_label
    for row, cells in sheet.rows.items():
        if row in table_rows:
            continue
        taken = 0
        for column, raw in enumerate(cells, start=1):
            if not raw or not isinstance(raw, str) or column == taken or len(raw) > _LONGEST_LABEL:
                continue
            field: LayoutField | None = fields.get(normal_label(raw))
            if field is not None:
                taken = _value_column(sheet, row, column)
                found.setdefault(field.code, (field, []))[1].append(_Found(row, taken, sheet.value(row, taken)))
    return found


def _value_column(sheet: Sheet, row: int, column: int) -> int:
    """The next cell to the right; a merged label ends where its range ends."""
    merge = sheet.merge_at(row, column)
    return (merge.right if merge else column) + 1
