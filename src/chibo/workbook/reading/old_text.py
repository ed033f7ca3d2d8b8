"""Text from before Unicode in sheets where some of it was seen: weighed, converted, and told with its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chibo.findings import Finding
from chibo.legacy_text import Answer, Encoding, Run, TextCell, convert
from chibo.legacy_text.converting import Converted, convert_cells, evidence_of
from chibo.legacy_text.evidence import LEAST_WORDS
from chibo.workbook.reading import kinds
from chibo.workbook.reading.legacy import SUSPECT
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.showing import show

_NAMES = {Encoding.TCVN3: "TCVN3 (ABC, .VnTime)", Encoding.VNI: "VNI"}


def convert_seen(sheets: Mapping[str, Sheet], answer: Answer | None) -> list[Finding]:
    """Put converted text in the place of old text, and say where, if any sheet holds enough that may be old."""
    if not any(map(_is_suspected, sheets.values())):
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


def _is_suspected(sheet: Sheet) -> bool:
    if not SUSPECT.search(sheet.wording):
        return False
    found = 0
    for cells in sheet.rows.values():
        for cell in cells:
            if isinstance(cell, str) and not cell.isascii():
                found += len(SUSPECT.findall(cell))
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
            encoding=_NAMES[done.encoding],
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
    return min(len(SUSPECT.findall(text)), 4) * (2 if len(text) < 60 else 1)
