"""Which version of its layout a workbook follows: the one whose names of sheets and columns it holds most of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from attrs import evolve

from chibo.definitions.layouts import Layout
from chibo.definitions.library import Library
from chibo.definitions.wording import normal_label
from chibo.findings import Finding
from chibo.model import CellBook, Place
from chibo.workbook.reading import kinds
from chibo.workbook.reading.matching import Matching
from chibo.workbook.reading.sheet import Sheet

_LONGEST_LABEL = 120
_MOST_ROWS = 60


def settle_version(matching: Matching, sheets: Mapping[str, Sheet], library: Library) -> Matching:
    """The matching by the version that knows most of the workbook's names; by the present one where equal."""
    present = library.layouts[matching.layout.id]
    if not present.earlier:
        return matching
    names = {code: normal_label(part.name) for code, part in matching.parts.items()}
    texts = {code: set(_texts(sheet)) for code, sheet in sheets.items()}

    def known(layout: Layout) -> int:
        of = {sheet.code: sheet for sheet in layout.sheets}
        labels = sum(len(found & {*of[c].columns_by_label, *of[c].fields_by_label}) for c, found in texts.items())
        return labels + sum(name in layout.sheets_by_name for name in names.values())

    return evolve(matching, layout=max((present, *present.earlier_layouts), key=known))


def version_findings(matching: Matching, book: CellBook | None, file: str, library: Library) -> Iterator[Finding]:
    """Whether the workbook follows an earlier version, or says that it follows one that is not known here."""
    present = library.layouts[matching.layout.id]
    written = book.info.layout_version if book else ""
    place = (book.info.places.get("layout_version") if book else None) or Place(file)
    earlier = {layout.version for layout in present.earlier_layouts}
    if matching.layout.version != present.version:
        yield kinds.LAYOUT_OLD.at(place, seen=matching.layout.version, expected=present.version)
    elif written in earlier:
        yield kinds.LAYOUT_OLD.at(place, seen=written, expected=present.version)
    elif written and written != present.version:
        yield kinds.LAYOUT_OTHER.at(place, seen=written, expected=present.version)


def _texts(sheet: Sheet) -> Iterator[str]:
    """The labels that the first rows could hold."""
    for cells in islice(sheet.rows.values(), _MOST_ROWS):
        for cell in cells:
            if isinstance(cell, str) and cell and len(cell) <= _LONGEST_LABEL:
                yield normal_label(cell)
