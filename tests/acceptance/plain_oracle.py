"""The facts of a sketched book, worked out again from the written rules and from nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from sketched_books import HD42_MAXIMA, MARK_OF, MAXIMA, Sketch

COLUMNS = [
    "committee_code", "cell_code", "cell_name", "year", "meeting_code", "kind", "held_on", "minutes", "membership",
    "exempt", "transferred", "special_duty", "present", "excused", "unexcused", "attendance_rate", "speakers",
    "opinions", "frame", "self_total", "self_grade", "fact_total", "official_total", "official_grade", "thematic",
    "findings", "source",
]  # fmt: skip
START = {"hd42-thuong-ky": date(2025, 10, 28), "hd42-10-dong": date(2025, 10, 28)}
THRESHOLDS = {"chuyen-de-nghe-an-08": (80, 70, 50)}
GATE = ("1", "2a", "4đ", "4e")
MONTHLY = ("Thường kỳ", "Kết hợp")


def expected_rows(book: Sketch) -> dict[str, dict[str, object]]:
    """Meeting code -> the row of facts but for `findings` and `source`; an unknown value is None."""
    return {str(meeting["meeting_code"]): expected_row(book, meeting) for meeting in book.meetings}


def expected_row(book: Sketch, meeting: dict) -> dict[str, object]:
    info, code = book.info, meeting["meeting_code"]
    row: dict[str, object] = dict.fromkeys(COLUMNS[:-2])
    for name in ("committee_code", "cell_code", "cell_name", "year"):
        row[name] = info.get(name)
    row |= {"meeting_code": code, "kind": meeting["kind"], "thematic": "Không"}
    if "held_on" not in meeting:
        return row
    counts = counts_of(book, meeting)
    row |= {name: counts[name] for name in row if name in counts}
    row["held_on"], row["minutes"] = meeting["held_on"], minutes_of(meeting)
    row["speakers"], row["opinions"] = meeting.get("speakers"), meeting.get("opinions")
    rate = attendance(counts)
    row["attendance_rate"] = None if rate is None else two_decimals(100 * rate)
    if meeting.get("plan_no") in {no for no, _, _ in book.plan}:
        row["thematic"] = "Có"
    frame = row["frame"] = frame_of(book, meeting)
    if frame:
        row["fact_total"] = sum(fact_points(book, meeting).values()) if MAXIMA[frame] is HD42_MAXIMA else 0
        for who, points in (("self", book.self_points), ("official", book.official_points)):
            row[f"{who}_total"], row[f"{who}_grade"] = graded(frame, meeting["kind"], points.get(code, {}))
    return row


def comparable(value: object) -> object:
    """A value of the oracle or of a JSON row in one form: days as text, numbers exact, unknown as None."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Decimal(str(value))
    return value


