"""Official points: what a reviewer gives beside the unit's own, checked by the frame, and what it makes of a meeting.

A meeting has an official score once the reviewer has given points of his own for it: of every other criterion he lets
stand what the book says, the official points typed there first, else the unit's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from attrs import evolve

from chibo.definitions.frames.criteria import Criterion
from chibo.definitions.frames.edges import plain_decimal
from chibo.definitions.frames.frame import Frame
from chibo.errors import ChiboError
from chibo.model import Explained, MeetingKind, MeetingRecord, Place
from chibo.scoring import tally
from chibo.scoring.facts import plain
from chibo.store.submissions import BookPart
from chibo.submissions import GivenPoints, Points

Frames = Mapping[str, Frame]
_REVIEW = Place("Điểm thẩm định ghi trong văn phòng")
"""Where an official score was read that comes of the reviewer's record and of no workbook."""


def checked_points(
    given: Iterable[GivenPoints], part: BookPart, frames: Frames, note: str = ""
) -> tuple[GivenPoints, ...]:
    """The points as they can be kept. Points that name no meeting are for the only one there is.

    Raises ChiboError where the book has no such meeting that is scored, where the frame does not allow the points, and
    where points differ from the unit's own without a reason; the `note` of the decision serves for those without one.
    """
    return tuple(_checked(one, part, frames, note) for one in given)


def with_official(part: BookPart, given: Mapping[str, GivenPoints], frames: Frames) -> tuple[MeetingRecord, ...]:
    """The meetings of a part with the official scores that come of the points given."""
    by_meeting: dict[str, dict[str, Decimal]] = {}
    for one in given.values():
        by_meeting.setdefault(one.meeting, {})[one.criterion] = one.points
    return tuple(_scored(record, part, by_meeting, frames) for record in part.records)


def _checked(one: GivenPoints, part: BookPart, frames: Frames, note: str) -> GivenPoints:
    record = _meeting_of(one, part, frames)
    frame, kind = frames[record.facts.frame], record.facts.kind
    meeting = str(record.facts.meeting_code)
    codes = {line.criterion.code.casefold(): line.criterion for line in frame.lines(kind) if line.applies}
    criterion = codes.get(one.criterion.casefold())
    if criterion is None:
        known = ", ".join(found.code for found in codes.values())
        raise ChiboError(f"Buổi {meeting} không chấm tiêu chí «{one.criterion}». Các tiêu chí được chấm: {known}.")
    if not criterion.allows(one.points, kind):
        raise ChiboError(
            f"Tiêu chí {criterion.code} của buổi {meeting} không cho {_said(one.points)} điểm; "
            f"cho được: {_allowed(criterion, kind)}."
        )
    own = part.scores.get(meeting, {}).get(criterion.code, Points()).own
    if one.points != own and not (one.reason or note.strip()):
        raise ChiboError(
            f"Điểm thẩm định tiêu chí {criterion.code} của buổi {meeting} khác điểm tự chấm "
            f"({_said(own)}) thì phải nêu lý do, sau số điểm hoặc ở --note «…»."
        )
    return evolve(one, meeting=meeting, criterion=criterion.code)


def _meeting_of(one: GivenPoints, part: BookPart, frames: Frames) -> MeetingRecord:
    scored = {
        str(record.facts.meeting_code): record
        for record in part.records
        if record.is_held and record.facts.frame in frames
    }
    if one.meeting in scored:
        return scored[one.meeting]
    if not scored:
        raise ChiboError("Sổ không có buổi nào của kỳ được chấm điểm, nên không cho điểm thẩm định được.")
    if one.meeting:
        raise ChiboError(f"Sổ không có buổi «{one.meeting}» được chấm trong kỳ. Có: {', '.join(scored)}.")
    if len(scored) > 1:
        example = f"{next(iter(scored))} {one.criterion}={_said(one.points)}"
        raise ChiboError(f"Kỳ có nhiều buổi được chấm ({', '.join(scored)}); nêu rõ buổi, như «{example}».")
    return next(iter(scored.values()))


def _scored(
    record: MeetingRecord, part: BookPart, given: Mapping[str, Mapping[str, Decimal]], frames: Frames
) -> MeetingRecord:
    facts, code = record.facts, str(record.facts.meeting_code)
    frame = frames.get(facts.frame)
    if frame is None or code not in given or not frame.scores(facts.kind):
        return record
    points = {
        criterion: said
        for criterion, one in part.scores.get(code, {}).items()
        if (said := one.own if one.official is None else one.official) is not None
    }
    points |= given[code]
    official = tally(frame, facts.kind, points)
    if official.total is None:
        return record
    maxima = {line.criterion.code: line.maximum for line in frame.lines(facts.kind)}
    return evolve(
        record,
        facts=evolve(
            facts,
            official_total=plain(official.total),
            official_grade=official.grade,
            places={**facts.places, **dict.fromkeys(("official_total", "official_grade"), _REVIEW)},
        ),
        explanations=tuple(_explained(one, points, maxima) for one in record.explanations),
    )


def _explained(one: Explained, points: Mapping[str, Decimal], maxima: Mapping[str, Decimal]) -> Explained:
    """The explanation with what the official points lack to the maximum."""
    if one.criterion not in points or one.criterion not in maxima:
        return one
    return evolve(one, lost=maxima[one.criterion] - points[one.criterion])


def _allowed(criterion: Criterion, kind: MeetingKind) -> str:
    if choices := criterion.choices(kind):
        return " hoặc ".join(map(_said, choices))
    step = f", bước {_said(criterion.step)}" if criterion.step else ""
    return f"từ {_said(criterion.minimum(kind))} đến {_said(criterion.maximum(kind))}{step}"


def _said(points: Decimal | None) -> str:
    return "chưa chấm" if points is None else plain_decimal(points).replace(".", ",")
