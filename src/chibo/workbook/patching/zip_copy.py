"""A zip package with some parts changed: every other entry keeps its compressed bytes, its order and its date."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_LOCAL_SIGNATURE, _CENTRAL_SIGNATURE, _END_SIGNATURE = 0x04034B50, 0x02014B50, 0x06054B50
_LOCAL_LENGTHS = struct.Struct("<HH")
_LENGTHS_AT = 26
_UTF8_NAME, _SIZES_BEHIND = 0x800, 0x08
_ZIP64 = 1
_LEVEL = 6


def copied(data: bytes, changed: Mapping[str, bytes], added: Mapping[str, bytes], removed: Collection[str]) -> bytes:
    """The package `data` with the content of the `changed` entries, without the `removed`, and the `added` at its end.

    Names are those of the archive. Sizes always stand before the content, so that a reader of streams finds them.
    """
    out: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    with ZipFile(BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if entry.filename not in removed]
        comment = archive.comment
    date = max((entry.date_time for entry in entries), default=(1980, 1, 1, 0, 0, 0))
    for entry in [*entries, *(_new_entry(name, date) for name in added)]:
        content = changed.get(entry.filename, added.get(entry.filename))
        packed = _kept(data, entry) if content is None else _packed(entry, content)
        name = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8_NAME else "cp437")
        head = _LOCAL.pack(_LOCAL_SIGNATURE, entry.extract_version, *_common(entry), len(name), 0)
        out += (head, name, packed)
        directory.append(_directory_entry(entry, name, offset))
        offset += len(head) + len(name) + len(packed)
    listing = b"".join(directory)
    end = _END.pack(
        _END_SIGNATURE, 0, 0, len(directory), len(directory), len(listing), offset, min(len(comment), 0xFFFF)
    )
    return b"".join((*out, listing, end, comment))


def _new_entry(name: str, date: tuple[int, int, int, int, int, int]) -> ZipInfo:
    entry = ZipInfo(name, date)
    entry.compress_type = ZIP_DEFLATED
    if not name.isascii():
        entry.flag_bits |= _UTF8_NAME
    return entry


def _kept(data: bytes, entry: ZipInfo) -> bytes:
    """The compressed bytes as they stand in `data`."""
    name, extra = _LOCAL_LENGTHS.unpack_from(data, entry.header_offset + _LENGTHS_AT)
    start = entry.header_offset + _LOCAL.size + name + extra
    return data[start : start + entry.compress_size]


def _packed(entry: ZipInfo, content: bytes) -> bytes:
    """New content, compressed; its sizes and checksum go into the entry."""
    pack = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    packed = pack.compress(content) + pack.flush()
    entry.compress_type = ZIP_DEFLATED
    entry.extract_version = max(entry.extract_version, 20)
    entry.CRC, entry.compress_size, entry.file_size = zlib.crc32(content), len(packed), len(content)
    return packed


def _common(entry: ZipInfo) -> tuple[int, ...]:
    """What the local header and the directory both say: flags, method, time, day, checksum, sizes."""
    year, month, day, hour, minute, second = entry.date_time
    return (
        entry.flag_bits & ~_SIZES_BEHIND,
        entry.compress_type,
        hour << 11 | minute << 5 | second // 2,
        max(year - 1980, 0) << 9 | month << 5 | day,
        entry.CRC,
        entry.compress_size,
        entry.file_size,
    )


def _directory_entry(entry: ZipInfo, name: bytes, offset: int) -> bytes:
    extra = _without_zip64(entry.extra)
    made_by = entry.create_system << 8 | entry.create_version
    head = _CENTRAL.pack(
        _CENTRAL_SIGNATURE,
        made_by,
        entry.extract_version,
        *_common(entry),
        len(name),
        len(extra),
        len(entry.comment),
        0,
        entry.internal_attr,
        entry.external_attr,
        offset,
    )
    return b"".join((head, name, extra, entry.comment))


def _without_zip64(extra: bytes) -> bytes:
    """Extra fields but for the large sizes: no workbook that is read is as large as that."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind != _ZIP64:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept
