"""Points added up: one scorer's total and grade of a meeting, and the gates that lower a grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from chibo.definitions.frames.frame import ZERO, Frame, Gate, Line
from chibo.model import Grade, MeetingKind


@frozen(kw_only=True)
class Tally:
    """One scorer's points of a meeting added up.

    `points_so_far` adds what is there; `total` and `grade` are None unless every applicable criterion (`unscored`
    names the others) has points. `gates` are those that lowered the grade.
    """

    points_so_far: Decimal
    total: Decimal | None
    grade: Grade | None
    unscored: tuple[str, ...]
    gates: tuple[Gate, ...]
    by_group: Mapping[str, Decimal]


def tally(frame: Frame, kind: MeetingKind, points: Mapping[str, Decimal], *, complete: bool = True) -> Tally:
    """The given points of the criteria that apply, added up and graded; with `complete` off, never a total.

    Points of criteria that do not apply, or that the frame does not know, count for nothing.
    """
    form = frame.form(kind)
    by_group = dict.fromkeys(form.groups, ZERO)
    unscored = []
    for code, group in form.scored:
        given = points.get(code)
        if given is None:
            unscored.append(code)
        else:
            by_group[group] += given
    so_far = sum(by_group.values(), ZERO)
    if unscored or not complete:
        return Tally(
            points_so_far=so_far, total=None, grade=None, unscored=tuple(unscored), gates=(), by_group=by_group
        )
    grade, gates = grade_with_gates(frame, so_far, points, form.applicable)
    return Tally(points_so_far=so_far, total=so_far, grade=grade, unscored=(), gates=gates, by_group=by_group)


def grade_with_gates(
    frame: Frame,
    total: Decimal | Fraction,
    points: Mapping[str, Decimal] | Mapping[str, Fraction],
    lines: Sequence[Line],
) -> tuple[Grade, tuple[Gate, ...]]:
    """The grade of a total after the gates, and the gates that lowered it.

    A criterion that does not apply to the meeting stands in nobody's way.
    """
    grade, applied = frame.grade_of(total), []
    if not frame.gates:
        return grade, ()
    maxima = {line.code: line.maximum for line in lines}
    for gate in frame.gates:
        if gate.grade is not grade:
            continue
        if any(code in maxima and points.get(code, ZERO) < maxima[code] for code in gate.full_marks):
            grade = gate.otherwise
            applied.append(gate)
    return grade, tuple(applied)
