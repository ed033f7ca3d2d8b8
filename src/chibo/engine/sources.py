"""Where books come from: files, folders, zip archives and uploads, in an order that never changes.

Whatever is not a book is passed over and counted with its reason; a file that somebody names is always tried.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from attrs import evolve

from chibo.engine.archives import ARCHIVE_SUFFIX, PACKED_SUFFIXES, sources_in_archive
from chibo.engine.book_source import (
    BookSource,
    Refusal,
    Skipped,
    SkipReason,
    Sources,
    join_sources,
    skip_reason,
)
from chibo.errors import why_code
from chibo.file_names import printable
from chibo.findings import FindingKind, Severity
from chibo.model import Place

if TYPE_CHECKING:
    from chibo.definitions.intake_limits import FileLimits

_is_junction = getattr(os.path, "isjunction", lambda _path: False)
"""Whether a folder is one of the links of Windows; Python below 3.12 does not know them."""

FOLDER_UNREADABLE = FindingKind("FOLDER_UNREADABLE", Severity.BLOCK, clause="9")


def find_sources(paths: Iterable[Path], *, output: Path | None = None) -> Sources:
    """The books of these files, folders (and all below them) and zip archives.

    A file reached in two ways counts once; `output`, the file about to be written, is no book.
    """
    named = list(paths)
    parts: list[Sources] = []
    for path in named:
        if path.is_dir():
            prefix = f"{printable(path.resolve().name)}/" if len(named) > 1 else ""
            parts.append(_sources_in_folder(path, prefix))
        elif path.suffix.lower() == ARCHIVE_SUFFIX and os.path.isfile(path):
            parts.append(sources_in_archive(path, printable(path.name)))
        else:
            parts.append(Sources(books=(BookSource(printable(path.name), printable(path.name), path),)))
    return _named_apart(_without_repeats(join_sources(parts), output))


def find_uploads(files: Iterable[tuple[str, bytes]], limits: FileLimits | None = None) -> Sources:
    """The books of uploaded files, given as name and bytes; a zip archive stands for the books in it.

    `limits` are the office's, those that Chibo comes with where none are given.
    """
    parts: list[Sources] = []
    for name, data in files:
        base = printable(PurePosixPath(name.replace("\\", "/")).name or name)
        if base.lower().endswith(ARCHIVE_SUFFIX):
            parts.append(sources_in_archive(data, base, limits))
        else:
            parts.append(Sources(books=(BookSource(base, base, data=data),)))
    return _named_apart(join_sources(parts))


def _sources_in_folder(folder: Path, prefix: str) -> Sources:
    books: list[BookSource] = []
    skipped: list[Skipped] = []
    unreadable: list[OSError] = []
    for below, here, entry in _entries_below(folder, unreadable.append):
        label, is_folder = f"{prefix}{printable(below)}", _is_folder(entry)
        reason = _why_not_entered(entry) if is_folder else _why_passed_over(below, entry)
        if reason is not None:
            skipped.append(Skipped(label, reason))
        elif not is_folder:
            books.append(BookSource(label, printable(entry.name), here / entry.name))
    refused = [_unreadable(error, folder, prefix) for error in unreadable]
    by_label = attrgetter("label")
    return Sources(
        tuple(sorted(books, key=by_label)), tuple(sorted(skipped, key=by_label)), tuple(sorted(refused, key=by_label))
    )


def _entries_below(folder: Path, on_error: Callable[[OSError], object]) -> Iterator[tuple[str, Path, os.DirEntry[str]]]:
    """Whatever lies in the folder or below it: its path from there with slashes, the folder it lies in, the entry.

    An entry knows of nearly all files what they are without asking the disk again.
    """
    waiting = [(folder, "")]
    while waiting:
        here, below = waiting.pop()
        try:
            with os.scandir(here) as listed:
                entries = list(listed)
        except OSError as error:
            on_error(error)
            continue
        for entry in entries:
            yield f"{below}{entry.name}", here, entry
            if _is_folder(entry) and _why_not_entered(entry) is None:
                waiting.append((here / entry.name, f"{below}{entry.name}/"))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # of a link that leads nowhere
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _why_not_entered(folder: os.DirEntry[str]) -> SkipReason | None:
    if folder.name.startswith("."):
        return SkipReason.HIDDEN
    return SkipReason.LINK if folder.is_symlink() or _is_junction(folder.path) else None


def _why_passed_over(below: str, entry: os.DirEntry[str]) -> SkipReason | None:
    """Why a file of a folder is no book; an archive among them is told apart, since there may be books in it."""
    reason = skip_reason(below) or _why_no_file(entry)
    is_archive = reason is SkipReason.OTHER_KIND and below.lower().endswith(PACKED_SUFFIXES) and _is_file(entry)
    return SkipReason.ARCHIVE if is_archive else reason


def _why_no_file(entry: os.DirEntry[str]) -> SkipReason | None:
    """A pipe or a device is no book, whatever its name: reading it would never end."""
    return None if _is_file(entry) or not os.path.exists(entry.path) else SkipReason.OTHER_KIND


def _unreadable(error: OSError, folder: Path, prefix: str) -> Refusal:
    where = Path(error.filename or folder)
    below = where.relative_to(folder).as_posix()
    label = f"{prefix}{printable(below)}" if where != folder else prefix.rstrip("/") or printable(folder.resolve().name)
    return Refusal(label, FOLDER_UNREADABLE.at(Place(label), seen=why_code(error), of_book=True))


def _without_repeats(found: Sources, output: Path | None) -> Sources:
    """Each book once, whatever ways lead to it; never the file that is about to be written."""
    seen: set[tuple[str, int | None]] = set()
    folders: dict[str, str] = {}
    books, skipped = [], list(found.skipped)
    written = _resolved(output, folders) if output else None
    for book in found.books:
        where = (_resolved(book.path, folders) if book.path else "", book.member)
        if written is not None and where[0] == written:
            skipped.append(Skipped(book.label, SkipReason.OUTPUT))
        elif where not in seen:
            seen.add(where)
            books.append(book)
    return Sources(tuple(books), tuple(skipped), found.refused)


def _resolved(path: Path, folders: dict[str, str]) -> str:
    """Where the file really is, without links; those of a folder are followed once for all its files."""
    parent, name = os.path.split(path)
    if name in {"", ".", ".."} or os.path.islink(path):
        return os.path.normcase(os.path.realpath(path))
    if parent not in folders:
        folders[parent] = os.path.realpath(parent)
    return os.path.normcase(os.path.join(folders[parent], name))


def _named_apart(found: Sources) -> Sources:
    """Books of one label told apart by the folder they lie in, else by a number."""
    labels = Counter(book.label for book in found.books)
    used: set[str] = set()
    books = []
    for book in found.books:
        label = book.label
        if labels[label] > 1 and book.path is not None and book.member is None:
            label = printable(book.path.as_posix())
        if label in used:
            label = next(
                other
                for number in count(2)
                if (other := f"{book.label} ({number})") not in used and other not in labels
            )
        used.add(label)
        books.append(book if label == book.label else evolve(book, label=label))
    return Sources(tuple(books), found.skipped, found.refused)
