"""Small workbooks to hand in: of any cell, saved at a moment that the test says."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

from tables import INFO, MEETINGS, a_workbook

SAVED = datetime(2026, 3, 6, 8, tzinfo=UTC)
MARCH_ROW = "| 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      |"
FEBRUARY_ROW = "| 2026-02 | Thường kỳ | d:2026-02-05   | t:14:00     | t:15:30      |"


def a_book(
    cell: str = "CB01",
    *,
    hours: int = 0,
    rows: str = MARCH_ROW,
    ends: str = "15:30",
    points: int = 4,
    year: int = 2026,
    name: str = "",
) -> bytes:
    """The book of a cell, saved so many hours after `SAVED`.

    `ends` is when its March meeting ended, `points` what it gave itself for criterion 2a, `name` how it calls itself:
    if not said, a little otherwise than the register does.
    """
    called = name or f"Chi bộ Phòng số {cell[2:]}"
    info = INFO.replace("CB01", cell).replace("Chi bộ Văn phòng", called).replace("2026", str(year))
    header = MEETINGS.strip().splitlines()[0]
    meetings = f"{header}\n{rows.replace('t:15:30', f't:{ends}', 1)}"
    scores = f"| Mã tiêu chí | Điểm tối đa | 2026-03 |\n| 2a | n:4 | n:{points} |"
    sheets = {"Thông tin": info, "Sinh hoạt": meetings, "Chấm điểm": scores}
    return saved(a_workbook(sheets), SAVED + timedelta(hours=hours))


def saved(data: bytes, moment: datetime | str) -> bytes:
    """The workbook as if it had been saved at this moment, or at what a text says."""
    text = moment if isinstance(moment, str) else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>" + text.encode(), part)
            new.writestr(zipfile.ZipInfo(entry.filename, (2026, 1, 1, 0, 0, 0)), part)
    return stream.getvalue()
