"""The files that the board hands out: the month's return, the facts as CSV or Excel, a workbook with marks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from attrs import frozen

from chibo.consolidation import Consolidation
from chibo.definitions.library import Library
from chibo.errors import UnknownNameError
from chibo.model import FACT_COLUMNS
from chibo.model.facts_rows import facts_rows
from chibo.model.row_text import csv_text
from chibo.office.board.board import Board
from chibo.reports import return_workbook
from chibo.workbook.facts_sheet import write_facts

MONTH_RETURN = "thang"
"""The return that the board makes."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of a workbook."""
_BYTE_ORDER_MARK = "\ufeff"
"""Excel takes a CSV file for UTF-8 only with this in front; `chibo facts` goes without it, for other programs."""


class FileKind(StrEnum):
    """What can be made of a board."""

    RETURN = "return"
    FACTS_CSV = "facts_csv"
    FACTS_XLSX = "facts_xlsx"
    MARKED = "marked"
    """The workbooks that go back to their units; made by `chibo.office.board.returned`."""


@frozen
class BoardFile:
    """A file ready to be saved; `keep` lets the office keep copies of the books in it, once somebody has the file."""

    name: str
    data: bytes
    media_type: str
    keep: Callable[[], None] = lambda: None


def make_file(
    kind: FileKind,
    consolidation: Consolidation,
    board: Board,
    library: Library,
    today: date,
    *,
    with_sources: bool = True,
) -> BoardFile:
    """The file of this kind for the board's month, dated `today`.

    Facts are those of the month's meetings, of all kinds. Raises ChiboError where the return cannot be made (its
    definition is missing or wrong).
    """
    if kind is FileKind.RETURN:
        return BoardFile(f"bieu-tong-hop-{board.month}.xlsx", _return(board, library, today, with_sources), XLSX)
    facts = [row for row in consolidation.facts if row.meeting_code.month == board.month]
    if kind is FileKind.FACTS_XLSX:
        return BoardFile(f"du-kien-{board.month}.xlsx", write_facts(facts, today), XLSX)
    text = _BYTE_ORDER_MARK + csv_text(facts_rows(facts), FACT_COLUMNS)
    return BoardFile(f"du-kien-{board.month}.csv", text.encode(), "text/csv;charset=utf-8")


def _return(board: Board, library: Library, today: date, with_sources: bool) -> bytes:
    definition = library.returns.get(MONTH_RETURN)
    if definition is None:
        raise UnknownNameError(f"Không có biểu «{MONTH_RETURN}» trong định nghĩa của văn phòng.")
    return return_workbook(definition, board.table, library.issuer, today, with_sources=with_sources)
