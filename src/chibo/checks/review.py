"""How many members the cell's own committee has to look at, from a year of roll calls and dues (instruction 3).

The list itself is for the cell and its base committee alone; a finding travels further, so it tells a number and no
code. Nothing follows from it by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.dues import unpaid_months
from chibo.findings import FindingKind, Severity
from chibo.model import Mark

MEMBERS_TO_REVIEW = FindingKind("MEMBERS_TO_REVIEW", Severity.WARN, clause="3")


@finds(MEMBERS_TO_REVIEW)
def check_members_to_review(context: BookContext) -> Findings:
    """Members excused too often running, absent unexcused too often, or with too many months of dues unpaid."""
    thresholds = context.thresholds
    run = thresholds.excused_run.on(context.today)
    absences = thresholds.unexcused_in_year.on(context.today)
    months = thresholds.unpaid_dues_in_year.on(context.today)
    excused, unexcused, unpaid = _longest_excused_runs(context), _unexcused(context), _unpaid(context)
    to_review = [
        code
        for code in context.members_by_code
        if (run is not None and excused.get(code, 0) > run)
        or (absences is not None and unexcused[code] >= absences)
        or (months is not None and unpaid.get(code, 0) >= months)
    ]
    if to_review:
        yield MEMBERS_TO_REVIEW.at(
            context.sheet("roll_call"), seen=len(to_review), expected=0, run=run, absences=absences, months=months
        )


def _longest_excused_runs(context: BookContext) -> Mapping[str, int]:
    """Most regular meetings running at which each member was excused; any other mark, or none, ends a run."""
    longest: dict[str, int] = {}
    running: dict[str, int] = {}
    for meeting in context.held_regular:
        excused = context.book.roll_call.marked(meeting.meeting_code, Mark.EXCUSED)
        running = {code: running.get(code, 0) + 1 for code in excused}
        for code, length in running.items():
            longest[code] = max(longest.get(code, 0), length)
    return longest


def _unexcused(context: BookContext) -> Counter[str]:
    """How often each member was absent without reason."""
    marked = context.book.roll_call.marked
    return Counter(code for meeting in context.held for code in marked(meeting.meeting_code, Mark.UNEXCUSED))


def _unpaid(context: BookContext) -> Mapping[str, int]:
    """Months of dues unpaid by member, where dues are recorded at all."""
    if not any(row.months for row in context.book.dues):
        return {}
    return {row.member_code: len(unpaid_months(context, row)) for row in context.book.dues}
