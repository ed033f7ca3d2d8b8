"""What a workbook holds that is not carried into one written anew: other sheets, columns, pictures, macros.

A workbook that Chibo made, and to which nobody has added such things, can be written again from its model; of any
other a new one is made beside it, and these lines say what stays behind. What Excel or LibreOffice do on saving
(styles, themes, printer settings, defined names) is nothing that anybody misses.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from xml.etree import ElementTree

from chibo.definitions.layouts import SheetLayout
from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text, normal_label
from chibo.model import CellBook
from chibo.workbook.intake.package import Package, SheetPart
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.reading.book import read_book
from chibo.workbook.reading.headers import VERDICT_LABEL
from chibo.workbook.reading.kinds import TEXT_CONVERTED
from chibo.workbook.reading.legacy import convert_old_text
from chibo.workbook.reading.matching import Matching, match_sheets
from chibo.workbook.reading.opening import OpenBook, open_book
from chibo.workbook.reading.records import GRIDS
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.writing import losses
from chibo.workbook.writing.lists import LISTS_SHEET
from chibo.workbook.writing.losses import Loss
from chibo.workbook.writing.marker import MARKER_SHEET, is_marked
from chibo.workbook.writing.score_help import criterion_comment
from chibo.workbook.writing.slip_frame import is_slip_name
from chibo.workbook.writing.stray_cells import stray_cells
from chibo.workbook.writing.workings import WORKINGS_SHEET

HIDDEN_SHEETS = frozenset({LISTS_SHEET, WORKINGS_SHEET, MARKER_SHEET})
"""What every workbook of ours holds beside what people see."""


def what_is_lost(data: bytes, library: Library) -> tuple[Loss, ...]:
    """What a workbook written anew from the model would not carry, one sentence each; empty for an own, clean one.

    `data` is a workbook that `read_book` takes in; nothing is said of one that cannot be read at all.
    """
    try:
        return tuple(dict.fromkeys(_lost(data, open_book(data, ""), library)))
    except RefusedError:
        return ()


def _lost(data: bytes, opened: OpenBook, library: Library) -> Iterator[Loss]:
    matching = match_sheets(opened.sheets, library)
    slips = own_slips(opened)
    others = _others(opened, matching, slips)
    marked = is_marked(opened.sheets, opened.read)
    if not marked:
        yield losses.NOT_OURS
    if others:
        yield losses.own_sheets(part.name for part in others)
    reading = read_book(data, "", library)
    if any(finding.kind is TEXT_CONVERTED for finding in reading.findings):
        yield losses.OLD_TEXT
    if reading.book is not None:
        by_name = opened.read(matching.parts.values())
        convert_old_text(by_name)
        sheets = {code: by_name[part.name] for code, part in matching.parts.items()}
        for code, sheet in sheets.items():
            extra = own_columns(sheet, matching.layout.sheet(code), reading.book)
            yield from (losses.own_column(sheet.name, heading) for heading in extra.values())
        if marked:
            yield from stray_cells(sheets, slips, reading, library, matching.layout)
    yield from lost_of_file(opened, library)


def lost_of_file(opened: OpenBook, library: Library) -> Iterator[Loss]:
    """What the file holds besides the cells of its sheets."""
    if opened.package is None:
        yield losses.OLD_FILE
        if opened.has_macros:
            yield losses.MACROS
        return
    parts = opened.package.parts
    yield from (loss for part, loss in losses.PARTS.items() if part in parts or parts.has_folder(part.lower()))
    if _has_own_notes(opened.package, library):
        yield losses.OWN_NOTES


def own_slips(opened: OpenBook) -> dict[str, Sheet]:
    """The score sheets to print of a workbook that Chibo made: a new one has them too. None of any other workbook."""
    if not is_marked(opened.sheets, opened.read):
        return {}
    return opened.read([part for part in opened.sheets if is_slip_name(part.name)])


def _others(opened: OpenBook, matching: Matching, slips: Container[str]) -> list[SheetPart]:
    """The sheets that the model is not read from and that are not written by us."""
    known = {part.name for parts in matching.doubles.values() for part in parts}
    known |= {part.name for part in matching.parts.values()}
    return [
        part
        for part in opened.sheets
        if part.name not in known and part.name not in HIDDEN_SHEETS and part.name not in slips
    ]


def own_columns(sheet: Sheet, layout: SheetLayout, book: CellBook) -> dict[int, str]:
    """The headings of columns with something in them that nothing was read from, by their columns (1-based)."""
    table = book.tables.get(layout.code)
    if table is None or not layout.columns:
        return {}
    ours = {normal_label(label) for column in layout.columns for label in column.labels} | {normal_label(VERDICT_LABEL)}
    grid = getattr(book, layout.code).origin if layout.code in GRIDS else None
    taken = {*table.columns.values(), *(grid.columns.values() if grid else ())}
    return {
        column: text
        for column, heading in enumerate(sheet.rows.get(table.header_row, ()), start=1)
        if column not in taken
        and (text := clean_text(heading) if isinstance(heading, str) else "")
        and normal_label(text) not in ours
        and any(sheet.value(row, column) != "" for row in sheet.rows if row > table.header_row)
    }


def _has_own_notes(package: Package, library: Library) -> bool:
    """Whether some note on a cell is not one of those that explain a criterion (authors get lost on saving)."""
    criteria = (criterion for frame in library.frames.values() for criterion in frame.criteria.values())
    ours = {clean_text(criterion_comment(criterion)) for criterion in criteria}
    parts = [name for name in package.parts.names if name.startswith("xl/comments") and name.endswith(".xml")]
    return any(text not in ours for part in parts for text in _notes(package.parts.parse(part)))


def _notes(comments: ElementTree.Element) -> Iterator[str]:
    for element in comments.iter():
        if element.tag.endswith("}comment"):
            yield clean_text("".join(run.text or "" for run in element.iter() if run.tag.endswith("}t")))
