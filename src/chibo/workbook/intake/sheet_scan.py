"""Step 5: the geometry of a sheet, its counts, and what the value reader does not tell of it.

The value reader gives an empty cell for `#REF!` and for a formula that was never calculated, and makes room for the
whole rectangle of a sheet, so that one stray cell in the last corner would end the process. Sheets as Excel,
LibreOffice and the usual libraries write them are understood by a few fast searches over the bytes (`usual_scan`); a
sheet in any other form, and one where something is odd, is parsed (`exact_scan`), with the same answers.
"""

from __future__ import annotations

from chibo.definitions.intake_limits import SheetLimits
from chibo.workbook.intake.around_rows import count_merges, hidden_columns, merges_in, refuse_many_merges
from chibo.workbook.intake.exact_scan import scan_exactly
from chibo.workbook.intake.marks import SheetMarks
from chibo.workbook.intake.shared_strings import has_long_text
from chibo.workbook.intake.usual_scan import UsualScan, scan_usually


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
    refuse_many_merges(count_merges(usual.tail), sheet, limits)
    merges, columns = merges_in(usual.tail), hidden_columns(usual.head)
    return SheetMarks(usual.broken, merges, frozenset(usual.hidden_rows), columns, usual.counts)


def _is_within(scan: UsualScan, limits: SheetLimits, strings: int | None) -> bool:
    """Whether nothing is too large; the value reader takes a wrong index for the first string: somebody else's name."""
    known = strings is None or scan.strings <= strings
    return known and scan.area <= limits.area and scan.cells <= limits.cells
