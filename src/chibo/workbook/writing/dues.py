"""The dues: members down, the months of the year across, the legend under the table."""

from __future__ import annotations

from chibo.workbook.writing.form import Form
from chibo.workbook.writing.pen import Pen
from chibo.workbook.writing.plans import MONTHS
from chibo.workbook.writing.roll_call import write_member_columns
from chibo.workbook.writing.tables import write_header_row, write_heading, write_legend
from chibo.workbook.writing.validations import listed


def write_dues(form: Form) -> int:
    """Write `Đảng phí`; its last row."""
    pen, rows = Pen.on(form, "dues"), form.book.dues
    plan = pen.plan
    write_heading(pen)
    write_header_row(pen)
    months = range(1, MONTHS + 1)
    for month, column in zip(months, plan.spread_columns, strict=True):
        pen.write(plan.header, column, f"T{month}", "grid", "heading", "text")
    write_member_columns(pen, [(row.member_code, row.full_name) for row in rows])
    for offset in range(plan.last - plan.first + 1):
        marks = rows[offset].months if offset < len(rows) else {}
        for month, column in zip(months, plan.spread_columns, strict=True):
            mark = marks.get(month)
            pen.write(plan.first + offset, column, mark.value if mark else None, "grid", "center", "text", "input")
    area = (plan.first, plan.spread[0], plan.last, plan.spread[1])
    pen.sheet.data_validation(*area, listed(form.lists.ref("dues_mark")))
    return write_legend(pen, plan.last + 2)
