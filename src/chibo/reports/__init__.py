"""Floor 2: papers that an office signs, made from the rows of a return."""

from chibo.reports.return_report import return_workbook

__all__ = ["return_workbook"]
