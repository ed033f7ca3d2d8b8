"""Workbooks that an office handed out: sealed, in somebody's hands, and a copy kept."""

from __future__ import annotations

from datetime import datetime

from chibo.definitions.library import Library
from chibo.office.lineage.keeping import keep_copy
from chibo.office.lineage.sealing import seal_workbook


def handed_over(data: bytes, library: Library, *, parent: str = "", at: datetime | None = None) -> bytes:
    """The workbook sealed, made from the book of the digest `parent`, after somebody got it."""
    book = seal_workbook(data, library, parent=parent, at=at)
    keep_copy(book, library)
    return book
