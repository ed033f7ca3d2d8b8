"""Checks of `Điểm danh`: complete, of listed members and recorded meetings, and in accord with each member's status.

Members are named by their codes only. What concerns the conduct of single members is given as a number without codes:
the cell itself looks it up (directive, instruction 3).
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from operator import attrgetter

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import NOTHING, show_list
from chibo.definitions.wording import normal_label
from chibo.findings import MOST_PLACES, FindingKind, Severity
from chibo.model import Mark, Meeting, MeetingCode, Member, Place
from chibo.model.attendance import belongs_on, has_full_roll_call, unmarked_members
from chibo.model.vocabulary import MemberStatus

ROLL_CALL_PARTIAL = FindingKind("ROLL_CALL_PARTIAL", Severity.WARN, clause="3")
ROLL_CALL_OF_UNKNOWN_MEETING = FindingKind("ROLL_CALL_OF_UNKNOWN_MEETING", Severity.WARN, clause="3")
ROLL_CALL_OF_MEETING_NOT_HELD = FindingKind("ROLL_CALL_OF_MEETING_NOT_HELD", Severity.WARN, clause="3")
ROLL_CALL_OF_UNKNOWN_MEMBER = FindingKind("ROLL_CALL_OF_UNKNOWN_MEMBER", Severity.WARN, clause="3")
ROLL_CALL_NAME_DIFFERS = FindingKind("ROLL_CALL_NAME_DIFFERS", Severity.WARN, clause="3")
MARK_OUTSIDE_MEMBERSHIP = FindingKind("MARK_OUTSIDE_MEMBERSHIP", Severity.WARN, clause="3")
MARK_AGAINST_STATUS = FindingKind("MARK_AGAINST_STATUS", Severity.WARN, clause="3")
VISITOR_COUNTED = FindingKind("VISITOR_COUNTED", Severity.WARN, clause="3")

_MARKS_OF_STATUS: dict[MemberStatus, frozenset[Mark]] = {
    MemberStatus.ACTIVE: frozenset({Mark.PRESENT, Mark.EXCUSED, Mark.UNEXCUSED}),
    # A member who need not come may still come: he or she is then present like everybody else.
    MemberStatus.EXEMPT: frozenset({Mark.EXEMPT, Mark.PRESENT}),
    MemberStatus.TRANSFERRED: frozenset({Mark.TRANSFERRED, Mark.PRESENT}),
    MemberStatus.SPECIAL_DUTY: frozenset({Mark.SPECIAL_DUTY, Mark.PRESENT}),
    MemberStatus.SUSPENDED: frozenset({Mark.SUSPENDED}),
    MemberStatus.VISITING: frozenset({Mark.VISITING}),
}

_ALL_MARKS = frozenset(Mark)


@finds(ROLL_CALL_PARTIAL)
def check_completeness(context: BookContext) -> Findings:
    """A roll call that was begun has a mark for every member of that day; else it says who lacks one, by code."""
    for meeting in context.held:
        code = meeting.meeting_code
        begun = context.book.roll_call.of(code) and not context.may_be_lost("roll_call")
        if not begun or context.may_be_lost("changes") or has_full_roll_call(context.book, code):
            continue
        unread = context.unread_values("roll_call", code)
        unmarked = (member.member_code for member in unmarked_members(context.book, code))
        lacking = [member for member in unmarked if member not in unread]
        if lacking:
            yield ROLL_CALL_PARTIAL.at(
                _place(context, code, lacking[0]),
                seen=show_list(lacking),
                expected=show_list(mark.value for mark in Mark),
                meeting=code,
                other_places=[context.book.roll_call.place(code, one) for one in lacking[1 : MOST_PLACES + 1]],
                more=max(len(lacking) - 1 - MOST_PLACES, 0),
                count=len(lacking),
            )


@finds(ROLL_CALL_OF_UNKNOWN_MEETING, ROLL_CALL_OF_MEETING_NOT_HELD, needs="meetings")
def check_meetings(context: BookContext) -> Findings:
    """Marks stand under the codes of recorded meetings that were held."""
    for code, marks in context.book.roll_call.marks.items():
        if not marks:
            continue
        meeting = context.meetings_by_code.get(code)
        if meeting is None:
            if not context.may_be_lost("meetings", code):
                place = _place(context, code)
                yield ROLL_CALL_OF_UNKNOWN_MEETING.at(place, seen=code, other_places=[_meetings(context)])
        elif not meeting.is_held and not context.may_be_held(meeting):
            yield ROLL_CALL_OF_MEETING_NOT_HELD.at(
                _place(context, code),
                seen=meeting.effective_state,
                meeting=code,
                other_places=[context.row(meeting, "held_on")],
            )


@finds(ROLL_CALL_OF_UNKNOWN_MEMBER, ROLL_CALL_NAME_DIFFERS, needs="members")
def check_members(context: BookContext) -> Findings:
    """Every row is a listed member's, and the name beside the code is the listed one (else rows have slipped)."""
    roll_call = context.book.roll_call
    listed = context.members_by_code.keys()
    strange = [marks for marks in roll_call.marks.values() if not marks.keys() <= listed]
    for code in dict.fromkeys(code for marks in strange for code in marks if code not in listed):
        if context.may_be_lost("members"):
            break
        place = context.grid_row("roll_call", roll_call.origin, code, "member_code")
        yield ROLL_CALL_OF_UNKNOWN_MEMBER.at(place, seen=code)
    for code, name in roll_call.names.items():
        member = context.members_by_code.get(code)
        if member and name and normal_label(name) != normal_label(member.full_name):
            place = context.grid_row("roll_call", roll_call.origin, code, "full_name")
            yield ROLL_CALL_NAME_DIFFERS.at(place, seen=code, other_places=[context.row(member, "full_name")])


