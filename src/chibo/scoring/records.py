"""The meetings of a book as returns see them: the facts of each, with what else a return says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from chibo.findings import Finding
from chibo.model import CellBook, Explained, MeetingCode, MeetingRecord, PlanTopic
from chibo.scoring.criteria import CriterionScore
from chibo.scoring.facts import Appraisal, appraise
from chibo.scoring.frames_in_force import FrameLibrary
from chibo.scoring.scores import MeetingScore

_MOST_TITLES = 24
"""No meeting holds more topics."""


def records_of(
    book: CellBook,
    library: FrameLibrary,
    findings: Iterable[Finding] = (),
    today: date | None = None,
    last_year: CellBook | None = None,
    *,
    scores: Mapping[MeetingCode, MeetingScore] | None = None,
) -> tuple[MeetingRecord, ...]:
    """One record per row of `Sinh hoạt`, in the order of the sheet; the arguments are those of `appraise`."""
    return tuple(_record(book, one) for one in appraise(book, library, findings, today, last_year, scores=scores))


def _record(book: CellBook, appraisal: Appraisal) -> MeetingRecord:
    meeting = appraisal.meeting
    return MeetingRecord(
        facts=appraisal.facts,
        state=meeting.effective_state,
        state_reason=meeting.state_reason,
        postponed_to=meeting.postponed_to,
        owed=appraisal.owed,
        suspended=appraisal.counts.suspended if appraisal.counts else None,
        supervisor_present=meeting.supervisor_present if meeting.is_held else None,
        reported_on=meeting.reported_on if meeting.is_held else None,
        plan_topics=_titles(appraisal.topics),
        explanations=_explanations(book, appraisal),
    )


def _titles(topics: Sequence[PlanTopic]) -> tuple[str, ...]:
    """The titles of the topics held; of very many, where a plan gives one number to all its rows, the first."""
    titles = tuple(topic.topic for topic in topics[:_MOST_TITLES])
    return (*titles, f"… (+{len(topics) - _MOST_TITLES})") if len(topics) > _MOST_TITLES else titles


def _explanations(book: CellBook, appraisal: Appraisal) -> tuple[Explained, ...]:
    """Every explanation of the meeting in the order of its criteria; those of unknown criteria come last."""
    rows = book.explanations_by_meeting.get(appraisal.meeting.meeting_code, ())
    if not rows:
        return ()
    score = appraisal.score
    ranks = score.frame.form(score.kind).ranks if score else {}
    official = appraisal.facts.official_total is not None
    found = []
    for row in rows:
        rank = ranks.get(row.criterion.casefold(), len(ranks))
        of = score.criteria[rank] if score and rank < len(ranks) else None
        explained = Explained(
            criterion=of.code if of else row.criterion,
            reason=row.reason,
            lost=_lost(of, official=official) if of else None,
            place=row.origin.place("reason") if row.origin else None,
        )
        found.append((rank, explained))
    return tuple(explained for _, explained in sorted(found, key=lambda pair: pair[0]))


def _lost(score: CriterionScore, *, official: bool) -> Decimal | None:
    """What the points shown lack to the maximum of this meeting."""
    points = score.official_points if official else score.self_points
    return None if points is None else score.maximum - points
