"""Checks of whole scores: complete, totals and grades as computed, in accord with the facts, and steady."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from chibo.checks.context import SHEETS, BookContext, Findings, finds
from chibo.checks.showing import NOTHING, show_list, show_points
from chibo.definitions.language import Language
from chibo.definitions.wording import normal_label
from chibo.findings import FindingKind, Severity
from chibo.model import Grade, MeetingCode, Place
from chibo.scoring import CriterionScore, MeetingScore, Tally

SCORING_INCOMPLETE = FindingKind("SCORING_INCOMPLETE", Severity.WARN, clause="2")
MEETING_NOT_SCORED = FindingKind("MEETING_NOT_SCORED", Severity.NOTE, clause="3")
TYPED_TOTAL_DIFFERS = FindingKind("TYPED_TOTAL_DIFFERS", Severity.WARN, clause="2")
TYPED_GRADE_DIFFERS = FindingKind("TYPED_GRADE_DIFFERS", Severity.WARN, clause="2")
SELF_ABOVE_FACT = FindingKind("SELF_ABOVE_FACT", Severity.WARN, clause="2")
MEETING_TOO_SHORT = FindingKind("MEETING_TOO_SHORT", Severity.WARN, clause="2")
ONE_ABSENCE_DECIDES = FindingKind("ONE_ABSENCE_DECIDES", Severity.NOTE, clause="2")
GRADE_DROPPED = FindingKind("GRADE_DROPPED", Severity.NOTE, clause="2")

_BEST_FIRST = list(Grade)


@finds(SCORING_INCOMPLETE, MEETING_NOT_SCORED)
def check_completeness(context: BookContext) -> Findings:
    """A score that was begun has points for every criterion that applies; one never begun is reminded of."""
    for code, score in context.scores.items():
        for name, tally in _tallies(score):
            begun = bool(context.score_sheet(name).of(code)) and not context.may_be_lost(name)
            unscored = tally.unscored if begun else ()
            if unscored and (unread := context.unread_values(name, code)):
                unscored = tuple(criterion for criterion in unscored if criterion not in unread)
            if unscored:
                yield SCORING_INCOMPLETE.at(
                    context.score_sheet(name).place(code) or context.sheet(name),
                    seen=len(unscored),
                    expected=0,
                    meeting=code,
                    criteria=show_list(unscored),
                )
        if _is_unscored(context, code):
            meeting = context.meetings_by_code[code]
            yield MEETING_NOT_SCORED.at(
                context.sheet("self_scores"),
                meeting=code,
                other_places=[context.row(meeting, "held_on")],
            )


@finds(TYPED_TOTAL_DIFFERS, TYPED_GRADE_DIFFERS)
def check_typed_totals(context: BookContext) -> Findings:
    """Totals and grades that stand in the sheets are those that the points make up."""
    for code, score in context.scores.items():
        for name, tally in _tallies(score):
            sheet = context.score_sheet(name)
            total, grade = sheet.typed_totals.get(code), sheet.typed_grades.get(code, "")
            if context.unread and (context.unread_values(name, code) or context.may_be_lost(name)):
                continue
            if total is not None and total != tally.points_so_far:
                yield TYPED_TOTAL_DIFFERS.at(
                    _place(context, name, f"total:{code}"),
                    seen=show_points(total),
                    expected=show_points(tally.points_so_far),
                    meeting=code,
                )
            unfounded = grade and not sheet.of(code)
            differs = grade and tally.grade and normal_label(grade) != normal_label(tally.grade)
            if unfounded or differs:
                yield TYPED_GRADE_DIFFERS.at(
                    _place(context, name, f"grade:{code}"), seen=grade, expected=tally.grade or NOTHING, meeting=code
                )


@finds(SELF_ABOVE_FACT)
def check_against_facts(context: BookContext) -> Findings:
    """A self-score above what the recorded facts support says why."""
    for code, score in context.scores.items():
        for criterion in _unexplained(context, score):
            if context.may_be_lost("explanations", code):
                continue
            given, supported = criterion.self_points, criterion.supported
            if given is None or supported is None or given > criterion.maximum:
                continue
            yield SELF_ABOVE_FACT.at(
                context.book.self_scores.place(code, criterion.code) or context.sheet("self_scores"),
                seen=show_points(given),
                expected=f"≤ {show_points(supported)}",
                meeting=code,
                other_places=criterion.fact.places if criterion.fact else (),
                criterion=criterion.code,
                reason_vi=_reason(criterion, Language.VIETNAMESE),
                reason_en=_reason(criterion, Language.ENGLISH),
            )


@finds(MEETING_TOO_SHORT)
def check_duration(context: BookContext) -> Findings:
    """A meeting lasts as long as its frame requires of it, or as the cell's own document grants."""
    for code, score in context.scores.items():
        meeting = context.meetings_by_code[code]
        required = score.criteria.view.required_minutes
        if meeting.minutes is not None and required is not None and meeting.minutes < required:
            yield MEETING_TOO_SHORT.at(
                context.row(meeting, "ends_at"),
                seen=meeting.minutes,
                expected=f"≥ {required}",
                meeting=code,
                other_places=[context.row(meeting, "starts_at")],
            )