def two_decimals(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def frame_of(book: Sketch, meeting: dict) -> str | None:
    if meeting["kind"] == "Bất thường":
        return None
    if meeting["kind"] == "Chuyên đề":
        frame = book.info.get("frame_thematic")
    else:
        frame = book.info.get("frame_regular", "hd42-thuong-ky")
    if frame is None or meeting["held_on"] < START.get(frame, date(2018, 1, 1)):
        return None
    return frame


def minutes_of(meeting: dict) -> int | None:
    if "starts_at" not in meeting or "ends_at" not in meeting:
        return None
    start, end = meeting["starts_at"], meeting["ends_at"]
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def counts_of(book: Sketch, meeting: dict) -> dict[str, int | None]:
    marks = book.marks.get(meeting["meeting_code"], {})
    if marks and all(marks.get(member["member_code"]) for member in book.members):
        counts = {name: list(marks.values()).count(mark) for name, mark in MARK_OF.items()}
        return {"membership": sum(counts.values()), **counts}
    return {name: meeting.get(name) for name in ("membership", *MARK_OF)}


def attendance(counts: dict) -> Fraction | None:
    if counts["membership"] is None or counts["present"] is None:
        return None
    owed = counts["membership"] - sum(counts[name] for name in ("exempt", "special_duty", "transferred", "suspended"))
    return Fraction(counts["present"], owed) if owed else None


def graded(frame: str, kind: str, points: dict[str, Decimal]) -> tuple[Decimal | None, str | None]:
    needed = {code for code in MAXIMA[frame] if code != "4c" or kind == "Kết hợp"}
    if needed - set(points):
        return None, None
    total = sum((points[code] for code in needed), Decimal(0))
    good, fair, average = THRESHOLDS.get(frame, (90, 70, 50))
    grade = "Tốt" if total >= good else "Khá" if total >= fair else "Trung bình" if total >= average else "Kém"
    if frame == "binh-thuan-cong" and grade == "Tốt" and any(points[code] < HD42_MAXIMA[code] for code in GATE):
        grade = "Khá"
    return total, grade


def fact_points(book: Sketch, meeting: dict) -> dict[str, int]:
    """Criterion of hd42-thuong-ky -> points that the recorded facts give; an undecided criterion is left out."""
    day, counts, points = meeting["held_on"], counts_of(book, meeting), {}
    minutes, required = minutes_of(meeting), required_minutes(book, meeting, counts)
    if minutes is not None:
        edges = ((required, 5), (required - 15, 4), (required - 30, 3), (Fraction(required, 2), 2))
        points["1"] = next((value for edge, value in edges if minutes >= edge), 1)
    rate = attendance(counts)
    if rate:
        reached = next((value for edge, value in ((90, 4), (75, 3), (65, 2)) if rate * 100 >= edge), 1)
        points["2a"] = 1 if counts["unexcused"] else reached
    run = longest_run(book, meeting)
    if run is not None:
        points["2b"] = 0 if run > 3 else 1
    alone = not book.info["has_committee"] and "deputy_secretary" not in book.info
    met = "committee_met_on" in meeting and meeting["committee_met_on"] <= day
    points["3c"] = 2 if alone or (met and meeting.get("committee_minutes") is not False) else 0
    points["3d"] = 1 if "notified_on" in meeting and meeting["notified_on"] <= day else 0
    points["3đ"] = 2 if "papers_sent_on" in meeting and meeting["papers_sent_on"] <= day - timedelta(1) else 0
    points["8c"] = 1 if "reported_on" in meeting and meeting["reported_on"] <= day + timedelta(2) else 0
    points["4e"] = 1 if meeting.get("minutes_kept") else 0
    if "speakers" in meeting and counts["present"]:
        share = Fraction(meeting["speakers"], counts["present"]) * 100
        points["4đ"] = 5 if share > 50 else 4 if share >= 40 else 3 if share >= 30 else 2
    if "minutes_criticism" in meeting:
        points["4g"] = 1 if meeting["minutes_criticism"] >= 15 else 0
    done = tasks_done(book, meeting)
    if done is not None:
        edges = ((90, 30), (80, 27), (70, 24), (60, 20), (50, 15))
        points["7"] = next((value for edge, value in edges if done * 100 >= edge), 10)
    return points


def required_minutes(book: Sketch, meeting: dict, counts: dict) -> int:
    if "min_minutes" in book.info and "min_minutes_document" in book.info:
        return book.info["min_minutes"]
    return 120 if meeting["kind"] == "Kết hợp" or (counts["membership"] or 0) >= 30 else 90


def monthly_until(book: Sketch, meeting: dict) -> list[dict]:
    """The held regular and combined meetings of the book in code order, up to this one."""
    held = [other for other in book.meetings if other["kind"] in MONTHLY and "held_on" in other]
    return sorted(
        (other for other in held if other["meeting_code"] <= meeting["meeting_code"]), key=lambda m: m["meeting_code"]
    )


def longest_run(book: Sketch, meeting: dict) -> int | None:
    if not any(book.marks.get(meeting["meeting_code"], {}).values()):
        return None
    longest = 0
    for member in book.members:
        run = 0
        for other in monthly_until(book, meeting):
            mark = book.marks.get(other["meeting_code"], {}).get(member["member_code"])
            run = run + 1 if mark == "P" else 0
        longest = max(longest, run)
    return longest


def tasks_done(book: Sketch, meeting: dict) -> Fraction | None:
    before = monthly_until(book, meeting)[:-1]
    if not before:
        return None
    results = [result for code, _, result in book.tasks if code == before[-1]["meeting_code"]]
    return Fraction(results.count("Hoàn thành"), len(results)) if results else None
