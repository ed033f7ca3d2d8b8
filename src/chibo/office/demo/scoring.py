"""The scores of a sample cell: facts first, the rest as a cell of its kind would score itself; then the reviewer's."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from attrs import evolve, frozen

from chibo.definitions.frames.frame import ZERO, Criterion
from chibo.definitions.library import Library
from chibo.model import CellBook, Explanation, Meeting, MeetingCode, MeetingKind, ScoreSheet
from chibo.office.demo.cells import DemoCell, Role
from chibo.scoring import CriterionScore, frame_for, score_meeting

_SHARE = {Role.STRONG: 0.9, Role.ORDINARY: 0.8, Role.WEAK: 0.7, Role.LATE: 0.87, Role.FAULTY: 0.88}
"""About which share of the points a cell gives itself where facts do not decide."""
_NOT_YET_REVIEWED = 1
"""The reviewer has not come to the last meeting yet."""
_REASON = "Đảng viên vắng đi công tác đột xuất theo điều động, có báo cáo chi bộ trước buổi họp"


@frozen
class _Points:
    """One meeting's points by criterion, and why some go beyond the facts."""

    own: Mapping[str, Decimal]
    official: Mapping[str, Decimal]
    explained: str = ""


def with_scores(book: CellBook, cell: DemoCell, library: Library, chance: Random) -> CellBook:
    """The book with self-scores, official scores and explanations of its scored meetings, and their votes."""
    held = [meeting for meeting in book.meetings if meeting.is_held]
    own: dict[MeetingCode, Mapping[str, Decimal]] = {}
    official: dict[MeetingCode, Mapping[str, Decimal]] = {}
    explanations: list[Explanation] = []
    for index, meeting in enumerate(held):
        points = _points(book, meeting, cell, library, chance)
        if points is None:
            continue
        own[meeting.meeting_code] = points.own
        if index < len(held) - _NOT_YET_REVIEWED:
            official[meeting.meeting_code] = points.official
        if points.explained:
            reason = Explanation(meeting_code=meeting.meeting_code, criterion=points.explained, reason=_REASON)
            explanations.append(reason)
    return evolve(
        book,
        self_scores=ScoreSheet(own),
        official_scores=ScoreSheet(official),
        explanations=tuple(explanations),
        meetings=tuple(_voted(meeting) if meeting.meeting_code in own else meeting for meeting in book.meetings),
    )


def _points(book: CellBook, meeting: Meeting, cell: DemoCell, library: Library, chance: Random) -> _Points | None:
    frame = frame_for(meeting, book, library)
    if frame is None:
        return None
    lines = [line for line in score_meeting(book, meeting, frame).criteria if line.applies]
    own = {line.code: _own_points(line, meeting.kind, cell.role, chance) for line in lines}
    official = dict(own)
    explained = ""
    generous = next((line for line in lines if _could_be_more(line)), None)
    if generous is not None and cell.role is Role.ORDINARY and chance.random() < 0.35:
        own[generous.code] = _next_better(generous, meeting.kind)
        explained = generous.code
    _review(official, lines, meeting.kind, chance)
    return _Points(own, official, explained)


def _own_points(line: CriterionScore, kind: MeetingKind, role: Role, chance: Random) -> Decimal:
    if line.fact is not None and (line.fact.decided or line.fact.proposed is not None):
        decided = line.fact.points if line.fact.decided else line.fact.proposed
        return decided if decided is not None else ZERO
    choices = line.criterion.choices(kind)
    share = _SHARE[role] + chance.uniform(-0.06, 0.05)
    if choices:
        return choices[0] if chance.random() < share + 0.06 else choices[1]
    return _on_step(line.criterion, line.maximum * Decimal(f"{min(share, 1):.3f}"))


def _on_step(criterion: Criterion, points: Decimal) -> Decimal:
    step = criterion.step or Decimal(1)
    return (points / step).to_integral_value() * step


def _could_be_more(line: CriterionScore) -> bool:
    """Whether facts decide less than the maximum of a criterion about people, where a cell may know better."""
    return line.fact is not None and line.fact.decided and line.fact.points not in {None, line.maximum, ZERO}


def _next_better(line: CriterionScore, kind: MeetingKind) -> Decimal:
    supported = line.fact.points if line.fact else None
    better = [points for points in line.criterion.choices(kind) if supported is not None and points > supported]
    return min(better, default=line.maximum)


def _review(official: dict[str, Decimal], lines: list[CriterionScore], kind: MeetingKind, chance: Random) -> None:
    """Now and then the reviewer takes half a point off where the frame leaves it to judgement."""
    if chance.random() < 0.6:
        return
    judged = [line for line in lines if line.criterion.step and not line.criterion.choices(kind)]
    if judged:
        line = chance.choice(judged)
        official[line.code] = max(ZERO, official[line.code] - (line.criterion.step or ZERO))


def _voted(meeting: Meeting) -> Meeting:
    entitled = meeting.present or 0
    return evolve(meeting, votes_entitled=entitled, votes_for=max(0, entitled - (1 if entitled > 12 else 0)))
