"""What is known of the results of formulas when cells change."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import Factory, frozen

from chibo.workbook.patching.stale import Target


@frozen
class Results:
    """The results that change, and the formulas of which nobody here knows the result: they are of another hand.

    `heights` are those that our form gives to rows for their texts, by sheet and row.
    """

    known: dict[Target, str | float | bool] = Factory(dict)
    of_others: frozenset[Target] = frozenset()
    heights: Mapping[str, Mapping[int, str]] = Factory(dict)
