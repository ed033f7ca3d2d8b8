"""The grade of a meeting as a formula: thresholds of its frame, then the gates that lower it."""

from __future__ import annotations

from collections.abc import Callable

from chibo.definitions.frames.edges import plain_decimal
from chibo.definitions.frames.frame import Frame, Gate
from chibo.workbook.writing.score_lines import ScoreForm, Variant


def grade_formula(scores: ScoreForm, variant: str, total: str, points: Callable[[str], str]) -> str:
    """The grade of a total at the variant that scores its meeting; `points` gives those of a criterion."""
    formula = '""'
    for number, one in reversed(list(enumerate(scores.variants, start=1))):
        graded = _by_thresholds(one.frame, total)
        for gate in one.frame.gates:
            graded = _through_gate(gate, one, graded, points)
        formula = f"IF({variant}={number},{graded},{formula})"
    return formula


def _by_thresholds(frame: Frame, total: str) -> str:
    formula = '""'
    for threshold in reversed(frame.grades):
        if threshold.at_least is None:
            formula = f'"{threshold.grade}"'
        else:
            formula = f'IF({total}>={plain_decimal(threshold.at_least)},"{threshold.grade}",{formula})'
    return formula


def _through_gate(gate: Gate, variant: Variant, graded: str, points: Callable[[str], str]) -> str:
    """The grade after a gate: the lower one where a criterion of the gate that applies has not its full marks."""
    criteria = [variant.frame.criteria[code] for code in gate.full_marks]
    short = [
        f"{points(criterion.code)}<{plain_decimal(criterion.maximum(variant.kind))}"
        for criterion in criteria
        if criterion.applies_to(variant.kind)
    ]
    if not short:
        return graded
    return f'IF(AND({graded}="{gate.grade}",OR({",".join(short)})),"{gate.otherwise}",{graded})'


def thresholds_text(frame: Frame) -> str:
    """The thresholds in words, as they stand under the printed score sheet."""
    parts, above = [], ""
    for threshold in frame.grades:
        if threshold.at_least is None:
            parts.append(f"{threshold.grade} dưới {above} điểm")
            continue
        bound = plain_decimal(threshold.at_least).replace(".", ",")
        parts.append(f"{threshold.grade} từ {bound} " + (f"đến dưới {above} điểm" if above else "điểm trở lên"))
        above = bound
    return f"Mức xếp loại: {'; '.join(parts)}."
