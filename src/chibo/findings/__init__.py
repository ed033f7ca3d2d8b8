"""Findings: what is said about somebody's workbook. Data that is collected, never raised."""

from chibo.findings.crowds import Crowd, few_of_each
from chibo.findings.finding import (
    MOST_PLACES,
    Finding,
    FindingKind,
    Severity,
    all_kinds,
    blocks_book,
    worst_severity,
)

__all__ = [
    "MOST_PLACES",
    "Crowd",
    "Finding",
    "FindingKind",
    "Severity",
    "all_kinds",
    "blocks_book",
    "few_of_each",
    "worst_severity",
]
