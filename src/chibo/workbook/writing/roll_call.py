"""The roll call: members down, meetings across, the counts of each meeting and the legend under the table."""

from __future__ import annotations

from collections.abc import Sequence

from chibo.model import Mark, MeetingCode
from chibo.model.attendance import counts_from_marks, unmarked_members
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.geometry import local
from chibo.workbook.writing.membership import RollCallWorkings, write_membership
from chibo.workbook.writing.pen import Pen
from chibo.workbook.writing.rules import SOUND
from chibo.workbook.writing.tables import write_header_row, write_heading, write_legend, write_number
from chibo.workbook.writing.validations import listed, with_prompt

COUNT_OF_MARK = {
    Mark.PRESENT: "present",
    Mark.EXCUSED: "excused",
    Mark.UNEXCUSED: "unexcused",
    Mark.EXEMPT: "exempt",
    Mark.TRANSFERRED: "transferred",
    Mark.SPECIAL_DUTY: "special_duty",
    Mark.SUSPENDED: "suspended",
}
"""The column of `Sinh hoạt` that each mark is counted in; visitors (S) are counted nowhere."""
ROLL_CALL_FINDINGS = ("ROLL_CALL_OF_UNKNOWN_MEETING", "ROLL_CALL_OF_MEETING_NOT_HELD", "ROLL_CALL_PARTIAL")
"""What is told of the roll call of a meeting."""
LACKING_LABEL = "Chưa điểm danh"
_VERDICT_HEIGHT = 40


def write_roll_call(form: Form) -> tuple[RollCallWorkings, int]:
    """Write `Điểm danh` and its workings; these, and the last row of the sheet."""
    pen = Pen.on(form, "roll_call")
    write_heading(pen)
    write_header_row(pen)
    write_meeting_headings(pen)
    write_member_columns(pen, [(member.member_code, member.full_name) for member in form.book.members])
    _write_marks(pen)
    workings = write_membership(form)
    return workings, _write_counts(pen, workings)


def write_meeting_headings(pen: Pen) -> None:
    """The meeting codes over the spread; a spare heading is chosen from the meetings of `Sinh hoạt`."""
    plan, form = pen.plan, pen.form
    for index, column in enumerate(plan.spread_columns):
        code = form.code_at(index)
        pen.write(plan.header, column, str(code) if code else None, "grid", "heading", "text", "input")
    rule = listed(form.lists.ref("meetings_of_book"))
    rule |= {"error_type": "warning", "error_message": "Kỳ này chưa có ở trang «Sinh hoạt»."}
    prompt = with_prompt(rule, "Mã kỳ", "Chọn mã kỳ đã ghi ở trang «Sinh hoạt». Mỗi buổi một cột.")
    pen.sheet.data_validation(plan.header, plan.spread[0], plan.header, plan.spread[1], prompt)


def write_member_columns(pen: Pen, people: Sequence[tuple[str, str]]) -> None:
    """Number, code and name of each row, for the people (code and name) in order.

    A row that stands beside the same member of `Đảng viên`, and every spare row beyond the members, follows what is
    written there; any other row is open. A name that is not the listed one is written as it is.
    """
    members = pen.form.book.members
    for index in range(pen.plan.last - pen.plan.first + 1):
        code, name = people[index] if index < len(people) else ("", "")
        own = members[index].member_code if index < len(members) else ""
        _write_code(pen, index, code, follows=code == own)
        write_number(pen, pen.plan.first + index, filled=bool(code))
        _write_name(pen, index, code, name)


def _write_code(pen: Pen, index: int, code: str, *, follows: bool) -> None:
    listed_members, row, at = pen.form.plan("members"), pen.plan.first + index, pen.plan.columns["member_code"]
    there = listed_members.first + index
    if follows and there <= listed_members.last:
        source = listed_members.ref(there, listed_members.columns["member_code"], fixed_row=False)
        pen.formula(row, at, f'IF({source}="","",{source}&"")', code, "grid", "computed", "text")
    else:
        pen.write(row, at, code or None, "grid", "text", "input")


def _write_name(pen: Pen, index: int, code: str, name: str) -> None:
    if "full_name" not in pen.plan.columns:
        return
    row, column = pen.plan.first + index, pen.plan.columns["full_name"]
    listed_name = pen.form.names.get(code, "")
    if code and name != listed_name:
        pen.write(row, column, name or None, "grid", "input")
        return
    listed_members = pen.form.plan("members")
    key = local(row, pen.plan.columns["member_code"], fixed_column=True)
    found = f"MATCH({key},{listed_members.column_block('member_code')},0)"
    formula = f"INDEX({listed_members.column_block('full_name')},{found})"
    pen.formula(row, column, f'IF({key}="","",IFERROR({formula}&"",""))', listed_name, "grid", "computed")


