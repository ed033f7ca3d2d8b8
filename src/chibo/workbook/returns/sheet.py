"""The sheet that an office signs: header blocks, title, table, notes, signatures, print set-up (returns.md's form)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from chibo.definitions.returns.definition import ReturnDefinition
from chibo.returns.paper import ReturnPaper
from chibo.returns.table import RowKind
from chibo.workbook.returns.formats import Formats, cell_text
from chibo.workbook.returns.heights import RowHeights, height_of, lines_of
from chibo.workbook.returns.pages import Strip, pages_of
from chibo.workbook.returns.table import write_table
from chibo.workbook.returns.table_rows import TableRows

_MM_PER_INCH = 25.4
_A4 = 9
_SIGNING_ROWS = 5
"""Empty rows between the title of the signer and his or her name."""


@frozen
class Halves:
    """The columns (from 0, inclusive) of the left and the right block above and below the table."""

    left: tuple[int, int]
    right: tuple[int, int]


def write_paper(sheet: Any, body: TableRows, paper: ReturnPaper, formats: Formats) -> list[int]:
    """Write the whole sheet, the rows of its table to `body`; the positions (from 0) of the table's rows, in order."""
    definition = paper.table.definition
    for index, column in enumerate(definition.columns):
        sheet.set_column(index, index, column.width, formats.get())
    heights = RowHeights()
    row = _write_head(sheet, paper, formats, heights)
    row = _write_title(sheet, paper, formats, heights, row)
    positions = write_table((sheet, body), paper.table, formats, heights, row)
    below = _write_notes(sheet, paper, formats, heights, positions[-1] + 2)
    last = _write_signatures(sheet, paper, formats, heights, below + 1)
    _set_up_print(sheet, definition, header=row, last=last)
    _set_pages(sheet, paper, heights, first=positions[0], last=last)
    return positions


def _halves(definition: ReturnDefinition) -> Halves:
    """Left and right blocks of about half the width each, with whole columns."""
    widths = [column.width for column in definition.columns]
    starts = [sum(widths[:index]) for index in range(len(widths))]
    half = sum(widths) / 2
    # The right block begins at the column whose left edge is nearest to the middle, never at the first.
    right = min(range(1, len(widths)), key=lambda index: abs(starts[index] - half))
    return Halves((0, right - 1), (right, len(widths) - 1))


def _write_head(sheet: Any, paper: ReturnPaper, formats: Formats, heights: RowHeights) -> int:
    size, halves = paper.table.definition.print.size, _halves(paper.table.definition)
    left = (
        (paper.superior, {"font_size": size + 1}),
        (paper.issuer, {"font_size": size + 1, "bold": True}),
        ("*", {"font_size": size + 1}),
    )
    right: Sequence[tuple[str, dict[str, Any]]] = (
        (paper.party, {"font_size": size + 2, "bold": True, "underline": 1}),
        ("", {}),
        (paper.date_line, {"font_size": size + 1, "italic": True}),
    )
    for row, (one, other) in enumerate(zip(left, right, strict=True)):
        heights.set(sheet, row, height_of(1, size + 1))
        _write_block(sheet, row, halves.left, one, formats)
        _write_block(sheet, row, halves.right, other, formats)
    return len(left) + 1


def _write_title(sheet: Any, paper: ReturnPaper, formats: Formats, heights: RowHeights, row: int) -> int:
    """The kind of paper, the subject, five hyphens, the line that says what it is attached to; the row after."""
    setup = paper.table.definition.print
    across = (0, len(paper.table.definition.columns) - 1)
    kind, subject = paper.title
    lines = [
        (kind, {"font_size": setup.size + 2, "bold": True}),
        (subject, {"font_size": setup.size + 2, "bold": True}),
    ]
    lines.append(("-----", {}))
    if paper.attached_to:
        lines.append((paper.attached_to, {"italic": True}))
    for text, properties in lines:
        heights.set(sheet, row, height_of(1, setup.size + 1))
        _write_block(sheet, row, across, (text, properties), formats)
        row += 1
    return row + 1


