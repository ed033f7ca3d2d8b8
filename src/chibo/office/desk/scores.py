"""Scoring on the desk: points by criterion, explanations, and what the recorded facts already decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from attrs import evolve, frozen

from chibo.definitions.frames.criteria import Criterion
from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text
from chibo.model import CellBook, Explanation, Meeting, MeetingCode, MeetingKind
from chibo.office.desk.desk import ActRefusedError, Desk, Reason
from chibo.scoring import CriterionScore, FrameChoice, MeetingScore, NoFrame, choose_frame, score_meeting

LONGEST_REASON = 1000
"""Characters of an explanation."""


@frozen
class Scored:
    """The scores of a meeting, or why no frame scores it."""

    choice: FrameChoice
    score: MeetingScore | None


@frozen
class Followed:
    """A desk whose points followed the facts, and the criteria whose points changed."""

    desk: Desk
    criteria: tuple[str, ...]


def scored(book: CellBook, code: MeetingCode, library: Library, today: date) -> Scored:
    """The scores of one meeting of the book; KeyError for a meeting that the book does not have."""
    meeting = book.meeting(code)
    if meeting is None:
        raise KeyError(code)
    choice = choose_frame(meeting, book, library)
    if choice.frame is None:
        return Scored(choice, None)
    return Scored(choice, score_meeting(book, meeting, choice.frame, today))


def is_scored(book: CellBook, meeting: Meeting, library: Library) -> bool:
    """Whether the meeting was held and a frame scores it."""
    return meeting.is_held and choose_frame(meeting, book, library).frame is not None


def set_points(
    desk: Desk, code: MeetingCode, criterion: str, points: Decimal | None, *, library: Library, today: date
) -> Desk:
    """Give the points of one criterion; None leaves it unscored.

    Raises ActRefusedError for a meeting that is not held or not scored, a criterion that the frame does not apply to
    it, and points that the criterion does not allow.
    """
    line = _criterion(desk, code, criterion, library, today)
    kind = desk.meeting(code).kind
    if points is not None and not line.criterion.allows(points, kind):
        takes = _points_taken(line.criterion, kind)
        raise ActRefusedError(Reason.BAD_POINTS, criterion=line.code, points=points, takes=takes)
    return _with_points(desk, code, {line.code: points})


def _points_taken(criterion: Criterion, kind: MeetingKind) -> str:
    """What can be given, lowest first, by spaces: each choice, or the bounds with the first step between and «…»."""
    choices = criterion.choices(kind)
    if choices:
        return " ".join(map(str, sorted(choices)))
    least, most = criterion.minimum(kind), criterion.maximum(kind)
    return f"{least} {least + criterion.step} … {most}" if criterion.step else f"{least} … {most}"


def explain(desk: Desk, code: MeetingCode, criterion: str, reason: str, *, library: Library, today: date) -> Desk:
    """Say why a criterion is scored as it is; an empty reason takes the explanation away."""
    line = _criterion(desk, code, criterion, library, today)
    words = clean_text(reason)
    if len(words) > LONGEST_REASON:
        raise ActRefusedError(Reason.TOO_LONG, seen=len(words), most=LONGEST_REASON)
    key = line.code.casefold()
    kept = [row for row in desk.book.explanations if row.meeting_code != code or row.criterion.casefold() != key]
    if words:
        kept.append(Explanation(meeting_code=code, criterion=line.code, reason=words))
    return desk.with_book(evolve(desk.book, explanations=tuple(kept)))


def clear_points(desk: Desk, code: MeetingCode) -> Desk:
    """Take all self-points of the meeting away, and the reasons given for them."""
    reasons = tuple(row for row in desk.book.explanations if row.meeting_code != code)
    bare = desk.with_book(evolve(desk.book, explanations=reasons))
    points = bare.book.self_scores.of(code)
    return _with_points(bare, code, dict.fromkeys(points)) if points else bare


def begin_scoring(desk: Desk, code: MeetingCode, library: Library, today: date) -> Desk:
    """Fill in by the facts a meeting without any points; one that somebody has begun is left as it is."""
    desk.meeting(code)
    return desk if desk.book.self_scores.of(code) else fill_by_facts(desk, code, library, today)


def fill_by_facts(desk: Desk, code: MeetingCode, library: Library, today: date) -> Desk:
    """Set the unscored criteria that the facts decide; what the cell merely declares only hints at points."""
    desk.meeting(code)
    found = scored(desk.book, code, library, today).score
    return desk if found is None else _with_points(desk, code, {line.code: _decided(line) for line in fillable(found)})


def fillable(score: MeetingScore) -> tuple[CriterionScore, ...]:
    """The unscored criteria that the facts of a held meeting can fill in."""
    return tuple(
        line for line in score.criteria if line.applies and line.self_points is None and _decided(line) is not None
    )


def follow_facts(before: Desk, after: Desk, code: MeetingCode, library: Library, today: date) -> Followed:
    """Let points that stood where the facts had put them move with the facts recorded since.

    Points that somebody set apart from the facts stay.
    """
    if not after.book.self_scores.of(code):
        return Followed(after, ())
    old = scored(before.book, code, library, today).score
    new = scored(after.book, code, library, today).score
    if old is None or new is None or not new.held:
        return Followed(after, ())
    was = {line.code: line for line in old.criteria}
    moved = {
        line.code: _decided(line)
        for line in new.criteria
        if line.applies
        and line.code in was
        and _decided(line) is not None
        and line.self_points is not None
        and line.self_points == _decided(was[line.code])
        and _decided(line) != line.self_points
    }
    return Followed(_with_points(after, code, moved) if moved else after, tuple(moved))


def unexplained(score: MeetingScore) -> tuple[str, ...]:
    """The criteria scored above the facts without an explanation."""
    return tuple(line.code for line in score.criteria if line.needs_explanation)


def _decided(line: CriterionScore) -> Decimal | None:
    return line.fact.points if line.fact is not None else None


def _criterion(desk: Desk, code: MeetingCode, criterion: str, library: Library, today: date) -> CriterionScore:
    desk.meeting(code)
    looked = scored(desk.book, code, library, today)
    found = looked.score
    if found is None and looked.choice.absence is not NoFrame.NO_DAY:
        raise ActRefusedError(Reason.NOT_SCORED, meeting=code)
    if found is None or not found.held:
        raise ActRefusedError(Reason.NOT_HELD, meeting=code)
    for line in found.criteria:
        if line.code.casefold() == criterion.casefold():
            if not line.applies:
                raise ActRefusedError(Reason.CRITERION_NOT_SCORED, criterion=line.code, meeting=code)
            return line
    raise ActRefusedError(Reason.UNKNOWN_CRITERION, criterion=criterion)


def _with_points(desk: Desk, code: MeetingCode, changes: Mapping[str, Decimal | None]) -> Desk:
    sheet = desk.book.self_scores
    points = {name: value for name, value in {**sheet.of(code), **changes}.items() if value is not None}
    meetings = {**sheet.points, code: points}
    if not points:
        del meetings[code]
    # Typed totals and grades are computed by whoever shows them: a changed column no longer has the old ones.
    typed_totals = {key: value for key, value in sheet.typed_totals.items() if key != code}
    typed_grades = {key: value for key, value in sheet.typed_grades.items() if key != code}
    changed = evolve(sheet, points=meetings, typed_totals=typed_totals, typed_grades=typed_grades)
    return desk.with_book(evolve(desk.book, self_scores=changed))
