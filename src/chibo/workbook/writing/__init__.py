"""Writing cell workbooks: the layout as an Excel form, blank or with a book's data, and knowing our own ones again."""

from chibo.workbook.writing.book_writer import write_book
from chibo.workbook.writing.foreign import what_is_lost
from chibo.workbook.writing.losses import Loss
from chibo.workbook.writing.migration import NotMoved, in_present_form, lost_with_file, not_moved

__all__ = ["Loss", "NotMoved", "in_present_form", "lost_with_file", "not_moved", "what_is_lost", "write_book"]
