"""From rows of plain values to the tables that the plain rules want, as a script for one fixed template would do it."""

from __future__ import annotations

import itertools
import re
from datetime import date, datetime

from plain_rules import as_text

SHEETS = [
    "Thông tin",
    "Đảng viên",
    "Kế hoạch chuyên đề",
    "Sinh hoạt",
    "Điểm danh",
    "Nhiệm vụ",
    "Chấm điểm",
    "Thẩm định",
]
MEETING = re.compile(r"^\d{4}-\d{2}(-(CĐ|BT)\d*)?$")


def label(value):
    return re.sub(r"\s*(\*|\(bắt buộc\))\s*$", "", " ".join(as_text(value).split()))


def info_of(rows):
    found = {}
    for row in rows:
        for left, right in itertools.pairwise(row):
            if left not in (None, "") and right not in (None, ""):
                found.setdefault(label(left), right)
    return found


def table_of(rows, key):
    """The rows below the header row that names `key`, as dicts by label, as long as they fill the key."""
    start = next((i for i, row in enumerate(rows) if key in [label(value) for value in row]), None)
    if start is None:
        return []
    labels = [label(value) for value in rows[start]]
    column = labels.index(key)
    filled = [row for row in rows[start + 1 :] if as_text(row[column])]
    return [
        {name: (None if value != value else value) for name, value in zip(labels, row, strict=False) if name}
        for row in filled
    ]


def grid_of(rows, key, keep):
    """Columns headed by meeting codes: {meeting: {key: value}}."""
    grid = {}
    for row in table_of(rows, key):
        name = as_text(row[key])
        if not keep(name):
            continue
        for heading, value in row.items():
            if MEETING.match(heading) and as_text(value):
                grid.setdefault(heading, {})[name] = as_text(value)
    return grid


def book_of(sheets):
    """`sheets`: rows of values by sheet name."""
    members = [m for m in table_of(sheets["Đảng viên"], "Mã đảng viên") if as_text(m.get("Họ và tên"))]
    known = {as_text(member["Mã đảng viên"]) for member in members}
    meetings = table_of(sheets["Sinh hoạt"], "Mã kỳ")
    return {
        "info": info_of(sheets["Thông tin"]),
        "members": members,
        "plan": [
            topic
            for topic in table_of(sheets["Kế hoạch chuyên đề"], "TT")
            if as_text(topic.get("Chuyên đề")) and as_text(topic.get("Quý"))
        ],
        "meetings": [m for m in meetings if MEETING.match(as_text(m["Mã kỳ"])) and as_text(m.get("Loại"))],
        "roll": grid_of(sheets["Điểm danh"], "Mã đảng viên", known.__contains__),
        "tasks": [t for t in table_of(sheets["Nhiệm vụ"], "Mã kỳ giao") if as_text(t.get("Kết quả"))],
        "self": grid_of(sheets["Chấm điểm"], "Mã tiêu chí", lambda code: len(code) <= 3),
        "official": grid_of(sheets["Thẩm định"], "Mã tiêu chí", lambda code: len(code) <= 3),
    }


def month_rows(rows, month):
    """The lines of the month return, one per cell: number, name, present/membership, day, score, grades, remark."""
    lines = []
    for row in sorted(
        (r for r in rows if r["meeting_code"] == month), key=lambda r: (r["committee_code"], r["cell_code"])
    ):
        official = row["official_total"] is not None
        score = row["official_total"] if official else row["self_total"]
        grade = row["official_grade"] if official else row["self_grade"]
        day = row["held_on"]
        lines.append(
            [
                len(lines) + 1,
                row["cell_name"],
                f"{row['present']}/{row['membership']}" if row["present"] is not None else "",
                day.strftime("%d/%m/%Y") if isinstance(day, date | datetime) else "",
                float(score) if score is not None else None,
                *("x" if grade == name else "" for name in ("Tốt", "Khá", "Trung bình", "Kém")),
                "" if official or score is None else "(tự chấm)",
            ]
        )
    return lines


RETURN_HEADER = [
    "STT",
    "Tên đơn vị",
    "Số lượng đảng viên",
    "Ngày họp",
    "Số điểm",
    "Tốt",
    "Khá",
    "Trung bình",
    "Kém",
    "Ghi chú",
]
