"""Text from before Unicode (TCVN3, VNI) in the sheets of a workbook: converted before anything is understood of them.

It is looked for before text is cleaned: the letter ư of TCVN3 is the character that cleaning takes for invisible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from chibo.findings import Finding
from chibo.legacy_text import Answer, Converted, Encoding, Run, TextCell, convert, convert_cells, evidence_of
from chibo.legacy_text.evidence import LEAST_WORDS
from chibo.workbook.reading import kinds
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.showing import show

NAMES = {Encoding.TCVN3: "TCVN3 (ABC, .VnTime)", Encoding.VNI: "VNI"}

# Characters that Vietnamese in Unicode has no use for and neither old encoding can do without. Most workbooks hold
# none, and are done with after one search.
_SUSPECT = re.compile("[¡-¦¨-ª¬-¯³-¶¸-º¼¾ÄÅÆÇËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþ\uf0a1-\uf0fe]")


def convert_old_text(sheets: Mapping[str, Sheet], answer: Answer | None = None) -> list[Finding]:
    """Put converted text in the place of old text, and say where; `answer` settles what cannot be decided."""
    suspected = {code: sheet for code, sheet in sheets.items() if _is_suspected(sheet)}
    if not suspected:
        return []
    cells = {code: list(_cells(sheet)) for code, sheet in sheets.items()}
    book = evidence_of(cell for found in cells.values() for cell in found)
    findings: list[Finding] = []
    for code, sheet in sheets.items():
        done = convert_cells(cells[code], book, answer)
        findings += _findings(sheet, done)
        for (row, column), text in done.changed.items():
            sheet.put(row, column, text)
    return findings


@lru_cache(maxsize=512)
def possible_names(name: str) -> tuple[str, ...]:
    """A sheet's name as it stands, and as it would be read in each old encoding."""
    return (name,) if name.isascii() else (name, *(convert(name, encoding) for encoding in Encoding))


def _is_suspected(sheet: Sheet) -> bool:
    if not _SUSPECT.search(sheet.wording):
        return False
    found = 0
    for cells in sheet.rows.values():
        for cell in cells:
            if isinstance(cell, str) and not cell.isascii():
                found += len(_SUSPECT.findall(cell))
        if found >= LEAST_WORDS:
            return True
    return False


def _cells(sheet: Sheet) -> Iterator[TextCell]:
    for row, cells in sheet.rows.items():
        for column, cell in enumerate(cells, start=1):
            if isinstance(cell, str) and not cell.isascii():
                yield TextCell(row, column, sheet.details.runs(row, column, cell) or (Run(cell),))


def _findings(sheet: Sheet, done: Converted) -> Iterator[Finding]:
    if done.changed:
        (row, column), after = max(done.changed.items(), key=lambda changed: _tells(sheet.value(*changed[0])))
        yield kinds.TEXT_CONVERTED.at(
            sheet.place(row, column),
            seen=show(sheet.value(row, column)),
            expected=show(after),
            encoding=NAMES[done.encoding],
            cells=len(done.changed),
        )
    if done.undecided:
        first = done.undecided[0]
        yield kinds.TEXT_UNDECIDED.at(
            sheet.place(first.row, first.column),
            seen=show(first.text),
            cells=len(done.undecided),
            other_places=[sheet.place(cell.row, cell.column) for cell in done.undecided[1:12]],
            tcvn3=show(convert(first.text, Encoding.TCVN3)),
            vni=show(convert(first.text, Encoding.VNI)),
        )


def _tells(before: object) -> int:
    """How well a text serves as an example: with words to see, and short enough to be read."""
    text = str(before)
    return min(len(_SUSPECT.findall(text)), 4) * (2 if len(text) < 60 else 1)
