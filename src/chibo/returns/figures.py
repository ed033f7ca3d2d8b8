"""What stands in one column of one row: a named figure, an aggregate, or a percentage of two other columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from chibo.definitions.returns.columns import Column, Percent
from chibo.definitions.returns.definition import ReturnDefinition
from chibo.model import CellInPeriod, MonthStatus, Period
from chibo.returns.aggregates import aggregate_figure, source_of
from chibo.returns.fields import Value, value_of
from chibo.returns.remarks import remarks
from chibo.returns.subjects import Subject
from chibo.returns.table import Figure, Source

MARK = "x"
"""What a grade is marked with."""


def figures_of(subject: Subject, ordinal: int, definition: ReturnDefinition, period: Period) -> tuple[Figure, ...]:
    """The figures of a row, column by column."""
    figures = [
        Figure() if column.percent else _figure(column, subject, ordinal, definition, period)
        for column in definition.columns
    ]
    return with_percentages(figures, definition)


def with_percentages(figures: Sequence[Figure], definition: ReturnDefinition) -> tuple[Figure, ...]:
    """The figures with the percentage columns filled in from the others."""
    return tuple(
        Figure(_percentage(column.percent, figures, definition)) if column.percent else figure
        for column, figure in zip(definition.columns, figures, strict=True)
    )


def _percentage(percent: Percent, figures: Sequence[Figure], definition: ReturnDefinition) -> Value:
    part = figures[definition.index_of(percent.of)].value
    whole = figures[definition.index_of(percent.over)].value
    if not isinstance(part, int | Decimal) or not isinstance(whole, int | Decimal) or not whole:
        return None
    return Decimal(part) * 100 / Decimal(whole)


def _figure(column: Column, subject: Subject, ordinal: int, definition: ReturnDefinition, period: Period) -> Figure:
    if column.aggregate:
        return aggregate_figure(column.aggregate, subject.records)
    if column.figure == "ordinal":
        return Figure(ordinal)
    if column.figure == "remarks":
        return remarks(subject, definition, period)
    if column.figure in _OF_ROW:
        return _OF_ROW[column.figure](subject, period)
    return _of_meeting(column, subject)


def _of_meeting(column: Column, subject: Subject) -> Figure:
    """A figure of the row's one meeting; nothing where there is none, or where it was not held."""
    record = subject.chief
    if record is None:
        return Figure()
    if column.figure == "grade_mark":
        marked = record.grade is not None and record.grade is column.grade
        return Figure(MARK, _listed(source_of(record, "grade"))) if marked else Figure()
    if column.figure == "membership_text":
        present, membership = record.facts.present, record.facts.membership
        if present is None or membership is None:
            return Figure()
        return Figure(f"{present}/{membership}", _listed(source_of(record, "present"), source_of(record, "membership")))
    if not record.is_held and column.figure not in {"meeting_code", "kind", "state", "held", "source", "findings"}:
        return Figure()
    return Figure(value_of(record, column.figure), _listed(source_of(record, column.figure)))


def _listed(*sources: Source | None) -> tuple[Source, ...]:
    return tuple(source for source in sources if source is not None)


def _is_missing(cell: CellInPeriod, period: Period) -> bool:
    return any(cell.status(month) is MonthStatus.UNREPORTED for month in period.months)


def _cell_name(subject: Subject, _period: Period) -> Figure:
    cell = subject.cell
    record = next(iter(cell.records), None)
    return Figure(cell.identity.cell_name, _listed(source_of(record, "cell_name")) if record else ())


_OF_ROW: dict[str, Callable[[Subject, Period], Figure]] = {
    "cell_code": lambda subject, _: Figure(subject.code),
    "cell_name": _cell_name,
    "committee_code": lambda subject, _: Figure(subject.committee_code or None),
    "committee_name": lambda subject, _: Figure(subject.committee_name or None),
    "cells": lambda subject, _: Figure(len(subject.cells)),
    "cells_reported": lambda subject, period: Figure(sum(not _is_missing(cell, period) for cell in subject.cells)),
    "cells_missing": lambda subject, period: Figure(sum(_is_missing(cell, period) for cell in subject.cells)),
}
