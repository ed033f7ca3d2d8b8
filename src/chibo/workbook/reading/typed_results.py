"""Totals and grades that somebody typed above or below the points of a score sheet."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from attrs import field, frozen

from chibo.definitions.layouts import SheetLayout
from chibo.definitions.wording import normal_label
from chibo.model import MeetingCode
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading.converters import POINTS, TEXTS
from chibo.workbook.reading.headers import Header
from chibo.workbook.reading.remembered import Remembered
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.sheet import Raw

_TOTAL, _GRADE = "total", "grade"
_MOST_BEGINNINGS = 1024
_LONGEST_BEGINNING = 600
"""Beginnings of rows that are remembered of one sheet of the layout; the characters of the longest."""


@frozen
class TypedResults:
    """Totals and grades by meeting, and where they stand (row, column) by `total:2026-03` and `grade:2026-03`."""

    totals: dict[MeetingCode, Decimal] = field(factory=dict)
    grades: dict[MeetingCode, str] = field(factory=dict)
    places: dict[str, tuple[int, int]] = field(factory=dict)


def typed_results(
    of: SheetLayout,
    header: Header,
    columns: Mapping[MeetingCode, int],
    points: Mapping[MeetingCode, Mapping[str, Decimal]],
    report: SheetReport,
) -> TypedResults:
    """What stands in the rows that begin with "Tổng điểm" or "Xếp loại", above or below the points.

    A formula without a value loses nothing: totals and grades are computed anyway.
    """
    typed = TypedResults()
    before = min(columns.values(), default=1) - 1
    beginnings = _beginnings(of)
    for row, cells in report.sheet.rows.items():
        begun = beginnings[tuple(cells[:before])]
        if not begun or header.first <= row <= header.last:
            continue
        label = next(normal_label(raw) for raw in cells if isinstance(raw, str) and raw)
        for code, column in columns.items():
            raw = cells[column - 1] if column <= len(cells) else ""
            if isinstance(raw, BrokenCell):
                if points.get(code):
                    report.broken(raw, Spot(row, column, label, code), computed=True)
            elif _TOTAL in begun and code not in typed.totals:
                total = report.read(POINTS, raw, (row, column), label, code)
                if total is not None:
                    typed.totals[code] = total
                    typed.places[f"{_TOTAL}:{code}"] = (row, column)
            elif _TOTAL not in begun and code not in typed.grades and (grade := TEXTS[raw]):
                typed.grades[code] = grade
                typed.places[f"{_GRADE}:{code}"] = (row, column)
    return typed


class _Beginnings(Remembered[tuple[Raw, ...], tuple[str, ...]]):
    """Which of totals and grades a row begins with, by its first cells: they are the same in the books of an office."""

    def __init__(self, of: SheetLayout) -> None:
        super().__init__(_MOST_BEGINNINGS)
        self._totals = tuple(map(normal_label, of.spread.total_labels)) if of.spread else ()
        self._grades = tuple(map(normal_label, of.spread.grade_labels)) if of.spread else ()

    def __missing__(self, cells: tuple[Raw, ...]) -> tuple[str, ...]:
        texts = [raw for raw in cells if isinstance(raw, str)]
        begun = tuple(filter(None, map(self._begun, texts)))
        if sum(map(len, texts)) <= _LONGEST_BEGINNING:
            self.keep(cells, begun)
        return begun

    def _begun(self, text: str) -> str:
        label = normal_label(text)
        return _TOTAL if label.startswith(self._totals) else _GRADE if label.startswith(self._grades) else ""


def _beginnings(of: SheetLayout) -> _Beginnings:
    if _beginnings not in of.worked_out:
        of.worked_out[_beginnings] = _Beginnings(of)
    known: _Beginnings = of.worked_out[_beginnings]
    return known
