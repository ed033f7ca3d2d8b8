"""`Chấm điểm` and `Thẩm định`: criteria down, meetings across; totals and grade stay in sight above the criteria."""

from __future__ import annotations

from collections.abc import Mapping

from chibo.model import ScoreSheet
from chibo.workbook.writing.cells import cell_value
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.geometry import VERDICT
from chibo.workbook.writing.pen import Pen
from chibo.workbook.writing.plans import SCORE_HEAD_ROWS, group_key, head_row
from chibo.workbook.writing.roll_call import write_meeting_headings
from chibo.workbook.writing.row_names import RowNames
from chibo.workbook.writing.score_flags import write_score_workings
from chibo.workbook.writing.score_heads import head_values, write_group_sums, write_score_heads
from chibo.workbook.writing.score_help import criterion_comment, limit_points
from chibo.workbook.writing.score_lines import ScoreGroup, ScoreLine
from chibo.workbook.writing.score_verdicts import write_score_verdicts
from chibo.workbook.writing.score_workings import ScoreWorkings
from chibo.workbook.writing.styles import FONT
from chibo.workbook.writing.tables import row_height, write_header_row, write_heading
from chibo.workbook.writing.workings import Workings

_HEAD_LABELS = {
    "kind": "Loại buổi",
    "total": "Tổng điểm",
    "grade": "Xếp loại",
    "left": "Còn phải chấm (tiêu chí)",
    "verdict": "Kiểm tra",
}
_BOLD_ROWS = frozenset({"total", "grade"})
_VERDICT_HEIGHT = 66
_COMMENT = {"x_scale": 2.6, "y_scale": 1.8, "font_name": FONT, "font_size": 11, "color": "#FFFBEF"}


def write_scores(form: Form, code: str, names: RowNames, facts: Mapping[str, int]) -> None:
    """Write the sheet of points `code` with its workings; `facts` as in `write_score_workings`."""
    pen = Pen.on(form, code)
    write_heading(pen)
    write_header_row(pen)
    write_meeting_headings(pen)
    workings = write_score_workings(form, code, names, facts)
    for number, group in enumerate(form.scores.groups):
        _write_group(pen, workings, number, group)
        for line in group.lines:
            _write_line(pen, line)
    _write_head_labels(pen)
    write_score_heads(form, workings, names)
    for index in range(len(pen.plan.spread_columns)):
        _write_head(pen, workings, index)
    write_score_verdicts(pen, workings)


def _write_group(pen: Pen, workings: ScoreWorkings, number: int, group: ScoreGroup) -> None:
    """A group's row: its name, its maximum, and for each meeting the points given in it."""
    plan, row = pen.plan, pen.plan.rows[group_key(number)]
    for column in range(plan.spread[0]):
        pen.write(row, column, None, "grid", "group")
    pen.write(row, plan.columns["criterion_text"], _group_name(pen.form, group), "grid", "group", "wrap")
    maximum = cell_value(group.group.max) if group.group else None
    pen.write(row, plan.columns["maximum"], maximum, "grid", "group", "number")
    if VERDICT in plan.columns:
        pen.write(row, plan.columns[VERDICT], None, "grid", "group")
    write_group_sums(pen.form, workings, number, group, row)
    for index, column in enumerate(plan.spread_columns):
        value = pen.form.group_points(plan.layout.code, group, pen.form.code_at(index))
        source = Workings.ref(workings.group_row(number), workings.flags + index)
        pen.formula(row, column, source, value, "grid", "group", "number")


def _group_name(form: Form, group: ScoreGroup) -> str:
    if group.group is None or group.frame is None:
        return "Tiêu chí ngoài khung"
    name = f"{group.group.code}. {group.group.label}"
    begins_frame = len(form.scores.frames) > 1 and group.group is group.frame.groups[0]
    return f"{name}  ({group.frame.title})" if begins_frame else name


def _write_line(pen: Pen, line: ScoreLine) -> None:
    """A criterion's row: code, wording with its help, maximum, and the points of each meeting."""
    plan, row, criterion = pen.plan, pen.plan.rows[line.code], line.criterion
    wording = plan.columns["criterion_text"]
    text = criterion.label if criterion else ""
    pen.sheet.set_row(row, row_height(text, plan.widths[wording]))
    pen.write(row, plan.columns["criterion"], line.code, "grid", "computed", "text", "center")
    pen.write(row, wording, text, "grid", "computed", "wrap")
    maximum = cell_value(criterion.max) if criterion else None
    pen.write(row, plan.columns["maximum"], maximum, "grid", "computed", "number")
    points: ScoreSheet = getattr(pen.form.book, plan.layout.code)
    for index, column in enumerate(plan.spread_columns):
        code = pen.form.code_at(index)
        value = points.of(code).get(line.code) if code else None
        pen.write(row, column, cell_value(value), "grid", "number", "input")
    if criterion is not None:
        pen.sheet.write_comment(row, wording, criterion_comment(criterion), _COMMENT)
        limit_points(pen, line, head_row(plan, "kind"))


def _write_head_labels(pen: Pen) -> None:
    """The lines above the criteria: kind of meeting, total, grade, how many criteria are left, the verdict."""
    plan = pen.plan
    pen.sheet.set_row(head_row(plan, "verdict"), _VERDICT_HEIGHT)
    for name in SCORE_HEAD_ROWS:
        row, traits = head_row(plan, name), ("grid", "total") if name in _BOLD_ROWS else ("grid", "computed")
        for column in (*range(plan.spread[0]), *([plan.columns[VERDICT]] if VERDICT in plan.columns else [])):
            pen.write(row, column, None, *traits)
        pen.write(row, plan.columns["criterion_text"], _HEAD_LABELS[name], *traits, "right")
    maximum = next((frame.total for frame in pen.form.scores.frames), None)
    pen.write(head_row(plan, "total"), plan.columns["maximum"], cell_value(maximum), "grid", "total", "number")


def _write_head(pen: Pen, workings: ScoreWorkings, index: int) -> None:
    """Kind, total, grade and criteria left of the meeting over a column."""
    plan, column = pen.plan, pen.plan.spread[0] + index
    values = head_values(pen.form, plan.layout.code, index)
    traits = {"kind": ("computed", "center", "wrap", "small"), "left": ("computed", "number")}
    for name in ("kind", "total", "grade", "left"):
        own = traits.get(name, ("total", "center", "wrap"))
        pen.formula(head_row(plan, name), column, workings.shown(name, index), values[name], "grid", *own)
