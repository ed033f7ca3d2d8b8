"""Checks of `Sinh hoạt`: the code, kind and state of each meeting, and the meetings that a year owes."""

from __future__ import annotations

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import show_day, show_list
from chibo.checks.twice import codes_twice
from chibo.findings import FindingKind, Severity
from chibo.model import Meeting, MeetingCode, MeetingKind, MeetingSeries, MeetingState

MEETING_CODE_TWICE = FindingKind("MEETING_CODE_TWICE", Severity.BLOCK, clause="3")
MEETING_ROW_REPEATED = FindingKind("MEETING_ROW_REPEATED", Severity.BLOCK, clause="3")
MEETING_OUTSIDE_YEAR = FindingKind("MEETING_OUTSIDE_YEAR", Severity.BLOCK, clause="3")
MEETING_KIND_AGAINST_CODE = FindingKind("MEETING_KIND_AGAINST_CODE", Severity.BLOCK, clause="3")
HELD_WITHOUT_DAY = FindingKind("HELD_WITHOUT_DAY", Severity.WARN, clause="3")
STATE_AGAINST_HELD_DAY = FindingKind("STATE_AGAINST_HELD_DAY", Severity.WARN, clause="3")
STATE_REASON_MISSING = FindingKind("STATE_REASON_MISSING", Severity.WARN, clause="3")
POSTPONED_WITHOUT_DAY = FindingKind("POSTPONED_WITHOUT_DAY", Severity.WARN, clause="3")
REGULAR_MEETING_NOT_HELD = FindingKind("REGULAR_MEETING_NOT_HELD", Severity.WARN, clause="2")
REGULAR_MEETING_CALLED_OFF = FindingKind("REGULAR_MEETING_CALLED_OFF", Severity.WARN, clause="2")
MONTHS_WITHOUT_REGULAR_MEETING = FindingKind("MONTHS_WITHOUT_REGULAR_MEETING", Severity.WARN, clause="2")
QUARTERS_WITHOUT_THEMATIC_MEETING = FindingKind("QUARTERS_WITHOUT_THEMATIC_MEETING", Severity.WARN, clause="6")

_KINDS_OF_SERIES = {
    MeetingSeries.REGULAR: (MeetingKind.REGULAR, MeetingKind.COMBINED),
    MeetingSeries.THEMATIC: (MeetingKind.THEMATIC,),
    MeetingSeries.EXTRAORDINARY: (MeetingKind.EXTRAORDINARY,),
}
_CALLED_OFF = {MeetingState.POSTPONED, MeetingState.NOT_HELD}


@finds(MEETING_CODE_TWICE, MEETING_ROW_REPEATED)
def check_meeting_codes(context: BookContext) -> Findings:
    """One code, one meeting: rows that contradict each other are all out, of equal rows the first stays."""
    if len(context.meetings_by_code) == len(context.book.meetings):
        return
    yield from codes_twice(
        context, context.book.meetings, "meeting_code", repeated=MEETING_ROW_REPEATED, twice=MEETING_CODE_TWICE
    )


@finds(MEETING_OUTSIDE_YEAR)
def check_meeting_years(context: BookContext) -> Findings:
    """A workbook is of one year: so are its meeting codes."""
    for meeting in context.book.meetings:
        if meeting.meeting_code.month.year != context.year:
            yield MEETING_OUTSIDE_YEAR.at(
                context.row(meeting, "meeting_code"),
                seen=meeting.meeting_code,
                expected=f"{context.year}-{meeting.meeting_code.month.number:02d}",
                meeting=meeting.meeting_code,
                other_places=[context.book.info.places.get("year")],
                year=context.year,
            )


@finds(MEETING_KIND_AGAINST_CODE)
def check_kinds(context: BookContext) -> Findings:
    """The code of a meeting says its series; the kind has to be one of that series."""
    for meeting in context.book.meetings:
        kinds = _KINDS_OF_SERIES[meeting.meeting_code.series]
        if meeting.kind not in kinds:
            yield MEETING_KIND_AGAINST_CODE.at(
                context.row(meeting, "kind"),
                seen=meeting.kind,
                expected=" / ".join(kinds),
                meeting=meeting.meeting_code,
                other_places=[context.row(meeting, "meeting_code")],
            )


