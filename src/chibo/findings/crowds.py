"""Findings of one kind on one sheet, of which a book may have thousands: the first are told, the others counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attrs import frozen

from chibo.findings.finding import Finding


@frozen
class Crowd:
    """How many findings there are besides those that are told of their kind on their sheet; `one` is the first."""

    one: Finding
    count: int


def few_of_each(findings: Iterable[Finding], most: int) -> tuple[list[Finding], list[Crowd]]:
    """At most so many findings of each kind on each sheet, in their order, and what is left of the others."""
    few: list[Finding] = []
    found = Counter[tuple[str, str]]()
    left: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        of_kind = (finding.place.sheet, finding.code)
        found[of_kind] += 1
        if found[of_kind] <= most:
            few.append(finding)
        else:
            left.setdefault(of_kind, finding)
    return few, [Crowd(one, found[of_kind] - most) for of_kind, one in left.items()]
