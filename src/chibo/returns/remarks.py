"""The remarks of a row: how the meeting stands, whose score is shown, why points were lost, thematic meetings apart."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from chibo.definitions.returns.definition import ReturnDefinition
from chibo.model import Explained, LeftOut, MeetingRecord, MeetingState, MonthStatus, Period, Place
from chibo.returns.fields import Value
from chibo.returns.subjects import Subject
from chibo.returns.table import Figure, Source
from chibo.returns.words import number_in_words, short_day

SELF_SCORED = "(tự chấm)"
NOT_FULLY_SCORED = "Chưa chấm đủ"
_FAULT = "Sổ có lỗi phải sửa ở buổi này"
_REFUSED = "Sổ gửi đến bị từ chối"


@frozen
class _Remark:
    text: str
    sources: tuple[Source, ...] = ()


def remarks(subject: Subject, definition: ReturnDefinition, period: Period) -> Figure:
    """The remarks that the return asks for, in its order, joined by semicolons."""
    said: list[_Remark] = []
    for part in definition.remarks:
        match part:
            case "state":
                said += _state(subject, definition, period)
            case "self_scored":
                said += _self_scored(subject.chief)
            case "explanations":
                said += _explanations(subject.chief)
            case "thematic":
                said += _thematic(subject, definition, period)
    text = "; ".join(remark.text for remark in said)
    return Figure(text or None, tuple(source for remark in said for source in remark.sources))


def _state(subject: Subject, definition: ReturnDefinition, period: Period) -> list[_Remark]:
    record = subject.chief
    if record is not None and record.is_held:
        return [] if record.score is not None else [_Remark(NOT_FULLY_SCORED)]
    if record is not None and record.state is MeetingState.POSTPONED:
        return [_Remark(_postponed(record), _state_sources(record))]
    if record is not None and record.state is MeetingState.NOT_HELD:
        reason = f": {record.state_reason}" if record.state_reason else ""
        return [_Remark(f"Không tổ chức{reason}", _state_sources(record))]
    if definition.rows != "cell":
        return []
    silent = [month for month in period.months if subject.cell.status(month) is MonthStatus.UNREPORTED]
    faults = [fault for month in silent if (fault := subject.cell.regular_left_out(month))]
    return [_unreported(definition.unreported, faults, subject.cell.refused_files)] if silent else []


def _unreported(text: str, faults: Sequence[LeftOut], refused_files: Sequence[str]) -> _Remark:
    """Nothing is known of a meeting; where the book has one with a fault in it, the remark leads there."""
    if not faults:
        refused = tuple(Source(_REFUSED, file, Place(file)) for file in refused_files)
        return _Remark(f"{text}: {_REFUSED.lower()}", refused) if refused else _Remark(text)
    where = "; ".join(f"trang «{fault.place.sheet}», ô {fault.place.address}" for fault in faults)
    sources = tuple(Source(_FAULT, fault.seen, fault.place, str(fault.meeting_code)) for fault in faults)
    return _Remark(f"{text}: {_FAULT.lower()} ({where})", sources)


def _state_sources(record: MeetingRecord) -> tuple[Source, ...]:
    """Where it is said that a meeting was postponed or not held, until when, and why."""
    said: tuple[tuple[str, str, Value], ...] = (
        ("state", "Tình trạng buổi", record.state.value),
        ("postponed_to", "Hoãn đến ngày", record.postponed_to),
        ("state_reason", "Lý do", record.state_reason or None),
    )
    code, places = str(record.facts.meeting_code), record.facts.places
    return tuple(Source(label, value, places[name], code) for name, label, value in said if value and name in places)


def _postponed(record: MeetingRecord) -> str:
    day = f" đến {short_day(record.postponed_to)}" if record.postponed_to else " (chưa định ngày)"
    reason = f": {record.state_reason}" if record.state_reason else ""
    return f"Hoãn{day}{reason}"


def _self_scored(record: MeetingRecord | None) -> list[_Remark]:
    shown = record is not None and record.score is not None and not record.is_official
    return [_Remark(SELF_SCORED)] if shown else []


def _explanations(record: MeetingRecord | None) -> list[_Remark]:
    """The explanations of points that were lost; one that defends full points is not for the return."""
    if record is None or not record.is_held:
        return []
    lost = [explained for explained in record.explanations if explained.lost is None or explained.lost > 0]
    return [_explanation(explained, record) for explained in lost]


def _explanation(explained: Explained, record: MeetingRecord) -> _Remark:
    points = f" (−{number_in_words(explained.lost)})" if explained.lost is not None else ""
    label = f"Thuyết minh điểm, tiêu chí {explained.criterion}"
    sources = (
        (Source(label, explained.reason, explained.place, str(record.facts.meeting_code)),) if explained.place else ()
    )
    return _Remark(f"Tiêu chí {explained.criterion}{points}: {explained.reason}", sources)


def _thematic(subject: Subject, definition: ReturnDefinition, period: Period) -> list[_Remark]:
    """The thematic meetings that stood on their own, where the row is a cell's in one month."""
    if definition.rows != "cell" or len(period.months) != 1:
        return []
    apart = [record for record in subject.cell.thematic_meetings(period.months[0]) if record is not subject.chief]
    return [_thematic_remark(record) for record in apart]


def _thematic_remark(record: MeetingRecord) -> _Remark:
    code = str(record.facts.meeting_code)
    if record.is_held and record.facts.held_on is not None:
        topics = f": {'; '.join(record.plan_topics)}" if record.plan_topics else ""
        place = record.facts.places.get("held_on")
        sources = (Source("Ngày sinh hoạt chuyên đề", record.facts.held_on, place, code),) if place else ()
        return _Remark(f"Chuyên đề {code} ngày {short_day(record.facts.held_on)}{topics}", sources)
    if record.state is MeetingState.POSTPONED:
        return _Remark(f"Chuyên đề {code}: {_postponed(record).lower()}")
    held = "không tổ chức" if record.state is MeetingState.NOT_HELD else "chưa tổ chức"
    return _Remark(f"Chuyên đề {code}: {held}")