def _write_marks(pen: Pen) -> None:
    plan, book = pen.plan, pen.form.book
    # A code that two members have is wrong; its marks then stand beside the first of them.
    rows = {member.member_code: index for index, member in reversed(list(enumerate(book.members)))}
    codes = {index: member for member, index in rows.items()}
    for index, column in enumerate(plan.spread_columns):
        code = pen.form.code_at(index)
        marks = book.roll_call.of(code) if code else {}
        for offset in range(plan.last - plan.first + 1):
            mark = marks.get(codes.get(offset, ""))
            pen.write(plan.first + offset, column, mark.value if mark else None, "grid", "center", "text", "input")
    area = (plan.first, plan.spread[0], plan.last, plan.spread[1])
    pen.sheet.data_validation(*area, listed(pen.form.lists.ref("mark")))
    cell = local(plan.first, plan.spread[0])
    for mark, tone in ((Mark.UNEXCUSED, "bad"), (Mark.EXCUSED, "doubt")):
        pen.mark(area, f'EXACT(UPPER({cell}),"{mark}")', tone)


def _write_counts(pen: Pen, workings: RollCallWorkings) -> int:
    """Rows under the table: how many of each mark, how many members lack one, verdicts, legend; the last row."""
    plan, form = pen.plan, pen.form
    label_at = plan.columns.get("full_name", plan.columns["member_code"])
    labels = {column.code: column.label for column in form.layout.sheet("meetings").columns}
    rows = [(f"{labels.get(code, '')} ({mark})".strip(), mark) for mark, code in COUNT_OF_MARK.items()]
    for offset, (label, mark) in enumerate([*rows, (LACKING_LABEL, None)]):
        row = plan.last + 1 + offset
        pen.write(row, label_at, label, "grid", "computed", "right")
        for index, column in enumerate(plan.spread_columns):
            ends = (local(at, column, fixed_row=True) for at in (plan.first, plan.last))
            block, code = ":".join(ends), form.code_at(index)
            counted = f'COUNTIF({block},"{mark}")' if mark else workings.lacking(index)
            value = _count(form, code, mark) if code else ""
            pen.formula(row, column, f'IF(COUNTA({block})=0,"",{counted})', value, "grid", "computed", "center")
    _write_verdicts(pen, workings, plan.last + len(rows) + 2)
    return write_legend(pen, plan.last + len(rows) + 4)


def _write_verdicts(pen: Pen, workings: RollCallWorkings, row: int) -> None:
    """What is wrong with the roll call of each meeting."""
    plan, form = pen.plan, pen.form
    found = form.findings_by_meeting("roll_call")
    pen.sheet.set_row(row, _VERDICT_HEIGHT)
    pen.write(row, plan.columns.get("full_name", plan.columns["member_code"]), "Kiểm tra", "grid", "computed", "right")
    for index, column in enumerate(plan.spread_columns):
        code = form.code_at(index)
        meeting, held, lacking = workings.meeting(index), workings.held(index), workings.lacking(index)
        conditions = (f"{meeting}=0", f"AND({meeting}>0,{held}=0)", f"AND({held}=1,N({lacking})>0)")
        told = dict(zip(ROLL_CALL_FINDINGS, conditions, strict=True))
        parts = [f'IF({condition},{form.workings.text(form.title(one))},"")' for one, condition in told.items()]
        marks = ":".join(local(at, column, fixed_row=True) for at in (plan.first, plan.last))
        text = "".join(form.title(one) for one in told if code and one in found.get(code, ()))
        marked = bool(code and form.book.roll_call.of(code))
        formula = f'IF(COUNTA({marks})=0,"",IF(LEN({"&".join(parts)})=0,"{SOUND}",{"&".join(parts)}))'
        value = (text or SOUND) if marked else ""
        pen.formula(row, column, formula, value, "grid", "verdict", "top", "center", "tiny")
    area = (row, plan.spread[0], row, plan.spread[1])
    pen.mark(area, f'{local(row, plan.spread[0])}="{SOUND}"', "good")


def _count(form: Form, code: MeetingCode, mark: Mark | None) -> int | str:
    """What stands under a meeting: the number of a mark, or of members without one; nothing before the first mark."""
    if not form.book.roll_call.of(code):
        return ""
    if mark is None:
        return len(unmarked_members(form.book, code))
    return counts_from_marks(form.book, code)[COUNT_OF_MARK[mark]]
