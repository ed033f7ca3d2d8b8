"""Floor 1: the register of checks over one cell workbook, and taking out what a blocking finding stands on."""

from chibo.checks.checking import Checked, check_book, look_over
from chibo.checks.exclusion import without_blocked
from chibo.checks.unread import Unread

__all__ = ["Checked", "Unread", "check_book", "look_over", "without_blocked"]
