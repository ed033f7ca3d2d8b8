"""Workings of a sheet of points: what is wrong with each number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from chibo.definitions.frames.edges import plain_decimal
from chibo.model import ScoreSheet
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.names import column_name
from chibo.workbook.writing.row_names import RowNames
from chibo.workbook.writing.score_lines import Limits, ScoreLine
from chibo.workbook.writing.score_workings import ScoreWorkings
from chibo.workbook.writing.workings import Workings

POINT_FINDINGS = (
    "CRITERION_NOT_APPLICABLE",
    "SCORE_OVER_MAXIMUM",
    "SCORE_UNDER_MINIMUM",
    "SCORE_OFF_STEP",
    "SCORE_NOT_A_LEVEL",
    "SCORE_NOT_YES_OR_NO",
    "SELF_ABOVE_FACT",
)
"""What may be wrong with one number of points; a flag is the place in this list, counted from 1."""
_FACT_FLAG = POINT_FINDINGS.index("SELF_ABOVE_FACT") + 1


def write_score_workings(form: Form, sheet: str, names: RowNames, facts: Mapping[str, int]) -> ScoreWorkings:
    """Write the workings of a sheet of points: its meetings, and the flags of its numbers.

    `facts` are the columns of the meetings' workings that hold the points which facts support, by criterion; empty for
    the official scores, which nobody has to explain.
    """
    workings = _place(form, sheet)
    plan = workings.plan
    for row in range(plan.first, plan.last + 1):
        form.workings.number(row, workings.rows, row - plan.first + 1)
    for line in form.scores.lines:
        row = plan.rows[line.code]
        for index, limits in enumerate(line.limits):
            form.workings.number(row, workings.applies + index, int(limits is not None))
        _write_flags(form, sheet, workings, line)
        if line.code in facts:
            meetings = names.plan
            supported = Workings.span(meetings.first, facts[line.code], meetings.last, facts[line.code])
            _write_fact_flags(form, workings, line, supported)
    return workings


def _place(form: Form, sheet: str) -> ScoreWorkings:
    plan, variants = form.plan(sheet), len(form.scores.variants)
    count = len(plan.spread_columns)
    flags, above = (form.workings.stretch(f"{sheet}.{name}", count) for name in ("flags", "facts"))
    applies = form.workings.stretch(f"{sheet}.applies", max(variants, 1))
    rows, told, verdicts = (form.workings.block([f"{sheet}.{name}"]) for name in ("row", "told", "verdict"))
    return ScoreWorkings(plan, flags, above, applies, variants, rows, told, verdicts)


def _write_flags(form: Form, sheet: str, workings: ScoreWorkings, line: ScoreLine) -> None:
    row = workings.plan.rows[line.code]
    points, variant = workings.points(row), workings.head("variant")
    formula = "0"
    for limits, numbers in _variants_by_limits(line).items() if line.criterion else ():
        chosen = f"OR({','.join(f'{variant}={number}' for number in numbers)})"
        judged = f"IF({points}<>0,1,0)" if limits is None else _judgement(points, limits)
        formula = f"IF({chosen},{judged},{formula})"
    own = _sheet(form, sheet)
    form.workings.shared(
        workings.across(row),
        f"IF(ISNUMBER({points}),{formula},0)",
        lambda _row, column: _flag(form, own, line, column - workings.flags),
    )


def _variants_by_limits(line: ScoreLine) -> dict[Limits | None, list[int]]:
    grouped: dict[Limits | None, list[int]] = {}
    for number, limits in enumerate(line.limits, start=1):
        grouped.setdefault(limits, []).append(number)
    return grouped


def _judgement(points: str, limits: Limits) -> str:
    """The flag of a number under limits that hold for the meeting."""
    top, low = plain_decimal(limits.maximum), plain_decimal(limits.lowest)
    if limits.choices:
        fits = f"OR({','.join(f'{points}={plain_decimal(choice)}' for choice in limits.choices)})"
    elif limits.step:
        # Rounded first: three tenths are not quite three times a tenth in binary numbers.
        fits = f"MOD(ROUND({points}/{plain_decimal(limits.step)},6),1)=0"
    else:
        fits = "TRUE"
    off = 5 if limits.has_levels else 6 if limits.choices else 4
    return f"IF({points}>{top},2,IF({points}<{low},3,IF({fits},0,{off})))"


def _flag(form: Form, sheet: ScoreSheet, line: ScoreLine, index: int) -> int:
    code = form.code_at(index)
    points = sheet.of(code).get(line.code) if code else None
    meeting = form.meeting_index(code)
    variant = form.variant_index(form.book.meetings[meeting]) if meeting is not None else 0
    if points is None or not variant or line.criterion is None:
        return 0
    limits = line.limits[variant - 1]
    return (1 if points else 0) if limits is None else _judge(points, limits)


def _judge(points: Decimal, limits: Limits) -> int:
    if points > limits.maximum:
        return 2
    if points < limits.lowest:
        return 3
    if limits.choices:
        return 0 if points in limits.choices else 5 if limits.has_levels else 6
    return 4 if limits.step and points % limits.step else 0


def _write_fact_flags(form: Form, workings: ScoreWorkings, line: ScoreLine, facts: str) -> None:
    """The flags of points above what facts support; `facts` refers to the supported points of all meetings."""
    plan = workings.plan
    row, meeting = plan.rows[line.code], workings.head("meeting")
    points, supported = workings.points(row), f"INDEX({facts},{meeting})"
    above = (
        f"IF(ISNUMBER({supported}),IF({points}>{supported},IF({_explained(form, workings, line)},0,{_FACT_FLAG}),0),0)"
    )
    # Points over the maximum are taken out; that says enough of them.
    own = Workings.ref(row, workings.flags, fixed_column=False)
    formula = f"IF(OR({meeting}=0,{own}=2),0,IF(ISNUMBER({points}),{above},0))"

    def flag(_row: int, column: int) -> int:
        at = plan.spread[0] + column - workings.facts
        return _FACT_FLAG if form.finds_at(plan.layout.code, row, at, "SELF_ABOVE_FACT") else 0

    form.workings.shared(workings.across(row, workings.facts), formula, flag)


def _explained(form: Form, workings: ScoreWorkings, line: ScoreLine) -> str:
    """The condition that `Thuyết minh điểm` explains a criterion at the meeting of a column."""
    explanations = form.plans.get("explanations")
    if explanations is None:
        return "FALSE"
    meetings, criteria, reasons = (column_name(explanations, code) for code in ("meeting_code", "criterion", "reason"))
    head = f"INDEX({workings.headings},{workings.head('number')})"
    return f'SUMPRODUCT(({meetings}={head})*({criteria}="{line.code}")*({reasons}<>""))>0'


def _sheet(form: Form, sheet: str) -> ScoreSheet:
    found: ScoreSheet = getattr(form.book, sheet)
    return found
