"""Getting at the bytes of a book, from a file, a member of an archive, or an upload."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from attrs import define, field

from chibo.engine.archives import ARCHIVE_BROKEN, read_member
from chibo.engine.book_source import BookSource
from chibo.errors import why_code
from chibo.findings import Finding, FindingKind, Severity
from chibo.model import Place
from chibo.workbook.intake.kinds import FILE_TOO_BIG

FILE_UNREADABLE = FindingKind("FILE_UNREADABLE", Severity.BLOCK, clause="9")
NO_FILE = FindingKind("NO_FILE", Severity.BLOCK, clause="9")
"""A pipe or a device: reading it need never end."""

_AT_ONCE: int = getattr(os, "O_NONBLOCK", 0)


class SizeLimit(Protocol):
    """How large a file may be, in megabytes and in bytes."""

    @property
    def megabytes(self) -> int:
        """Whole megabytes."""

    @property
    def size(self) -> int:
        """The same in bytes."""


@define
class BookBytes:
    """Reads books one after the other; the archive read last stays open, since its books come in a row."""

    _limits: SizeLimit
    _archive: zipfile.ZipFile | None = None
    _opened: Path | None = field(default=None)

    def read(self, source: BookSource) -> bytes | Finding:
        """The bytes of the book, or the finding that says why there are none.

        One above the limit is refused by what its folder or archive says of its size. Where that was too low, it is
        cut just above the limit, and the reader of workbooks refuses it.
        """
        if source.data is not None:
            return source.data
        if source.path is None:
            raise ValueError(f"{source.label} has neither a path nor data")
        try:
            if source.member is not None:
                return self._from_archive(source.label, source.path, source.member)
            return self._from_file(source.label, source.path)
        except (zipfile.BadZipFile, IndexError):
            return ARCHIVE_BROKEN.at(Place(source.label), of_book=True)
        except OSError as error:
            return FILE_UNREADABLE.at(Place(source.label), seen=why_code(error), of_book=True)

    def _from_archive(self, label: str, path: Path, member: int) -> bytes | Finding:
        archive = self._archive_at(path)
        if too_big := self._too_big(label, archive.infolist()[member].file_size):
            return too_big
        data = read_member(archive, member, self._limits.size)
        return data if data is not None else ARCHIVE_BROKEN.at(Place(label), of_book=True)

    def _from_file(self, label: str, path: Path) -> bytes | Finding:
        with open(path, "rb", buffering=0, opener=_without_waiting) as stream:
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode):
                return NO_FILE.at(Place(label), of_book=True)
            size = about.st_size
            if too_big := self._too_big(label, size):
                return too_big
            data = stream.read(size + 1)  # room for the largest book allowed would have to be made for each
            if len(data) == size:
                return data
            with BufferedReader(stream) as rest:  # it grows, shrinks or falters
                return data + rest.read(self._limits.size + 1 - len(data))

    def close(self) -> None:
        """Let go of the archive."""
        if self._archive is not None:
            self._archive.close()
        self._archive = self._opened = None

    def _too_big(self, label: str, size: int) -> Finding | None:
        if size <= self._limits.size:
            return None
        limit = f"{self._limits.megabytes} MB"
        return FILE_TOO_BIG.at(Place(label), seen=f"{size >> 20} MB", expected=limit, of_book=True)

    def _archive_at(self, path: Path) -> zipfile.ZipFile:
        if self._archive is None or self._opened != path:
            self.close()
            self._archive, self._opened = zipfile.ZipFile(path), path
        return self._archive


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe too, instead of waiting until somebody writes into it."""
    return os.open(path, flags | _AT_ONCE)


@contextmanager
def book_bytes(limits: SizeLimit) -> Iterator[BookBytes]:
    """A reader of books that lets go of its archive in the end."""
    reader = BookBytes(limits)
    try:
        yield reader
    finally:
        reader.close()
