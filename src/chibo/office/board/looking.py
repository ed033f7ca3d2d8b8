"""Looking at the very cell that a finding of the board stands on, in the book as it came."""

from __future__ import annotations

from collections.abc import Collection

from chibo.consolidation import Consolidation
from chibo.definitions.library import Library
from chibo.engine.reading_bytes import book_bytes
from chibo.errors import Words
from chibo.findings import Finding
from chibo.model import Place
from chibo.office.board.run import BoardRun
from chibo.office.looking import Looked, look_into


def book_of(finding: Finding, place: Place, consolidation: Consolidation, files: Collection[str]) -> str:
    """The label of the book that a place of a finding lies in, "" where none of the board has it.

    A finding names its book by the base name, which several may share, so it is sought in the books of its unit
    (`files`); a place in another book carries the label of that one.
    """
    books = consolidation.outcomes
    if place.file != finding.place.file:
        return next((book.file for book in books if book.file == place.file), "")
    return next((book.file for book in books if book.file in files and finding in book.findings), "")


def look_on_board(label: str, place: Place, run: BoardRun, library: Library) -> Looked:
    """The cells around a place of the book with this label, as far as it is still at hand."""
    sources = run.sources_of({label})
    if not sources:
        return Looked(
            problem=Words(
                f"Không còn giữ tệp «{place.file}» để xem. Hãy đưa tệp vào trang một lần nữa.",
                f"The file «{place.file}» is no longer kept to be looked at. Give it to the page once more.",
            )
        )
    with book_bytes(library.intake.file) as reader:
        data = reader.read(sources[0])
    return look_into(data, place, library) if isinstance(data, bytes) else Looked(refusal=data)
