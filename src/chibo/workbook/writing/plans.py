"""The places of every sheet of a workbook to be written: what stands where, with room for more."""

from __future__ import annotations

from attrs import evolve

from chibo.definitions.layouts import Layout, SheetLayout
from chibo.model import CellBook, MeetingCode, Month
from chibo.workbook.writing.geometry import SheetPlan, plan_form, plan_table
from chibo.workbook.writing.records import records_of
from chibo.workbook.writing.score_lines import ScoreForm

SCORE_HEAD_ROWS = ("kind", "total", "grade", "left", "verdict")
"""The rows between the heading and the criteria of a score sheet; all but the verdict stay in sight."""
MONTHS = 12
_SCORE_COLUMNS = {"criterion_text": 60.0, "maximum": 9.0}
"""Columns that a sheet of points has in our form, whatever the layout reads of it, and their widths."""


def headed_codes(book: CellBook) -> tuple[MeetingCode, ...]:
    """The meetings that have a column in the grids: the months of the year and every meeting of the book, in order."""
    grids = (book.roll_call.marks, book.self_scores.points, book.official_scores.points)
    codes = {code for grid in grids for code in grid} | {meeting.meeting_code for meeting in book.meetings}
    codes |= {MeetingCode(Month(book.info.year, number)) for number in range(1, MONTHS + 1)}
    return tuple(sorted(codes))


def plan_book(
    book: CellBook, layout: Layout, codes: tuple[MeetingCode, ...], scores: ScoreForm
) -> dict[str, SheetPlan]:
    """The places of every sheet of the layout, with room for the book's records and the spare rows and columns."""
    records = records_of(book)
    spare = layout.sheet("meetings").rows
    columns = max(spare, len(codes) + spare // 4)
    members = max(len(book.members), len(book.dues))
    plans: dict[str, SheetPlan] = {}
    for sheet in layout.sheets:
        match sheet.code:
            case "info":
                plans[sheet.code] = plan_form(sheet)
            case "members":
                plans[sheet.code] = plan_table(sheet, members, is_people=True, verdict_after="")
            case "roll_call":
                plans[sheet.code] = plan_table(sheet, members, is_people=True, spread=columns)
            case "dues":
                plans[sheet.code] = plan_table(sheet, members, is_people=True, spread=MONTHS)
            case "self_scores" | "official_scores":
                plans[sheet.code] = _plan_scores(sheet, columns, scores)
            case _:
                after = "kind" if sheet.code == "meetings" else ""
                plans[sheet.code] = plan_table(sheet, len(records[sheet.code]), verdict_after=after)
    return plans


def _plan_scores(layout: SheetLayout, columns: int, scores: ScoreForm) -> SheetPlan:
    """A sheet of points: the totals stay in sight above the criteria, each group has a row of its own."""
    rows: dict[str, int] = {}
    plan = plan_table(layout, 0, verdict_after="", spread=columns, head_rows=len(SCORE_HEAD_ROWS), own=_SCORE_COLUMNS)
    row = plan.first
    for index, group in enumerate(scores.groups):
        rows[group_key(index)] = row
        for offset, line in enumerate(group.lines, start=1):
            rows[line.code] = row + offset
        row += 1 + len(group.lines)
    return evolve(plan, rows=rows, last=max(row - 1, plan.first))


def group_key(index: int) -> str:
    """The key of a group's row among the rows of a sheet of points; no criterion code holds a space."""
    return f"group {index}"


def head_row(plan: SheetPlan, name: str) -> int:
    """The row of a line above the criteria of a sheet of points (`total`, `grade` …)."""
    return plan.header + 1 + SCORE_HEAD_ROWS.index(name)
