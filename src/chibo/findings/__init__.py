"""Findings: what is said about somebody's workbook. Data that is collected, never raised."""

from chibo.findings.finding import Finding, FindingKind, Severity, all_kinds, blocks_book, worst_severity

__all__ = ["Finding", "FindingKind", "Severity", "all_kinds", "blocks_book", "worst_severity"]