@finds(ONE_ABSENCE_DECIDES)
def check_small_cells(context: BookContext) -> Findings:
    """Where a single absence moved the points of a small cell, the reviewer is told."""
    for code, score in context.scores.items():
        meeting = context.meetings_by_code[code]
        for criterion, decision in score.decisions.items():
            if decision.one_absence_moves and decision.points is not None:
                fact = score.criterion(criterion).fact
                yield ONE_ABSENCE_DECIDES.at(
                    fact.places[0] if fact and fact.places else context.row(meeting, "present"),
                    seen=show_points(decision.points),
                    meeting=code,
                    criterion=criterion,
                )


@finds(GRADE_DROPPED)
def check_grades_over_time(context: BookContext) -> Findings:
    """A grade lower than that of the regular meeting before is worth a look; which one that is may be unknown."""
    before: tuple[MeetingCode, Grade] | None = None
    for meeting in context.held_regular:
        if before is not None and context.may_be_held_between(before[0], meeting.meeting_code):
            before = None
        score = context.scores.get(meeting.meeting_code)
        grade = (score.official_grade or score.self_grade) if score else None
        if grade is None:
            before = None
            continue
        if before is not None and _BEST_FIRST.index(grade) > _BEST_FIRST.index(before[1]):
            sheet = context.book.official_scores if score and score.official_grade else context.book.self_scores
            yield GRADE_DROPPED.at(
                sheet.place(meeting.meeting_code) or context.sheet("self_scores"),
                seen=grade,
                expected=before[1],
                meeting=meeting.meeting_code,
                before=before[0],
            )
        before = (meeting.meeting_code, grade)


def _unexplained(context: BookContext, score: MeetingScore) -> Iterator[CriterionScore]:
    """The criteria with a self-score above what the facts support and nothing that says why."""
    own = context.book.self_scores.of(score.meeting_code)
    for code, decision in score.decisions.items() if own else ():
        given, supported = own.get(code), decision.supported
        if given is not None and supported is not None and given > supported:
            criterion = score.criterion(code)
            if criterion.needs_explanation:
                yield criterion


def _tallies(score: MeetingScore) -> tuple[tuple[str, Tally], ...]:
    """The two scorers' points, by the layout's code of their sheet."""
    return tuple(zip(SHEETS, (score.self_tally, score.official_tally), strict=True))


def _is_unscored(context: BookContext, code: MeetingCode) -> bool:
    """Whether a held meeting has no points at all though the days to score it have passed."""
    used = context.has_sheet("self_scores") or any(context.book.self_scores.points.values())
    day = context.day_of(context.meetings_by_code[code])
    days = context.thresholds.self_scoring_time.on(day)
    late = days is not None and context.today > day + timedelta(days=days)
    unread = "self_scores" in context.unread.headings or context.unread_values("self_scores", code)
    return used and late and not context.book.self_scores.of(code) and not unread


def _place(context: BookContext, name: str, key: str) -> Place:
    return context.score_sheet(name).places.get(key) or context.sheet(name)


def _reason(score: CriterionScore, language: Language) -> str:
    return score.fact.reason(language) if score.fact else ""
