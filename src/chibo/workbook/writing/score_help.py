"""What helps with a criterion: the comment at its wording, what may be typed for it, marks on what may not stand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from chibo.definitions.frames.edges import plain_decimal
from chibo.definitions.frames.frame import Criterion, CriterionKind
from chibo.model import MeetingKind
from chibo.workbook.writing.cells import cell_value
from chibo.workbook.writing.geometry import local
from chibo.workbook.writing.pen import Pen
from chibo.workbook.writing.score_lines import Limits, ScoreForm, ScoreLine
from chibo.workbook.writing.validations import with_prompt

_BY_FACT = "Chibo đối chiếu với dữ kiện đã ghi trong sổ; chấm cao hơn thì ghi lý do ở «Thuyết minh điểm»."


_LONGEST_RULE = 255
"""Signs that Excel takes in the formula of a rule on what may be typed."""


def shown(points: Decimal) -> str:
    """Points with a decimal comma."""
    return plain_decimal(points).replace(".", ",")


def criterion_comment(criterion: Criterion) -> str:
    """The note at a criterion's wording: how it is scored, its levels, what is still to be confirmed."""
    lines = [f"{criterion.code}. {criterion.label}", _how(criterion)]
    lines += [f"• {shown(level.points)} điểm: {level.label}" for level in criterion.levels]
    if criterion.help:
        lines.append(criterion.help)
    if criterion.only_for:
        lines.append(f"Chỉ chấm ở buổi: {', '.join(criterion.only_for)}.")
    if criterion.fact is not None:
        lines.append(_BY_FACT)
    if criterion.open_question:
        lines.append(f"Cần xác nhận: {criterion.open_question}")
    return "\n".join(lines)


def _how(criterion: Criterion) -> str:
    top = shown(criterion.max)
    for kind, maximum in criterion.max_for.items():
        top += f" (buổi {kind}: {shown(maximum)})"
    match criterion.kind:
        case CriterionKind.LEVEL:
            return f"Chọn một mức. Tối đa {top} điểm."
        case CriterionKind.YES_NO | CriterionKind.BONUS if criterion.step is None:
            return f"Đạt: {top} điểm; chưa đạt: 0 điểm."
        case CriterionKind.DEDUCTION:
            return f"Điểm trừ, đến {top} điểm: ghi số âm."
        case _:
            step = f", bước {shown(criterion.step)}" if criterion.step else ""
            return f"Từ 0 đến {top} điểm{step}."


def limit_points(pen: Pen, line: ScoreLine, kind_row: int) -> None:
    """What may be typed as points of a criterion, and marks on points over the maximum, off the step, out of place.

    The mark looks at the kind of meeting over the column; the first frame that scores a kind is taken.
    """
    row, (first, last) = pen.plan.rows[line.code], pen.plan.spread
    by_kind = _limits_by_kind(pen.form.scores, line)
    cell, kind = local(row, first), local(kind_row, first, fixed_row=True)
    area = (row, first, row, last)
    pen.sheet.data_validation(*area, _point_rule(line, by_kind, cell, kind))
    for tone, condition in (
        ("faint", _any_kind(by_kind, kind, lambda limits: "TRUE" if limits is None else "")),
        ("bad", _any_kind(by_kind, kind, lambda limits: "" if limits is None else _impossible(cell, limits))),
        ("doubt", _any_kind(by_kind, kind, lambda limits: "" if limits is None else _unfit(cell, limits))),
    ):
        if condition:
            pen.mark(area, condition if tone == "faint" else f"AND(ISNUMBER({cell}),{condition})", tone)


def _limits_by_kind(scores: ScoreForm, line: ScoreLine) -> dict[MeetingKind, Limits | None]:
    found: dict[MeetingKind, Limits | None] = {}
    for variant, limits in zip(scores.variants, line.limits, strict=True):
        found.setdefault(variant.kind, limits)
    return found


def _any_kind(by_kind: dict[MeetingKind, Limits | None], kind: str, condition: Callable[[Limits | None], str]) -> str:
    parts = [f'AND({kind}="{one}",{told})' for one, limits in by_kind.items() if (told := condition(limits))]
    return f"OR({','.join(parts)})" if parts else ""


def _impossible(cell: str, limits: Limits) -> str:
    return f"OR({cell}>{plain_decimal(limits.maximum)},{cell}<{plain_decimal(limits.lowest)})"


def _unfit(cell: str, limits: Limits) -> str:
    """The condition that a number within bounds is no choice, or off the step."""
    if limits.choices:
        return "AND(" + ",".join(f"{cell}<>{plain_decimal(choice)}" for choice in limits.choices) + ")"
    return f"MOD(ROUND({cell}/{plain_decimal(limits.step)},6),1)<>0" if limits.step else ""


def _between(limits: list[Limits]) -> dict[str, Any]:
    """A number within the widest bounds."""
    lowest, maximum = min(one.lowest for one in limits), max(one.maximum for one in limits)
    bounds = {"minimum": cell_value(lowest), "maximum": cell_value(maximum)}
    return {"validate": "decimal", "criteria": "between", **bounds}


def _point_rule(line: ScoreLine, by_kind: dict[MeetingKind, Limits | None], cell: str, kind: str) -> dict[str, Any]:
    """Choices are offered as a list where they are whole numbers; else a number within its bounds is asked for."""
    assert line.criterion is not None, "limits come from a criterion"  # noqa: S101
    known = [limits for limits in by_kind.values() if limits is not None]
    choices = {limits.choices for limits in known}
    text = _how(line.criterion)
    options = next(iter(choices)) if len(choices) == 1 else ()
    if options and all(choice == int(choice) for choice in options):
        rule: dict[str, Any] = {"validate": "list", "source": [int(choice) for choice in options]}
    else:
        bounds = _any_kind(by_kind, kind, lambda limits: "" if limits is None else f"NOT({_impossible(cell, limits)})")
        formula = f"=AND(ISNUMBER({cell}),{bounds})"
        differ = len({(limits.lowest, limits.maximum) for limits in known}) > 1
        rule = {"validate": "custom", "value": formula} if differ and len(formula) <= _LONGEST_RULE else _between(known)
    rule |= {"error_title": "Điểm chưa đúng", "error_message": f"{line.code}: {text}"[:255]}
    return with_prompt(rule, f"{line.code}. {line.criterion.label}", text)
