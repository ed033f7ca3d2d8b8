"""Signs that nobody sees: headings, codes, marks and numbers are what people see, whatever was pasted around them."""

from __future__ import annotations

from datetime import date

import pytest

from builders import code
from chibo.definitions.wording import normal_label, seen_text
from chibo.model import Mark
from tables import found, read_workbook

MEETINGS = "| {0}Mã kỳ{1} | {0}Loại{1} | {0}Ngày sinh hoạt{1} | {0}Có mặt{1} | Địa điểm |"
MEETING = "| {0}2026-03{1} | {0}Thường kỳ{1} | {0}05/03/2026{1} | {0}18{1} | {0}Phòng họp{1} |"
MARKS = "| Mã đảng viên | {0}2026-03{1} |\n| {0}DV01{1} | {0}X{1} |"
AROUND = [
    "\u202a \u202c",
    "\u202d \u202c",
    "\u2066 \u2069",
    "\u2068 \u2069",
    "\u061c ",
    "\u200e \u200f",
    "\u200b \u2060",
]


@pytest.mark.parametrize("signs", AROUND, ids=ascii)
def test_what_is_copied_with_unseen_signs_is_read_as_it_is_seen(signs: str) -> None:
    around = signs.split(" ")
    reading = read_workbook(
        {
            "Sinh hoạt": f"{MEETINGS}\n{MEETING}".format(*around),
            "Điểm danh": MARKS.format(*around),
        }
    )
    (meeting,) = reading.book.meetings
    assert (meeting.meeting_code, meeting.held_on, meeting.present) == (code("2026-03"), date(2026, 3, 5), 18)
    assert reading.book.roll_call.of(code("2026-03")) == {"DV01": Mark.PRESENT}
    assert {kind for kind, _ in found(reading)} <= {"VALUE_REPAIRED", "VALUE_RETYPED"}


@pytest.mark.parametrize("sign", ["\u202b", "\u202e", "\u2067"], ids=ascii)
def test_what_turns_round_on_the_screen_is_not_taken_for_what_it_looks_like(sign: str) -> None:
    assert seen_text(f"CB{sign}10") == f"CB{sign}10"
    assert normal_label(f"{sign}Mã kỳ") != normal_label("Mã kỳ")


def test_wording_that_is_kept_stays_as_it_was_typed() -> None:
    reading = read_workbook({"Sinh hoạt": f"{MEETINGS}\n{MEETING}".format("\u202a", "\u202c")})
    assert reading.book.meetings[0].venue == "\u202aPhòng họp\u202c"
