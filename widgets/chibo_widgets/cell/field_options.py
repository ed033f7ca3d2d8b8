"""What can be chosen in a field of the meeting form."""

from __future__ import annotations

from attrs import evolve

from chibo.definitions.language import Language
from chibo.definitions.layouts import Column, ValueType
from chibo.model import CellBook, Meeting, MeetingKind
from chibo_widgets.cell.wording import Tongue


def options_of(column: Column, book: CellBook, meeting: Meeting, tongue: Tongue) -> list[dict[str, str]]:
    """The options of a column; none where anything may be typed."""
    nothing = {"value": "", "label": tongue("field_not_chosen")}
    if column.code == "state":
        return _states(meeting, tongue)
    if column.code == "kind":
        kinds = [kind for kind in MeetingKind if same_series(kind, meeting.kind)]
        return [{"value": kind.value, "label": tongue.listed("meeting_kind", kind.value)} for kind in kinds]
    if column.code == "plan_no":
        topics = [{"value": topic.no, "label": f"{topic.no}. {topic.topic}"} for topic in book.plan.topics]
        if meeting.plan_no and all(topic.no != meeting.plan_no for topic in book.plan.topics):
            topics.append({"value": meeting.plan_no, "label": meeting.plan_no})
        return [nothing, *topics]
    if column.type is ValueType.TOPICS:
        return _topics(meeting, tongue)
    if column.list:
        values = [entry.value for entry in tongue.layout.lists[column.list]]
        return [nothing, *({"value": value, "label": tongue.listed(column.list, value)} for value in values)]
    return []


def _states(meeting: Meeting, tongue: Tongue) -> list[dict[str, str]]:
    """The states of a meeting; the one that its days give already stands there without being recorded."""
    given = evolve(meeting, state=None).effective_state
    others = [entry.value for entry in tongue.layout.lists["meeting_state"] if entry.value != given.value]
    return [
        {"value": given.value if meeting.state is given else "", "label": tongue.listed("meeting_state", given.value)},
        *({"value": value, "label": tongue.listed("meeting_state", value)} for value in others),
    ]


def _topics(meeting: Meeting, tongue: Tongue) -> list[dict[str, str]]:
    day = meeting.held_on or meeting.planned_on or meeting.meeting_code.month.first_day
    english = tongue.language is Language.ENGLISH
    topics = tongue.library.required_topics
    shown = [topic for topic in topics.topics if topic in topics.in_force(day) or topic.code in meeting.topics_covered]
    return [
        {"value": topic.code, "label": topic.english if english and topic.english else topic.label} for topic in shown
    ]


def same_series(one: MeetingKind, other: MeetingKind) -> bool:
    """Whether meetings of both kinds share their codes: a regular one may become combined, and back."""
    shared = {MeetingKind.REGULAR, MeetingKind.COMBINED}
    return one is other or {one, other} == shared
