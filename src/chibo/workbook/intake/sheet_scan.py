"""Step 5: the geometry of a sheet, its counts, and what the value reader does not tell of it.

The value reader gives an empty cell for `#REF!` and for a formula that was never calculated, and makes room for the
whole rectangle of a sheet, so that one stray cell in the last corner would end the process. Sheets as Excel,
LibreOffice and the usual libraries write them are understood by a few fast searches over the bytes (`usual_scan`); a
sheet in any other form, and one where something is odd, is parsed (`exact_scan`), with the same answers.
"""

from __future__ import annotations

import re

from chibo.definitions.intake_limits import SheetLimits
from chibo.workbook.intake import kinds
from chibo.workbook.intake.addresses import MAX_COLUMNS, merge_of
from chibo.workbook.intake.exact_scan import scan_exactly
from chibo.workbook.intake.marks import Merge, SheetMarks
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.intake.usual_scan import UsualScan, scan_usually

_MERGE = re.compile(rb'<mergeCell ref="([^"]*)"')
_COLUMN = re.compile(rb"<col\b([^>]*)>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_FIRST, _LAST = re.compile(rb'\bmin="(\d{1,6})"'), re.compile(rb'\bmax="(\d{1,6})"')


def scan_sheet(xml: bytes, sheet: str, limits: SheetLimits, strings: int | None = None) -> SheetMarks:
    """What the XML of a sheet tells besides its values. `strings` is the number of the workbook's shared strings.

    Raises RefusedError where cells lie impossibly, too far apart, or name a shared string that does not exist.
    """
    usual = None if has_long_text(xml, limits.characters) else scan_usually(xml)
    if usual is None or not _is_within(usual, limits, strings):
        scan = scan_exactly(xml, sheet, limits)
        if strings is not None:
            scan.check_strings(strings)
        return scan.marks()
    refuse_many_merges(len(_MERGE.findall(usual.tail)), sheet, limits)
    merges, columns = merges_in(usual.tail), hidden_columns(usual.head)
    return SheetMarks(usual.broken, merges, frozenset(usual.hidden_rows), columns, usual.counts)


def _is_within(scan: UsualScan, limits: SheetLimits, strings: int | None) -> bool:
    """Whether nothing is too large; the value reader takes a wrong index for the first string: somebody else's name."""
    known = strings is None or scan.strings <= strings
    return known and scan.area <= limits.area and scan.cells <= limits.cells


def has_long_text(xml: bytes, most: int) -> bool:
    """Whether some text may be longer than `most`: then a stretch of half that length holds no tag."""
    step = most // 2
    return any(xml.find(b"<", start, start + step) < 0 for start in range(0, len(xml) - step, step))


def refuse_many_merges(count: int, sheet: str, limits: SheetLimits) -> None:
    """RefusedError where a sheet has more merged ranges than may be."""
    if count > limits.merges:
        raise RefusedError(kinds.SHEET_TOO_BIG, sheet=sheet, seen=count, limit=limits.merges)


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
