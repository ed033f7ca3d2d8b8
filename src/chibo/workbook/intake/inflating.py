"""Step 3: a part is inflated to what its entry declares and not one byte further, and its checksum must be right."""

from __future__ import annotations

from zlib_ng import zlib_ng as zlib

from chibo.workbook.intake import kinds
from chibo.workbook.intake.directory import STORED, Packed
from chibo.workbook.intake.refusal import RefusedError

_RAW = -15
"""Deflate without a header, as zip has it."""


def inflate(packed: Packed) -> bytes:
    """The bytes of a part; RefusedError where they are not those that its entry declares."""
    content = packed.content if packed.method == STORED else _deflated(packed)
    if len(content) != packed.size or zlib.crc32(content) != packed.crc:
        raise RefusedError(kinds.ZIP_BROKEN, part=packed.name)
    return content


def _deflated(packed: Packed) -> bytes:
    engine = zlib.decompressobj(_RAW)
    try:
        content = engine.decompress(packed.content, packed.size + 1)
    except zlib.error:  # type: ignore[misc]  # its stubs take the class for a value
        raise RefusedError(kinds.ZIP_BROKEN, part=packed.name) from None
    if len(content) > packed.size:
        raise RefusedError(kinds.ZIP_LYING_SIZE, part=packed.name, limit=packed.size)
    if not engine.eof:
        raise RefusedError(kinds.ZIP_BROKEN, part=packed.name)
    return content
