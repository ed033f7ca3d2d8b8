"""Identical copies of one book, of which a folder may hold hundreds: told together, the first of them by name."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from chibo.consolidation import BookOutcome
from chibo.consolidation.duplicates import IDENTICAL_COPY
from chibo.findings import Finding

_NAMED = 3


def original_of(outcome: BookOutcome) -> str:
    """The book that this one is a copy of, "" where it is none."""
    return next((one.other_places[0].file for one in outcome.findings if one.kind == IDENTICAL_COPY), "")


def copies_by_book(outcomes: Iterable[BookOutcome]) -> dict[str, list[BookOutcome]]:
    """The copies of each book that has any."""
    found: dict[str, list[BookOutcome]] = {}
    for outcome in outcomes:
        original = original_of(outcome)
        if original:
            found.setdefault(original, []).append(outcome)
    return found


def alike_by_book(outcomes: Iterable[BookOutcome]) -> dict[str, list[str]]:
    """The copies of which nothing else is found than of the first with its values, by that one; never a single copy."""
    found: dict[Hashable, list[str]] = {}
    for outcome in outcomes:
        found.setdefault((original_of(outcome) or outcome.file, _said(outcome)), []).append(outcome.file)
    return {first: copies for first, *copies in found.values() if len(copies) > 1}


def named(copies: Sequence[str]) -> str:
    """The first of the copies, and a sign that there are more."""
    return ", ".join([*copies[:_NAMED], *(["…"] if len(copies) > _NAMED else [])])


def are_all_named(copies: Sequence[str]) -> bool:
    """Whether `named` leaves out none."""
    return len(copies) <= _NAMED


def _said(outcome: BookOutcome) -> Hashable:
    return tuple(_of(finding) for finding in outcome.findings if finding.kind != IDENTICAL_COPY)


def _of(finding: Finding) -> Hashable:
    place = finding.place
    return finding.code, place.sheet, place.address, finding.seen, finding.expected, tuple(finding.values.items())
