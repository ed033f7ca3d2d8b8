"""Findings of one kind on one sheet, of which a book may have thousands: the first are told, the others counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attrs import frozen

from chibo.findings.finding import Finding, Severity


@frozen
class Crowd:
    """How many findings there are besides those that are told of their kind on their sheet; `one` is the first."""

    one: Finding
    count: int

    @property
    def severity(self) -> Severity:
        """That of each of them: it is of their kind."""
        return self.one.severity


def few_of_each(findings: Iterable[Finding], most: int) -> list[Finding | Crowd]:
    """At most so many findings of each kind on each sheet, the weightiest first, else in their order.

    Behind the findings of one weight stand those of that weight that are told together.
    """
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
    crowds = [Crowd(one, found[of_kind] - most) for of_kind, one in left.items()]
    return sorted([*few, *crowds], key=lambda told: told.severity.rank)
