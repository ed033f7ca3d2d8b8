"""Print set-up: A4, margins of office papers, headings repeated on each page, page n of N."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from chibo.workbook.writing.geometry import VERDICT, SheetPlan

A4 = 9
MARGINS = {"left": 0.6, "right": 0.6, "top": 0.7, "bottom": 0.7}
"""In inches."""
SLIP_LEFT, SLIP_RIGHT, SLIP_TOP = 1.18, 0.59, 0.79
"""30, 15 and 20 mm in inches."""
_PORTRAIT = frozenset({"dues", "changes", "explanations", "committee"})
_LANDSCAPE_WIDTH = 128.0
"""Characters that fit across a landscape page in the base font at 100 %."""
_FOOTER = '&L&"Times New Roman,Italic"&9&F – &A&R&"Times New Roman,Regular"&9Trang &P/&N'
_ONE_PAGE_ROWS = 45
"""Rows of a grid that can be read when they are shrunk to one page."""
_TITLE_HEADER = '&L&"Times New Roman,Bold"&15&K8F1D1D'
_BAND_SCALE = 62
"""Percent at which the wide sheet of meetings is printed, band after band."""


def set_up_page(plan: SheetPlan, sheet: Worksheet, last_row: int) -> None:
    """Set up the pages of a sheet: everything in one page's width, except the meetings, which print band by band."""
    code = plan.layout.code
    sheet.set_paper(A4)
    sheet.set_margins(**MARGINS)
    sheet.set_footer(_FOOTER)
    if code in _PORTRAIT:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    first = plan.header - (1 if plan.layout.bands else 0)
    # A title runs on over the columns beside it, which are not there on the pages of the later bands.
    sheet.print_area(first if plan.layout.bands else 0, 0, last_row, plan.last_column)
    if not plan.columns:
        sheet.fit_to_pages(1, 1)
        return
    sheet.repeat_rows(first, plan.header)
    if plan.layout.spread and plan.layout.spread.over == "meetings":
        sheet.repeat_columns(0, plan.spread[0] - 1)
        sheet.fit_to_pages(2, 1 if plan.rows or last_row <= _ONE_PAGE_ROWS else 0)
        return
    if not plan.layout.bands:
        sheet.fit_to_pages(1, 0)
        return
    sheet.set_header(_TITLE_HEADER + plan.layout.title.replace("&", "&&"))
    sheet.repeat_columns(0, repeated_columns(plan) - 1)
    sheet.set_print_scale(_BAND_SCALE)
    sheet.set_v_pagebreaks(page_breaks(plan))


def frozen_columns(plan: SheetPlan) -> int:
    """How many columns stay in sight when the sheet is scrolled.

    Up to the verdict of a meeting, the name of a person, the wording of a criterion.
    """
    if plan.spread_columns:
        return plan.spread[0]
    if plan.layout.bands and VERDICT in plan.columns:
        return plan.columns[VERDICT] + 1
    key = plan.layout.key or plan.layout.columns[0].code
    name = plan.columns.get("full_name", plan.columns[key])
    return max(plan.columns[key], name if name <= plan.columns[key] + 1 else 0) + 1


def repeated_columns(plan: SheetPlan) -> int:
    """How many columns of the sheet of meetings stand on every page."""
    return plan.columns.get(VERDICT, 1)


def page_breaks(plan: SheetPlan) -> list[int]:
    """Page breaks before columns: where a band begins that no longer fits, or within a band wider than a page."""
    repeated = repeated_columns(plan)
    page = _LANDSCAPE_WIDTH * 100 / _BAND_SCALE
    room = page - sum(plan.widths[column] for column in range(repeated))
    band_of = {plan.columns[column.code]: column.band for column in plan.layout.columns}
    breaks, used, band = [], 0.0, ""
    for column in range(repeated, plan.last_column + 1):
        width, own = plan.widths[column], band_of.get(column, band)
        rest = sum(plan.widths[other] for other, name in band_of.items() if name == own and other >= column)
        if used and (used + width > room or (own != band and used + rest > room)):
            breaks.append(column)
            used = 0.0
        used, band = used + width, own
    return breaks


def set_up_slip(sheet: Worksheet, last_row: int, last_column: int) -> None:
    """Set up the page of a score sheet: one portrait page, margins of Party documents."""
    sheet.set_paper(A4)
    sheet.set_portrait()
    sheet.set_margins(left=SLIP_LEFT, right=SLIP_RIGHT, top=SLIP_TOP, bottom=SLIP_TOP)
    sheet.print_area(0, 0, last_row, last_column)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
