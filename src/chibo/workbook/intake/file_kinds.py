"""Step 1: what a file is, by its first bytes: only a zip package or a compound file can be a workbook."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from chibo.definitions.intake_limits import IntakeLimits, shipped_limits
from chibo.workbook.intake import kinds
from chibo.workbook.intake.refusal import RefusedError

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OTHER = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x1f\x8b", "GZIP"),
    (b"MZ", "EXE"),
    (b"{\\rtf", "RTF"),
)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r")
"""Bytes that stand in no text, whatever its code page."""
_BIFF = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")


def refuse_other_kinds(data: bytes, file: str, limits: IntakeLimits | None = None) -> None:
    """Raise RefusedError unless `data` begins like a workbook, and is of a size that is read at all."""
    if file.startswith(("~$", ".~lock.")):
        raise RefusedError(kinds.LOCK_FILE)
    if not data:
        raise RefusedError(kinds.EMPTY, seen="0")
    most = (limits or shipped_limits()).file
    if len(data) > most.size:
        raise RefusedError(kinds.FILE_TOO_BIG, seen=f"{len(data) >> 20} MB", limit=f"{most.megabytes} MB")
    if data.startswith((*_ZIP, OLE_MAGIC)):
        return
    if len(data) > 1 and _ZIP[0].startswith(data):
        raise RefusedError(kinds.ZIP_BROKEN)
    if data[:2] in _BIFF:
        raise RefusedError(kinds.XLS_OLD, seen="Excel 2–5")
    name = _name_of(data)
    raise RefusedError(kinds.NOT_XLSX if name else kinds.FILE_UNKNOWN, seen=name)


def _name_of(data: bytes) -> str:
    """The kind of file by its usual name, "" where it is none that is known."""
    for magic, name in _OTHER:
        if data.startswith(magic):
            return name
    head = data[:2048].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype html")) or b"<table" in head:
        return "HTML"
    if head.startswith(b"<?xml"):
        return "XML"
    if head.startswith(b"mime-version"):
        return "MHT"
    return "CSV, TXT" if _is_text(data[:4096]) else ""


def _is_text(beginning: bytes) -> bool:
    if beginning.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):  # what Excel writes as «Unicode Text»
        return True
    try:
        beginning.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character of several bytes may be cut at the end of the sample; Excel writes CSV in the machine's code page.
        return error.start > 4000 or not _CONTROLS.intersection(beginning)
    return True
