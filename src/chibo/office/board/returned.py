"""The workbooks that go back to their units, in one archive: everything to be mended marked in each of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import PurePosixPath

from chibo.consolidation import BookOutcome, Consolidation
from chibo.consolidation.duplicates import CELL_TWICE
from chibo.definitions.library import Library
from chibo.engine.answers import MarkedBook
from chibo.engine.reading_bytes import book_bytes
from chibo.errors import ChiboError
from chibo.findings import Severity
from chibo.office.board.files import XLSX, BoardFile
from chibo.office.board.run import BoardRun
from chibo.office.edition_names import returned_name
from chibo.office.lineage.keeping import keep_copy
from chibo.office.returning import keep_marked, marked_copy

Tell = Callable[[int, int], None]
"""Hears how many workbooks are done, of how many."""

NOT_MARKED = "chưa đánh dấu được.txt"
"""Names the workbooks of which all or something could not be marked, with the reason of each."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_STEM = 120


def to_return(consolidation: Consolidation) -> tuple[BookOutcome, ...]:
    """The books in which something is to be mended or looked at again; of equal ones the one that counts."""
    return tuple(book for book in consolidation.settled if any(f.severity is not Severity.NOTE for f in book.findings))


def marked_file(label: str, run: BoardRun, library: Library, today: date) -> BoardFile:
    """The workbook of this label with a mark at everything that is to be mended, to be sent back to its unit.

    Raises ChiboError where the workbook is no longer at hand, or is of a kind that cannot be written into.
    """
    name, marked = _marked(label, run, library, today)
    keep = partial(keep_marked, marked, library)
    return BoardFile(returned_name(name.stem, name.suffix), marked.data or b"", XLSX, keep)


def marked_copies(run: BoardRun, library: Library, today: date, tell: Tell = lambda _done, _all: None) -> BoardFile:
    """The marked copies of all books to be returned, each marked in a limited process, as an archive.

    Books in which there turns out to be nothing to mark are left out; those that cannot be marked are named in a text,
    and so are the differing books of one cell, whatever else is marked in them: that stands in none of their cells.
    Raises ChiboError where no book is to be returned.
    """
    books = to_return(run.consolidation)
    if not books:
        raise ChiboError("Không có sổ nào phải sửa hay xem lại, nên không có sổ để trả lại.")
    content, names, left, sealed = io.BytesIO(), _Names(), list[str](), list[str]()
    with zipfile.ZipFile(content, "w") as archive:
        for done, book in enumerate(books):
            tell(done, len(books))
            twice = (finding for finding in book.findings if finding.kind == CELL_TWICE)
            left += [f"{book.file}: {library.catalogue.message(finding)}" for finding in twice]
            try:
                _, marked = _marked(book.file, run, library, today)
            except ChiboError as error:
                left.append(f"{book.file}: {error}")
                continue
            if marked.data and marked.marks:
                name = names.of(book.file)
                archive.writestr(name, marked.data)
                sealed += [name] if marked.sealed else []
        if left:
            archive.writestr(NOT_MARKED, "\ufeff" + "\r\n".join(left) + "\r\n")
    packed = content.getvalue()
    keep = partial(_keep_all, packed, sealed, library)
    return BoardFile(f"so-tra-lai-{today.isoformat()}.zip", packed, "application/zip", keep)


def _keep_all(packed: bytes, sealed: Iterable[str], library: Library) -> None:
    """Let the office keep copies of the `sealed` ones of an archive that somebody has now."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in sealed:
            keep_copy(archive.read(name), library)


def _marked(label: str, run: BoardRun, library: Library, today: date) -> tuple[PurePosixPath, MarkedBook]:
    """The name of a book's file and its marked copy; ChiboError says why there is none."""
    sources = run.sources_of({label})
    if not sources:
        raise ChiboError(f"Không còn giữ tệp «{label}» để đánh dấu. Hãy đưa tệp vào trang một lần nữa.")
    (source,) = sources
    with book_bytes(library.intake.file) as reader:
        data = reader.read(source)
    if not isinstance(data, bytes):
        raise ChiboError(str(library.catalogue.message(data)))
    marked = marked_copy(data, source.name, library, today)
    if marked.data is None:
        refused = next((one for one in marked.findings if one.of_book), None)
        if refused is not None:
            raise ChiboError(str(library.catalogue.message(refused)))
        raise ChiboError(
            f"Tệp «{source.name}» không phải sổ Excel (.xlsx, .xlsm) nên không đánh dấu vào được; hãy nhắn cho chi bộ."
        )
    return PurePosixPath(source.name), marked


class _Names:
    """Gives each book a name of its own in the archive that every system can have."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, label: str) -> str:
        path = PurePosixPath(label.replace("\\", "/"))
        stem = _FORBIDDEN.sub(" ", path.stem)[:_LONGEST_STEM].strip(" .") or "so"
        name, number = returned_name(stem, path.suffix), 1
        while name.casefold() in self._taken:
            number += 1
            name = returned_name(f"{stem} ({number})", path.suffix)
        self._taken.add(name.casefold())
        return name
