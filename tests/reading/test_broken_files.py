"""Whatever file comes in, one finding says what is wrong with it; nothing is raised and nothing hangs."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chibo.findings import Severity
from chibo.workbook import Reading, read_book
from chibo.workbook.reading import calamine_sheets, native_sheets
from old_excel import renamed_stream, xls
from tables import LIBRARY, a_workbook

BOOK = a_workbook()


def refused(data: bytes, file: str = "so.xlsx") -> str:
    """The code of the finding that refuses the file."""
    reading = read_book(data, file, LIBRARY)
    (finding,) = reading.findings
    assert reading.book is None
    assert (finding.of_book, finding.severity.value, finding.place.file) == (True, "block", file)
    return finding.code


def repacked(change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None) -> bytes:
    """The small healthy workbook with parts changed; a part that becomes None is left out."""
    buffer = BytesIO()
    with ZipFile(BytesIO(BOOK)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
        for name, content in (extra or {}).items():
            target.writestr(name, content)
    return buffer.getvalue()


def in_sheet(old: bytes, new: bytes, sheet: str = "sheet3") -> bytes:
    """The workbook with bytes replaced in the XML of one sheet (the third is `Sinh hoạt`)."""
    return repacked(lambda name, content: content.replace(old, new, 1) if sheet in name else content)


@pytest.mark.parametrize(
    ("data", "file", "code", "seen"),
    [
        (b"", "so.xlsx", "EMPTY", ""),
        (BOOK, "~$so.xlsx", "LOCK_FILE", ""),
        (b"%PDF-1.7 ...", "so.xlsx", "NOT_XLSX", "PDF"),
        (b"\xff\xd8\xff\xe0", "so.xlsx", "NOT_XLSX", "JPEG"),
        (b"<html><table><tr><td>1</td></tr></table>", "so.xls", "NOT_XLSX", "HTML"),
        (b"\x8a\x00\xfe\x13\xee" * 40, "so.xlsx", "FILE_UNKNOWN", ""),
        ("Mã chi bộ;Tên\n1;2".encode(), "so.xlsx", "NOT_XLSX", "CSV, TXT"),
        ("Mã chi bộ,Tên\r\n1,Thường kỳ\r\n".encode("cp1252", "replace"), "so.csv", "NOT_XLSX", "CSV, TXT"),
        ("Mã chi bộ\tTên\n1\t2".encode("utf-16"), "so.xlsx", "NOT_XLSX", "CSV, TXT"),
        (renamed_stream("WordDocument"), "so.xlsx", "NOT_XLSX", "Word (.doc)"),
        (renamed_stream("PowerPoint Document"), "so.xls", "NOT_XLSX", "PowerPoint (.ppt)"),
        (renamed_stream("Contents"), "so.xls", "NOT_XLSX", "OLE"),
        (renamed_stream("EncryptedPackage"), "so.xls", "ENCRYPTED", ""),
        (xls({"A": "| x |"})[:700], "so.xls", "XLS_BROKEN", ""),
        (xls({"A": "| x |"})[:8] + bytes(600), "so.xls", "XLS_BROKEN", ""),
        (b"\x09\x08\x10\x00" + bytes(100), "so.xls", "XLS_OLD", "Excel 2–5"),
        (BOOK[: len(BOOK) // 2], "so.xlsx", "ZIP_BROKEN", ""),
        (BOOK[:40] + b"PK", "so.xlsx", "ZIP_BROKEN", ""),
    ],
)
def test_files_that_are_no_workbook(data: bytes, file: str, code: str, seen: str) -> None:
    reading = read_book(data, file, LIBRARY)

    assert refused(data, file) == code
    assert not seen or reading.findings[0].seen == seen


LAST_CORNER = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def zipped(parts: dict[str, bytes], method: int = ZIP_STORED) -> bytes:
    """A zip of these parts."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped({"a.txt": b"x"}), "NOT_XLSX"),
        (zipped({"word/document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}), "NOT_XLSX"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}), "NOT_XLSX"),
        (zipped({f"xl/{number}": b"" for number in range(2001)}), "ZIP_ENTRIES"),
        (zipped({"xl/../../x": b""}), "ZIP_NAME"),
        (zipped({"xl/a.xml": b"", "XL/A.XML": b""}), "ZIP_DUPLICATE"),
        (zipped({"xl/a.xml": bytes(9 << 20)}, ZIP_DEFLATED), "ZIP_RATIO"),
        (repacked(lambda name, content: None if name.endswith("workbook.xml") else content), "PART_MISSING"),
        (repacked(lambda name, content: None if name.endswith("sheet3.xml") else content), "PART_MISSING"),
        (repacked(lambda name, content: content[:90] if name.endswith("workbook.xml") else content), "XML_BROKEN"),
        (in_sheet(b"<worksheet", b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet"), "XML_DTD"),
        (in_sheet(b'r="A2"', b'r="ZZZZZZ2"'), "CELL_REF"),
        (in_sheet(b'r="A2"', b'r="A4294967295"'), "CELL_REF"),
        (in_sheet(b"</sheetData>", LAST_CORNER), "SHEET_TOO_BIG"),
        (in_sheet(b"</row></sheetData>", b'<c r="XFD1048576"><v>1</v></c></row></sheetData>'), "CELL_REF"),
        (in_sheet(b"</sheetData>", b'<row r="2"/></sheetData>'), "CELL_REF"),
        (in_sheet(b"</row></sheetData>", b'<c r="A2"><v>1</v></c></row></sheetData>'), "CELL_REF"),
        (in_sheet(b't="s"><v>', b't="s"><v>9'), "CELL_BAD"),
        (in_sheet(b't="s"><v>', b't="s"><v>-'), "CELL_BAD"),
        (in_sheet(b"<sheetData>", b"<sheetData>&#1;"), "XML_BROKEN"),
        (in_sheet(b"<sheetData>", b"<sheetData>\x01"), "XML_BROKEN"),
        (in_sheet(b"<sheetData>", b"<a>" * 90 + b"</a>" * 90 + b"<sheetData><!-- -->"), "XML_DEPTH"),
        (in_sheet(b"</sheetData>", b"</sheetDat>"), "XML_BROKEN"),
    ],
)
def test_broken_and_hostile_packages(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_limit_is_written_so_that_no_language_takes_it_for_a_fraction() -> None:
    (finding,) = read_book(in_sheet(b"</sheetData>", LAST_CORNER), "so.xlsx", LIBRARY).findings

    assert finding.expected == "5\xa0000\xa0000"


def test_a_digital_signature_is_told_for_it_does_not_outlast_what_is_written() -> None:
    signed = repacked(lambda _name, content: content, {"_xmlsignatures/origin.sigs": b""})

    (finding,) = read_book(signed, "so.xlsx", LIBRARY).findings
    assert (finding.code, finding.severity) == ("SIGNED", Severity.NOTE)


def test_a_false_count_of_shared_texts_does_no_harm() -> None:
    def claim(name: str, content: bytes) -> bytes:
        return re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4294967295"', content) if "sharedStr" in name else content

    assert read_book(repacked(claim), "so.xlsx", LIBRARY).findings == ()


@pytest.mark.parametrize("content", [b"<v></v>", b"<v/>", b""])
def test_a_shared_text_without_a_number_is_an_empty_cell_as_in_every_program(content: bytes) -> None:
    """Real exporters write blank cells so; where something must stand its absence is told as any other."""

    def emptied(cell: bytes) -> Reading:
        pattern = rb'(<c r="%s"[^>]*>)<v>\d+</v>' % cell
        data = repacked(lambda name, xml: re.sub(pattern, rb"\1" + content, xml) if "sheet2" in name else xml)
        return read_book(data, "so.xlsx", LIBRARY)

    assert emptied(b"D3").findings == ()
    (finding,) = emptied(b"C3").findings
    assert (finding.code, str(finding.place.address)) == ("ROW_INCOMPLETE", "C3")


def test_formats_far_away_do_not_make_a_sheet_too_big() -> None:
    data = in_sheet(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')

    assert read_book(data, "so.xlsx", LIBRARY).findings == ()


def test_a_zip_that_is_encrypted_is_said_to_have_a_password() -> None:
    data = bytearray(BOOK)
    start = data.find(b"PK\x01\x02")
    (flags,) = struct.unpack_from("<H", data, start + 8)
    struct.pack_into("<H", data, start + 8, flags | 1)

    assert refused(bytes(data)) == "ENCRYPTED"


def test_entries_that_share_bytes_are_refused() -> None:
    data = bytearray(BOOK)
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]

    assert refused(bytes(data)) == "ZIP_OVERLAP"


class _Panic(BaseException):
    """Like the panic of the native reader, which is no `Exception`."""


def test_a_panic_of_the_reader_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panicking:
        @staticmethod
        def from_filelike(_stream: Any) -> None:
            raise _Panic("index out of bounds")

    monkeypatch.setattr(native_sheets, "INSTALLED", False)
    monkeypatch.setattr(calamine_sheets, "CalamineWorkbook", Panicking)

    assert refused(BOOK) == "READER_CRASH"


def test_being_interrupted_is_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        @staticmethod
        def from_filelike(_stream: Any) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(native_sheets, "INSTALLED", False)
    monkeypatch.setattr(calamine_sheets, "CalamineWorkbook", Interrupted)

    with pytest.raises(KeyboardInterrupt):
        read_book(BOOK, "so.xlsx", LIBRARY)


def test_foreign_names_and_symbols_are_no_legacy_text() -> None:
    members = "| Mã đảng viên | Họ và tên | Tư cách | Tình trạng | Ghi chú |\n"
    row = "| DV{0:02d} | Jürgen Müñoz Søren | Chính thức | Sinh hoạt | «20 µm ± 5°», £100, ¼ |\n"
    rows = "".join(row.format(number) for number in range(10))

    assert read_book(a_workbook({"Đảng viên": members + rows}), "so.xlsx", LIBRARY).findings == ()


@settings(max_examples=150)
@given(st.data())
def test_damaged_bytes_never_raise(data: st.DataObject) -> None:
    damaged = bytearray(BOOK)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(damaged)))

    for candidate in (bytes(damaged), bytes(damaged[:end])):
        assert isinstance(read_book(candidate, "so.xlsx", LIBRARY), Reading)


@settings(max_examples=100)
@given(st.integers(0, 3000), st.binary(max_size=12))
def test_damaged_sheets_never_raise(position: int, junk: bytes) -> None:
    def damage(name: str, content: bytes) -> bytes:
        return content[:position] + junk + content[position + len(junk) :] if "sheets/" in name else content

    assert isinstance(read_book(repacked(damage), "so.xlsx", LIBRARY), Reading)
