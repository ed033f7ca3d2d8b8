"""The zip directory: one way to read a package, or none."""

from __future__ import annotations

import struct
import zlib

import pytest

from chibo.workbook.intake.parts import open_parts
from chibo.workbook.intake.refusal import RefusedError

XML = b"<a>1</a>"


def packed(content: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(content) + engine.flush()


def package(
    name: bytes = b"xl/a.xml",
    *,
    local: bytes | None = None,
    content: bytes = XML,
    size: int | None = None,
    crc: int | None = None,
    method: int = 8,
    before: bytes = b"",
    after: bytes = b"",
    comment: bytes = b"",
) -> bytes:
    """A zip of one part, whose headers may say anything."""
    body = packed(content)
    checksum = zlib.crc32(content) if crc is None else crc
    told = len(content) if size is None else size
    inner = local if local is not None else name
    head = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, method, 0, 0x21, checksum, len(body), told, len(inner), 0)
    entry = struct.pack(
        "<4s6H3L5H2L",
        *(b"PK\1\2", 20, 20, 0, method, 0, 0x21, checksum, len(body), told, len(name), 0, 0, 0, 0, 0, len(before)),
    )
    start = len(before) + len(head) + len(inner) + len(body)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(entry) + len(name), start, len(comment))
    return before + head + inner + body + entry + name + end + comment + after


def sharing(content: bytes) -> bytes:
    """A package whose directory names one part twice, by two names."""
    once = package(content=content)
    begin, end = once.index(b"PK\1\2"), once.index(b"PK\5\6")
    entry = once[begin:end]
    both = entry + entry.replace(b"xl/a.xml", b"xl/b.xml")
    return once[:begin] + both + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2, 2, len(both), begin, 0)


def test_a_sound_package_is_opened() -> None:
    assert open_parts(package()).read("XL\\A.xml") == XML
    assert open_parts(package(comment=b"ghi ch\xc3\xba")).raw("xl/a.xml") == XML


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (package(local=b"xl/b.xml"), "ZIP_BROKEN"),
        (package(crc=1), "ZIP_BROKEN"),
        (package(size=5), "ZIP_LYING_SIZE"),
        (package(size=9), "ZIP_BROKEN"),
        (package(size=0xFFFFFFFE), "ZIP_TOTAL"),
        (package(method=12), "ZIP_METHOD"),
        (package(b"../x.xml"), "ZIP_NAME"),
        (package(b"C:\\x.xml"), "ZIP_NAME"),
        (package(b"/x.xml"), "ZIP_NAME"),
        (package(b"xl/a\0.xml"), "ZIP_NAME"),
        (package(content=bytes(9 << 20)), "ZIP_RATIO"),
        (sharing(bytes(9 << 20)), "ZIP_OVERLAP"),
        (package(content=b"<!DOCTYPE a><a/>"), "XML_DTD"),
        (package(content='<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16")), "XML_DTD"),
        (package(content='<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-32")), "XML_DTD"),
        (package(content=b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a><a/>'), "XML_DTD"),
        (package()[:-5], "ZIP_BROKEN"),
    ],
)
def test_tricks_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        open_parts(data)

    assert refusal.value.kind.code == code


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_another_encoding_is_refused_where_the_part_is_read(encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?><a>é</a>'.encode(encoding)
    parts = open_parts(package(content=content))

    with pytest.raises(RefusedError) as refusal:
        parts.read("xl/a.xml")
    assert refusal.value.kind.code == "XML_BROKEN"
