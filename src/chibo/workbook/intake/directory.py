"""Step 2: the directory of the zip package, read by ourselves so that what is checked is what is used.

Two zip readers can see two different packages in one file: by repeated names, entries that share bytes, or local
headers that say something else than the directory. All of that is refused here.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from chibo.definitions.intake_limits import FileLimits
from chibo.workbook.intake import kinds
from chibo.workbook.intake.refusal import RefusedError

STORED, DEFLATED = 0, 8
_METHODS = (STORED, DEFLATED)
LONGEST_NAME = 512

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_CENTRAL = struct.Struct("<4s4x2H4x3L3H8xL")
_LOCAL = struct.Struct("<4s22x2H")
_END_SIGN, _END_64_SIGN, _CENTRAL_SIGN, _LOCAL_SIGN = b"PK\5\6", b"PK\6\6", b"PK\1\2", b"PK\3\4"
_LONGEST_COMMENT = 0xFFFF
_ENCRYPTED, _UTF8 = 0x1, 0x800
_FULL, _FULL_16 = 0xFFFFFFFF, 0xFFFF
"""A field so filled has its value in the zip64 extra field."""
_DRIVE = re.compile(r"^[A-Za-z]:")


class Declared(NamedTuple):
    """One part as the directory declares it."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    header: int
    """Where its local header begins."""


class Packed(NamedTuple):
    """The packed bytes of a part of which nothing was odd so far, and all that is declared of them."""

    name: str
    method: int
    crc: int
    size: int
    content: bytes

    def __hash__(self) -> int:
        """Where it is remembered: bytes are compared much faster than they are hashed."""
        return hash((self.name, self.crc))


def part_key(part: str) -> str:
    """The name under which a part is known: letter case and the kind of slash do not tell parts apart."""
    return part.replace("\\", "/").lstrip("/").lower()


def read_directory(data: bytes, limits: FileLimits) -> dict[str, Packed]:
    """The parts by their keys; raises RefusedError for what no spreadsheet program writes."""
    count, offset = _directory_place(data)
    if count > limits.zip_entries:
        raise RefusedError(kinds.ZIP_ENTRIES, seen=count, limit=limits.zip_entries)
    found: dict[str, tuple[Declared, int]] = {}
    for part in _declared(data, count, offset):
        key = _checked_key(part.name)
        if key in found and not key.endswith("/"):
            raise RefusedError(kinds.ZIP_DUPLICATE, part=part.name)
        _check_packing(part)
        found[key] = part, _start(data, part)
    _check_places(data, found.values())
    _check_sizes(found.values(), limits)
    return {
        key: Packed(part.name, part.method, part.crc, part.size, data[start : start + part.packed])
        for key, (part, start) in found.items()
    }


def _directory_place(data: bytes) -> tuple[int, int]:
    """How many entries the directory has, and where it begins."""
    end = data.rfind(_END_SIGN, max(0, len(data) - _LONGEST_COMMENT - _END.size))
    if end < 0 or end + _END.size > len(data):
        raise RefusedError(kinds.ZIP_BROKEN)
    _, _, _, _, count, size, offset, _ = _END.unpack_from(data, end)[:8]
    if offset == _FULL or count == _FULL_16:
        wide = data.rfind(_END_64_SIGN, 0, end)
        if wide < 0 or wide + _END_64.size > len(data):
            raise RefusedError(kinds.ZIP_BROKEN)
        count, size, offset = _END_64.unpack_from(data, wide)[-3:]
    if offset + size > end:
        raise RefusedError(kinds.ZIP_BROKEN)
    return count, offset


def _declared(data: bytes, count: int, offset: int) -> list[Declared]:
    declared = []
    for _ in range(count):
        name_begin = offset + _CENTRAL.size
        if name_begin > len(data):
            raise RefusedError(kinds.ZIP_BROKEN)
        sign, flags, method, crc, packed, size, name_length, extra_length, comment_length, header = (
            _CENTRAL.unpack_from(data, offset)
        )
        if sign != _CENTRAL_SIGN:
            raise RefusedError(kinds.ZIP_BROKEN)
        name_end = name_begin + name_length
        raw = data[name_begin:name_end]
        if _FULL in (packed, size, header):
            size, packed, header = _wide(data[name_end : name_end + extra_length], size, packed, header)
        declared.append(Declared(_name_of(raw, flags), raw, flags, method, crc, packed, size, header))
        offset = name_end + extra_length + comment_length
    return declared


