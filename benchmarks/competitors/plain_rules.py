"""The rules as a script writer would put them down for one frame, shared by every competitor.

Competitors differ in how they read workbooks and write the return; the rules they apply are the same, so a ratio
compares reading and writing, not diligence. Only `hd42-thuong-ky` is known here, and only clean books are understood:
no repairs of typed values, no findings, no places.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

COLUMNS = [
    "committee_code",
    "cell_code",
    "cell_name",
    "year",
    "meeting_code",
    "kind",
    "held_on",
    "minutes",
    "membership",
    "exempt",
    "transferred",
    "special_duty",
    "present",
    "excused",
    "unexcused",
    "attendance_rate",
    "speakers",
    "opinions",
    "frame",
    "self_total",
    "self_grade",
    "fact_total",
    "official_total",
    "official_grade",
    "thematic",
    "source",
]

MAXIMA = {"1": 5, "2a": 4, "2b": 1, "3a": 3, "3b": 2, "3c": 2, "3d": 1, "3đ": 2, "4a": 5, "4b": 15, "4d": 2, "4đ": 5}
MAXIMA |= {"4e": 1, "4g": 1, "4h": 1, "5a": 2, "5b": 4, "5c": 3, "5d": 1, "6a": 1, "6b": 2, "6c": 1, "6d": 1, "7": 30}
MAXIMA |= {"8a": 2, "8b": 2, "8c": 1}

MARK_COUNTS = {
    "exempt": "M",
    "transferred": "T",
    "special_duty": "Đ",
    "suspended": "C",
    "present": "X",
    "excused": "P",
    "unexcused": "K",
}
COUNT_LABELS = {
    "membership": "Đảng số",
    "exempt": "Miễn sinh hoạt",
    "transferred": "Chuyển tạm thời",
    "special_duty": "Nhiệm vụ đặc biệt",
    "suspended": "Đình chỉ",
    "present": "Có mặt",
    "excused": "Vắng có lý do",
    "unexcused": "Vắng không lý do",
}


def as_date(value):
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def as_int(value):
    return int(value) if isinstance(value, (int, float)) and value == value else None


def as_text(value):
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def minutes_of(meeting):
    start, end = meeting.get("Giờ bắt đầu"), meeting.get("Giờ kết thúc")
    if not isinstance(start, (time, datetime)) or not isinstance(end, (time, datetime)):
        return None
    return (end.hour * 60 + end.minute) - (start.hour * 60 + start.minute)


def counts_of(book, code, meeting):
    marks = {member: mark for member, mark in book["roll"].get(code, {}).items() if mark}
    listed = [as_text(member["Mã đảng viên"]) for member in book["members"]]
    if marks and all(member in marks for member in listed):
        values = list(marks.values())
        counts = {name: values.count(mark) for name, mark in MARK_COUNTS.items()}
        return counts | {"membership": sum(counts.values())}
    typed = {name: as_int(meeting.get(label)) for name, label in COUNT_LABELS.items()}
    if typed["membership"] is not None or typed["present"] is not None:
        for name in ("exempt", "transferred", "special_duty", "suspended"):
            if typed[name] is None:
                typed[name] = list(marks.values()).count(MARK_COUNTS[name])
    return typed


def owed_of(counts):
    if counts["membership"] is None:
        return None
    return counts["membership"] - sum(counts[n] or 0 for n in ("exempt", "special_duty", "transferred", "suspended"))


def band(value, steps, lowest):
    for edge, points in steps:
        if value >= edge:
            return points
    return lowest


def longest_excused_run(book, codes, code):
    """The longest run of P that ends at `code`, over the regular meetings up to it; None without marks."""
    if not any(book["roll"].get(code, {}).values()):
        return None
    longest = 0
    for member in book["roll"][code]:
        run = 0
        for earlier in reversed([c for c in codes if c <= code]):
            if book["roll"].get(earlier, {}).get(member) != "P":
                break
            run += 1
        longest = max(longest, run)
    return longest


def fact_points(book, codes, code, meeting, counts, minutes):
    """Points of the criteria that recorded facts decide; a criterion with an unknown fact is left out."""
    points = {}
    held, combined = as_date(meeting.get("Ngày sinh hoạt")), meeting["Loại"] == "Kết hợp"
    if minutes is not None and counts["membership"] is not None:
        need = 120 if combined or counts["membership"] >= 30 else 90
        points["1"] = band(minutes, [(need, 5), (need - 15, 4), (need - 30, 3), (Fraction(need, 2), 2)], 1)
    owed = owed_of(counts)
    if counts["unexcused"]:
        points["2a"] = 1
    elif counts["present"] is not None and owed and counts["unexcused"] is not None:
        rate = Fraction(counts["present"] * 100, owed)
        points["2a"] = band(rate, [(90, 4), (75, 3), (65, 2)], 1)
    run = longest_excused_run(book, codes, code)
    if run is not None:
        points["2b"] = 0 if run > 3 else 1
    met = as_date(meeting.get("Ngày họp chi ủy"))
    no_committee = book["info"].get("Có chi ủy") == "Không" and not book["info"].get("Phó bí thư")
    kept = met is not None and met <= held and meeting.get("Biên bản họp chi ủy") != "Không"
    points["3c"] = 2 if kept or no_committee else 0
    notified, papers = as_date(meeting.get("Ngày thông báo")), as_date(meeting.get("Ngày gửi (đăng) tài liệu"))
    points["3d"] = 1 if notified is not None and notified <= held else 0
    points["3đ"] = 2 if papers is not None and papers <= held - timedelta(days=1) else 0
    speakers = as_int(meeting.get("Số người phát biểu"))
    if speakers is not None and counts["present"]:
        share = Fraction(speakers * 100, counts["present"])
        points["4đ"] = 5 if share > 50 else band(share, [(40, 4), (30, 3)], 2)
    points["4e"] = 1 if meeting.get("Biên bản ghi đầy đủ") == "Có" else 0
    criticism = as_int(meeting.get("Phút đánh giá tư tưởng, tự phê bình và phê bình"))
    if criticism is not None:
        points["4g"] = 1 if criticism >= 15 else 0
    earlier = [c for c in codes if c < code]
    tasks = [task for task in book["tasks"] if earlier and as_text(task["Mã kỳ giao"]) == earlier[-1]]
    if tasks:
        done = Fraction(100 * sum(task["Kết quả"] == "Hoàn thành" for task in tasks), len(tasks))
        points["7"] = band(done, [(90, 30), (80, 27), (70, 24), (60, 20), (50, 15)], 10)
    reported = as_date(meeting.get("Ngày báo cáo cấp ủy cấp trên"))
    points["8c"] = 1 if reported is not None and reported <= held + timedelta(days=2) else 0
    return points


def total_and_grade(scores, combined):
    criteria = MAXIMA | ({"4c": 5} if combined else {})
    points = [scores.get(criterion) for criterion in criteria]
    if any(value is None or value == "" or value != value for value in points):
        return None, ""
    total = sum((Decimal(str(value).replace(",", ".")) for value in points), Decimal(0))
    return total, "Tốt" if total >= 90 else "Khá" if total >= 70 else "Trung bình" if total >= 50 else "Kém"


def facts_of(book, source):
    """One row per meeting, in the order of the sheet."""
    info, rows = book["info"], []
    held = {
        as_text(m["Mã kỳ"]): as_date(m.get("Ngày sinh hoạt"))
        for m in book["meetings"]
        if m.get("Tình trạng buổi") not in ("Hoãn", "Không tổ chức")
    }
    codes = sorted(
        as_text(m["Mã kỳ"])
        for m in book["meetings"]
        if m["Loại"] in ("Thường kỳ", "Kết hợp") and held.get(as_text(m["Mã kỳ"]))
    )
    topics = {as_text(topic["TT"]) for topic in book["plan"]}
    for meeting in book["meetings"]:
        code = as_text(meeting["Mã kỳ"])
        row = dict.fromkeys(COLUMNS)
        row |= {
            "committee_code": as_text(info.get("Mã đảng bộ cơ sở")),
            "cell_code": as_text(info["Mã chi bộ"]),
            "cell_name": as_text(info["Tên chi bộ"]),
            "year": int(info["Năm"]),
            "meeting_code": code,
            "kind": meeting["Loại"],
            "thematic": "Không",
            "source": source,
        }
        if held.get(code):
            row |= facts_of_held(book, codes, code, meeting, topics)
        rows.append(row)
    return rows


def facts_of_held(book, codes, code, meeting, topics):
    counts, minutes = counts_of(book, code, meeting), minutes_of(meeting)
    owed = owed_of(counts)
    known = {"held_on": as_date(meeting["Ngày sinh hoạt"]), "minutes": minutes}
    known |= {name: counts[name] for name in COUNT_LABELS if name != "suspended"}
    if counts["present"] is not None and owed:
        rate = Decimal(counts["present"] * 100) / Decimal(owed)
        known["attendance_rate"] = rate.quantize(Decimal("0.01"), ROUND_HALF_UP)
    known["speakers"] = as_int(meeting.get("Số người phát biểu"))
    known["opinions"] = as_int(meeting.get("Số ý kiến"))
    if as_text(meeting.get("Chuyên đề số")) in topics:
        known["thematic"] = "Có"
    if meeting["Loại"] not in ("Thường kỳ", "Kết hợp"):
        return known
    combined = meeting["Loại"] == "Kết hợp"
    known["frame"] = "hd42-thuong-ky"
    known["self_total"], known["self_grade"] = total_and_grade(book["self"].get(code, {}), combined)
    known["official_total"], known["official_grade"] = total_and_grade(book["official"].get(code, {}), combined)
    known["fact_total"] = sum(fact_points(book, codes, code, meeting, counts, minutes).values())
    return known
