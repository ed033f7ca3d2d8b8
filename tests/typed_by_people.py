"""How people type one value: every spelling that the workbook's description promises to understand."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


@dataclass(frozen=True)
class Typed:
    """What stands in a spreadsheet cell: a value, its number format, and whether a formula gives it."""

    value: object
    number_format: str | None = None
    by_formula: bool = False


@dataclass
class Typist:
    """Somebody who types values; `tidy` people use the first spelling of everything."""

    rng: random.Random
    tidy: bool = False
    formulas: bool = True
    year: int = field(default=2026)

    def one_of(self, *spellings: object) -> object:
        return spellings[0] if self.tidy else self.rng.choice(spellings)

    def now_and_then(self, chance: float) -> bool:
        return not self.tidy and self.rng.random() < chance

    def text(self, text: str) -> str:
        """The same words in another Unicode form, with other spaces."""
        if self.now_and_then(0.15):
            text = unicodedata.normalize("NFD", text)
        if self.now_and_then(0.1):
            text = " " + text.replace(" ", "\N{NO-BREAK SPACE} ") + " "
        return text

    def words(self, text: str) -> str:
        """A label or a value of a list: also in capitals, over two lines, with the tone mark elsewhere."""
        if self.now_and_then(0.2):
            text = text.replace("ủy", "uỷ").replace("Ủy", "Uỷ").replace("óa", "oá")
        if self.now_and_then(0.1):
            text = text.upper()
        if self.now_and_then(0.1):
            text = text.replace(" ", "\n", 1)
        return self.text(text)

    def label(self, text: str) -> str:
        return self.words(text) + str(self.one_of("", "", "", " *", " (bắt buộc)", ":"))

    def day(self, day: date) -> Typed:
        if self.tidy or self.rng.random() < 0.4:
            return Typed(datetime(day.year, day.month, day.day), "dd/mm/yyyy")
        weekday = f" (thứ {WEEKDAYS[day.weekday()]})" if day.weekday() < 6 else " (Chủ nhật)"
        spelling = self.rng.choice(
            (
                f"{day:%d/%m/%Y}",
                f" {day:%d/%m/%Y} ",
                f"{day.day}/{day.month}/{day.year}",
                f"{day.day}/{day.month}/{day:%y}",
                f"{day:%d-%m-%Y}",
                f"ngày {day:%d}/{day.month}/{day:%Y}",
                f"{day:%d/%m/%Y}{weekday}",
            )
        )
        return Typed(self.text(spelling))

    def clock(self, at: time) -> Typed:
        if self.tidy or self.rng.random() < 0.3:
            return Typed(at, "hh:mm")
        if self.rng.random() < 0.2:
            return Typed((at.hour * 60 + at.minute) / 1440, "General")
        spellings = [f"{at:%H:%M}", f"{at.hour}h{at:%M}", f"{at.hour} giờ {at:%M}", f"{at.hour}:{at:%M}"]
        if at.minute == 0:
            spellings += [f"{at.hour}h", f"{at.hour} giờ"]
        return Typed(self.text(self.rng.choice(spellings)))

    def count(self, number: int) -> Typed:
        if self.formulas and self.now_and_then(0.1):
            return Typed(number, by_formula=True)
        return Typed(self.one_of(number, number, float(number), f"{number}", f" {number} ", f"{number}.0"))

    def share(self, present: int, membership: int) -> Typed:
        """`18/18`, or the date that Excel makes of it."""
        if present and present <= 12 and membership <= 12 and self.rng.random() < 0.5:
            return Typed(datetime(2026, membership, present), "d/m")
        return Typed(f"{present}/{membership}")

    def rate(self, percent: int) -> Typed:
        if self.now_and_then(0.2):
            return Typed(percent / 100, "0%")
        return Typed(self.one_of(percent, f"{percent}%", f"{percent} %", f"{percent},0", f"{percent}.0%"))

    def points(self, points: Decimal) -> Typed:
        if self.formulas and self.now_and_then(0.05):
            return Typed(float(points), by_formula=True)
        text = str(points)
        number = float(points) if points % 1 else int(points)
        return Typed(self.one_of(number, number, float(points), text, text.replace(".", ","), f" {text} "))

    def yes_no(self, answer: bool) -> Typed:
        if answer:
            return Typed(self.one_of("Có", "x", "X", 1, "✓", "có", "CÓ"))
        return Typed(self.one_of("Không", 0, "K", "k", "không", "KHÔNG"))

    def meeting_code(self, code: str, heading: bool = False) -> Typed:
        month = int(code[5:7])
        if len(code) > 7:
            return Typed(self.one_of(code, code, code.lower(), f" {code}"))
        if self.now_and_then(0.2):
            return Typed(datetime(int(code[:4]), month, 1), str(self.rng.choice(("yyyy-mm", "mmm-yy", "dd/mm/yyyy"))))
        spellings = [code, code, f"{month}/{code[:4]}", f"T{month}", f"Tháng {month}", f"{month:02d}/{code[:4]}"]
        if heading:
            spellings += [f"{code} *", f"THÁNG {month}"]
        return Typed(self.text(str(self.one_of(*spellings))))

    def criterion(self, code: str) -> Typed:
        if code.replace(".", "").isdigit() and self.now_and_then(0.5):
            return Typed(float(code) if "." in code else self.one_of(int(code), float(code)))
        return Typed(self.text(str(self.one_of(code, code, code.upper(), f" {code} "))))

    def mark(self, mark: str) -> Typed:
        return Typed(self.one_of(mark, mark, mark.lower(), f" {mark} "))

    def whole(self, number: int) -> Typed:
        return Typed(self.one_of(number, float(number), f"{number}", f"{number}.0"))
