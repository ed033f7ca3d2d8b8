"""Workbooks that go back to their units: what is to be mended is marked in them, and the marks come off again."""

from chibo.workbook.marking.marking import mark_workbook
from chibo.workbook.marking.marks import Mark
from chibo.workbook.marking.typed_on_list import typed_on_list
from chibo.workbook.marking.unmarking import without_marks

__all__ = ["Mark", "mark_workbook", "typed_on_list", "without_marks"]
