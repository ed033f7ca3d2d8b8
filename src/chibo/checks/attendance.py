"""Checks of the typed counts of a meeting: possible, adding up, and agreeing with the roll call."""

from __future__ import annotations

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import show_percent
from chibo.findings import Finding, FindingKind, Severity
from chibo.model import CountSource, Meeting, MeetingKind, Place, attendance_of
from chibo.model.attendance import (
    counts_from_marks,
    has_full_roll_call,
    members_on,
    speakers_fit,
    speakers_limit,
    speaking_share,
)
from chibo.model.meetings import TYPED_COUNTS

COUNT_NEGATIVE = FindingKind("COUNT_NEGATIVE", Severity.BLOCK)
PRESENT_OVER_MEMBERSHIP = FindingKind("PRESENT_OVER_MEMBERSHIP", Severity.BLOCK, clause="3")
PRESENT_OVER_OWED = FindingKind("PRESENT_OVER_OWED", Severity.BLOCK, clause="3")
COUNTS_DO_NOT_ADD_UP = FindingKind("COUNTS_DO_NOT_ADD_UP", Severity.WARN, clause="3")
COUNT_AGAINST_ROLL_CALL = FindingKind("COUNT_AGAINST_ROLL_CALL", Severity.WARN, clause="3")
MEMBERSHIP_AGAINST_LIST = FindingKind("MEMBERSHIP_AGAINST_LIST", Severity.NOTE, clause="3")
SPEAKERS_OVER_PRESENT = FindingKind("SPEAKERS_OVER_PRESENT", Severity.BLOCK, clause="2")
OPINIONS_UNDER_SPEAKERS = FindingKind("OPINIONS_UNDER_SPEAKERS", Severity.WARN, clause="2")
FEW_SPEAKERS = FindingKind("FEW_SPEAKERS", Severity.WARN, clause="2")
VOTES_OVER_ENTITLED = FindingKind("VOTES_OVER_ENTITLED", Severity.BLOCK, clause="2")
ENTITLED_OVER_MEMBERSHIP = FindingKind("ENTITLED_OVER_MEMBERSHIP", Severity.WARN, clause="2")

_PARTS = ("present", "excused", "unexcused", "exempt", "transferred", "special_duty", "suspended")
"""The counts that make up the membership."""
_OTHER_COUNTS = ("speakers", "opinions", "praises", "criticisms", "votes_for", "votes_entitled")


@finds(COUNT_NEGATIVE)
def check_negative_counts(context: BookContext) -> Findings:
    """No count is below zero; typed counts that a full roll call overrules are left to the comparison with it."""
    for meeting in context.book.meetings:
        overruled = has_full_roll_call(context.book, meeting.meeting_code)
        for column in _OTHER_COUNTS if overruled else (*TYPED_COUNTS, *_OTHER_COUNTS):
            count = getattr(meeting, column)
            if count is not None and count < 0:
                yield COUNT_NEGATIVE.at(
                    context.row(meeting, column),
                    seen=count,
                    expected="≥ 0",
                    meeting=meeting.meeting_code,
                    label=context.column_label("meetings", column),
                )


@finds(PRESENT_OVER_MEMBERSHIP, PRESENT_OVER_OWED, COUNTS_DO_NOT_ADD_UP)
def check_typed_counts(context: BookContext) -> Findings:
    """Where the typed counts hold: nobody more than the members is present, and the parts make up the whole."""
    for meeting in context.book.meetings:
        counts = attendance_of(context.book, meeting)
        if counts.source is not CountSource.TYPED or counts.membership is None or counts.present is None:
            continue
        if counts.present > counts.membership:
            yield _over(context, meeting, PRESENT_OVER_MEMBERSHIP, counts.membership)
        elif counts.owed is not None and counts.present > counts.owed:
            yield _over(context, meeting, PRESENT_OVER_OWED, counts.owed)
        elif counts.excused is not None and counts.unexcused is not None and not context.is_unread(meeting, *_PARTS):
            added = counts.present + counts.excused + counts.unexcused + counts.membership - (counts.owed or 0)
            if added != counts.membership:
                yield COUNTS_DO_NOT_ADD_UP.at(
                    context.row(meeting, "membership"),
                    seen=counts.membership,
                    expected=added,
                    meeting=meeting.meeting_code,
                    other_places=[context.row(meeting, c) for c in _PARTS if getattr(meeting, c) is not None],
                )


