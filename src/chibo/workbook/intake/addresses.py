"""Addresses of cells and ranges as a sheet's XML writes them."""

from __future__ import annotations

import re
from functools import lru_cache

from chibo.workbook.intake.marks import Merge

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?$", re.ASCII)


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """The 1-based number of a column: A → 1, AA → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def split_address(address: str) -> tuple[int, int] | None:
    """Row and column of an address such as B7, None where it is not one."""
    found = _RANGE.match(address)
    if not found or found[3]:
        return None
    row, column = int(found[2]), column_number(found[1])
    return (row, column) if 1 <= row <= MAX_ROWS and column <= MAX_COLUMNS else None


def merge_of(reference: str) -> Merge | None:
    """The merged range written like A1:B2, None for a single cell and for anything else."""
    found = _RANGE.match(reference)
    if not found or not found[3]:
        return None
    return Merge(int(found[2]), column_number(found[1]), int(found[4]), column_number(found[3]))
