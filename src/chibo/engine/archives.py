"""Zip archives of books: looked into, never unpacked to disk, within limits that no honest archive comes near."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from chibo.engine.book_source import BookSource, Refusal, Skipped, SkipReason, Sources, skip_reason
from chibo.file_names import printable
from chibo.findings import FindingKind, Severity
from chibo.model import Place
from chibo.workbook.intake.kinds import FILE_TOO_BIG

if TYPE_CHECKING:
    from chibo.definitions.intake_limits import FileLimits

ARCHIVE_SUFFIX = ".zip"
PACKED_SUFFIXES = (ARCHIVE_SUFFIX, ".rar", ".7z")
"""Archives that may hold books: inside another one they are named, not passed over like other files."""

ARCHIVE_BROKEN = FindingKind("ARCHIVE_BROKEN", Severity.BLOCK, clause="9")
ARCHIVE_INSIDE = FindingKind("ARCHIVE_INSIDE", Severity.BLOCK, clause="9")
ARCHIVE_TOO_BIG = FindingKind("ARCHIVE_TOO_BIG", Severity.BLOCK, clause="9")
MEMBER_LOCKED = FindingKind("MEMBER_LOCKED", Severity.BLOCK, clause="9")

MAX_MEMBERS = 20_000
MAX_TOTAL_BYTES = 4 * 2**30
MAX_BYTES_IN_MEMORY = 2**30
"""The books of an uploaded archive are all taken out at once."""

_UTF8_NAMES = 0x800
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)
"""What the zip library raises over damaged or unusual archives."""


def sources_in_archive(archive: Path | bytes, label: str, limits: FileLimits | None = None) -> Sources:
    """The books in a zip archive, given as file or as bytes, in the order of their names; `label` names the archive.

    `limits` say how large a book taken out here may be; without them, those hold that Chibo comes with. A broken
    archive, or one beyond the limits, is refused as a whole; a locked member or an archive inside alone.
    """
    from chibo.definitions.intake_limits import shipped_limits  # noqa: PLC0415 - archives alone need it

    try:
        with zipfile.ZipFile(io.BytesIO(archive) if isinstance(archive, bytes) else archive) as opened:
            members = [(at, info) for at, info in enumerate(opened.infolist()) if not info.is_dir()]
            total = sum(info.file_size for _, info in members)
            limit = MAX_BYTES_IN_MEMORY if isinstance(archive, bytes) else MAX_TOTAL_BYTES
            if len(members) > MAX_MEMBERS or total > limit:
                seen = f"{len(members)} tệp, {total // 2**20} MB"
                return Sources(refused=(_refusal(label, ARCHIVE_TOO_BIG, seen),))
            return _sources(opened, members, archive, label, limits or shipped_limits().file)
    except _BROKEN:
        return Sources(refused=(_refusal(label, ARCHIVE_BROKEN),))


def _sources(
    opened: zipfile.ZipFile,
    members: list[tuple[int, zipfile.ZipInfo]],
    archive: Path | bytes,
    label: str,
    limits: FileLimits,
) -> Sources:
    books: list[BookSource] = []
    skipped: list[Skipped] = []
    refused: list[Refusal] = []
    for path, at, info in sorted((_member_path(info), at, info) for at, info in members):
        full = f"{label}/{path}"
        reason = skip_reason("/".join(path.parts))
        if reason is SkipReason.OTHER_KIND and path.suffix.lower() in PACKED_SUFFIXES:
            refused.append(_refusal(full, ARCHIVE_INSIDE))
        elif reason is not None:
            skipped.append(Skipped(full, reason))
        elif info.flag_bits & _ENCRYPTED:
            refused.append(_refusal(full, MEMBER_LOCKED))
        elif isinstance(archive, Path):
            books.append(BookSource(full, path.name, archive, at))
        elif info.file_size > limits.size:
            refused.append(_too_big(full, info.file_size, limits))
        elif (data := read_member(opened, at, limits.size)) is None:
            refused.append(_refusal(full, ARCHIVE_BROKEN))
        else:
            # An archive in memory does not travel to other processes: its books do.
            books.append(BookSource(full, path.name, data=data))
    return Sources(tuple(books), tuple(skipped), tuple(refused))


def read_member(opened: zipfile.ZipFile, at: int, most: int) -> bytes | None:
    """The bytes of the entry at this place of the directory, None where it is broken.

    One of more than `most` bytes is cut just above them.
    """
    try:
        with opened.open(opened.infolist()[at]) as stream:
            return stream.read(most + 1)
    except (*_BROKEN, IndexError):
        return None


def _member_path(info: zipfile.ZipInfo) -> PurePosixPath:
    """Where the member lies in the archive, to tell people: steps out of it and drives are left out of its name."""
    parts = _member_name(info).replace("\\", "/").split("/")
    return PurePosixPath(*(part for part in parts if part not in {"", ".", ".."}))


def _member_name(info: zipfile.ZipInfo) -> str:
    """The member's name; some programs write UTF-8 without saying so, which then reads as a row of odd signs."""
    if info.flag_bits & _UTF8_NAMES:
        return printable(info.filename)
    try:
        return printable(info.filename.encode("cp437").decode("utf-8"))
    except UnicodeError:
        return printable(info.filename)


def _too_big(label: str, size: int, limits: FileLimits) -> Refusal:
    limit = f"{limits.megabytes} MB"
    return Refusal(label, FILE_TOO_BIG.at(Place(label), seen=f"{size >> 20} MB", expected=limit, of_book=True))


def _refusal(label: str, kind: FindingKind, seen: str = "") -> Refusal:
    return Refusal(label, kind.at(Place(label), seen=seen, of_book=True))
