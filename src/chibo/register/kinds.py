"""What can be wrong with a register."""

from __future__ import annotations

from chibo.findings import FindingKind, Severity


def _block(code: str) -> FindingKind:
    return FindingKind(code, Severity.BLOCK, clause="9")


def _warn(code: str) -> FindingKind:
    return FindingKind(code, Severity.WARN, clause="9")


REGISTER_SHEET_MISSING = _block("REGISTER_SHEET_MISSING")
RECORD_TWICE = _block("RECORD_TWICE")
UNIT_NOT_FOUNDED = _block("UNIT_NOT_FOUNDED")
UNIT_FOUNDED_TWICE = _block("UNIT_FOUNDED_TWICE")
UNIT_CHANGED_AFTER_END = _block("UNIT_CHANGED_AFTER_END")
UNIT_NAME_MISSING = _block("UNIT_NAME_MISSING")
UNIT_LEVEL_MISSING = _block("UNIT_LEVEL_MISSING")
PARENT_UNKNOWN = _block("PARENT_UNKNOWN")
PARENT_IS_CELL = _block("PARENT_IS_CELL")
PARENT_IN_CIRCLE = _block("PARENT_IN_CIRCLE")
PARENT_ENDED = _warn("PARENT_ENDED")
MERGED_INTO_UNKNOWN = _block("MERGED_INTO_UNKNOWN")
ALIAS_OF_UNKNOWN_UNIT = _block("ALIAS_OF_UNKNOWN_UNIT")
ALIAS_IS_CODE = _block("ALIAS_IS_CODE")
USER_TWICE = _block("USER_TWICE")
ASSIGNMENT_OF_UNKNOWN_PERSON = _block("ASSIGNMENT_OF_UNKNOWN_PERSON")
ASSIGNMENT_OF_UNKNOWN_UNIT = _block("ASSIGNMENT_OF_UNKNOWN_UNIT")
ASSIGNMENT_ENDS_FIRST = _block("ASSIGNMENT_ENDS_FIRST")
