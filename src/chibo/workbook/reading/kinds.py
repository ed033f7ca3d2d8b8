"""The findings that reading gives, by what they say: the file, the book, the sheet, the row, the value."""

from __future__ import annotations

from chibo.findings import FindingKind, Severity


def _block(code: str) -> FindingKind:
    return FindingKind(code, Severity.BLOCK)


def _warn(code: str) -> FindingKind:
    return FindingKind(code, Severity.WARN)


def _note(code: str) -> FindingKind:
    return FindingKind(code, Severity.NOTE)


# It is a workbook, but not one that can be taken as a cell's.
NOT_A_CELL_BOOK = _block("NOT_A_CELL_BOOK")
WRONG_BOOK = _block("WRONG_BOOK")
SHEET_MISSING = _block("SHEET_MISSING")
SHEET_RENAMED = _block("SHEET_RENAMED")
LABEL_MISSING = _block("LABEL_MISSING")
COLUMN_MISSING = _block("COLUMN_MISSING")
INFO_UNREADABLE = _block("INFO_UNREADABLE")
IDENTITY_CONTRADICTORY = _block("IDENTITY_CONTRADICTORY")

# The workbook as a whole: what was done with it, or must be asked.
LAYOUT_OLD = _warn("LAYOUT_OLD")
LAYOUT_OTHER = _warn("LAYOUT_OTHER")
TEXT_CONVERTED = _note("TEXT_CONVERTED")
NO_SHEET_OF_LAYOUT = _note("NO_SHEET_OF_LAYOUT")
"""Of a table of any kind: nothing of what its layout names was there to be looked at."""
TEXT_UNDECIDED = _warn("TEXT_UNDECIDED")
TEXT_LOST = _warn("TEXT_LOST")
MACROS_IGNORED = _note("MACROS_IGNORED")
SIGNED = _note("SIGNED")
TYPED_ON_LIST = _note("TYPED_ON_LIST")

# A sheet, a label, a column, a row.
SHEET_AMBIGUOUS = _warn("SHEET_AMBIGUOUS")
SHEET_MISNAMED = _warn("SHEET_MISNAMED")
SHEET_COPY = _note("SHEET_COPY")
TABLE_EMPTY = _block("TABLE_EMPTY")
TABLE_UNREADABLE = _warn("TABLE_UNREADABLE")
COLUMN_TWICE = _warn("COLUMN_TWICE")
COLUMN_RENAMED = _warn("COLUMN_RENAMED")
COLUMNS_STRANGE = _warn("COLUMNS_STRANGE")
LABEL_TWICE = _warn("LABEL_TWICE")
INFO_EMPTY = _warn("INFO_EMPTY")
HEADING_UNREADABLE = _warn("HEADING_UNREADABLE")
HEADING_TWICE = _warn("HEADING_TWICE")
GRID_ROW_TWICE = _warn("GRID_ROW_TWICE")
KEY_UNREADABLE = _block("KEY_UNREADABLE")
ROW_INCOMPLETE = _block("ROW_INCOMPLETE")
REQUIRED_EMPTY = _warn("REQUIRED_EMPTY")
MERGED_DOWN = _warn("MERGED_DOWN")
MERGED_ACROSS = _warn("MERGED_ACROSS")
HIDDEN_SHEET = _note("HIDDEN_SHEET")
HIDDEN_ROWS = _note("HIDDEN_ROWS")
HIDDEN_COLUMNS = _note("HIDDEN_COLUMNS")

# A value.
CELL_ERROR = _warn("CELL_ERROR")
CELL_NO_VALUE = _warn("CELL_NO_VALUE")
COMPUTED_NO_VALUE = _note("COMPUTED_NO_VALUE")
DATE_UNREADABLE = _warn("DATE_UNREADABLE")
TIME_UNREADABLE = _warn("TIME_UNREADABLE")
NUMBER_UNREADABLE = _warn("NUMBER_UNREADABLE")
RATE_OUT_OF_RANGE = _warn("RATE_OUT_OF_RANGE")
VALUE_OUT_OF_BOUNDS = _block("VALUE_OUT_OF_BOUNDS")
NUMBER_AS_DATE = _warn("NUMBER_AS_DATE")
QUARTER_UNREADABLE = _warn("QUARTER_UNREADABLE")
YES_NO_UNREADABLE = _warn("YES_NO_UNREADABLE")
CODE_UNREADABLE = _warn("CODE_UNREADABLE")
MEETING_CODE_UNREADABLE = _warn("MEETING_CODE_UNREADABLE")
LIST_UNKNOWN = _warn("LIST_UNKNOWN")
MARK_UNKNOWN = _warn("MARK_UNKNOWN")
TOPIC_UNKNOWN = _warn("TOPIC_UNKNOWN")
AUTHORITY_UNKNOWN = _warn("AUTHORITY_UNKNOWN")
COUNTS_DIFFER = _warn("COUNTS_DIFFER")
VALUE_REPAIRED = _note("VALUE_REPAIRED")
VALUE_RETYPED = _note("VALUE_RETYPED")

UNREAD = frozenset(
    {
        CELL_ERROR,
        CELL_NO_VALUE,
        DATE_UNREADABLE,
        TIME_UNREADABLE,
        NUMBER_UNREADABLE,
        RATE_OUT_OF_RANGE,
        NUMBER_AS_DATE,
        QUARTER_UNREADABLE,
        YES_NO_UNREADABLE,
        CODE_UNREADABLE,
        MEETING_CODE_UNREADABLE,
        LIST_UNKNOWN,
        MARK_UNKNOWN,
    }
)
"""Something stands in a cell that could not be read: it is unknown, not missing."""

ROW_LOST = frozenset({KEY_UNREADABLE, ROW_INCOMPLETE})
"""A row is not read for one of its cells."""

LEFT_OUT = frozenset(
    {
        SHEET_MISNAMED,
        TABLE_UNREADABLE,
        COLUMN_TWICE,
        COLUMN_RENAMED,
        COLUMNS_STRANGE,
        LABEL_TWICE,
        HEADING_UNREADABLE,
        HEADING_TWICE,
        GRID_ROW_TWICE,
        MERGED_DOWN,
        MERGED_ACROSS,
        *UNREAD,
    }
)
"""Something stands there that the book does not hold, though nothing is blocked for it."""
