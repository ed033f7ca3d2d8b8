"""A digest of a book's values: books are equal exactly when their digests are (places and file names are outside)."""

from __future__ import annotations

import hashlib

from chibo.model.book import CellBook
from chibo.model.canonical import canonical


def digest_of(book: CellBook) -> str:
    """The digest of everything that takes part in the comparison of two books, in hexadecimal.

    It does not depend on the order in which rows of a grid were read, nor on how a number was written (8.50 is 8.5).
    """
    return canonical_digest(book)


def canonical_digest(value: object) -> str:
    """The digest of any value of the model, in hexadecimal: equal values have the same."""
    return hashlib.sha256(canonical(value)).hexdigest()