@finds(MARK_OUTSIDE_MEMBERSHIP, MARK_AGAINST_STATUS, VISITOR_COUNTED)
def check_marks(context: BookContext) -> Findings:
    """Each mark fits the member's status on the day: who is counted, and who is left out of the count."""
    if context.may_be_lost("changes"):  # of somebody who came, went or was exempted, nobody knows when
        return
    fitting = {code: _fitting_on_any_day(context, member) for code, member in context.members_by_code.items()}
    for meeting in context.held:
        for member_code, mark in context.book.roll_call.of(meeting.meeting_code).items():
            if member_code in fitting and mark not in fitting[member_code]:
                yield from _judge_mark(context, meeting, context.members_by_code[member_code], mark)


def _fitting_on_any_day(context: BookContext, member: Member) -> frozenset[Mark]:
    """The marks that need no look at the day; none for a member who came, went, changed or is only visiting."""
    if context.changes_of(member.member_code) or member.status is MemberStatus.VISITING:
        return frozenset()
    return _MARKS_OF_STATUS[member.status] if member.status else _ALL_MARKS


def _judge_mark(context: BookContext, meeting: Meeting, member: Member, mark: Mark) -> Findings:
    day = context.day_of(meeting)
    belongs = belongs_on(context.book, member, day)
    status = status_on(context, member, day) if belongs else None
    allowed = _MARKS_OF_STATUS[status] if status else _ALL_MARKS
    if belongs and mark in allowed:
        return
    if not belongs:
        kind, expected = MARK_OUTSIDE_MEMBERSHIP, ""
    else:
        kind = VISITOR_COUNTED if status is MemberStatus.VISITING else MARK_AGAINST_STATUS
        expected = " / ".join(allowed_mark for allowed_mark in Mark if allowed_mark in allowed)
    yield kind.at(
        _place(context, meeting.meeting_code, member.member_code),
        seen=mark,
        expected=expected,
        meeting=meeting.meeting_code,
        other_places=[context.row(member, "status")],
        member=member.member_code,
        status=status or NOTHING,
    )


def status_on(context: BookContext, member: Member, day: date) -> MemberStatus | None:
    """The member's status on a day: by the latest dated change before it, else as listed where the dates allow it."""
    changes = context.status_changes_of(member.member_code)
    past = bisect_right(changes, day, key=attrgetter("day"))
    if past:
        return changes[past - 1].change.status
    if changes:
        return None
    begun = member.since is None or member.since <= day
    return member.status if begun and (member.until is None or day <= member.until) else None


def _place(context: BookContext, meeting: MeetingCode, member: str = "") -> Place:
    return context.book.roll_call.place(meeting, member) or context.sheet("roll_call")


def _meetings(context: BookContext) -> Place:
    return context.sheet("meetings")
