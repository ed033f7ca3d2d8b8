"""What if: a frame with other thresholds or weights, and what that does to meetings that are scored already."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import frozen

from chibo.definitions.frames.edges import plain_decimal
from chibo.definitions.frames.frame import ZERO, Criterion, Frame
from chibo.definitions.frames.loading import frame_document, parse_frame
from chibo.errors import UnknownNameError
from chibo.model import Grade
from chibo.scoring.scores import MeetingScore
from chibo.scoring.tallies import grade_with_gates

Number = Decimal | int | str
_DIGITS = 12
"""Significant digits of a supposed level that no decimal expresses exactly (a third of 10)."""


def with_thresholds(frame: Frame, thresholds: Mapping[Grade | str, Number]) -> Frame:
    """The frame with other thresholds for the grades named; checked again (DefinitionError where they do not fit)."""
    wanted = {Grade(grade): str(value) for grade, value in thresholds.items()}
    document = frame_document(frame)
    for entry in document["grades"]:
        if (value := wanted.get(Grade(entry["grade"]))) is not None:
            entry["at_least"] = value
    return _again(frame, document)


def with_maximum(frame: Frame, code: str, maximum: Number) -> Frame:
    """The frame with another maximum (weight) for one criterion; its group's maximum and the total follow.

    Levels and bands grow or shrink in proportion; a maximum of its own for some kind of meeting moves by the same
    number of points, so that all kinds still add up to the same. Raises UnknownNameError for a code that the frame
    does not have, DefinitionError where the frame no longer adds up (a criterion for some kinds of meeting only).
    """
    return with_maxima(frame, {code: maximum})


def with_maxima(frame: Frame, maxima: Mapping[str, Number]) -> Frame:
    """The frame with other maxima for several criteria at once, checked when all are in place."""
    for code in maxima:
        if code not in frame.criteria:
            raise UnknownNameError(
                f"Khung «{frame.id}» không có tiêu chí «{code}». Hiện có: {', '.join(frame.criteria)}."
            )
    document = frame_document(frame)
    kind = frame.applies.meeting_kinds[0]
    total = ZERO
    for group, entry in zip(frame.groups, document["groups"], strict=True):
        group_total = ZERO
        for criterion, item in zip(group.criteria, entry["criteria"], strict=True):
            wanted = maxima.get(criterion.code)
            if wanted is not None:
                _scale(item, criterion, Decimal(str(wanted)))
            if criterion.applies_to(kind) and criterion.maximum(kind):
                group_total += Decimal(item.get("max_for", {}).get(kind, item["max"]))
        entry["max"] = plain_decimal(group_total)
        total += group_total
    document["total"] = plain_decimal(total)
    return _again(frame, document)


@frozen(kw_only=True)
class Regraded:
    """A meeting's totals under another frame, exact; None where the meeting was not fully scored."""

    self_total: Fraction | None
    self_grade: Grade | None
    official_total: Fraction | None
    official_grade: Grade | None


def regraded(score: MeetingScore, frame: Frame) -> Regraded:
    """The points given at a meeting under a changed frame with the same criteria.

    Where a criterion's maximum differs, its points keep their share of it (9 of 10 is 18 of 20), unrounded. Raises
    ValueError where the frames do not have the same criteria.
    """
    if frame.criteria.keys() != score.frame.criteria.keys():
        raise ValueError(f"frames {score.frame.id} and {frame.id} do not have the same criteria")
    own = {entry.code: entry.self_points for entry in score.criteria}
    official = {entry.code: entry.official_points for entry in score.criteria}
    self_total, self_grade = _regrade(score, frame, own, complete=score.self_total is not None)
    official_total, official_grade = _regrade(score, frame, official, complete=score.official_total is not None)
    return Regraded(
        self_total=self_total, self_grade=self_grade, official_total=official_total, official_grade=official_grade
    )


def _regrade(
    score: MeetingScore, frame: Frame, points: Mapping[str, Decimal | None], *, complete: bool
) -> tuple[Fraction | None, Grade | None]:
    if not complete:
        return None, None
    shares: dict[str, Fraction] = {}
    for old, new in zip(score.frame.lines(score.kind), frame.lines(score.kind), strict=True):
        given = points[old.criterion.code]
        if old.applies and given is not None:
            before, after = old.maximum or -old.minimum, new.maximum or -new.minimum
            shares[old.criterion.code] = Fraction(given) * Fraction(after) / Fraction(before)
    total = sum(shares.values(), Fraction(0))
    lines = [line for line in frame.lines(score.kind) if line.applies]
    return total, grade_with_gates(frame, total, shares, lines)[0]


def _scale(item: dict[str, Any], criterion: Criterion, maximum: Decimal) -> None:
    """Change the maximum of one criterion of a frame's document, and in proportion everything that hangs on it."""
    ratio = Fraction(maximum) / Fraction(criterion.max)
    item["max"] = plain_decimal(maximum)
    if "max_for" in item:
        moved = maximum - criterion.max
        item["max_for"] = {kind: plain_decimal(Decimal(value) + moved) for kind, value in item["max_for"].items()}
    for level in item.get("levels", ()):
        level["points"] = _scaled(level["points"], ratio)
    fact = item.get("fact", {})
    for band in (*fact.get("bands", ()), *(band for size in fact.get("by_size", ()) for band in size["bands"])):
        band["points"] = _scaled(band["points"], ratio)
    for cap in fact.get("caps", ()):
        cap["points"] = _scaled(cap["points"], ratio)
    if criterion.step is not None:
        values = [item["max"], *item.get("max_for", {}).values()]
        if any(Decimal(value) % criterion.step for value in values):
            item["step"] = _scaled(item["step"], ratio)


def _scaled(value: str, ratio: Fraction) -> str:
    exact = Fraction(value) * ratio
    with localcontext() as context:
        context.prec = _DIGITS
        return plain_decimal(Decimal(exact.numerator) / Decimal(exact.denominator))


def _again(frame: Frame, document: dict[str, Any]) -> Frame:
    return parse_frame(document, Path(f"{frame.id}.toml"))
