"""Workbooks that go back to their units: what is to be mended is marked in them, and the marks come off again."""

from chibo.workbook.marking.marking import mark_workbook
from chibo.workbook.marking.marks import REVIEWER, Mark
from chibo.workbook.marking.marks_left import MarksLeft, has_memory, marks_left
from chibo.workbook.marking.marks_on_list import marks_on_list
from chibo.workbook.marking.typed_on_list import typed_on_list
from chibo.workbook.marking.unmarking import without_marks

__all__ = [
    "REVIEWER",
    "Mark",
    "MarksLeft",
    "has_memory",
    "mark_workbook",
    "marks_left",
    "marks_on_list",
    "typed_on_list",
    "without_marks",
]
