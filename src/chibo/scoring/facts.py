"""The facts of a book: one tidy row per row of `Sinh hoạt`, held or not, the table that returns are built from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from operator import itemgetter
from typing import Any

from attrs import frozen

from chibo.findings import Finding, Severity
from chibo.model import (
    Attendance,
    CellBook,
    CountSource,
    Meeting,
    MeetingCode,
    MeetingFacts,
    PlanTopic,
    attendance_of,
)
from chibo.model.attendance import rate_of
from chibo.model.grouping import group_by
from chibo.scoring.fact_places import OF_A_FULL_ROLL_CALL, BookPlaces, places_of
from chibo.scoring.frames_in_force import FrameLibrary, frame_for
from chibo.scoring.scores import MeetingScore, score_meeting

_HUNDREDTHS = 100
_KNOWN = 4096
"""So many rates are remembered."""


@frozen(kw_only=True)
class Appraisal:
    """A meeting with its facts and what they were made from. A meeting that was not held has counts of nothing."""

    meeting: Meeting
    facts: MeetingFacts
    counts: Attendance | None = None
    owed: int | None = None
    """The denominator of the attendance rate, by the rule of the frame."""
    score: MeetingScore | None = None
    topics: tuple[PlanTopic, ...] = ()
    """The rows of the thematic plan that were held in it."""


def facts_of(
    book: CellBook,
    library: FrameLibrary,
    findings: Iterable[Finding] = (),
    today: date | None = None,
    last_year: CellBook | None = None,
) -> tuple[MeetingFacts, ...]:
    """One row per row of `Sinh hoạt`, in the order of the sheet; a meeting not held keeps its row without figures.

    `findings` are those of the book: the blocking and warning ones on a meeting are counted in its row. `today` tells
    whether days to record a fact still run; `last_year` is the cell's book of the year before, for frames that look
    so far back. Points and rows that a check takes out must be out already (`chibo.checks.without_blocked`).
    """
    return tuple(appraisal.facts for appraisal in appraise(book, library, findings, today, last_year))


def appraise(
    book: CellBook,
    library: FrameLibrary,
    findings: Iterable[Finding] = (),
    today: date | None = None,
    last_year: CellBook | None = None,
    *,
    scores: Mapping[MeetingCode, MeetingScore] | None = None,
) -> tuple[Appraisal, ...]:
    """The facts of every meeting (see `facts_of`) together with the scores and counts behind them.

    `scores` are those of this very book where somebody has them already.
    """
    weighty = Counter(
        finding.meeting for finding in findings if finding.meeting and finding.severity is not Severity.NOTE
    )
    shared, of_book = BookPlaces.of(book), _of_book(book)
    appraisals = []
    for meeting in book.meetings:
        known = {
            **of_book,
            "meeting_code": meeting.meeting_code,
            "kind": meeting.kind,
            "findings": weighty[meeting.meeting_code],
        }
        if meeting.is_held:
            score = (scores or {}).get(meeting.meeting_code)
            if score is None and (frame := frame_for(meeting, book, library)):
                score = score_meeting(book, meeting, frame, today, last_year)
            appraisals.append(_appraise_held(book, meeting, known, shared, score))
        else:
            facts = MeetingFacts(**known, places=places_of(book, meeting, shared))
            appraisals.append(Appraisal(meeting=meeting, facts=facts))
    return tuple(appraisals)


def percent(rate: Fraction) -> Decimal:
    """A rate as percent: the exact fraction, rounded half up to 2 decimals, without trailing zeros."""
    numerator, denominator = rate.numerator * 100 * _HUNDREDTHS, rate.denominator
    whole = (2 * numerator + denominator) // (2 * denominator)
    return plain(Decimal(whole) / _HUNDREDTHS)


def plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 91.50 is 91.5, 80.0 is 80."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _of_book(book: CellBook) -> dict[str, Any]:
    """What the facts of all meetings of a book say alike."""
    return {
        "committee_code": book.info.committee_code,
        "cell_code": book.info.cell_code,
        "cell_name": book.info.cell_name,
        "year": book.info.year,
        "source": book.file,
    }


def _appraise_held(
    book: CellBook, meeting: Meeting, known: dict[str, Any], shared: BookPlaces, score: MeetingScore | None
) -> Appraisal:
    counts = attendance_of(book, meeting)
    owed = _owed(counts, score)
    topics = _topics_held(book, meeting)
    facts = MeetingFacts(
        **known,
        held_on=meeting.held_on,
        minutes=meeting.minutes,
        membership=counts.membership,
        exempt=counts.exempt,
        transferred=counts.transferred,
        special_duty=counts.special_duty,
        present=counts.present,
        excused=counts.excused,
        unexcused=counts.unexcused,
        attendance_rate=_attendance_rate(counts.present, owed),
        speakers=meeting.speakers,
        opinions=meeting.opinions,
        thematic=bool(topics),
        places=places_of(book, meeting, shared, _from_marks(meeting, counts)),
        **(_of_score(score) if score else {}),
    )
    return Appraisal(meeting=meeting, facts=facts, counts=counts, owed=owed, score=score, topics=topics)


def _of_score(score: MeetingScore) -> dict[str, Any]:
    return {
        "frame": score.frame.id,
        "self_total": _plain_or_none(score.self_total),
        "self_grade": score.self_grade,
        "fact_total": _plain_or_none(score.fact_total),
        "official_total": _plain_or_none(score.official_total),
        "official_grade": score.official_grade,
    }


def _plain_or_none(number: Decimal | None) -> Decimal | None:
    return None if number is None else plain(number)


def _owed(counts: Attendance, score: MeetingScore | None) -> int | None:
    """Who had to attend: as the frame says, else membership without exempt, special duty, transferred, suspended."""
    if score is None or score.frame.denominators is None:
        return counts.owed
    return score.criteria.view.owed


@lru_cache(maxsize=_KNOWN)
def _attendance_rate(present: int | None, owed: int | None) -> Decimal | None:
    """The attendance rate in percent: the same few numbers of people meet everywhere."""
    rate = rate_of(present, owed)
    return None if rate is None else percent(rate)


def _topics_held(book: CellBook, meeting: Meeting) -> tuple[PlanTopic, ...]:
    """The plan rows that the meeting names (`Chuyên đề số`, several separated by `;` or `,`) and that exist."""
    if not meeting.plan_no:
        return ()
    named = {number.casefold() for number in meeting.plan_numbers}
    topics: dict[str, list[tuple[int, PlanTopic]]] = book.worked_out[_topics_held]
    if not topics:
        numbered = enumerate(book.plan.topics)
        topics.update(group_by(numbered, lambda one: one[1].no.strip().casefold()))
    found = sorted((one for number in named for one in topics.get(number, ())), key=itemgetter(0))
    return tuple(topic for _, topic in found)


def _from_marks(meeting: Meeting, counts: Attendance) -> tuple[str, ...]:
    """The figures that the marks decide; one of those who are away that is not typed comes from them in any case."""
    if counts.source is CountSource.ROLL_CALL:
        return OF_A_FULL_ROLL_CALL
    away = ("exempt", "transferred", "special_duty", "suspended")
    return tuple(name for name in away if getattr(meeting, name) is None)
