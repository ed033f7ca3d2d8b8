"""Step 3: a part is inflated to what its entry declares and not one byte further, and its checksum must be right."""

from __future__ import annotations

from zlib_ng import zlib_ng as zlib

from chibo.workbook.intake import kinds
from chibo.workbook.intake.directory import STORED, Declared, Entry
from chibo.workbook.intake.refusal import RefusedError

_RAW = -15
"""Deflate without a header, as zip has it."""


def inflate(data: bytes, entry: Entry) -> bytes:
    """The bytes of a part; RefusedError where they are not those that its entry declares."""
    declared = entry.declared
    packed = memoryview(data)[entry.start : entry.end]
    content = bytes(packed) if declared.method == STORED else _deflated(packed, declared)
    if len(content) != declared.size or zlib.crc32(content) != declared.crc:
        raise RefusedError(kinds.ZIP_BROKEN, part=declared.name)
    return content


def _deflated(packed: memoryview, declared: Declared) -> bytes:
    engine = zlib.decompressobj(_RAW)
    try:
        content = engine.decompress(packed, declared.size + 1)
    except zlib.error:  # type: ignore[misc]  # its stubs take the class for a value
        raise RefusedError(kinds.ZIP_BROKEN, part=declared.name) from None
    if len(content) > declared.size:
        raise RefusedError(kinds.ZIP_LYING_SIZE, part=declared.name, limit=declared.size)
    if not engine.eof:
        raise RefusedError(kinds.ZIP_BROKEN, part=declared.name)
    return content
