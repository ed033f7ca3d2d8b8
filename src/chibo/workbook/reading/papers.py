"""Other workbooks that Chibo writes, known again when one is sent in the place of a cell's book."""

from __future__ import annotations

from chibo.findings import Finding
from chibo.model import Place
from chibo.workbook.facts_sheet import SHEET as FACTS_SHEET
from chibo.workbook.frames.tables import MAIN_SHEET as FRAME_SHEET
from chibo.workbook.reading import kinds
from chibo.workbook.reading.opening import OpenBook
from chibo.workbook.returns.recognising import is_return

_BY_SHEET = {FRAME_SHEET: "khung tiêu chí", FACTS_SHEET: "bảng dữ kiện"}


def paper_of_ours(data: bytes, opened: OpenBook, file: str) -> Finding | None:
    """The finding that names a return, a frame or a table of facts; None for any other workbook."""
    name = "biểu tổng hợp" if is_return(data) else ""
    name = name or next((_BY_SHEET[part.name] for part in opened.sheets if part.name in _BY_SHEET), "")
    return kinds.WRONG_BOOK.at(Place(file), seen=name, of_book=True) if name else None
