"""What stands around the rows of a sheet, found by a few searches over the bytes: hidden columns, merged ranges."""

from __future__ import annotations

import re

from chibo.definitions.intake_limits import SheetLimits
from chibo.workbook.intake import kinds
from chibo.workbook.intake.addresses import MAX_COLUMNS, merge_of
from chibo.workbook.intake.marks import Merge
from chibo.workbook.intake.refusal import RefusedError

_BEGIN, _END, _NO_DATA = b"<sheetData>", b"</sheetData>", b"<sheetData/>"
_MERGE = re.compile(rb'<mergeCell ref="([^"]*)"')
_COLUMN = re.compile(rb"<col\b([^>]*)>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_FIRST, _LAST = re.compile(rb'\bmin="(\d{1,6})"'), re.compile(rb'\bmax="(\d{1,6})"')


def place_of_rows(xml: bytes) -> tuple[int, int] | None:
    """Where the rows of a sheet begin and end, None where no such place is found."""
    begun = xml.find(_BEGIN)
    if begun >= 0:
        begin, end = begun + len(_BEGIN), xml.rfind(_END, begun)
    else:
        begun = xml.find(_NO_DATA)
        begin = end = begun + len(_NO_DATA)
    return None if begun < 0 or end < 0 else (begin, end)


def is_usual_around(head: bytes, tail: bytes) -> bool:
    """Whether nothing around the rows can hide something: a comment, another encoding of quotes, a second set of it."""
    return (
        b"<worksheet" in head
        and b"='" not in head
        and b"<!" not in head
        and b"<!" not in tail
        and b"<sheetData" not in tail
        and tail.rstrip().endswith(b"</worksheet>")
    )


def refuse_many_merges(count: int, sheet: str, limits: SheetLimits) -> None:
    """RefusedError where a sheet has more merged ranges than may be."""
    if count > limits.merges:
        raise RefusedError(kinds.SHEET_TOO_BIG, sheet=sheet, seen=count, limit=limits.merges)


def count_merges(tail: bytes) -> int:
    """How many merged ranges stand after the rows of a sheet."""
    return len(_MERGE.findall(tail))


def merges_in(tail: bytes) -> tuple[Merge, ...]:
    """The merged ranges that stand after the rows of a sheet."""
    merges = (merge_of(reference.decode("ascii", "replace")) for reference in _MERGE.findall(tail))
    return tuple(merge for merge in merges if merge is not None)


def hidden_columns(head: bytes) -> tuple[tuple[int, int], ...]:
    """The hidden columns, first to last, that stand before the rows of a sheet."""
    found = ((_FIRST.search(one), _LAST.search(one), _HIDDEN.search(one)) for one in _COLUMN.findall(head))
    return tuple(
        (int(first[1]), min(int(last[1]), MAX_COLUMNS)) for first, last, hidden in found if first and last and hidden
    )
