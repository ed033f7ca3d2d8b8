"""Floor 1: what differs between two books of a cell, and three of them merged into one."""

from chibo.comparing.differences import Change, Difference, differences, is_emptied
from chibo.comparing.fingerprint import fingerprint_of
from chibo.comparing.merging import Clash, Conflict, Merge, Removal, Side, merge_books

__all__ = [
    "Change",
    "Clash",
    "Conflict",
    "Difference",
    "Merge",
    "Removal",
    "Side",
    "differences",
    "fingerprint_of",
    "is_emptied",
    "merge_books",
]
