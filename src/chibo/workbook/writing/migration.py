"""What a workbook of an earlier layout, an old format or an old encoding holds that its new workbook does not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from attrs import frozen

from chibo.definitions.library import Library
from chibo.legacy_text import Answer
from chibo.model import Place
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.reading import Reading
from chibo.workbook.reading.legacy import convert_old_text
from chibo.workbook.reading.matching import match_sheets
from chibo.workbook.reading.opening import open_book
from chibo.workbook.reading.versions import settle_version
from chibo.workbook.writing.stray_cells import unwritten_cells


@frozen
class NotMoved:
    """A value that the new workbook has no place for, or that could not be understood. Without an address: a sheet."""

    place: Place
    value: str


def not_moved(data: bytes, reading: Reading, library: Library, answer: Answer | None = None) -> tuple[NotMoved, ...]:
    """Every value of the file `data`, which `reading` was read from, that its new workbook does not hold.

    Whole sheets that belong to no layout come last, as one entry each, with the number of their filled cells.
    """
    try:
        return tuple(_not_moved(data, reading, library, answer))
    except RefusedError:
        return ()


def _not_moved(data: bytes, reading: Reading, library: Library, answer: Answer | None) -> Iterator[NotMoved]:
    opened = open_book(data, reading.file, library.intake)
    matching = match_sheets(opened.sheets, library)
    by_name = opened.read(matching.parts.values())
    convert_old_text(by_name, answer)
    sheets = {code: by_name[part.name] for code, part in matching.parts.items()}
    layout = settle_version(matching, sheets, library).layout
    for _, strays in unwritten_cells(sheets, reading, library, layout):
        yield from (NotMoved(place, value) for place, value in strays)
    others = [part for part in opened.sheets if part.name not in by_name and not part.name.startswith("_")]
    for sheet in opened.read(others).values():
        filled = sum(value != "" for value in chain.from_iterable(sheet.rows.values()))
        if filled:
            yield NotMoved(sheet.place(), str(filled))
