"""What `chibo check` blocks or warns of and the workbook's own column `Kiểm tra` does not tell, each with its reason.

Whatever is not listed here is told by both, in the same words; a test fills workbooks at random and compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chibo.findings import Finding
from chibo.workbook.writing.fact_formulas import has_formula
from chibo.workbook.writing.score_lines import ScoreForm

_LOOKS_BACK = "looks over other meetings, or over the whole year"
_WHOLE_SHEET = "speaks of a sheet as a whole, not of one of its rows"
_HISTORY = "follows the dated history of single members"
_FOLLOWS = "cannot arise here: codes and names follow the sheet of members"
_LOCKED = "cannot arise here: the cell is locked and holds what we computed"
_REPEATED = "compares whole rows; the row is told as a code given twice"

OUTSIDE: Mapping[str, str] = {
    # Look-back over other meetings
    "MEMBERS_TO_REVIEW": _LOOKS_BACK,
    "MONTHS_WITHOUT_REGULAR_MEETING": _LOOKS_BACK,
    "QUARTERS_WITHOUT_THEMATIC_MEETING": _LOOKS_BACK,
    "REQUIRED_TOPICS_MISSING": _LOOKS_BACK,
    # Whole sheets
    "SECRETARY_VACANT": _WHOLE_SHEET,
    "SECRETARY_TWICE": _WHOLE_SHEET,
    "SECRETARY_DIFFERS": _WHOLE_SHEET,
    "SEATS_NOT_FILLED": _WHOLE_SHEET,
    "SEATS_OVERFILLED": _WHOLE_SHEET,
    "PLAN_MISSING": _WHOLE_SHEET,
    "PLAN_LATE": _WHOLE_SHEET,
    "PLAN_QUARTERS_EMPTY": _WHOLE_SHEET,
    "DUES_ROWS_MISSING": _WHOLE_SHEET,
    "DUES_NOT_RECORDED": _WHOLE_SHEET,
    "NOT_INSPECTED": _WHOLE_SHEET,
    "ASSESSMENT_MISSING": _WHOLE_SHEET,
    "ASSESSMENT_ITEMS_MISSING": _WHOLE_SHEET,
    # Members' histories
    "MARK_OUTSIDE_MEMBERSHIP": _HISTORY,
    "MARK_AGAINST_STATUS": _HISTORY,
    "VISITOR_COUNTED": _HISTORY,
    "DUES_UNPAID": _HISTORY,
    # Impossible in a workbook of ours
    "ROLL_CALL_OF_UNKNOWN_MEMBER": _FOLLOWS,
    "ROLL_CALL_NAME_DIFFERS": _FOLLOWS,
    "DUES_OF_UNKNOWN_MEMBER": _FOLLOWS,
    "DUES_NAME_DIFFERS": _FOLLOWS,
    "FRAME_UNKNOWN": _LOCKED,
    "FRAME_FOR_OTHER_MEETINGS": _LOCKED,
    "FRAMES_SHARE_CRITERIA": _LOCKED,
    "PRINTED_MAXIMUM_DIFFERS": _LOCKED,
    "TYPED_TOTAL_DIFFERS": _LOCKED,
    "TYPED_GRADE_DIFFERS": _LOCKED,
    "MEMBER_ROW_REPEATED": _REPEATED,
    "MEETING_ROW_REPEATED": _REPEATED,
}
"""Codes of findings outside the verdicts of the workbook. Of points above the facts (`SELF_ABOVE_FACT`), only the facts
that look back over other meetings (`fact_formulas.LOOKING_BACK`) are outside."""


def told_inside(findings: Iterable[Finding], scores: ScoreForm) -> tuple[Finding, ...]:
    """The findings that the workbook's own verdicts can tell."""
    looking_back = {line.code for line in scores.lines if line.criterion and not has_formula(line.criterion)}
    return tuple(
        finding
        for finding in findings
        if finding.code not in OUTSIDE
        and not (finding.code == "SELF_ABOVE_FACT" and finding.values.get("criterion") in looking_back)
    )
