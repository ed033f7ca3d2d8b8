"""Sealed workbooks into whose seal somebody wrote what they liked."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from builders import a_book, a_meeting, a_roll_call
from chibo.workbook import write_book
from chibo.workbook.sealing import sealed
from desks import TODAY, library


def a_sealed_book() -> bytes:
    """A workbook of Chibo with a meeting in February and one in March, sealed."""
    roll_call = a_roll_call({"2026-02": "X" * 10, "2026-03": "X" * 10})
    book = a_book(a_meeting("2026-02"), a_meeting("2026-03"), roll_call=roll_call)
    return sealed(write_book(book, library(), TODAY), library())


def with_seal_lines(data: bytes, **lines: str) -> bytes:
    """The workbook with other values on these lines of its seal."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry).decode("utf-8") if entry.filename.startswith("xl/worksheets/sheet") else None
            if part is not None and "written_at<" in part:
                for name, value in lines.items():
                    part = _with_line(part, name, value)
            new.writestr(entry, old.read(entry) if part is None else part)
    return stream.getvalue()


def _with_line(xml: str, name: str, value: str) -> str:
    line = re.compile(rf"(>{name}</t></is></c><c [^>]*><is><t [^>]*>)[^<]*")
    assert len(line.findall(xml)) == 1
    return line.sub(lambda found: found[1] + escape(value), xml)
