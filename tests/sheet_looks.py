"""Everything of a sheet that a reader sees, prints or calculates with, as openpyxl reads it."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet


def looks_of(data: bytes, *, stored: bool = False) -> dict[tuple[str, str], object]:
    """The looks of a workbook by the title of the sheet and what is looked at; `stored` has the results of formulas."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=stored, rich_text=True)
    return {(sheet.title, what): seen for sheet in book for what, seen in _of_sheet(sheet).items()}


def _of_sheet(sheet: Worksheet) -> dict[str, object]:
    formats: dict[int, str] = {}

    def look(cell: Cell | MergedCell) -> str:
        if cell.style_id not in formats:
            formats[cell.style_id] = repr((cell.font, cell.fill, cell.border, cell.alignment, cell.protection))
        return formats[cell.style_id]

    return {
        "cells": {
            cell.coordinate: (
                cell.value,
                cell.data_type,
                cell.number_format,
                cell.quotePrefix,
                look(cell),
            )
            for row in sheet.iter_rows()
            for cell in row
        },
        "merges": sorted(map(str, sheet.merged_cells.ranges)),
        "rows": {number: row.height for number, row in sheet.row_dimensions.items()},
        "columns": {letter: column.width for letter, column in sheet.column_dimensions.items()},
        "breaks": [found.id for found in sheet.row_breaks.brk],
        "print": repr(
            (
                sheet.page_setup,
                sheet.page_margins,
                sheet.print_options,
                sheet.print_area,
                sheet.print_title_rows,
                sheet.oddFooter.center.text,
                sheet.sheet_properties.pageSetUpPr,
            )
        ),
        "view": (sheet.freeze_panes, sheet.auto_filter.ref),
    }
