"""The totals of a group or of the whole return: the values that the formulas in the workbook will give."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from chibo.definitions.returns.columns import TotalKind
from chibo.definitions.returns.definition import ReturnDefinition
from chibo.returns.fields import Value
from chibo.returns.figures import with_percentages
from chibo.returns.table import Figure, ReturnRow


def totals_of(definition: ReturnDefinition, rows: Sequence[ReturnRow]) -> tuple[Figure, ...]:
    """The totals over these rows, column by column; subtotals are never among them."""
    figures = [
        Figure(total_of(column.total, [row.figures[index].value for row in rows]))
        for index, column in enumerate(definition.columns)
    ]
    return with_percentages(figures, definition)


def total_of(kind: TotalKind, values: Sequence[Value]) -> Value:
    """One total; empty values take no part, and a mean, lowest or highest of nothing is empty."""
    if kind is TotalKind.NONE:
        return None
    if kind is TotalKind.COUNT:
        return sum(value is not None for value in values)
    numbers = [Decimal(value) for value in values if isinstance(value, int | Decimal)]
    total = sum(numbers, Decimal(0))
    if kind is TotalKind.SUM:
        return total
    if not numbers:
        return None
    return {TotalKind.MEAN: total / len(numbers), TotalKind.LOWEST: min(numbers), TotalKind.HIGHEST: max(numbers)}[kind]
