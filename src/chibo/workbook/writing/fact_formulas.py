"""Facts of a frame as formulas over one meeting's row: the most points that what is recorded supports.

Facts that look back over other meetings (a run of absences, the tasks of the meeting before) have no formula: their
criteria are checked by `chibo check` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from chibo.definitions.frames.edges import Edge, plain_decimal
from chibo.definitions.frames.facts import (
    AttendanceRate,
    Band,
    Cap,
    DateKept,
    Interval,
    MeetingNumber,
    MeetingYes,
    MinutesHeld,
    NumberFact,
    SpeakingRate,
    YesNoFact,
)
from chibo.definitions.frames.frame import Criterion, Exemption, Frame
from chibo.model import MeetingKind
from chibo.workbook.writing.score_lines import ScoreForm

LOOKING_BACK = ("excused_run", "resolution_rate")
"""Measures that have no formula, because they look back over other meetings."""


@frozen
class _Ratio:
    """A measured value as `part` over `whole` (1 for a plain number), and when it is known, all as templates."""

    part: str
    whole: str
    known: str


def has_formula(criterion: Criterion) -> bool:
    """Whether the fact of a criterion can be computed from the row of one meeting."""
    return criterion.fact is not None and criterion.fact.measure not in LOOKING_BACK


def fact_formula(code: str, scores: ScoreForm) -> str:
    """The most points that the facts of a meeting support for a criterion; an empty text where they set no limit."""
    formula = '""'
    for number, variant in reversed(list(enumerate(scores.variants, start=1))):
        criterion = variant.frame.criteria.get(code)
        if criterion is not None and criterion.applies_to(variant.kind) and has_formula(criterion):
            formula = f"IF([variant]={number},{_supported(criterion, variant.frame, variant.kind)},{formula})"
    return f'IF([held]=1,IFERROR({formula},""),"")'


def _supported(criterion: Criterion, frame: Frame, kind: MeetingKind) -> str:
    maximum = plain_decimal(criterion.maximum(kind))
    fact = criterion.fact
    if isinstance(fact, DateKept | MeetingYes):
        formula = _yes_no(fact, maximum)
    else:
        assert fact is not None  # noqa: S101  (`has_formula`)
        formula = _number(fact, frame)
    for exemption in criterion.full_when:
        if condition := _exempts(exemption, frame):
            formula = f"IF({condition},{maximum},{formula})"
    return formula


def _exempts(exemption: Exemption, frame: Frame) -> str:
    """When a criterion counts in full without being assessed; nothing where the frame does not allow it."""
    if exemption is Exemption.NO_COMMITTEE_NOR_DEPUTY:
        return 'AND([info.has_committee]="Không",[info.deputy_secretary]="")'
    return '[papers_withheld]="Có"' if frame.exempt_withheld_papers else ""


def _yes_no(fact: YesNoFact, maximum: str) -> str:
    if isinstance(fact, MeetingYes):
        return f'IF([{fact.column}]="Có",{maximum},0)'
    deadline = f"[held_on]+({fact.deadline_days})"
    kept = f"[{fact.date}]<={deadline}"
    if fact.unless_no:
        kept = f'AND({kept},[{fact.unless_no}]<>"Không")'
    undone = f"IF(TODAY()<={deadline},{maximum},0)" if fact.waits else "0"
    return f'IF([{fact.date}]="",{undone},IF({kept},{maximum},0))'


def _number(fact: NumberFact, frame: Frame) -> str:
    ratio = _ratio(fact, frame)
    bands = _bands(fact.bands, ratio)
    for entry in reversed(fact.by_size):
        small = f"AND(ISNUMBER([a_membership]),[a_membership]<{entry.membership_below})"
        bands = f"IF({small},{_bands(entry.bands, ratio)},{bands})"
    for cap in fact.caps:
        bands = f"MIN({bands},{_cap(cap)})"
    known = [ratio.known, *(f"ISNUMBER([a_{cap.column}])" for cap in fact.caps)]
    return f'IF(AND({",".join(known)}),{bands},"")'


def _ratio(fact: NumberFact, frame: Frame) -> _Ratio:
    match fact:
        case MinutesHeld():
            return _Ratio("[minutes]", "1", "ISNUMBER([minutes]),[minutes]>0,ISNUMBER([required])")
        case MeetingNumber():
            return _Ratio(f"[{fact.column}]", "1", f"ISNUMBER([{fact.column}]),[{fact.column}]>=0")
        case AttendanceRate():
            known = "ISNUMBER([a_present]),[a_present]>0,ISNUMBER([fact_owed]),[a_present]<=[fact_owed]"
            return _Ratio("[a_present]", "[fact_owed]", f"[possible]=1,{known}")
        case SpeakingRate():
            over_owed = frame.denominators is not None and frame.denominators.speaking_over == "owed"
            among = "[fact_owed]" if over_owed else "[a_present]"
            fit = "[speakers]>=0,OR(N([a_present])<=0,[speakers]<=N([a_present])+[visitors])"
            return _Ratio("[speakers]", among, f"[possible]=1,ISNUMBER([speakers]),ISNUMBER({among}),{among}>0,{fit}")
        case _:
            raise ValueError(f"measure {fact.measure} looks back over other meetings")


def owed_formula(scores: ScoreForm) -> str:
    """Who had to attend a meeting by the frame that scores it; an empty text where that is not known."""
    formula = '""'
    for number, variant in reversed(list(enumerate(scores.variants, start=1))):
        denominators = variant.frame.denominators
        if denominators is not None:
            counts = ["a_membership", *(f"a_{column}" for column in denominators.attendance_leaves_out)]
            known = ",".join(f"ISNUMBER([{count}])" for count in counts)
            owed = "-".join(f"[{count}]" for count in counts)
            formula = f'IF([variant]={number},IF(AND({known}),{owed},""),{formula})'
    return formula


def _bands(bands: Sequence[Band], ratio: _Ratio) -> str:
    """The points of the first band that holds the value."""
    formula = '""'
    for band in reversed(bands):
        formula = f"IF({_within(band, ratio)},{plain_decimal(band.points)},{formula})"
    return formula


def _cap(cap: Cap) -> str:
    highest = plain_decimal(Decimal(10**6))
    within = _within(cap, _Ratio(f"[a_{cap.column}]", "1", ""))
    return f"IF({within},{plain_decimal(cap.points)},{highest})"


def _within(interval: Interval, ratio: _Ratio) -> str:
    edges = (
        (">=", interval.at_least),
        (">", interval.above),
        ("<", interval.below),
        ("<=", interval.at_most),
    )
    conditions = [_compare(ratio, sign, edge) for sign, edge in edges if edge is not None]
    return f"AND({','.join(conditions)})" if conditions else "TRUE"


def _compare(ratio: _Ratio, sign: str, edge: Edge) -> str:
    """Part ÷ whole against share × R + offset, multiplied out so that whole numbers alone are compared."""
    share, offset = Fraction(edge.share), Fraction(edge.offset)
    factor = share.denominator * offset.denominator
    terms = []
    if share:
        terms.append(_times(int(share * factor), "[required]", ratio.whole))
    if offset or not share:
        terms.append(_times(int(offset * factor), ratio.whole))
    return f"{_times(factor, ratio.part)}{sign}{'+'.join(terms)}".replace("+-", "-")


def _times(number: int, *factors: str) -> str:
    """A product, without factors of one."""
    kept = [factor for factor in factors if factor != "1"]
    return "*".join(kept) if number == 1 and kept else "*".join([str(number), *kept])
