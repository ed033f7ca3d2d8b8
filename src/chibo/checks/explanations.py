"""Checks of `Thuyết minh điểm`: each explanation belongs to a recorded meeting and to a criterion of its frame."""

from __future__ import annotations

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import show_list
from chibo.findings import FindingKind, Severity

EXPLANATION_OF_UNKNOWN_MEETING = FindingKind("EXPLANATION_OF_UNKNOWN_MEETING", Severity.WARN, clause="2")
EXPLANATION_OF_UNKNOWN_CRITERION = FindingKind("EXPLANATION_OF_UNKNOWN_CRITERION", Severity.WARN, clause="2")


@finds(EXPLANATION_OF_UNKNOWN_MEETING, EXPLANATION_OF_UNKNOWN_CRITERION, needs="meetings")
def check_explanations(context: BookContext) -> Findings:
    """Whom an explanation speaks of is known; letter case of criterion codes does not matter."""
    for row in context.book.explanations:
        meeting = context.meetings_by_code.get(row.meeting_code)
        if meeting is None and context.may_be_lost("meetings", row.meeting_code):
            continue
        if meeting is None:
            yield EXPLANATION_OF_UNKNOWN_MEETING.at(context.row(row, "meeting_code"), seen=row.meeting_code)
            continue
        frame = context.frame_choices[row.meeting_code].frame
        if frame is not None and row.criterion.casefold() not in frame.form(meeting.kind).ranks:
            yield EXPLANATION_OF_UNKNOWN_CRITERION.at(
                context.row(row, "criterion"),
                seen=row.criterion,
                expected=show_list(frame.criteria),
                meeting=row.meeting_code,
                frame=frame.id,
            )
