"""The workbook that a cell keeps through a year, month by month: small, real, with the points of a whole frame."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from functools import cache

from attrs import evolve, field, frozen

from chibo.definitions.library import Library
from chibo.model import MeetingKind
from memory.books_handed_in import saved
from tables import INFO, a_workbook

_FRAME = "hd42-thuong-ky"
_FREE = "4b"
"""The criterion by which two editions of a month differ."""


class Told(Enum):
    """What a book says of a month."""

    NOTHING = "nothing"
    HALF = "half"
    """Held, a criterion without points."""
    WHOLE = "whole"
    POSTPONED = "postponed"


@frozen
class Month:
    """A month in the book; `points` are those of the free criterion."""

    told: Told
    points: int = 10


@frozen(kw_only=True)
class YearBook:
    """A cell's book of a year: its months by number."""

    cell: str
    committee: str
    year: int
    months: Mapping[int, Month] = field(factory=dict)

    def with_month(self, number: int, month: Month) -> YearBook:
        """The book with one month written anew."""
        return evolve(self, months={**self.months, number: month})

    def workbook(self, moment: datetime) -> bytes:
        """The workbook as it was saved at a moment."""
        told = {number: month for number, month in sorted(self.months.items()) if month.told is not Told.NOTHING}
        sheets = {
            "Thông tin": self._info(),
            "Sinh hoạt": _meetings(self.year, told),
            "Chấm điểm": _points(self.year, told),
        }
        return saved(a_workbook(sheets), moment)

    def _info(self) -> str:
        text = INFO.replace("CB01", self.cell).replace("Chi bộ Văn phòng", f"Chi bộ {self.cell}")
        return text.replace("DB01", self.committee or "DB00").replace("n:2026", f"n:{self.year}")


def _meetings(year: int, told: Mapping[int, Month]) -> str:
    lines = ["| Mã kỳ | Loại | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc | Tình trạng buổi | Lý do |"]
    for number, month in told.items():
        code = f"{year}-{number:02d}"
        if month.told is Told.POSTPONED:
            lines.append(f"| {code} | Thường kỳ | | | | Hoãn | bão số {number} |")
        else:
            lines.append(f"| {code} | Thường kỳ | d:{code}-05 | t:14:00 | t:15:30 | | |")
    return "\n".join(lines)


def _points(year: int, told: Mapping[int, Month]) -> str:
    held = {number: month for number, month in told.items() if month.told in {Told.HALF, Told.WHOLE}}
    lines = ["| Mã tiêu chí | Điểm tối đa | " + " | ".join(f"{year}-{number:02d}" for number in held) + " |"]
    for code, maximum in _maxima().items():
        cells = []
        for month in held.values():
            left_out = month.told is Told.HALF and code == "7"
            cells.append("" if left_out else f"n:{month.points if code == _FREE else maximum}")
        lines.append(f"| {code} | n:{maximum} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


@cache
def _maxima() -> Mapping[str, str]:
    frame = Library().frames[_FRAME]
    return {line.criterion.code: str(line.maximum) for line in frame.lines(MeetingKind.REGULAR) if line.applies}
