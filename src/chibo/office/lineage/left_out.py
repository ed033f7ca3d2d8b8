"""What a workbook holds and its book does not: in a comparison it would pass for something that somebody removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from chibo.checks.dues import DUES_OF_UNKNOWN_MEMBER
from chibo.checks.roll_call import ROLL_CALL_OF_UNKNOWN_MEMBER
from chibo.comparing import Merge, Removal, Side
from chibo.definitions.library import Library
from chibo.findings import Finding, Severity
from chibo.model import CellBook
from chibo.workbook.reading.kinds import LEFT_OUT

_LEFT_OUT = LEFT_OUT | {ROLL_CALL_OF_UNKNOWN_MEMBER, DUES_OF_UNKNOWN_MEMBER}


def left_out(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings about something in the workbook that is not in its book."""
    return tuple(one for one in findings if one.severity is Severity.BLOCK or one.kind in _LEFT_OUT)


def left_out_since(base: Iterable[Finding], later: Iterable[Finding]) -> list[Finding]:
    """What is left out of a later book and was not in the base already, wherever it stands now.

    A row that is out is always told: what the others have of it would be taken for new.
    """
    known = Counter(_said(one) for one in base)
    found = []
    for one in later:
        if one.severity is not Severity.BLOCK and known[_said(one)]:
            known[_said(one)] -= 1
        else:
            found.append(one)
    return found


def _said(finding: Finding) -> tuple[str, str, str]:
    return finding.kind.code, finding.place.sheet, str(finding.seen)


def lost_parts(merge: Merge, mine: CellBook, theirs: CellBook, library: Library) -> Iterator[str]:
    """In words, the sheets and columns with values of the base that a workbook has no more: they are no removals."""
    told = dict.fromkeys(words for one in merge.removals for words in _lost(one, mine, theirs, library))
    yield from told


def _lost(removal: Removal, mine: CellBook, theirs: CellBook, library: Library) -> Iterator[str]:
    sheet = library.layout.sheet(removal.sheet)
    by = {Side.MINE: (mine,), Side.THEIRS: (theirs,), Side.BOTH: (mine, theirs)}[removal.by]
    for book in by:
        table = book.tables.get(removal.sheet)
        if table is None:
            yield f"«{book.file}» không có trang «{sheet.name}»"
        elif removal.column not in table.columns and any(one.code == removal.column for one in sheet.columns):
            yield f"«{book.file}» không có cột «{sheet.column(removal.column).label}» ở trang «{sheet.name}»"
