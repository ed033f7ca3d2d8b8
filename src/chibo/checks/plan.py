"""Checks of `Kế hoạch chuyên đề`: there in time, complete, and in accord with the meetings that carried it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import show_day, show_list
from chibo.findings import MOST_PLACES, FindingKind, Severity
from chibo.model import Meeting, PlanTopic
from chibo.model.grouping import group_by
from chibo.model.vocabulary import TopicState

PLAN_MISSING = FindingKind("PLAN_MISSING", Severity.WARN, clause="6")
PLAN_SHEET_ABSENT = FindingKind("PLAN_SHEET_ABSENT", Severity.NOTE, clause="6")
PLAN_LATE = FindingKind("PLAN_LATE", Severity.WARN, clause="6")
PLAN_NUMBER_MISSING = FindingKind("PLAN_NUMBER_MISSING", Severity.NOTE, clause="6")
PLAN_QUARTERS_EMPTY = FindingKind("PLAN_QUARTERS_EMPTY", Severity.WARN, clause="6")
PLAN_NO_TWICE = FindingKind("PLAN_NO_TWICE", Severity.WARN, clause="6")
PLAN_MONTH_AGAINST_QUARTER = FindingKind("PLAN_MONTH_AGAINST_QUARTER", Severity.WARN, clause="6")
PLAN_REASON_MISSING = FindingKind("PLAN_REASON_MISSING", Severity.WARN, clause="6")
PLAN_TOPIC_NOT_HELD = FindingKind("PLAN_TOPIC_NOT_HELD", Severity.WARN, clause="6")
PLAN_HELD_WITHOUT_MEETING = FindingKind("PLAN_HELD_WITHOUT_MEETING", Severity.WARN, clause="6")
PLAN_STATE_BEHIND = FindingKind("PLAN_STATE_BEHIND", Severity.NOTE, clause="6")
PLAN_NO_UNKNOWN = FindingKind("PLAN_NO_UNKNOWN", Severity.WARN, clause="6")
PLAN_NO_AGAINST_KIND = FindingKind("PLAN_NO_AGAINST_KIND", Severity.WARN, clause="6")
PLAN_NO_NOT_GIVEN = FindingKind("PLAN_NO_NOT_GIVEN", Severity.WARN, clause="6")
REQUIRED_TOPICS_MISSING = FindingKind("REQUIRED_TOPICS_MISSING", Severity.WARN, clause="6")

_OPEN = {None, TopicState.OPEN}
_CHANGED = {TopicState.MOVED, TopicState.REPLACED}


@finds(PLAN_MISSING, PLAN_SHEET_ABSENT, PLAN_LATE, PLAN_NUMBER_MISSING)
def check_plan_exists(context: BookContext) -> Findings:
    """Every cell has its plan by the day on which it is due, with number and date."""
    plan, due = context.book.plan, context.thresholds.thematic_plan_due.in_year(context.year)
    if due is None:
        return
    if not plan.topics:
        if context.today > due and not context.may_be_lost("plan"):
            kind = PLAN_MISSING if context.has_sheet("plan") else PLAN_SHEET_ABSENT
            yield kind.at(context.sheet("plan"), expected=f"≤ {show_day(due)}")
        return
    if plan.plan_date is not None and plan.plan_date > due:
        yield PLAN_LATE.at(
            plan.places.get("plan_date") or context.sheet("plan"),
            seen=show_day(plan.plan_date),
            expected=f"≤ {show_day(due)}",
        )
    label = plan.places.get("plan_number")
    if label is not None and not plan.plan_number:
        yield PLAN_NUMBER_MISSING.at(label)


@finds(PLAN_QUARTERS_EMPTY)
def check_plan_quarters(context: BookContext) -> Findings:
    """The plan has its topics for every quarter; moved and replaced ones stay in the quarter they were planned for."""
    topics = context.book.plan.topics
    wanted = context.thresholds.thematic_meetings.on(context.quarter_end(1))
    if not topics or wanted is None or context.may_be_lost("plan"):
        return
    planned = [topic.quarter for topic in topics]
    empty = [quarter for quarter in range(1, 5) if planned.count(quarter) < wanted]
    if empty:
        yield PLAN_QUARTERS_EMPTY.at(
            context.sheet("plan"),
            seen=show_list(f"Q{quarter}: {planned.count(quarter)}" for quarter in empty),
            expected=f"≥ {wanted}",
            quarters=show_list(empty),
        )


@finds(PLAN_NO_TWICE, PLAN_MONTH_AGAINST_QUARTER, PLAN_REASON_MISSING)
def check_plan_rows(context: BookContext) -> Findings:
    """Each row has its own number, a month of its quarter, and a reason where it was moved or replaced."""
    topics = context.book.plan.topics
    for number, rows in group_by(topics, lambda topic: topic.no).items():
        places = [context.row(topic, "no") for topic in rows]
        for place in places[1:]:
            yield PLAN_NO_TWICE.at(place, seen=number, other_places=places[:1])
    for topic in topics:
        if topic.month is not None and (topic.month + 2) // 3 != topic.quarter and topic.state is not TopicState.MOVED:
            yield PLAN_MONTH_AGAINST_QUARTER.at(
                context.row(topic, "month"),
                seen=topic.month,
                expected=f"{topic.quarter * 3 - 2}–{topic.quarter * 3}",
                other_places=[context.row(topic, "quarter")],
                no=topic.no,
                quarter=topic.quarter,
            )
        if topic.state in _CHANGED and not topic.reason and context.has_column(topic, "reason"):
            yield PLAN_REASON_MISSING.at(context.row(topic, "reason"), seen=topic.state, no=topic.no)


@finds(PLAN_HELD_WITHOUT_MEETING, PLAN_STATE_BEHIND, PLAN_TOPIC_NOT_HELD, needs="meetings")
def check_plan_carried_out(context: BookContext) -> Findings:
    """The state of each topic agrees with the meetings held on it, and topics of ended quarters were held."""
    held = _meetings_by_topic(context)
    may_be_held = _may_be_held(context)
    for topic in context.book.plan.topics:
        meetings = held.get(topic.no.casefold(), [])
        if not meetings and may_be_held(topic):
            continue
        if topic.state is TopicState.HELD and not meetings:
            yield PLAN_HELD_WITHOUT_MEETING.at(context.row(topic, "state"), seen=topic.state, no=topic.no)
        elif topic.state is TopicState.OPEN and meetings:
            yield PLAN_STATE_BEHIND.at(
                context.row(topic, "state"),
                seen=topic.state,
                expected=TopicState.HELD,
                other_places=[context.row(meeting, "plan_no") for meeting in meetings[:MOST_PLACES]],
                more=max(len(meetings) - MOST_PLACES, 0),
                no=topic.no,
            )
        elif topic.state in _OPEN and not meetings and topic.quarter in context.ended_quarters:
            yield PLAN_TOPIC_NOT_HELD.at(
                context.row(topic, "no"), seen=topic.state or "", no=topic.no, quarter=topic.quarter
            )


@finds(PLAN_NO_UNKNOWN, PLAN_NO_AGAINST_KIND, PLAN_NO_NOT_GIVEN, needs="plan")
def check_plan_numbers(context: BookContext) -> Findings:
    """The plan numbers of a meeting are in the plan; thematic and combined meetings have them, others have none."""
    numbers = list(dict.fromkeys(topic.no for topic in context.book.plan.topics))  # one given twice is told elsewhere
    known, listed = {number.casefold() for number in numbers}, show_list(numbers)
    for meeting in context.book.meetings:
        named, code = meeting.plan_numbers, meeting.meeting_code
        unknown = [number for number in named if number.casefold() not in known]
        if unknown and not context.may_be_lost("plan"):
            yield PLAN_NO_UNKNOWN.at(
                context.row(meeting, "plan_no"),
                seen=show_list(unknown),
                expected=listed,
                meeting=code,
                other_places=[context.sheet("plan")],
            )
        elif named and not meeting.has_thematic_part:
            yield PLAN_NO_AGAINST_KIND.at(
                context.row(meeting, "plan_no"),
                seen=meeting.plan_no,
                meeting=code,
                other_places=[context.row(meeting, "kind")],
                kind=meeting.kind,
            )
        elif numbers and _lacks_plan_number(context, meeting):
            place = context.row(meeting, "plan_no")
            yield PLAN_NO_NOT_GIVEN.at(place, expected=listed, meeting=code)


@finds(REQUIRED_TOPICS_MISSING)
def check_required_topics(context: BookContext) -> Findings:
    """The topics required of every cell were treated by the day of the year set for that."""
    due = context.thresholds.required_topics_due.in_year(context.year)
    if due is None or context.today <= due or not context.held:
        return
    held = _meetings_by_topic(context)
    covered = {code for meeting in context.held for code in meeting.topics_covered}
    covered |= {
        code for topic in context.book.plan.topics if topic.no.casefold() in held for code in topic.required_topic
    }
    recordable = context.has_column(context.held[0], "topics_covered") or any(
        context.has_column(topic, "required_topic") for topic in context.book.plan.topics
    )
    if _topics_unread(context):
        return
    missing = [topic.code for topic in context.library.required_topics.in_force(due) if topic.code not in covered]
    if missing and recordable:
        yield REQUIRED_TOPICS_MISSING.at(
            context.sheet("meetings"), seen=len(missing), expected=0, topics=show_list(missing)
        )


def _may_be_held(context: BookContext) -> Callable[[PlanTopic], bool]:
    """Whether something that could not be read may say that a topic was held."""
    if not context.unread:
        return lambda _topic: False
    meetings = context.book.meetings
    anything = context.may_be_lost("meetings") or any(context.is_unread(meeting, "plan_no") for meeting in meetings)
    named = {number.casefold() for m in meetings if context.may_be_held(m) for number in m.plan_numbers}
    return lambda topic: anything or topic.no.casefold() in named or context.is_unread(topic, "state")


def _topics_unread(context: BookContext) -> bool:
    """Whether something that could not be read may say that further topics were treated."""
    return bool(context.unread) and (
        context.may_be_lost("meetings")
        or context.may_be_lost("plan")
        or any(context.may_be_held(m) or context.is_unread(m, "topics_covered") for m in context.book.meetings)
        or any(context.is_unread(topic, "required_topic") for topic in context.book.plan.topics)
    )


def _lacks_plan_number(context: BookContext, meeting: Meeting) -> bool:
    thematic = meeting.is_held and meeting.has_thematic_part
    return thematic and not meeting.plan_no and context.has_column(meeting, "plan_no")


def _meetings_by_topic(context: BookContext) -> Mapping[str, list[Meeting]]:
    """The held meetings by the number of each plan row that was held in them, letter case folded."""
    held = [(number.casefold(), meeting) for meeting in context.held for number in meeting.plan_numbers]
    return {number: [meeting for _, meeting in pairs] for number, pairs in group_by(held, lambda p: p[0]).items()}
