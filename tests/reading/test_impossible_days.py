"""A number in a cell of a day that is none: that cell is unreadable and told with its place, the rest is read."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from chibo.workbook import read_book
from tables import LIBRARY, a_workbook

MEETINGS = """
    | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc |
    | 2026-03 | Thường kỳ | dn:46086       | t:14:00     | t:15:30      |
    | 2026-04 | Thường kỳ | d:2026-04-07   | %:777       | t:15:30      |
"""

DAY, TIME = b"<v>46086</v>", b"<v>777</v>"
NO_DAYS = ["1e300", "1e308", "-1e308", "-1e300", "-5", "-0.5", "1e12", "-1e12", "2958466", "999999999", "1" + "0" * 300]
NO_NUMBERS = ["NaN", "INF", "-INF", "1e999", "-1e999", "9" * 400]
FORMATS = ["dd/mm/yyyy", "hh:mm", "[h]:mm", "dd/mm/yyyy hh:mm"]


def book(value: str, *, usual: bool = True, date_1904: bool = False, at: bytes = DAY, shown: str = "") -> bytes:
    """A workbook with this number in the place of a day or time; without `usual` with a comment in its sheets."""
    stream = BytesIO()
    with ZipFile(BytesIO(a_workbook({"Sinh hoạt": MEETINGS}, date_1904))) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(at, b"<v>%s</v>" % value.encode())
            if name.startswith("xl/worksheets/") and not usual:
                content = content.replace(b"<sheetData>", b"<sheetData><!-- -->")
            if name == "xl/styles.xml" and shown:
                content = content.replace(b'formatCode="dd/mm/yyyy"', b'formatCode="%s"' % shown.encode())
            new.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("usual", [True, False], ids=["usual", "unusual"])
@pytest.mark.parametrize("date_1904", [False, True], ids=["1900", "1904"])
@pytest.mark.parametrize("value", NO_DAYS + NO_NUMBERS)
def test_a_number_that_is_no_day_is_one_unreadable_cell(value: str, date_1904: bool, usual: bool) -> None:
    reading = read_book(book(value, usual=usual, date_1904=date_1904), "so.xlsx", LIBRARY)

    (found,) = [one for one in reading.findings if one.code == "DATE_UNREADABLE"]
    assert (found.place.sheet, found.place.address, found.of_book) == ("Sinh hoạt", "C2", False)
    assert found.seen
    assert found.expected == "05/03/2026"
    assert [meeting.held_on for meeting in reading.book.meetings] == [None, date(2026, 4, 7)]


@pytest.mark.parametrize("usual", [True, False], ids=["usual", "unusual"])
@pytest.mark.parametrize("shown", FORMATS)
@pytest.mark.parametrize("value", ["1e300", "-1e300", "-5", "1e10", "-1e10", "1e15"])
def test_in_whatever_format_of_days_or_times_it_is_shown(value: str, shown: str, usual: bool) -> None:
    reading = read_book(book(value, usual=usual, shown=shown), "so.xlsx", LIBRARY)

    assert next(one.place.address for one in reading.findings if one.code == "DATE_UNREADABLE") == "C2"
    assert len(reading.book.meetings) == 2


@pytest.mark.parametrize("usual", [True, False], ids=["usual", "unusual"])
@pytest.mark.parametrize("value", ["-0.5", "1e300", "NaN"])
def test_what_is_no_time_of_day_is_not_taken_for_one(value: str, usual: bool) -> None:
    reading = read_book(book(value, usual=usual, at=TIME, shown="hh:mm"), "so.xlsx", LIBRARY)

    (found,) = [one for one in reading.findings if one.code == "TIME_UNREADABLE"]
    assert found.place.address == "D3"
    assert reading.book.meetings[1].starts_at is None


def test_what_was_seen_is_said_as_it_stands() -> None:
    def seen(value: str) -> str:
        found = read_book(book(value), "so.xlsx", LIBRARY).findings
        return next(one.seen for one in found if one.code == "DATE_UNREADABLE")

    assert [seen(value) for value in ("-5", "2958466", "1e300", "NaN")] == ["-5", "2958466", "1e+300", "NaN"]


def test_a_text_that_looks_like_such_a_number_stays_a_text() -> None:
    text = "-1e300"
    meetings = MEETINGS.replace("dn:46086", text)

    reading = read_book(a_workbook({"Sinh hoạt": meetings}), "so.xlsx", LIBRARY)

    assert next(one.seen for one in reading.findings if one.code == "DATE_UNREADABLE") == text
