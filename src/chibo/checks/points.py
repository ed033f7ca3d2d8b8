"""Checks of the points in `Chấm điểm` and `Thẩm định`, one by one: under a meeting that is scored, and possible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from attrs import frozen

from chibo.checks.context import SHEETS, BookContext, Findings, finds
from chibo.checks.showing import NOTHING, show_list, show_points
from chibo.definitions.frames.criteria import Criterion, CriterionKind
from chibo.definitions.frames.frame import Frame
from chibo.findings import Finding, FindingKind, Severity
from chibo.model import Meeting, MeetingCode, MeetingKind, Place, ScoreSheet
from chibo.scoring import NoFrame

SCORE_OF_UNKNOWN_MEETING = FindingKind("SCORE_OF_UNKNOWN_MEETING", Severity.WARN, clause="2")
SCORE_OF_MEETING_NOT_HELD = FindingKind("SCORE_OF_MEETING_NOT_HELD", Severity.WARN, clause="2")
EXTRAORDINARY_SCORED = FindingKind("EXTRAORDINARY_SCORED", Severity.WARN, clause="2")
THEMATIC_SCORED_WITHOUT_FRAME = FindingKind("THEMATIC_SCORED_WITHOUT_FRAME", Severity.WARN, clause="6")
SCORE_OF_UNKNOWN_CRITERION = FindingKind("SCORE_OF_UNKNOWN_CRITERION", Severity.WARN, clause="2")
CRITERION_NOT_APPLICABLE = FindingKind("CRITERION_NOT_APPLICABLE", Severity.WARN, clause="2")
SCORE_OVER_MAXIMUM = FindingKind("SCORE_OVER_MAXIMUM", Severity.BLOCK, clause="2")
SCORE_UNDER_MINIMUM = FindingKind("SCORE_UNDER_MINIMUM", Severity.BLOCK, clause="2")
SCORE_OFF_STEP = FindingKind("SCORE_OFF_STEP", Severity.WARN, clause="2")
SCORE_NOT_A_LEVEL = FindingKind("SCORE_NOT_A_LEVEL", Severity.WARN, clause="2")
SCORE_NOT_YES_OR_NO = FindingKind("SCORE_NOT_YES_OR_NO", Severity.WARN, clause="2")
PRINTED_MAXIMUM_DIFFERS = FindingKind("PRINTED_MAXIMUM_DIFFERS", Severity.WARN, clause="2")


@finds(
    SCORE_OF_UNKNOWN_MEETING,
    SCORE_OF_MEETING_NOT_HELD,
    EXTRAORDINARY_SCORED,
    THEMATIC_SCORED_WITHOUT_FRAME,
    needs="meetings",
)
def check_scored_meetings(context: BookContext) -> Findings:
    """Points stand under recorded meetings that were held and that a frame scores."""
    for name, sheet in _sheets(context):
        for code, points in sheet.points.items():
            if not points:
                continue
            meeting = context.meetings_by_code.get(code)
            if meeting is None:
                if not context.may_be_lost("meetings", code):
                    place = _heading(context, name, code)
                    yield SCORE_OF_UNKNOWN_MEETING.at(place, seen=code, other_places=[context.sheet("meetings")])
                continue
            kind = _unscorable(context, meeting)
            if kind is not None:
                place = _heading(context, name, code)
                yield kind.at(
                    place, seen=meeting.kind, meeting=code, other_places=[context.row(meeting, "kind")], code=code
                )
            elif not meeting.is_held and not context.may_be_held(meeting):
                yield SCORE_OF_MEETING_NOT_HELD.at(
                    _heading(context, name, code),
                    seen=meeting.effective_state,
                    meeting=code,
                    other_places=[context.row(meeting, "held_on")],
                )


@finds(SCORE_OF_UNKNOWN_CRITERION, CRITERION_NOT_APPLICABLE)
def check_criteria(context: BookContext) -> Findings:
    """Every row of points is a criterion of a frame in use, and stays empty for meetings that it is not for."""
    known = set().union(*[frame.criteria for frame in context.frames])
    if not known:
        return
    for name, sheet in _sheets(context):
        strange = [points for points in sheet.points.values() if not points.keys() <= known]
        unknown = dict.fromkeys(c for points in strange for c in points if c not in known)
        for unknown_code in unknown:
            place = context.grid_row(name, sheet.origin, unknown_code, "criterion")
            frames = show_list(frame.id for frame in context.frames)
            yield SCORE_OF_UNKNOWN_CRITERION.at(place, seen=unknown_code, expected=frames, frames=frames)
    for column in _odd_columns(context):
        kind = column.meeting.kind
        for code, points in column.points.items():
            criterion = column.frame.criteria.get(code)
            if code not in known or points == 0 or (criterion is not None and criterion.applies_to(kind)):
                continue
            yield CRITERION_NOT_APPLICABLE.at(
                column.place(context, code),
                seen=show_points(points),
                meeting=column.meeting.meeting_code,
                other_places=[context.row(column.meeting, "kind")],
                criterion=code,
                kind=kind,
            )


@finds(
    SCORE_OVER_MAXIMUM,
    SCORE_UNDER_MINIMUM,
    SCORE_NOT_A_LEVEL,
    SCORE_NOT_YES_OR_NO,
    SCORE_OFF_STEP,
)
def check_points(context: BookContext) -> Findings:
    """Each number of points can be given at its meeting: in bounds (else it is taken out), a choice, on the step."""
    for column in _odd_columns(context):
        for code, points in column.points.items():
            criterion = column.frame.criteria.get(code)
            if criterion is not None and not criterion.allows(points, column.meeting.kind):
                yield from _judge(context, column, criterion, points)


@finds(PRINTED_MAXIMUM_DIFFERS)
def check_printed_maxima(context: BookContext) -> Findings:
    """The maximum printed beside a criterion is one that the frame gives it."""
    maxima: defaultdict[str, frozenset[Decimal]] = defaultdict(frozenset)
    for frame in context.frames:
        for code, of_frame in frame.maxima.items():
            maxima[code] |= of_frame
    for name, sheet in _sheets(context):
        for code, printed in sheet.maxima.items():
            allowed = maxima.get(code)
            if allowed and printed not in allowed:
                yield PRINTED_MAXIMUM_DIFFERS.at(
                    context.grid_row(name, sheet.origin, code, "maximum"),
                    seen=show_points(printed),
                    expected=" / ".join(show_points(maximum) for maximum in sorted(allowed, reverse=True)),
                    criterion=code,
                )


@frozen
class _Column:
    """The points of one meeting that a frame scores, on one of the two sheets."""

    name: str
    sheet: ScoreSheet
    meeting: Meeting
    frame: Frame
    points: Mapping[str, Decimal]

    def place(self, context: BookContext, criterion: str) -> Place:
        """Where the points of a criterion stand."""
        return self.sheet.place(self.meeting.meeting_code, criterion) or context.sheet(self.name)


def _odd_columns(context: BookContext) -> Iterator[_Column]:
    """The points of the meetings that a frame scores, sheet by sheet, where not all of them can be given."""
    for name, code in context.odd_columns:
        sheet, frame = context.score_sheet(name), context.frame_choices[code].frame
        if frame is not None:
            yield _Column(name, sheet, context.meetings_by_code[code], frame, sheet.of(code))


def _judge(context: BookContext, column: _Column, criterion: Criterion, points: Decimal) -> Iterator[Finding]:
    """What is wrong with points that cannot be given; nothing where the criterion does not apply at all."""
    kind = column.meeting.kind
    if not criterion.applies_to(kind):
        return
    highest, choices = criterion.maximum(kind), criterion.choices(kind)
    lowest = criterion.minimum(kind) if criterion.kind is CriterionKind.DEDUCTION else Decimal(0)
    if points > highest:
        found, expected = SCORE_OVER_MAXIMUM, f"≤ {show_points(highest)}"
    elif points < lowest:
        found, expected = SCORE_UNDER_MINIMUM, f"≥ {show_points(lowest)}"
    elif criterion.levels:
        found, expected = SCORE_NOT_A_LEVEL, " / ".join(map(show_points, choices))
    elif choices:
        found, expected = SCORE_NOT_YES_OR_NO, " / ".join(map(show_points, choices))
    else:
        found, expected = SCORE_OFF_STEP, show_points(criterion.step) if criterion.step else NOTHING
    yield found.at(
        column.place(context, criterion.code),
        seen=show_points(points),
        expected=expected,
        meeting=column.meeting.meeting_code,
        criterion=criterion.code,
    )


def _sheets(context: BookContext) -> tuple[tuple[str, ScoreSheet], ...]:
    return tuple((name, context.score_sheet(name)) for name in SHEETS)


def _heading(context: BookContext, name: str, code: MeetingCode) -> Place:
    """The heading of a meeting's column of points."""
    return context.score_sheet(name).place(code) or context.sheet(name)


def _unscorable(context: BookContext, meeting: Meeting) -> FindingKind | None:
    """The kind of finding for points of a meeting that nothing scores."""
    if meeting.kind is MeetingKind.EXTRAORDINARY:
        return EXTRAORDINARY_SCORED
    absence = context.frame_choices[meeting.meeting_code].absence
    thematic = meeting.kind is MeetingKind.THEMATIC and absence is NoFrame.NO_DEFAULT
    return THEMATIC_SCORED_WITHOUT_FRAME if thematic else None
