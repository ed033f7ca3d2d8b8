"""What a run is given: the books to read, what was passed over on the way, what could not be looked into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from chibo.findings import Finding

if TYPE_CHECKING:
    from chibo.legacy_text import Answer

BOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls")


class SkipReason(StrEnum):
    """Why something found in a folder or archive is no book."""

    LINK = "link"
    """A folder that is only a link to another place: not followed, since it may lead in circles or outside."""
    LOCK_FILE = "lock-file"
    """Excel's `~$…` and LibreOffice's `.~lock…#`, which stand beside an open book."""
    HIDDEN = "hidden"
    ARCHIVE = "archive"
    """An archive that lies in a folder: it is not opened by itself, and its books count only when it is named."""
    OTHER_KIND = "other-kind"
    OUTPUT = "output"
    """The file that this very run is going to write."""


@frozen
class Skipped:
    """Something passed over. `label` says where it is, as for a book."""

    label: str
    reason: SkipReason


@frozen
class BookSource:
    """One book to be read. `label` is how people know it in this run (no two books share one); `name` its base name.

    It is the file `path`, or the entry at `member` in the directory of the zip archive at `path` (two entries may have
    one name), or its bytes are `data` (an upload).
    """

    label: str
    name: str
    path: Path | None = None
    member: int | None = None
    data: bytes | None = None
    answer: Answer | None = None
    """What somebody said of its text from before Unicode."""


@frozen
class Refusal:
    """A book, folder or archive that cannot even be looked into, with the finding that says why."""

    label: str
    finding: Finding


@frozen
class Sources:
    """Everything found: the books in order, what was passed over, what could not be looked into."""

    books: tuple[BookSource, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    refused: tuple[Refusal, ...] = ()

    @property
    def count(self) -> int:
        """The number of books that came in, what could not be looked into counting as one each."""
        return len(self.books) + len(self.refused)

    @property
    def skipped_by_reason(self) -> dict[SkipReason, int]:
        """How many were passed over, by reason."""
        return dict(Counter(skipped.reason for skipped in self.skipped))


def join_sources(parts: Iterable[Sources]) -> Sources:
    """All of these together, in their order."""
    listed = list(parts)
    return Sources(
        tuple(book for part in listed for book in part.books),
        tuple(skipped for part in listed for skipped in part.skipped),
        tuple(refusal for part in listed for refusal in part.refused),
    )


def skip_reason(path: str) -> SkipReason | None:
    """Why a file at this path (below the folder, or in the archive; with slashes) is passed over; None for a book."""
    if path.rpartition("/")[2].startswith(("~$", ".~lock")):
        return SkipReason.LOCK_FILE
    parts = f"/{path}/"
    if "/." in parts or "/__MACOSX/" in parts:
        return SkipReason.HIDDEN
    return None if path.lower().endswith(BOOK_SUFFIXES) else SkipReason.OTHER_KIND
