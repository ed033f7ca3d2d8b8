"""`Sinh hoạt`: one row per meeting, its counts taken from the roll call, its verdict beside its code.

How the counts of a row work: each count cell holds a formula that gives the number of marks once every member has
one, and nothing before. The cell is open: who calls no roll types the number over the formula. A number typed by hand
is written back as a number, a count that nobody typed as the formula.
"""

from __future__ import annotations

from chibo.model import Meeting
from chibo.model.attendance import counts_from_marks, has_full_roll_call
from chibo.model.meetings import TYPED_COUNTS
from chibo.workbook.writing.cells import FORMATS
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.meeting_workings import write_meeting_workings
from chibo.workbook.writing.membership import RollCallWorkings
from chibo.workbook.writing.pen import Pen
from chibo.workbook.writing.roll_call import COUNT_OF_MARK
from chibo.workbook.writing.row_names import RowNames
from chibo.workbook.writing.rules import COMPLETENESS, write_rules
from chibo.workbook.writing.rules_meetings import MEETING_RULES
from chibo.workbook.writing.rules_tables import begun
from chibo.workbook.writing.tables import CellWriter, write_table

_MARKS = {count: mark for mark, count in COUNT_OF_MARK.items()}


def write_meetings(form: Form, roll: RollCallWorkings | None) -> RowNames:
    """Write `Sinh hoạt` and its workings; the names that formulas about a meeting may use."""
    names = write_meeting_workings(form, roll)
    rules = (*COMPLETENESS, *MEETING_RULES)
    counts = [count for count in TYPED_COUNTS if roll and count in names.plan.columns]
    special = {count: _count_writer(form, names, count) for count in counts}
    heights = write_table(Pen.on(form, "meetings"), form.book.meetings, special)
    write_rules(names, rules, begun(form.layout.sheet("meetings")), heights)
    return names


def _count_writer(form: Form, names: RowNames, count: str) -> CellWriter:
    pen, column = Pen.on(form, "meetings"), form.layout.sheet("meetings").column(count)
    traits = ("grid", *FORMATS[column.type], "input", "computed")

    def write(row: int, at: int, record: object) -> bool:
        meeting = record if isinstance(record, Meeting) else None
        if meeting is not None and getattr(meeting, count) is not None:
            return False
        full = meeting is not None and has_full_roll_call(form.book, meeting.meeting_code)
        value = counts_from_marks(form.book, meeting.meeting_code)[count] if meeting and full else ""
        pen.formula(row, at, _count_formula(form, names, count, row), value, *traits)
        return True

    return write


def _count_formula(form: Form, names: RowNames, count: str, row: int) -> str:
    """The marks of the meeting once its roll call is full; đảng số is all marks together, visitors left out."""
    if count == "membership":
        return names.formula('IF([full]=1,[m_membership],"")', row)
    plan = form.plan("roll_call")
    grid = plan.block(plan.first, plan.spread[0], plan.last, plan.spread[1])
    return names.formula(f'IF([full]=1,COUNTIF(INDEX({grid},0,[roll]),"{_MARKS[count]}"),"")', row)
