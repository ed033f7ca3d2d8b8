"""The findings that refuse a file before anything of its contents is understood."""

from __future__ import annotations

from chibo.findings import FindingKind, Severity


def _block(code: str) -> FindingKind:
    return FindingKind(code, Severity.BLOCK)


EMPTY = _block("EMPTY")
LOCK_FILE = _block("LOCK_FILE")
FILE_TOO_BIG = _block("FILE_TOO_BIG")
NOT_XLSX = _block("NOT_XLSX")
FILE_UNKNOWN = _block("FILE_UNKNOWN")
XLS_OLD = _block("XLS_OLD")
XLS_BROKEN = _block("XLS_BROKEN")
ENCRYPTED = _block("ENCRYPTED")
ZIP_BROKEN = _block("ZIP_BROKEN")
ZIP_ENTRIES = _block("ZIP_ENTRIES")
ZIP_TOTAL = _block("ZIP_TOTAL")
ZIP_RATIO = _block("ZIP_RATIO")
ZIP_LYING_SIZE = _block("ZIP_LYING_SIZE")
ZIP_OVERLAP = _block("ZIP_OVERLAP")
ZIP_NAME = _block("ZIP_NAME")
ZIP_DUPLICATE = _block("ZIP_DUPLICATE")
ZIP_METHOD = _block("ZIP_METHOD")
PART_MISSING = _block("PART_MISSING")
XML_BROKEN = _block("XML_BROKEN")
XML_DTD = _block("XML_DTD")
XML_DEPTH = _block("XML_DEPTH")
XML_ATTRIBUTES = _block("XML_ATTRS")
NO_SHEET = _block("NO_SHEET")
SHEET_DUPLICATE = _block("SHEET_DUPLICATE")
CELL_REF = _block("CELL_REF")
CELL_BAD = _block("CELL_BAD")
CELL_TOO_LONG = _block("CELL_TOO_LONG")
SHEET_TOO_BIG = _block("SHEET_TOO_BIG")
READERS_DISAGREE = _block("READERS_DISAGREE")
READER_CRASH = _block("READER_CRASH")
TIMEOUT = _block("TIMEOUT")
MEMORY = _block("MEMORY")
