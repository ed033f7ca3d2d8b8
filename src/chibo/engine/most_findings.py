"""As many findings as are told of one book: nobody mends more at a time, and each takes room wherever it goes."""

from __future__ import annotations

from chibo.findings import Finding, FindingKind, Severity
from chibo.model import Place

MOST_FINDINGS = 10_000

MORE_FINDINGS = FindingKind("MORE_FINDINGS", Severity.WARN)


def the_weightiest(findings: tuple[Finding, ...], file: str) -> tuple[Finding, ...]:
    """The findings of a book; of very many the weightiest, in the order they came in, and one that counts the others.

    Whatever refuses the whole book is among them. What the findings decide has to be decided before.
    """
    if len(findings) <= MOST_FINDINGS:
        return findings
    by_weight = sorted(findings, key=lambda one: (not one.of_book, one.severity.rank))
    left_out = len(findings) - MOST_FINDINGS
    return (*by_weight[:MOST_FINDINGS], MORE_FINDINGS.at(Place(file), seen=left_out, expected=MOST_FINDINGS))
