"""What stands before and after the rows of a sheet in the usual form: its hidden columns and its merged ranges.

The books of an office come from one empty workbook: their sheets differ in their rows, and what stands around these is
often the same, byte for byte. So it is remembered by its bytes. It takes the compiled `chibo_native`.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from attrs import frozen
from chibo_native.usual import is_sound

from chibo.workbook.intake.around_rows import hidden_columns, is_usual_around, merges_in
from chibo.workbook.intake.marks import Merge
from chibo.workbook.reading.usual_xml import USUAL_HEAD, resolved

_MERGE = re.compile(rb'<mergeCell ref="[A-Z]{1,3}[1-9][0-9]{0,6}:[A-Z]{1,3}[1-9][0-9]{0,6}" ?/>')
"""A merged range as the value reader wants it: it breaks over any other."""
_MOST_REMEMBERED = 1 << 15
"""Bytes around the rows of a sheet whose answer is remembered by them."""


@frozen
class Surroundings:
    """What stands around the rows of a sheet."""

    hidden_columns: tuple[tuple[int, int], ...]
    """Ranges of columns, 1-based, first to last."""
    merge_count: int
    _tail: bytes

    @cached_property
    def merges(self) -> tuple[Merge, ...]:
        """The merged ranges; they may be many."""
        return merges_in(self._tail)


def surroundings(head: bytes, tail: bytes) -> Surroundings | None:
    """What stands before and after the rows of a sheet, None where that is not in the usual form."""
    is_small = len(head) + len(tail) <= _MOST_REMEMBERED
    return (_surroundings if is_small else _surroundings.__wrapped__)(head, tail)


@lru_cache(maxsize=256)
def _surroundings(head: bytes, tail: bytes) -> Surroundings | None:
    merge_count = tail.count(b"mergeCell ")
    is_usual = (
        USUAL_HEAD.match(head) is not None
        and is_usual_around(head, tail)
        and len(_MERGE.findall(tail)) == merge_count
        and is_sound(head + tail, resolved)
    )
    return Surroundings(hidden_columns(head), merge_count, tail) if is_usual else None
