"""Cross-checks of a criterion's fact: bands, caps, points that the criterion knows, sentences for every outcome."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from chibo.definitions.frames.bands import band_problems, edges_of, interval_text
from chibo.definitions.frames.edges import plain_decimal
from chibo.definitions.frames.facts import (
    PLACEHOLDERS,
    AttendanceRate,
    DateKept,
    ExcusedRun,
    MeetingYes,
    MinutesHeld,
    NumberFact,
    ResolutionRate,
    SpeakingRate,
    Words,
    YesNoFact,
    outcomes_of,
    placeholders,
)
from chibo.definitions.frames.frame import Criterion, CriterionKind, Frame
from chibo.model import MeetingKind


@frozen
class Fault:
    """One thing wrong with a frame: the dotted key (codes stand for groups and criteria) and what is wrong."""

    key: str
    problem: str


def fact_faults(frame: Frame, criterion: Criterion, key: str) -> Iterator[Fault]:
    """Every fault of a criterion's fact; none where it has no fact."""
    fact = criterion.fact
    if fact is None:
        return
    if isinstance(fact, DateKept | MeetingYes):
        if criterion.kind not in {CriterionKind.YES_NO, CriterionKind.BONUS}:
            yield Fault(f"{key}.measure", "phép đo Có/Không chỉ dùng cho tiêu chí có/không hoặc điểm cộng")
    else:
        yield from _settings(frame, fact, key)
        yield from _bands(frame, criterion, fact, key)
        yield from _caps(criterion, fact, key)
    yield from _sentences(fact, key)


def _settings(frame: Frame, fact: NumberFact, key: str) -> Iterator[Fault]:
    """What a measure needs of the rest of the frame."""
    if isinstance(fact, MinutesHeld) and frame.required_minutes is None:
        yield Fault("required_minutes", "khung chấm theo thời lượng nhưng chưa ghi số phút quy định")
    if isinstance(fact, AttendanceRate | SpeakingRate) and frame.denominators is None:
        yield Fault("denominators", "khung chấm theo tỷ lệ nhưng chưa ghi mẫu số của tỷ lệ")
    if isinstance(fact, ExcusedRun | ResolutionRate):
        regular = {MeetingKind.REGULAR, MeetingKind.COMBINED}
        if not regular.issuperset(frame.applies.meeting_kinds):
            yield Fault(f"{key}.measure", "phép đo này chỉ dùng cho buổi thường kỳ hoặc kết hợp")


def _bands(frame: Frame, criterion: Criterion, fact: NumberFact, key: str) -> Iterator[Fault]:
    required = (
        (frame.required_minutes.usual, frame.required_minutes.longer)
        if isinstance(fact, MinutesHeld) and frame.required_minutes
        else ()
    )
    sizes = [entry.membership_below for entry in fact.by_size]
    if sizes != sorted(set(sizes)):
        yield Fault(f"{key}.by_size", "membership_below phải tăng dần, không trùng")
    sets = [(f"{key}.bands", fact.bands)]
    sets += [(f"{key}.by_size.{entry.membership_below}.bands", entry.bands) for entry in fact.by_size]
    for where, bands in sets:
        for problem in band_problems(bands, required):
            yield Fault(where, problem)
        for band in bands:
            yield from _known_points(frame, criterion, band.points, where)


def _caps(criterion: Criterion, fact: NumberFact, key: str) -> Iterator[Fault]:
    for cap in fact.caps:
        if not edges_of(cap) or any(edge.is_relative for edge in edges_of(cap)):
            yield Fault(f"{key}.caps", f"điều kiện «{cap.column} {interval_text(cap)}» phải có mốc là số")
        if not 0 <= cap.points < criterion.max:
            yield Fault(f"{key}.caps", "mức trần phải thấp hơn điểm tối đa của tiêu chí")


def _known_points(frame: Frame, criterion: Criterion, points: Decimal, where: str) -> Iterator[Fault]:
    for kind in frame.applies.meeting_kinds:
        if criterion.applies_to(kind) and not criterion.allows(points, kind):
            problem = f"bậc {plain_decimal(points)} điểm không phải điểm mà tiêu chí cho chấm (buổi «{kind}»)"
            yield Fault(where, problem)
            return


def _sentences(fact: NumberFact | YesNoFact, key: str) -> Iterator[Fault]:
    written, needed = fact.reason.written(), outcomes_of(fact)
    for outcome in sorted(needed - written.keys()):
        yield Fault(f"{key}.reason.{outcome}", "thiếu câu giải thích")
    for outcome, words in written.items():
        if outcome not in needed:
            yield Fault(f"{key}.reason.{outcome}", "phép đo này không có trường hợp như vậy")
        yield from words_faults(words, PLACEHOLDERS[fact.measure], f"{key}.reason.{outcome}")


def words_faults(words: Words, known: set[str], key: str) -> Iterator[Fault]:
    """A sentence whose braces are open or name something that is not known here."""
    for language, text in (("vi", words.vi), ("en", words.en)):
        try:
            unknown = sorted(placeholders(text) - known)
        except ValueError:
            yield Fault(f"{key}.{language}", "câu có dấu ngoặc nhọn { } chưa đóng")
            continue
        if unknown:
            problem = f"«{{{unknown[0]}}}» không có ở đây; dùng được: {', '.join(sorted(known))}"
            yield Fault(f"{key}.{language}", problem)
