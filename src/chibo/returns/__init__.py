"""Floor 1: the rows of a return as plain values, from a period's table and the return's definition."""

from chibo.returns.rows import check_period, return_table
from chibo.returns.table import Figure, ReturnRow, ReturnTable, RowKind, Source

__all__ = ["Figure", "ReturnRow", "ReturnTable", "RowKind", "Source", "check_period", "return_table"]
