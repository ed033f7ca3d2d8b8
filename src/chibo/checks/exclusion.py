"""Taking out of a book what a blocking finding stands on: the record of a row, one value of a grid; never more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from attrs import evolve

from chibo.checks.context import Record
from chibo.findings import Finding, Severity
from chibo.model import CellBook, DuesRow, GridOrigin, Place, RollCall, ScoreSheet
from chibo.model.grouping import group_by
from chibo.model.places import Origin

R = TypeVar("R", bound=Record)
V = TypeVar("V")


def without_blocked(book: CellBook, findings: Iterable[Finding]) -> CellBook:
    """The book without the rows and the single grid values that blocking findings stand on.

    A finding that refuses the whole book (`of_book`) and one without an address take nothing out here.
    """
    places = {f.place for f in findings if f.severity is Severity.BLOCK and not f.of_book and _is_one_cell(f.place)}
    if not places:
        return book
    rows = {(place.sheet, place.row_and_column[0]) for place in places}
    return evolve(
        book,
        members=_kept(book.members, rows),
        changes=_kept(book.changes, rows),
        committee=_kept(book.committee, rows),
        meetings=_kept(book.meetings, rows),
        tasks=_kept(book.tasks, rows),
        explanations=_kept(book.explanations, rows),
        inspections=_kept(book.inspections, rows),
        disseminations=_kept(book.disseminations, rows),
        plan=evolve(book.plan, topics=_kept(book.plan.topics, rows)),
        assessment=evolve(book.assessment, entries=_kept(book.assessment.entries, rows)),
        dues=_kept_dues(book.dues, places),
        roll_call=_kept_marks(book.roll_call, places),
        self_scores=_kept_points(book.self_scores, places),
        official_scores=_kept_points(book.official_scores, places),
    )


def _kept(records: tuple[R, ...], rows: Collection[tuple[str, int]]) -> tuple[R, ...]:
    return tuple(record for record in records if not record.origin or _sheet_and_row(record.origin) not in rows)


def _kept_dues(rows: tuple[DuesRow, ...], places: Collection[Place]) -> tuple[DuesRow, ...]:
    """A finding on one month takes out that month, one anywhere else in the row the row."""
    if not rows:
        return rows
    by_row = group_by(places, lambda place: (place.sheet, place.row_and_column[0]))
    kept = []
    for row in rows:
        if row.origin is None:
            kept.append(row)
            continue
        blocked = by_row.get(_sheet_and_row(row.origin), ())
        months = {month for month in row.months if row.origin.place(f"T{month}") in blocked}
        if len(blocked) == len(months):
            paid = {month: mark for month, mark in row.months.items() if month not in months}
            kept.append(evolve(row, months=paid) if months else row)
    return tuple(kept)


def _kept_marks(grid: RollCall, places: Collection[Place]) -> RollCall:
    blocked = _crossings(grid.origin, places)
    if not blocked:
        return grid
    marks = {meeting: _kept_values(str(meeting), column, blocked) for meeting, column in grid.marks.items()}
    return RollCall(marks, grid.names, grid.origin)


def _kept_points(grid: ScoreSheet, places: Collection[Place]) -> ScoreSheet:
    blocked = _crossings(grid.origin, places)
    if not blocked:
        return grid
    points = {meeting: _kept_values(str(meeting), column, blocked) for meeting, column in grid.points.items()}
    return ScoreSheet(points, grid.maxima, grid.typed_totals, grid.typed_grades, grid.places, grid.origin)


def _crossings(origin: GridOrigin | None, places: Collection[Place]) -> set[tuple[str, str]]:
    """The (row key, column key) of each place inside the grid; headings and other cells of the sheet are none."""
    if origin is None:
        return set()
    return set(filter(None, map(origin.crossing, places)))


def _kept_values(column: str, values: Mapping[str, V], blocked: Collection[tuple[str, str]]) -> dict[str, V]:
    return {row: value for row, value in values.items() if (row, column) not in blocked}


def _sheet_and_row(origin: Origin) -> tuple[str, int]:
    return (origin.table.sheet, origin.row)


def _is_one_cell(place: Place) -> bool:
    return place.row_and_column[0] > 0 and ":" not in place.address