@finds(HELD_WITHOUT_DAY, STATE_AGAINST_HELD_DAY, STATE_REASON_MISSING, POSTPONED_WITHOUT_DAY)
def check_states(context: BookContext) -> Findings:
    """The state of a meeting agrees with the day on which it was held, and one called off says why and until when."""
    for meeting in context.book.meetings:
        code = meeting.meeting_code
        if meeting.state is MeetingState.HELD and meeting.held_on is None:
            yield HELD_WITHOUT_DAY.at(context.row(meeting, "held_on"), seen=meeting.state, meeting=code)
        if meeting.state not in _CALLED_OFF:
            continue
        if meeting.held_on is not None:
            yield STATE_AGAINST_HELD_DAY.at(
                context.row(meeting, "state"),
                seen=meeting.state,
                meeting=code,
                other_places=[context.row(meeting, "held_on")],
                held_on=show_day(meeting.held_on),
            )
        if not meeting.state_reason and context.has_column(meeting, "state_reason"):
            yield STATE_REASON_MISSING.at(context.row(meeting, "state_reason"), seen=meeting.state, meeting=code)
        postponed = meeting.state is MeetingState.POSTPONED
        if postponed and meeting.postponed_to is None and context.has_column(meeting, "postponed_to"):
            yield POSTPONED_WITHOUT_DAY.at(context.row(meeting, "postponed_to"), seen=meeting.state, meeting=code)


@finds(REGULAR_MEETING_NOT_HELD, REGULAR_MEETING_CALLED_OFF, MONTHS_WITHOUT_REGULAR_MEETING, needs="meetings")
def check_regular_meetings(context: BookContext) -> Findings:
    """One regular meeting each month that has ended: those not held, those called off, and the months without any."""
    regular = {m.meeting_code.month: m for m in context.book.meetings if not m.meeting_code.series}
    for month in context.ended_months:
        meeting = regular.get(month)
        if meeting is None or meeting.is_held or context.may_be_held(meeting):
            continue
        if not _is_still_to_come(context, meeting):
            called_off = meeting.effective_state is MeetingState.NOT_HELD
            yield (REGULAR_MEETING_CALLED_OFF if called_off else REGULAR_MEETING_NOT_HELD).at(
                context.row(meeting, "held_on"), seen=meeting.effective_state, meeting=meeting.meeting_code
            )
    missing = [
        month
        for month in context.ended_months
        if month not in regular and not context.may_be_lost("meetings", MeetingCode(month))
    ]
    if missing:
        yield MONTHS_WITHOUT_REGULAR_MEETING.at(
            context.sheet("meetings"), seen=len(missing), expected=0, months=show_list(m.number for m in missing)
        )


@finds(QUARTERS_WITHOUT_THEMATIC_MEETING, needs="meetings")
def check_thematic_meetings(context: BookContext) -> Findings:
    """Each quarter that has ended held its thematic meetings, combined ones among them."""
    held = [meeting.meeting_code.month.quarter for meeting in context.held if meeting.has_thematic_part]
    unknown = _quarters_of_unread(context)
    owed = context.thresholds.thematic_meetings
    short = []
    for quarter in context.ended_quarters:
        wanted = owed.on(context.quarter_end(quarter))
        if wanted is not None and held.count(quarter) < wanted and quarter not in unknown:
            short.append((quarter, wanted))
    if short:
        yield QUARTERS_WITHOUT_THEMATIC_MEETING.at(
            context.sheet("meetings"),
            seen=show_list(f"Q{quarter}: {held.count(quarter)}" for quarter, _ in short),
            expected=f"≥ {max(wanted for _, wanted in short)}",
            quarters=show_list(quarter for quarter, _ in short),
        )


def _quarters_of_unread(context: BookContext) -> frozenset[int]:
    """The quarters that may have held a thematic meeting more than could be read."""
    lost = context.unread.rows.get("meetings", frozenset())
    codes = [*lost, *(m.meeting_code for m in context.book.meetings if m.has_thematic_part and context.may_be_held(m))]
    return frozenset(range(1, 5)) if None in lost else frozenset(code.month.quarter for code in codes if code)


def _is_still_to_come(context: BookContext, meeting: Meeting) -> bool:
    """Whether a meeting was put off to a day that has not passed yet."""
    return meeting.postponed_to is not None and meeting.postponed_to >= context.today
