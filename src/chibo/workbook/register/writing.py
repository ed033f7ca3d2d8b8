"""Writing the register as a workbook that can be filled in: a sheet for each kind of record, lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from xlsxwriter.worksheet import Worksheet

from chibo.definitions.layouts import Column, SheetLayout, ValueType
from chibo.definitions.register_layout import RegisterLayout
from chibo.register import Register
from chibo.workbook.text_book import TextBook
from chibo.workbook.writing.styles import Styles

_HEADER_ROW = 2
_FIRST_ROW = _HEADER_ROW + 1
_SPARE_ROWS = 200
"""Rows below the last record that are made ready to be written into."""
_TRAITS = {ValueType.CODE: ("text",), ValueType.DATE: ("date",), ValueType.LIST: ("wrap",), ValueType.TEXT: ("wrap",)}


def write_register(register: Register, layout: RegisterLayout, day: date) -> bytes:
    """The workbook of a register, its records in the order of their keys. Same register and `day`, same bytes."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = TextBook(stream, options)
    book.set_properties({"title": layout.title, "created": datetime.combine(day, time())})
    styles = Styles(book)
    groups = register.record_groups()
    for of in layout.sheets:
        records = sorted(groups[of.code], key=lambda record: repr(record.key))
        _write_sheet(book.add_worksheet(of.name), of, records, layout, styles)
    book.close()
    return stream.getvalue()


def _write_sheet(
    sheet: Worksheet, of: SheetLayout, records: Sequence[Any], layout: RegisterLayout, styles: Styles
) -> None:
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, of.title, styles.of("title"))
    sheet.write_string(1, 0, of.help, styles.of("subtitle"))
    last = _FIRST_ROW + len(records) + _SPARE_ROWS - 1
    for index, column in enumerate(of.columns):
        sheet.set_column(index, index, column.width)
        traits = ("grid", "heading", "required") if column.required else ("grid", "heading")
        label = f"{column.label} *" if column.required else column.label
        sheet.write_string(_HEADER_ROW, index, label, styles.of(*traits))
        style = styles.of("grid", *_TRAITS[column.type])
        for row in range(_FIRST_ROW, last + 1):
            record = records[row - _FIRST_ROW] if row - _FIRST_ROW < len(records) else None
            _write_value(sheet, (row, index), getattr(record, column.code, None), style)
        _offer_list(sheet, (_FIRST_ROW, index, last, index), column, layout)
    sheet.set_row(_HEADER_ROW, 32)
    sheet.freeze_panes(_FIRST_ROW, 1)
    sheet.autofilter(_HEADER_ROW, 0, last, len(of.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)


def _write_value(sheet: Worksheet, at: tuple[int, int], value: object, style: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(*at, datetime.combine(value, time()), style)
    elif value:
        sheet.write_string(*at, str(value), style)
    else:
        sheet.write_blank(*at, None, style)


def _offer_list(sheet: Worksheet, span: tuple[int, int, int, int], column: Column, layout: RegisterLayout) -> None:
    if column.list:
        values = [entry.value for entry in layout.lists[column.list]]
        sheet.data_validation(
            *span,
            {
                "validate": "list",
                "source": values,
                "error_title": column.label,
                "error_message": f"Chọn một trong: {'; '.join(values)}.",
            },
        )
