"""Invented cell books as plain values: what a book means, before anybody types it into a workbook."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Vũ")
MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Hữu", "Ngọc")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Đạt", "Hà", "Hòa", "Khánh", "Lan", "Minh", "Thủy", "Tuyết", "Vân", "Yến")
KINDS_OF_CELL = ("Cơ quan hành chính", "Đơn vị sự nghiệp", "Trường học", "Lực lượng vũ trang", "Khác")

TYPED_COUNTS = ("membership", "exempt", "transferred", "special_duty", "suspended", "present", "excused", "unexcused")
MARK_OF = {"present": "X", "excused": "P", "unexcused": "K", "exempt": "M", "transferred": "T", "special_duty": "Đ",
           "suspended": "C"}  # fmt: skip

HD42_MAXIMA = {
    "1": 5, "2a": 4, "2b": 1, "3a": 3, "3b": 2, "3c": 2, "3d": 1, "3đ": 2, "4a": 5, "4b": 15, "4c": 5, "4d": 2, "4đ": 5,
    "4e": 1, "4g": 1, "4h": 1, "5a": 2, "5b": 4, "5c": 3, "5d": 1, "6a": 1, "6b": 2, "6c": 1, "6d": 1, "7": 30, "8a": 2,
    "8b": 2, "8c": 1,
}  # fmt: skip
TEN_LINES = {"1": 5, "2": 5, "3.1": 5, "3.2": 5, "4.1": 5, "4.2": 25, "4.3": 10, "5": 5, "6": 30, "7": 5}
PHU_THO = {"PT1": 15, "PT2": 20, "PT3": 45, "PT4": 20}
NGHE_AN = {"CĐ1": 20, "CĐ2": 10, "CĐ3": 45, "CĐ4": 15, "CĐ5": 10}
MAXIMA = {"hd42-thuong-ky": HD42_MAXIMA, "binh-thuan-cong": HD42_MAXIMA, "hd42-10-dong": TEN_LINES,
          "khoi-phu-tho": PHU_THO, "chuyen-de-nghe-an-08": NGHE_AN}  # fmt: skip
STEPS_OF_HD42 = {
    "1": (1, 2, 3, 4, 5), "2a": (1, 2, 3, 4), "4đ": (2, 3, 4, 5), "7": (10, 15, 20, 24, 27, 30),
    "2b": (0, 1), "3a": (0, 3), "3b": (0, 2), "3c": (0, 2), "3d": (0, 1), "3đ": (0, 2), "4a": (0, 5), "4d": (0, 2),
    "4e": (0, 1), "4g": (0, 1), "4h": (0, 1), "8a": (0, 2), "8b": (0, 2), "8c": (0, 1),
}  # fmt: skip
HALF = Decimal("0.5")


@dataclass
class Sketch:
    """One book: every value as its meaning, an absent key as an empty cell."""

    info: dict[str, object]
    members: list[dict[str, object]]
    meetings: list[dict[str, object]]
    marks: dict[str, dict[str, str]] = field(default_factory=dict)
    self_points: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    official_points: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    tasks: list[tuple[str, str, str]] = field(default_factory=list)
    plan: list[tuple[str, int, str]] = field(default_factory=list)

    def meeting(self, code: str) -> dict[str, object]:
        return next(meeting for meeting in self.meetings if meeting["meeting_code"] == code)


def a_name(rng: random.Random) -> str:
    return f"{rng.choice(FAMILY)} {rng.choice(MIDDLE)} {rng.choice(GIVEN)}"


def sketched(seed: int) -> Sketch:
    """The book number `seed`; the same number gives the same book."""
    rng = random.Random(seed)
    year = rng.choice((2025, 2026, 2026, 2026))
    members = sketched_members(rng)
    sketch = Sketch(sketched_info(rng, seed, year), members, [])
    sketch.plan = [(str(no), rng.randint(1, 4), f"Chuyên đề số {no}") for no in range(1, rng.randint(1, 5))]
    for code, kind in planned_codes(rng, year):
        meeting = sketched_meeting(rng, sketch, code, kind)
        sketch.meetings.append(meeting)
        if "held_on" in meeting and kind != "Bất thường":
            score(rng, sketch, meeting)
    sketch.tasks = sketched_tasks(rng, sketch)
    return sketch


def sketched_info(rng: random.Random, seed: int, year: int) -> dict[str, object]:
    info: dict[str, object] = {
        "cell_code": f"CB{seed:04d}",
        "cell_name": f"Chi bộ phòng số {seed}, «{rng.choice(GIVEN)}»",
        "cell_kind": rng.choice(KINDS_OF_CELL),
        "year": year,
        "has_committee": rng.random() < 0.6,
        "secretary": a_name(rng),
        "secretary_is_head": rng.random() < 0.5,
    }
    if rng.random() < 0.8:
        info |= {"committee_code": f"DB{seed % 3}", "committee_name": f"Đảng bộ Sở số {seed % 3}"}
    if rng.random() < 0.5:
        info["deputy_secretary"] = a_name(rng)
    if rng.random() < 0.3:
        info["frame_regular"] = rng.choice(("hd42-thuong-ky", "binh-thuan-cong", "hd42-10-dong", "khoi-phu-tho"))
    if rng.random() < 0.4:
        info["frame_thematic"] = "chuyen-de-nghe-an-08"
    if rng.random() < 0.3:
        info["min_minutes"] = rng.choice((60, 75, 100, 150))
        if rng.random() < 0.6:
            info["min_minutes_document"] = "12-CV/ĐUK"
    return info


def sketched_members(rng: random.Random) -> list[dict[str, object]]:
    count = rng.choice((3, 5, 8, 10, 12, 20, 29, 30, 31))
    return [
        {"member_code": f"ĐV{number:03d}", "full_name": a_name(rng), "standing": "Chính thức", "status": "Sinh hoạt"}
        for number in range(1, count + 1)
    ]


def planned_codes(rng: random.Random, year: int) -> list[tuple[str, str]]:
    codes: list[tuple[str, str]] = []
    months = (9, 10, 11, 12) if year == 2025 else range(1, rng.randint(4, 9))
    for month in months:
        stem = f"{year}-{month:02d}"
        if rng.random() < 0.92:
            codes.append((stem, "Kết hợp" if rng.random() < 0.3 else "Thường kỳ"))
        if rng.random() < 0.25:
            codes.append((f"{stem}-CĐ", "Chuyên đề"))
        if rng.random() < 0.05:
            codes.append((f"{stem}-CĐ2", "Chuyên đề"))
        if rng.random() < 0.1:
            codes.append((f"{stem}-BT1", "Bất thường"))
    return codes or [(f"{year}-03", "Thường kỳ")]


def sketched_meeting(rng: random.Random, sketch: Sketch, code: str, kind: str) -> dict[str, object]:
    meeting: dict[str, object] = {"meeting_code": code, "kind": kind}
    year, month = int(code[:4]), int(code[5:7])
    day = date(year, month, rng.randint(1, 28))
    fate = rng.random()
    if fate < 0.06:
        return meeting | {"state": "Hoãn", "state_reason": "Bão lũ", "postponed_to": day + timedelta(10)}
    if fate < 0.1:
        return meeting | {"state": "Không tổ chức", "state_reason": "Tập trung phòng, chống bão"}
    if fate < 0.14:
        return meeting | {"planned_on": day}
    meeting["held_on"] = day
    counts, present = sketched_counts(rng, sketch, code)
    meeting |= counts
    meeting |= sketched_course(rng, day)
    if rng.random() < 0.9:
        meeting["speakers"] = round(present * rng.choice((0, 0.1, 0.29, 0.3, 0.39, 0.4, 0.45, 0.5, 0.51, 0.6, 0.9)))
        meeting["opinions"] = int(meeting["speakers"]) + rng.randint(0, 3)
    if kind in ("Kết hợp", "Chuyên đề") and rng.random() < 0.8:
        meeting["plan_no"] = rng.choice(("1", "2", "3"))
    return meeting


def sketched_counts(rng: random.Random, sketch: Sketch, code: str) -> tuple[dict[str, object], int]:
    """The counts typed for a meeting and how many were present: marks for all, for some, or counts typed alone."""
    marks = {str(member["member_code"]): a_mark(rng) for member in sketch.members}
    if rng.random() < 0.25 and len(marks) > 2:
        marks[rng.choice(list(marks))] = "S"
    counts: dict[str, object] = {
        name: sum(mark == letter for mark in marks.values()) for name, letter in MARK_OF.items()
    }
    counts["membership"] = sum(mark != "S" for mark in marks.values())
    way = rng.random()
    if way < 0.6:
        sketch.marks[code] = marks
        return counts if rng.random() < 0.5 else {}, int(str(counts["present"]))
    if way < 0.75 and len(marks) > 2:
        kept = set(rng.sample(sorted(marks), len(marks) // 2))
        sketch.marks[code] = {member: mark for member, mark in marks.items() if member in kept}
    return counts, int(str(counts["present"]))


def a_mark(rng: random.Random) -> str:
    return rng.choices("XPKMTĐC", weights=(70, 14, 1, 3, 3, 2, 1))[0]


def sketched_course(rng: random.Random, day: date) -> dict[str, object]:
    """Times on and beside every edge of the bands, steps on and beside every deadline."""
    course: dict[str, object] = {"supervisor_present": rng.random() < 0.3}
    if rng.random() < 0.95:
        start = rng.choice((time(7, 30), time(8, 0), time(13, 45), time(14, 0)))
        minutes = rng.choice(
            (30, 37, 38, 44, 45, 49, 50, 59, 60, 61, 70, 74, 75, 85, 89, 90, 91, 104, 105, 119, 120, 150)
        )
        end = start.hour * 60 + start.minute + minutes
        course |= {"starts_at": start, "ends_at": time(end // 60, end % 60)}
    for name, earliest, latest in (("committee_met_on", -5, 1), ("notified_on", -6, 1), ("papers_sent_on", -4, 1),
                                   ("reported_on", 0, 4)):  # fmt: skip
        if rng.random() < 0.85:
            course[name] = day + timedelta(rng.randint(earliest, latest))
    if rng.random() < 0.7:
        course["committee_minutes"] = rng.random() < 0.8
    if rng.random() < 0.9:
        course["minutes_kept"] = rng.random() < 0.85
    if rng.random() < 0.8:
        course["minutes_criticism"] = rng.choice((0, 10, 14, 15, 16, 20))
    if rng.random() < 0.5:
        course["previous_resolution_rate"] = rng.choice((49, 50, 69, 70, 85, 90, 100))
    return course


def score(rng: random.Random, sketch: Sketch, meeting: dict[str, object]) -> None:
    """Points of the frame that the book names, sometimes with one of them missing."""
    thematic = meeting["kind"] == "Chuyên đề"
    frame = sketch.info.get("frame_thematic") if thematic else sketch.info.get("frame_regular", "hd42-thuong-ky")
    if frame is None:
        return
    generosity = rng.choice((0.4, 0.6, 0.8, 0.93, 1.0))
    for points_of, chance in ((sketch.self_points, 0.85), (sketch.official_points, 0.35)):
        if rng.random() > chance:
            continue
        points = {
            code: some_points(rng, str(frame), code, maximum, str(meeting["kind"]), generosity)
            for code, maximum in MAXIMA[str(frame)].items()
            if code != "4c" or meeting["kind"] == "Kết hợp"
        }
        if rng.random() < 0.12:
            points.pop(rng.choice(sorted(points)))
        points_of[str(meeting["meeting_code"])] = points


def some_points(rng: random.Random, frame: str, code: str, maximum: int, kind: str, generosity: float) -> Decimal:
    if frame in ("hd42-thuong-ky", "binh-thuan-cong"):
        if code == "4b" and kind == "Kết hợp":
            maximum = 10
        if code in STEPS_OF_HD42:
            steps = STEPS_OF_HD42[code]
            return Decimal(steps[-1] if rng.random() < generosity else rng.choice(steps))
    if rng.random() < generosity:
        return Decimal(maximum)
    return rng.randint(0, maximum * 2) * HALF


def sketched_tasks(rng: random.Random, sketch: Sketch) -> list[tuple[str, str, str]]:
    tasks: list[tuple[str, str, str]] = []
    for meeting in sketch.meetings:
        if "held_on" in meeting and rng.random() < 0.5:
            for number in range(rng.choice((1, 2, 3, 5, 10))):
                result = rng.choices(("Hoàn thành", "Đang thực hiện", "Chưa thực hiện"), weights=(8, 1, 1))[0]
                tasks.append((str(meeting["meeting_code"]), f"Việc thứ {number + 1}", result))
    rng.shuffle(tasks)
    return tasks