@finds(COUNT_AGAINST_ROLL_CALL)
def check_counts_against_roll_call(context: BookContext) -> Findings:
    """A full roll call decides the counts; a typed count that differs is shown with both places."""
    if any(map(context.may_be_lost, ("members", "changes", "roll_call"))):
        return
    for meeting in context.book.meetings:
        code = meeting.meeting_code
        if not has_full_roll_call(context.book, code):
            continue
        counted = counts_from_marks(context.book, code)
        for column in TYPED_COUNTS:
            typed = getattr(meeting, column)
            if typed is not None and typed != counted[column]:
                yield COUNT_AGAINST_ROLL_CALL.at(
                    context.row(meeting, column),
                    seen=typed,
                    expected=counted[column],
                    meeting=code,
                    other_places=[context.book.roll_call.place(code)],
                    label=context.column_label("meetings", column),
                )


@finds(MEMBERSHIP_AGAINST_LIST)
def check_membership(context: BookContext) -> Findings:
    """The typed membership is the number of listed members of that day, those only temporarily here left out."""
    for meeting in context.held:
        day = meeting.held_on
        if day is None or meeting.membership is None or has_full_roll_call(context.book, meeting.meeting_code):
            continue
        listed = members_on(context.book, day)
        unknown = context.may_be_lost("members") or context.may_be_lost("changes")
        if listed != meeting.membership and context.book.members and not unknown:
            yield MEMBERSHIP_AGAINST_LIST.at(
                context.row(meeting, "membership"),
                seen=meeting.membership,
                expected=listed,
                meeting=meeting.meeting_code,
                other_places=[context.sheet("members")],
            )


@finds(SPEAKERS_OVER_PRESENT, OPINIONS_UNDER_SPEAKERS, FEW_SPEAKERS)
def check_speakers(context: BookContext) -> Findings:
    """Speakers are distinct people who were there, each with an opinion at least, and not too few of them."""
    for meeting in context.held:
        speakers, code = meeting.speakers, meeting.meeting_code
        if speakers is None or speakers < 0:
            continue
        if meeting.opinions is not None and meeting.opinions < speakers:
            yield OPINIONS_UNDER_SPEAKERS.at(
                context.row(meeting, "opinions"),
                seen=meeting.opinions,
                expected=f"≥ {speakers}",
                meeting=code,
                other_places=[context.row(meeting, "speakers")],
            )
        present = attendance_of(context.book, meeting).present
        if present is None or present <= 0:
            continue
        if not speakers_fit(context.book, meeting):
            yield SPEAKERS_OVER_PRESENT.at(
                context.row(meeting, "speakers"),
                seen=speakers,
                expected=f"≤ {speakers_limit(context.book, meeting)}",
                meeting=code,
                other_places=[_place_of_present(context, meeting)],
            )
        elif finding := _few_speakers(context, meeting):
            yield finding


@finds(VOTES_OVER_ENTITLED, ENTITLED_OVER_MEMBERSHIP)
def check_votes(context: BookContext) -> Findings:
    """Nobody votes who is not entitled, and only members are."""
    for meeting in context.book.meetings:
        votes, entitled = meeting.votes_for, meeting.votes_entitled
        if votes is not None and entitled is not None and votes > entitled:
            yield VOTES_OVER_ENTITLED.at(
                context.row(meeting, "votes_for"),
                seen=votes,
                expected=f"≤ {entitled}",
                meeting=meeting.meeting_code,
                other_places=[context.row(meeting, "votes_entitled")],
            )
        membership = attendance_of(context.book, meeting).membership
        if entitled is not None and membership is not None and entitled > membership:
            yield ENTITLED_OVER_MEMBERSHIP.at(
                context.row(meeting, "votes_entitled"),
                seen=entitled,
                expected=f"≤ {membership}",
                meeting=meeting.meeting_code,
            )


def _over(context: BookContext, meeting: Meeting, kind: FindingKind, limit: int) -> Finding:
    return kind.at(
        context.row(meeting, "present"),
        seen=meeting.present,
        expected=f"≤ {limit}",
        meeting=meeting.meeting_code,
        other_places=[context.row(meeting, "membership")],
    )


def _few_speakers(context: BookContext, meeting: Meeting) -> Finding | None:
    """The finding that too small a share of those present spoke; extraordinary meetings are not judged."""
    least = context.thresholds.speaking_share.share_on(context.day_of(meeting))
    present = attendance_of(context.book, meeting).present
    share = speaking_share(context.book, meeting, present)
    if meeting.kind is MeetingKind.EXTRAORDINARY or least is None or share is None or share >= least:
        return None
    return FEW_SPEAKERS.at(
        context.row(meeting, "speakers"),
        seen=show_percent(share),
        expected=f"≥ {show_percent(least)}",
        meeting=meeting.meeting_code,
        other_places=[_place_of_present(context, meeting)],
        speakers=meeting.speakers,
        present=present,
    )


def _place_of_present(context: BookContext, meeting: Meeting) -> Place | None:
    """Where the number of those present comes from: the roll call where it is full, else the typed count."""
    if has_full_roll_call(context.book, meeting.meeting_code):
        return context.book.roll_call.place(meeting.meeting_code)
    return context.row(meeting, "present")
