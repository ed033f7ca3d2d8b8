"""The fingerprint of a book's values: two books have the same one exactly where nothing differs between them.

Neither the order of rows nor what is blank takes part, so that sorting a table, saving in another program, and columns
that a later version of Chibo knows besides leave it as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from chibo.comparing.rows import is_blank
from chibo.comparing.sheets import ROW_KINDS, rows_by_kind
from chibo.model import CellBook
from chibo.model.canonical import canonical


def fingerprint_of(book: CellBook) -> str:
    """The fingerprint, in hexadecimal."""
    lines = "\n".join(sorted(_lines(book)))
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def _lines(book: CellBook) -> Iterator[str]:
    for kind, rows in zip(ROW_KINDS, rows_by_kind(book), strict=True):
        for row in rows:
            values = ((column, value) for column, value in sorted(row.values.items()) if not is_blank(value))
            pairs = ", ".join(f"({column!r}, {canonical(value).decode()})" for column, value in values)
            yield f"({kind.sheet!r}, [{pairs}])"
