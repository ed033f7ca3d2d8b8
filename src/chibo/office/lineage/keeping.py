"""What an office keeps of the books it hands out: a copy of each, to compare and to merge a later one with.

They lie in the office folder, outside any repository. A copy is named by the digests of its values and of those it was
made from, so that the line of a book can be followed without opening any.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from chibo.definitions.library import Library
from chibo.errors import OutputError
from chibo.office.home import make_folder
from chibo.workbook.saving import save_atomically
from chibo.workbook.sealing import read_seal

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())  # for a server that keeps a log, not for somebody's terminal

KEPT_FOLDER = ".chibo-kept"
_SHORT = 24
NEW = "new"
"""The parent of a book that was made from no other."""
_COPY = re.compile(r"^([0-9a-f]{24})\.([0-9a-f]{24}|new)\.xlsx$")


@frozen
class KeptCopy:
    """A copy of a book handed out; `name` and `parent` are the beginnings of the digests."""

    path: Path
    name: str
    parent: str


def keep_copy(data: bytes, library: Library, also_from: str = "") -> None:
    """Keep a copy of a sealed workbook, where there is an office to keep it.

    To be called once somebody has the workbook, and never before: no book can grow from one that nobody got. Its seal
    names the book that it was made from; `also_from` is the digest of the other one where it was merged from two.
    Where the office folder has no room for a copy, the workbook is out all the same, and only the log says so.
    """
    seal = read_seal(data) if library.office is not None else None
    if library.office is None or seal is None:
        return
    parents = {short_name(seal.parent) or NEW}
    if also_from not in {"", seal.digest}:
        parents.add(short_name(also_from))
    folder = _folder(library.office, seal.cell_code, seal.year)
    try:
        make_folder(folder.parent, mode=0o700)  # names of people stand in the books
        make_folder(folder)
        for parent in sorted(parents):
            save_atomically(folder / f"{short_name(seal.digest)}.{parent}.xlsx", data)
    except OutputError as error:
        _LOG.warning("no copy was kept: %s", error)


def kept_copies(office: Path | None, cell_code: str, year: int | str) -> tuple[KeptCopy, ...]:
    """The copies that the office keeps of the books of a cell and year."""
    if office is None:
        return ()
    return tuple(_copies(_folder(office, cell_code, year)))


def copy_named(copies: tuple[KeptCopy, ...], digest: str) -> KeptCopy | None:
    """The copy that holds exactly the values of this digest."""
    return next((copy for copy in copies if copy.name == short_name(digest)), None)


def grown_from(copies: tuple[KeptCopy, ...], digest: str) -> frozenset[str]:
    """The names of the copies that were made from the book of this digest, at once or in several steps."""
    line, found = {short_name(digest)}, set[str]()
    while line:
        line = {copy.name for copy in copies if copy.parent in line} - found - {short_name(digest)}
        found |= line
    return frozenset(found)


def _copies(folder: Path) -> Iterator[KeptCopy]:
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return
    for path in paths:
        match = _COPY.match(path.name)
        if match:
            yield KeptCopy(path, match[1], match[2])


def _folder(office: Path, cell_code: str, year: int | str) -> Path:
    """The folder of one cell and year; a code may hold anything, so what is no letter or digit is written as a sign."""
    code = re.sub(r"[^\w-]", lambda found: f"%{ord(found[0]):x}", cell_code.casefold())
    return office / KEPT_FOLDER / f"{code}-{year}"


def short_name(digest: str) -> str:
    """The beginning of a digest, by which copies are named."""
    return digest[:_SHORT]
