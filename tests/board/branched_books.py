"""Books that grew beside each other: each was made from one that the office handed out, with values of its own."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from builders import a_book, a_meeting, an_info, some_members
from chibo.definitions.library import Library
from chibo.model import CellBook
from chibo.workbook import write_book
from chibo.workbook.sealing import read_seal
from chibo_widgets.board import BoardPage
from handed_books import handed_over

BASE = a_book(a_meeting("2026-02"), a_meeting(), info=an_info(cell_name="Chi bộ Phòng số 1"), members=some_members(4))


def changed(**values: object) -> CellBook:
    """The book with these values in its March meeting."""
    return evolve(BASE, meetings=(BASE.meetings[0], evolve(BASE.meetings[1], **values)))


def handed_out(library: Library) -> bytes:
    """The workbook that all grow from."""
    return handed_over(write_book(BASE, library), library)


def a_branch(parent: bytes, library: Library, **values: object) -> bytes:
    """A workbook made from this one, with these values in its March meeting."""
    seal = read_seal(parent)
    assert seal is not None
    return handed_over(write_book(changed(**values), library), library, parent=seal.digest)


def way_called(text: str, page: BoardPage) -> dict[str, Any]:
    """What the button sends that begins so, of those below two books of the open unit or below the joined one."""
    shown = page.unit.view["twice"] or page.unit.view["in_place"]
    (way,) = [way["go"] for way in shown["ways"] if way["text"].startswith(text)]
    return way
