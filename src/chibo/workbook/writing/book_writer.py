"""Writing a cell workbook: the layout as an Excel form with the book's data in it; a blank is an almost empty book."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from chibo.checks import check_book
from chibo.definitions.layouts import Layout
from chibo.definitions.library import Library
from chibo.model import CellBook, MeetingCode, column_letters
from chibo.model.meetings import TYPED_COUNTS
from chibo.workbook.text_book import TextBook
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.formula_sheet import FormulaSheet
from chibo.workbook.writing.geometry import SheetPlan
from chibo.workbook.writing.lists import write_lists
from chibo.workbook.writing.marker import write_marker
from chibo.workbook.writing.names import define_names
from chibo.workbook.writing.outside import told_inside
from chibo.workbook.writing.placing import placed
from chibo.workbook.writing.plans import headed_codes, plan_book
from chibo.workbook.writing.printing import frozen_columns, set_up_page
from chibo.workbook.writing.score_lines import score_form
from chibo.workbook.writing.sheets import write_sheets
from chibo.workbook.writing.slip_frame import slip_name
from chibo.workbook.writing.styles import FONT, Styles
from chibo.workbook.writing.workings import Workings

_PROTECTION = {"format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True}
_NOON = (12, 0)


class _Workbook(TextBook):
    """A workbook that does not list its many defined names once more among its properties."""

    worksheet_class = FormulaSheet

    def _extract_named_ranges(self, _names: object) -> list[str]:
        return []


def write_book(
    book: CellBook, library: Library, today: date | None = None, codes: tuple[MeetingCode, ...] = ()
) -> bytes:
    """The workbook of `book` by the library's layout: reading it again gives an equal book.

    Formulas are stored with the values that we computed; verdicts that depend on the day take `today` (the day of the
    call without it). The same book on the same day gives the same bytes. `codes` are the meetings that head the columns
    of the grids, where they are to stand in another order than that of the year. What the layout has no place for is
    not written. Raises OutputError for a value that no spreadsheet cell can hold.
    """
    today = today or date.today()
    stream = BytesIO()
    workbook = _Workbook(stream, _options())
    _describe(workbook, book, library.layout, today)
    form = _form(workbook, book, library, today, codes or headed_codes(book))
    written = write_sheets(form)
    write_marker(workbook, form.layout, tuple(frame.id for frame in form.scores.frames))
    for code, sheet in form.sheets.items():
        plan = form.plan(code)
        _finish(sheet, plan, written.get(code, plan.last))
        define_names(workbook, plan)
    form.sheet("info").activate()
    workbook.close()
    return stream.getvalue()


def _options() -> dict[str, Any]:
    """Options of the library; a new one each time, because it writes into what it is given."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": FONT, "font_size": 11},
    }


def _describe(workbook: Workbook, book: CellBook, layout: Layout, today: date) -> None:
    info = book.info
    workbook.set_properties(
        {
            "title": f"{layout.title} năm {info.year}",
            "subject": info.cell_name,
            "company": info.committee_name,
            "created": datetime(today.year, today.month, today.day, *_NOON),
        }
    )
    workbook.set_calc_mode("auto")


def _form(workbook: Workbook, book: CellBook, library: Library, today: date, codes: tuple[MeetingCode, ...]) -> Form:
    layout = library.layout
    scores = score_form(book, library)
    plans = plan_book(book, layout, codes, scores)
    sheets, slips = _add_sheets(workbook, layout, len(scores.frames))
    own = placed(book, plans, codes)
    return Form(
        workbook=workbook,
        styles=Styles(workbook),
        library=library,
        layout=layout,
        book=own,
        today=today,
        findings=told_inside(check_book(own, library, today), scores),
        plans=plans,
        codes=codes,
        scores=scores,
        lists=write_lists(workbook, book, library, plans, scores),
        workings=Workings(workbook),
        sheets=sheets,
        slips=slips,
    )


def _add_sheets(workbook: Workbook, layout: Layout, frames: int) -> tuple[dict[str, Worksheet], tuple[Worksheet, ...]]:
    """The sheets of the layout in its order, and behind the self-scores a score sheet to print for each frame."""
    sheets: dict[str, Worksheet] = {}
    slips: tuple[Worksheet, ...] = ()
    for sheet in layout.sheets:
        sheets[sheet.code] = workbook.add_worksheet(sheet.name)
        if sheet.code == "self_scores":
            names = (slip_name(number) for number in range(1, frames + 1))
            slips = tuple(workbook.add_worksheet(name) for name in names)
    return sheets, slips


def _meant(plan: SheetPlan) -> dict[str, str]:
    """What Excel would suspect and mark with green corners though it is meant: codes as text, open formulas of counts.

    The ranges do not overlap.
    """
    counts = [plan.columns[code] for code in TYPED_COUNTS if code in plan.columns]
    if plan.layout.code != "meetings" or not counts:
        return {"number_stored_as_text": "A1:XFD1048576"}
    first, last = min(counts), max(counts)
    before, after = column_letters(first), column_letters(last + 2)
    return {
        "number_stored_as_text": f"A1:{before}1048576 {after}1:XFD1048576",
        "formula_unlocked": f"{column_letters(first + 1)}1:{column_letters(last + 1)}1048576",
    }


def _finish(sheet: Worksheet, plan: SheetPlan, last_row: int) -> None:
    """Freeze the headings, set up the pages, and protect what is not for typing."""
    if plan.columns:
        # On a sheet of points the totals stay in sight, the verdicts below them do not: they may take several lines.
        below = max(plan.first - 1, plan.header + 1)
        sheet.freeze_panes(below, frozen_columns(plan))
    set_up_page(plan, sheet, last_row)
    sheet.ignore_errors(_meant(plan))
    sheet.protect("", _PROTECTION)
