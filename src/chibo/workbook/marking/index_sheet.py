"""The two sheets that come with the marks: the list `Lỗi cần sửa` for people, and the hidden memory for us."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from chibo.findings import Severity
from chibo.model import column_letters
from chibo.workbook.marking.marks import WORDS, Mark, fill_of
from chibo.workbook.marking.text_lines import lines_of
from chibo.workbook.patching.sheet_cells import Address
from chibo.workbook.patching.styles import StyleTable
from chibo.workbook.patching.values import text_xml
from chibo.workbook.patching.xml_bytes import escaped
from chibo.workbook.returns.heights import height_of

_HEAD = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)
TITLE = "LỖI CẦN SỬA"
"""Stands in the first cell of the list."""
_LEAD = (
    "Bấm vào cột Ô để tới chỗ cần sửa. Ô ấy được tô màu và có ghi chú «Chibo · mục …» theo số mục ở đây. Sửa xong thì "
    "gửi lại tệp này; Chibo tự bỏ trang này, màu tô và ghi chú."
)
_COLUMNS = (("Mục", 7), ("Mức", 14), ("Trang", 24), ("Ô", 9), ("Cần sửa gì", 90))
HEADINGS = tuple(name for name, _ in _COLUMNS)
FIRST_ROW, LAST_COLUMN = 5, len(_COLUMNS)
"""Where the rows of the marks begin, and the last column of ours."""
WHOLE_FILE = "Cả tệp"
"""Stands for the sheet of a mark that is about the whole file."""
_FOOTER = '&L&"Times New Roman,Italic"&9&F – &A&R&"Times New Roman,Regular"&9Trang &P/&N'
"""As on the other sheets of a workbook of ours."""
_FONT_SIZE = 11
_LINES = b"<~border>%s<~diagonal/></~border>" % b"".join(
    b'<~%s style="thin"><~color rgb="FFBFBFBF"/></~%s>' % (side, side)
    for side in (b"left", b"right", b"top", b"bottom")
)
"""On paper there is no grid: which texts belong to one mark is seen by lines."""


@frozen
class Remembered:
    """What is remembered of a marked cell: its number, where it stands, its style and the fill of that style."""

    number: int
    sheet: str
    address: Address
    style: int
    fill: bytes


@frozen
class Looks:
    """The styles of the list. Numbers stand in the middle: at the right they would touch the word beside them."""

    title: int
    lead: int
    heading: int
    numbering: int
    number: int
    text: int
    by_severity: dict[Severity, int]


def looks_of(table: StyleTable) -> Looks:
    """The styles of the list, put into the workbook's own."""
    bold = table.font(b'<~font><~b/><~sz val="11"/><~name val="Times New Roman"/></~font>')
    plain = table.font(b'<~font><~sz val="11"/><~name val="Times New Roman"/></~font>')

    lines = table.border(_LINES)

    def style(font: int, fill: int = 0, across: bytes = b"general", border: int = lines) -> int:
        return table.style(
            b'<~xf numFmtId="0" fontId="%d" fillId="%d" borderId="%d" xfId="0" applyFont="1" applyFill="1" '
            b'applyBorder="1" applyAlignment="1"><~alignment horizontal="%s" vertical="top" wrapText="1"/></~xf>'
            % (font, fill, border, across)
        )

    coloured = {severity: style(plain, table.fill_number(fill_of(severity, table.prefix))) for severity in Severity}
    title = table.style(b'<~xf numFmtId="0" fontId="%d" fillId="0" borderId="0" xfId="0" applyFont="1"/>' % bold)
    numbering, number = style(bold, across=b"center"), style(plain, across=b"center")
    return Looks(title, style(plain, border=0), style(bold), numbering, number, style(plain), coloured)


def index_xml(marks: Sequence[Mark], looks: Looks) -> bytes:
    """The list: one row for each mark, with a link to its cell."""
    rows = [_row(1, [_cell("A1", TITLE, looks.title)]), _row(2, [_cell("A2", _LEAD, looks.lead)], height=48)]
    headings = [
        _cell(f"{column_letters(at)}{FIRST_ROW - 1}", name, looks.heading if at > 1 else looks.numbering)
        for at, (name, _) in enumerate(_COLUMNS, 1)
    ]
    rows.append(_row(FIRST_ROW - 1, headings))
    links = []
    for number, mark in enumerate(marks, 1):
        row = FIRST_ROW - 1 + number
        look = looks.by_severity[mark.severity]
        texts = ("", WORDS[mark.severity], mark.sheet or WHOLE_FILE, mark.address, mark.text)
        cells = [b'<c r="A%d" s="%d"><v>%d</v></c>' % (row, looks.number, number)]
        cells += [
            _cell(f"{column_letters(at)}{row}", text, look if at == 2 else looks.text)
            for at, text in enumerate(texts, 1)
            if at > 1
        ]
        # Neither Excel nor LibreOffice finds the height of a wrapped text on opening: it would be cut off.
        lines = max(lines_of(text, width) for text, (_, width) in zip(texts, _COLUMNS, strict=True))
        rows.append(_row(row, cells, height_of(lines, _FONT_SIZE)))
        if mark.sheet:
            target = f"'{mark.sheet.replace(chr(39), chr(39) * 2)}'!{mark.address or 'A1'}"
            links.append(
                b'<hyperlink ref="%s%d" location="%s"/>'
                % (b"D" if mark.address else b"C", row, escaped(target, quote=True))
            )
    widths = b"".join(
        b'<col min="%d" max="%d" width="%d" customWidth="1"/>' % (at, at, width)
        for at, (_, width) in enumerate(_COLUMNS, 1)
    )
    return b"".join(
        (
            _HEAD,
            b'<sheetPr><tabColor rgb="FFC0392B"/><pageSetUpPr fitToPage="1"/></sheetPr>',
            b'<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
            b'<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
            b"<cols>%s</cols><sheetData>%s</sheetData>" % (widths, b"".join(rows)),
            b'<mergeCells count="1"><mergeCell ref="A2:E2"/></mergeCells>',
            b"<hyperlinks>%s</hyperlinks>" % b"".join(links) if links else b"",
            b'<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
            b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
            b"<headerFooter><oddFooter>%s</oddFooter></headerFooter></worksheet>" % escaped(_FOOTER),
        )
    )


def memory_xml(marked: Sequence[Remembered]) -> bytes:
    """The memory, one row for each marked cell."""
    rows = []
    for row, one in enumerate(marked, 1):
        line, column = one.address
        texts = (one.sheet, f"{column_letters(column)}{line}", one.fill.decode("utf-8", "replace"))
        cells = [b'<c r="A%d"><v>%d</v></c><c r="B%d"><v>%d</v></c>' % (row, one.number, row, one.style)]
        cells += [_cell(f"{letter}{row}", text, 0) for letter, text in zip("CDE", texts, strict=True)]
        rows.append(_row(row, cells))
    return b"%s<sheetData>%s</sheetData></worksheet>" % (_HEAD, b"".join(rows))


def _row(number: int, cells: list[bytes], height: float = 0) -> bytes:
    tall = b' ht="%.1f" customHeight="1"' % height if height else b""
    return b'<row r="%d"%s>%s</row>' % (number, tall, b"".join(cells))


def _cell(address: str, text: str, style: int) -> bytes:
    inside = b'<is><t xml:space="preserve">%s</t></is>' % text_xml(text)
    return b'<c r="%s" s="%d" t="inlineStr">%s</c>' % (address.encode(), style, inside)
