"""Where books come from: files, folders, zip archives and uploads, in an order that never changes.

Whatever is not a book is passed over and counted with its reason; a file that somebody names is always tried.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from itertools import count
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
    printable,
    skip_reason,
)
from chibo.errors import why_code
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
        elif path.suffix.lower() == ARCHIVE_SUFFIX:
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
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        here = Path(parent)
        below = PurePosixPath(here.relative_to(folder).as_posix())
        passed_over = {name: reason for name in folders if (reason := _why_not_entered(here / name))}
        folders[:] = sorted(set(folders) - set(passed_over))
        skipped += [Skipped(_label(prefix, below / name), reason) for name, reason in passed_over.items()]
        for name in files:
            path, place = here / name, below / name
            reason = _why_passed_over(place, path)
            if reason is None:
                books.append(BookSource(_label(prefix, place), printable(name), path))
            else:
                skipped.append(Skipped(_label(prefix, place), reason))
    refused = tuple(_unreadable(error, folder, prefix) for error in unreadable)
    return Sources(
        tuple(sorted(books, key=lambda book: book.label)), tuple(sorted(skipped, key=lambda one: one.label)), refused
    )


def _why_not_entered(folder: Path) -> SkipReason | None:
    if folder.name.startswith("."):
        return SkipReason.HIDDEN
    return SkipReason.LINK if folder.is_symlink() or _is_junction(folder) else None


def _why_passed_over(below: PurePosixPath, path: Path) -> SkipReason | None:
    """Why a file of a folder is no book; an archive among them is told apart, since there may be books in it."""
    reason = skip_reason(below) or _why_no_file(path)
    is_archive = reason is SkipReason.OTHER_KIND and below.suffix.lower() in PACKED_SUFFIXES and path.is_file()
    return SkipReason.ARCHIVE if is_archive else reason


def _why_no_file(path: Path) -> SkipReason | None:
    """A pipe or a device is no book, whatever its name: reading it would never end."""
    return None if path.is_file() or not path.exists() else SkipReason.OTHER_KIND


def _label(prefix: str, path: PurePosixPath) -> str:
    return f"{prefix}{printable(str(path))}"


def _unreadable(error: OSError, folder: Path, prefix: str) -> Refusal:
    where = Path(error.filename or folder)
    below = PurePosixPath(where.relative_to(folder).as_posix())
    label = _label(prefix, below) if where != folder else prefix.rstrip("/") or printable(folder.resolve().name)
    return Refusal(label, FOLDER_UNREADABLE.at(Place(label), seen=why_code(error), of_book=True))


def _without_repeats(found: Sources, output: Path | None) -> Sources:
    """Each book once, whatever ways lead to it; never the file that is about to be written."""
    seen: set[tuple[Path, int | None]] = set()
    folders: dict[Path, Path] = {}
    books, skipped = [], list(found.skipped)
    written = output.resolve() if output else None
    for book in found.books:
        where = (_resolved(book.path, folders) if book.path else Path(), book.member)
        if written is not None and where[0] == written:
            skipped.append(Skipped(book.label, SkipReason.OUTPUT))
        elif where not in seen:
            seen.add(where)
            books.append(book)
    return Sources(tuple(books), tuple(skipped), found.refused)


def _resolved(path: Path, folders: dict[Path, Path]) -> Path:
    """The path without links; those of a folder are followed once for all its files."""
    if path.is_symlink() or path.name in {"", ".."}:
        return path.resolve()
    parent = path.parent
    if parent not in folders:
        folders[parent] = parent.resolve()
    return folders[parent] / path.name


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
