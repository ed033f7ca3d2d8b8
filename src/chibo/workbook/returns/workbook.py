"""A return as an Excel workbook: the paper on the first sheet, the sources of its figures on the second.

The same paper gives the same bytes: the document's dates are the paper's, the parts of the file carry no time.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

from chibo.returns.paper import ReturnPaper
from chibo.workbook.returns.formats import Formats
from chibo.workbook.returns.recognising import PROPERTY
from chibo.workbook.returns.sheet import write_paper
from chibo.workbook.returns.sources import write_sources
from chibo.workbook.returns.streaming import RowStream, with_streams
from chibo.workbook.returns.table_rows import HeldRows, TableRows
from chibo.workbook.text_book import TextBook

HELD_ROWS = 200
"""Rows up to which a return is written by xlsxwriter alone: a file a fifth smaller, for four times the time."""


def write_return(paper: ReturnPaper, *, with_sources: bool = True, held_rows: int = HELD_ROWS) -> bytes:
    """The workbook of a return. `with_sources` off leaves out the sheet `Nguồn`, for copies that leave the office.

    A return of more than `held_rows` rows is streamed; it looks the same.
    """
    streamed = len(paper.table.rows) > held_rows
    setup = paper.table.definition.print
    stream = io.BytesIO()
    book = TextBook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": setup.font, "font_size": setup.size},
        },
    )
    book.set_properties(
        {
            "title": " ".join(paper.title),
            "author": paper.issuer,
            "created": datetime.combine(paper.day, time()),
        }
    )
    book.set_custom_property(PROPERTY, f"{paper.table.definition.id} {paper.table.period}", "text")
    formats = Formats(book, setup)
    streams: dict[str, RowStream] = {}

    def new_sheet(name: str) -> tuple[Any, TableRows]:
        """A worksheet, and what takes the rows of its table: the worksheet itself, or a stream."""
        sheet = book.add_worksheet(name)
        if not streamed:
            return sheet, HeldRows(sheet)
        return sheet, streams.setdefault(f"xl/worksheets/sheet{len(book.worksheets())}.xml", RowStream())

    positions = write_paper(*new_sheet(paper.table.definition.sheet), paper, formats)
    if with_sources:
        write_sources(*new_sheet("Nguồn"), paper.table, positions, formats)
    book.close()
    return with_streams(stream.getvalue(), streams) if streamed else stream.getvalue()
