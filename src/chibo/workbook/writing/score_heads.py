"""What a sheet of points says of each meeting above its criteria: kind, total, grade, what is left; sums of groups."""

from __future__ import annotations

from chibo.model import ScoreSheet
from chibo.workbook.writing.cells import Cached
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.row_names import RowNames
from chibo.workbook.writing.score_lines import ScoreGroup
from chibo.workbook.writing.score_totals import grade_formula
from chibo.workbook.writing.score_workings import ScoreWorkings


def write_score_heads(form: Form, workings: ScoreWorkings, names: RowNames) -> None:
    """Write the workings of the meetings of a sheet of points (`ScoreWorkings.head`).

    The total stands once every criterion that applies has points that are possible, and the meeting was held.
    """
    plan = workings.plan
    first, last = plan.first, plan.last
    meeting, variant, total = (workings.head(name) for name in ("meeting", "variant", "total"))
    code = f"INDEX({workings.headings},{workings.head('number')})"
    points, applying = workings.points_between(first, last), workings.applying(first, last)
    flags = workings.flags_between(workings.flags, first, last)
    possible = f"COUNTIF({flags},2)+COUNTIF({flags},3)=0"
    whole = f"AND({variant}>0,{workings.head('held')}=1,{workings.head('left')}=0,{possible})"
    grade = grade_formula(form.scores, variant, total, lambda criterion: workings.points(plan.rows[criterion]))
    formulas = {
        "meeting": f'IF({code}="",0,IFERROR(MATCH({code},{names.column("meeting_code")},0),0))',
        "variant": f"IF({meeting}=0,0,INDEX({names.column('variant')},{meeting}))",
        "held": f"IF({meeting}=0,0,INDEX({names.column('held')},{meeting}))",
        "kind": f'IF({meeting}=0,"",INDEX({names.column("kind")},{meeting})&"")',
        "left": f'IF({variant}=0,"",SUMPRODUCT({applying}*(1-ISNUMBER({points}))))',
        "total": f'IF({whole},ROUND(SUMPRODUCT({applying},{points}),6),"")',
        "grade": f'IF({total}="","",{grade})',
    }
    values = [head_values(form, plan.layout.code, index) for index in range(len(plan.spread_columns))]
    for index in range(len(values)):
        form.workings.number(workings.head_row("number"), workings.flags + index, index + 1)
    for name, formula in formulas.items():
        form.workings.shared(
            workings.across(workings.head_row(name)),
            formula,
            lambda _row, column, name=name: values[column - workings.flags][name],  # type: ignore[misc]
        )


def write_group_sums(form: Form, workings: ScoreWorkings, number: int, group: ScoreGroup, row: int) -> None:
    """Write the points given in a group at each meeting; `row` is that of the group on the sheet of points."""
    sheet, (first, last) = workings.plan.layout.code, (row + 1, row + len(group.lines))
    points = workings.points_between(first, last)
    total = f"ROUND(SUMPRODUCT({workings.applying(first, last)},{points}),6)"
    form.workings.shared(
        workings.across(workings.group_row(number)),
        f'IF({workings.head("variant")}=0,"",IF(COUNT({points})=0,"",{total}))',
        lambda _row, column: form.group_points(sheet, group, form.code_at(column - workings.flags)),
    )


def head_values(form: Form, sheet: str, index: int) -> dict[str, Cached]:
    """The values of what is computed of the meeting over a column."""
    code = form.code_at(index)
    position, variant = form.meeting_index(code), form.variant_at(index)
    meeting = form.book.meetings[position] if position is not None else None
    total, grade = form.result(sheet, code)
    left: Cached = ""
    if code is not None and variant:
        points: ScoreSheet = getattr(form.book, sheet)
        given = points.of(code)
        left = sum(line.code not in given for line in form.scores.lines if line.limits[variant - 1])
    return {
        "meeting": 0 if position is None else position + 1,
        "variant": variant,
        "held": int(meeting is not None and meeting.is_held),
        "kind": meeting.kind.value if meeting is not None else "",
        "total": total,
        "grade": grade,
        "left": left,
    }