def _write_notes(sheet: Any, paper: ReturnPaper, formats: Formats, heights: RowHeights, row: int) -> int:
    """The notes, "Ghi chú" in front of the first; the row after them."""
    definition = paper.table.definition
    last = len(definition.columns) - 1
    width = sum(column.width for column in definition.columns)
    cell = formats.get(text_wrap=True, align="left", valign="top")
    for number, note in enumerate(paper.table.notes):
        lead = "Ghi chú: " if number == 0 else ""
        text = cell_text(note)
        sheet.merge_range(row, 0, row, last, "", cell)
        if lead:
            sheet.write_rich_string(row, 0, formats.get(bold=True, italic=True), lead, formats.get(), text, cell)
        else:
            sheet.write_string(row, 0, text, cell)
        # Merged cells do not grow by themselves.
        heights.set(sheet, row, height_of(lines_of(lead + text, width), definition.print.size))
        row += 1
    return row


def _write_signatures(sheet: Any, paper: ReturnPaper, formats: Formats, heights: RowHeights, row: int) -> int:
    """Who prepared the paper on the left, who signs on the right; the last row used."""
    size, halves = paper.table.definition.print.size + 1, _halves(paper.table.definition)
    bold, plain = {"bold": True, "font_size": size}, {"font_size": size}
    titles = [(paper.authority, bold), (paper.position, plain)] if paper.authority else [(paper.position, bold)]
    _write_block(sheet, row, halves.left, (paper.prepared_by, bold), formats)
    for offset, title in enumerate(titles):
        _write_block(sheet, row + offset, halves.right, title, formats)
    last = row + len(titles) + _SIGNING_ROWS
    for line in (*range(row, row + len(titles)), last):
        heights.set(sheet, line, height_of(1, size))
    if paper.signer:
        _write_block(sheet, last, halves.right, (paper.signer, bold), formats)
    return last


def _write_block(
    sheet: Any, row: int, span: tuple[int, int], line: tuple[str, dict[str, Any]], formats: Formats
) -> None:
    text, properties = line
    if not text:
        return
    cell = formats.for_text(text, align="center", **properties)
    if span[0] < span[1]:
        sheet.merge_range(row, span[0], row, span[1], "", cell)
    sheet.write_string(row, span[0], cell_text(text), cell)


def _set_up_print(sheet: Any, definition: ReturnDefinition, *, header: int, last: int) -> None:
    """A4 with the office's margins, one page wide; header rows on each page, page n/N below."""
    setup = definition.print
    sheet.set_paper(_A4)
    if setup.orientation == "landscape":
        sheet.set_landscape()
    margins = {side: getattr(setup, side) / _MM_PER_INCH for side in ("left", "right", "top", "bottom")}
    sheet.set_margins(**margins)
    sheet.center_horizontally()
    sheet.repeat_rows(header, header + 2)
    sheet.print_area(0, 0, last, len(definition.columns) - 1)
    sheet.set_footer(f'&C&"{setup.font},Regular"&{setup.size - 1:.0f}&P/&N', {"margin": margins["bottom"] / 2})
    sheet.freeze_panes(header + 3, 0)


def _set_pages(sheet: Any, paper: ReturnPaper, heights: RowHeights, *, first: int, last: int) -> None:
    """One page wide, and down as the rows belong together: a heading with its rows, the signatures with the last."""
    kinds = [row.kind for row in paper.table.rows]
    totals = {RowKind.SUBTOTAL, RowKind.TOTAL}

    def keeps_next(row: int) -> bool:
        at = row - first
        if not 0 <= at < len(kinds) - 1:
            return row != last
        return kinds[at] is RowKind.GROUP or kinds[at + 1] in totals

    strips = [Strip(heights.of(row), keeps_next(row)) for row in range(last + 1)]
    pages = pages_of(paper.table.definition, strips, sum(heights.of(first - above) for above in (1, 2, 3)))
    sheet.fit_to_pages(1, 1 if pages.one_page else 0)
    sheet.set_h_pagebreaks(pages.breaks)
