"""What a kept file is known by to people: the submissions that name it, its receipts, the names it came in under."""

from __future__ import annotations

from chibo.model.row_text import Row
from chibo.office.memory.retention import Named


def names_of(one: Named) -> Row:
    """Every submission that names a file, one after the other, and its whole hash."""
    return {
        "receipt": "; ".join(str(naming.receipt) for naming in one.namings if naming.receipt),
        "unit": "; ".join(dict.fromkeys(naming.unit_code for naming in one.namings)),
        "period": "; ".join(dict.fromkeys(str(naming.period) for naming in one.namings)),
        "file": "; ".join(dict.fromkeys(naming.file_name for naming in one.namings if naming.file_name)),
        "hash": one.content_hash,
    }