def _wide(extra: bytes, *values: int) -> tuple[int, int, int]:
    """Size, packed size and header offset, those that are too large for their fields from the zip64 extra field."""
    numbers: list[int] = []
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        if kind == 1:
            body = extra[position + 4 : position + 4 + length]
            numbers = list(struct.unpack(f"<{len(body) // 8}Q", body[: len(body) // 8 * 8]))
        position += 4 + length
    size, packed, header = (numbers.pop(0) if value == _FULL and numbers else value for value in values)
    return size, packed, header


def _name_of(raw: bytes, flags: int) -> str:
    if raw.isascii():
        return raw.decode("ascii")
    try:
        return raw.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError:
        raise RefusedError(kinds.ZIP_NAME, part=raw[:60].decode("latin-1")) from None


@lru_cache(maxsize=256)
def _checked_key(name: str) -> str:
    """The key of a part. Its name is never used as a path; a dangerous one tells of a trick all the same."""
    key = part_key(name)
    absolute = name.startswith("/") and "/" not in key and not key.startswith("[")
    if "\0" in name or len(name) > LONGEST_NAME or ".." in key.split("/") or _DRIVE.match(name) or absolute:
        raise RefusedError(kinds.ZIP_NAME, part=name[:60].replace("\0", "?"))
    return key


def _check_packing(part: Declared) -> None:
    if part.flags & _ENCRYPTED:
        raise RefusedError(kinds.ENCRYPTED, part=part.name)
    if part.method not in _METHODS:
        raise RefusedError(kinds.ZIP_METHOD, part=part.name, seen=part.method)


def _start(data: bytes, part: Declared) -> int:
    """Where the bytes of a part begin, which only its local header tells."""
    begin = part.header + _LOCAL.size
    if begin > len(data):
        raise RefusedError(kinds.ZIP_BROKEN, part=part.name)
    sign, name_length, extra_length = _LOCAL.unpack_from(data, part.header)
    start: int = begin + name_length + extra_length
    if sign != _LOCAL_SIGN or start + part.packed > len(data):
        raise RefusedError(kinds.ZIP_BROKEN, part=part.name)
    return start


def _check_places(data: bytes, placed: Iterable[tuple[Declared, int]]) -> None:
    """Parts that share bytes make a small file inflate many times over; local names must be the directory's."""
    ordered = sorted(placed, key=_header)
    for (part, start), (following, _) in pairwise(ordered):
        if start + part.packed > following.header:
            raise RefusedError(kinds.ZIP_OVERLAP, part=following.name)
    for part, _ in ordered:
        if not data.startswith(part.raw_name, part.header + _LOCAL.size):
            raise RefusedError(kinds.ZIP_BROKEN, part=part.name)


def _header(placed: tuple[Declared, int]) -> int:
    return placed[0].header


def _check_sizes(placed: Iterable[tuple[Declared, int]], limits: FileLimits) -> None:
    """Sizes as declared; asked after the places, since parts that share bytes only look as if they were too large."""
    total = 0
    for part, _ in placed:
        total += part.size
        if part.size > limits.ratio * max(part.packed, 1) and part.size > limits.ratio_from:
            ratio = part.size // max(part.packed, 1)
            kind = kinds.ZIP_RATIO if ratio < _ABSURD else kinds.ZIP_TOTAL
            raise RefusedError(kind, part=part.name, seen=ratio, limit=limits.ratio)
        if part.size > limits.part or total > limits.inflated:
            limit = f"{limits.inflated_megabytes} MB"
            raise RefusedError(kinds.ZIP_TOTAL, part=part.name, seen=f"{max(total, part.size) >> 20} MB", limit=limit)


_ABSURD = 1100
"""Deflate cannot pack more tightly than 1032 to 1: a part that claims to is not packed, its size is invented."""
