"""From a period's table to the rows of a return: groups, subtotals, grand total, notes."""

from __future__ import annotations

from chibo.definitions.returns.definition import ReturnDefinition
from chibo.errors import UnknownNameError
from chibo.model import MonthStatus, Period, PeriodTable
from chibo.returns.figures import figures_of
from chibo.returns.left_out import left_out_note
from chibo.returns.subjects import SubjectGroup, subject_groups
from chibo.returns.table import ReturnRow, ReturnTable, RowKind
from chibo.returns.totals import totals_of
from chibo.returns.words import period_in_words, roman

PERIOD_NAMES = {"month": "tháng", "quarter": "quý", "half-year": "6 tháng", "year": "năm"}


def check_period(definition: ReturnDefinition, period: Period) -> None:
    """Raises UnknownNameError where the return is made for another kind of period."""
    if period.kind not in definition.periods:
        kinds = ", ".join(PERIOD_NAMES[kind] for kind in definition.periods)
        raise UnknownNameError(
            f"Biểu «{definition.id}» lập theo {kinds}; «{period}» là kỳ {PERIOD_NAMES[period.kind]}.",
            english=f"The return «{definition.id}» is made for {', '.join(definition.periods)}; «{period}» is a period "
            f"of the kind {period.kind}.",
        )


def return_table(definition: ReturnDefinition, table: PeriodTable) -> ReturnTable:
    """The rows of a return over a period. Raises UnknownNameError where the return is for another kind of period."""
    check_period(definition, table.period)
    table = table.of_committees(definition.cells.committees)
    rows: list[ReturnRow] = []
    plain: list[ReturnRow] = []
    for number, group in enumerate(subject_groups(definition, table), start=1):
        first = 1 if definition.grouping.numbering == "by-group" else len(plain) + 1
        made = _rows_of(group, first, definition, table)
        plain += made
        if group.title:
            heading = ReturnRow(kind=RowKind.GROUP, title=group.title, ordinal=roman(number))
            subtotal = _total(RowKind.SUBTOTAL, definition.grouping.subtotal, made, definition)
            rows += [heading, *made, subtotal]
        else:
            rows += made
    rows.append(_total(RowKind.TOTAL, definition.grouping.grand_total, plain, definition))
    committees = {cell.identity.committee_name for cell in table.cells}
    return ReturnTable(
        definition=definition,
        period=table.period,
        rows=tuple(rows),
        notes=_notes(definition, table),
        committee_name=committees.pop() if len(committees) == 1 else "",
    )


def _rows_of(group: SubjectGroup, first: int, definition: ReturnDefinition, table: PeriodTable) -> list[ReturnRow]:
    return [
        ReturnRow(kind=RowKind.ROW, code=subject.code, figures=figures_of(subject, ordinal, definition, table.period))
        for ordinal, subject in enumerate(group.subjects, start=first)
    ]


def _total(kind: RowKind, title: str, rows: list[ReturnRow], definition: ReturnDefinition) -> ReturnRow:
    return ReturnRow(kind=kind, title=title, figures=totals_of(definition, rows))


def _notes(definition: ReturnDefinition, table: PeriodTable) -> tuple[str, ...]:
    """The notes with their figures filled in; together they end with a full stop."""
    statuses = [{cell.status(month) for month in table.period.months} for cell in table.cells]
    unreported = sum(MonthStatus.UNREPORTED in found for found in statuses)
    held = sum(found == {MonthStatus.HELD} for found in statuses)
    values = {
        "period": period_in_words(table.period),
        "cells": str(len(statuses)),
        "held": str(held),
        "unreported": str(unreported),
        "not_held": str(len(statuses) - held - unreported),
    }
    filled = []
    for note in definition.notes:
        text = note
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        filled.append(text.rstrip(" ./;") + ".")
    left_out = left_out_note(definition, table)
    return (*filled, *filter(None, [left_out]), *table.notes)
