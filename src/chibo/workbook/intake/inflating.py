"""Step 3: a part is inflated to what its entry declares and not one byte further, and its checksum must be right."""

from __future__ import annotations

from zlib_ng import zlib_ng as zlib

from chibo.workbook.intake import kinds
from chibo.workbook.intake.directory import STORED, Entry
from chibo.workbook.intake.refusal import RefusedError

_RAW = -15
"""Deflate without a header, as zip has it."""


def inflate(data: bytes, entry: Entry) -> bytes:
    """The bytes of a part; RefusedError where they are not those that its entry declares."""
    packed = memoryview(data)[entry.start : entry.start + entry.packed]
    content = bytes(packed) if entry.method == STORED else _deflated(packed, entry)
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise RefusedError(kinds.ZIP_BROKEN, part=entry.name)
    return content


def _deflated(packed: memoryview, entry: Entry) -> bytes:
    engine = zlib.decompressobj(_RAW)
    try:
        content = engine.decompress(packed, entry.size + 1)
    except zlib.error:  # type: ignore[misc]  # its stubs take the class for a value
        raise RefusedError(kinds.ZIP_BROKEN, part=entry.name) from None
    if len(content) > entry.size:
        raise RefusedError(kinds.ZIP_LYING_SIZE, part=entry.name, limit=entry.size)
    if not engine.eof:
        raise RefusedError(kinds.ZIP_BROKEN, part=entry.name)
    return content
