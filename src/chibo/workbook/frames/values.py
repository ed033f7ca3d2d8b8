"""How each value of a frame is written in an Excel cell and read back: the words people see, and the frame's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from attrs import frozen

from chibo.definitions.frames.edges import Edge, plain_decimal
from chibo.definitions.frames.frame import CriterionKind, Exemption, LookBack
from chibo.definitions.wording import normal_label
from chibo.model import Grade, MeetingKind
from chibo.model.vocabulary import CellKind

CellValue = str | int | float | bool | date | None
_EXACT_DIGITS = 15
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")


@frozen
class ValueKind:
    """A kind of value: `to_cell` writes it, `from_cell` reads it back (ValueError says what is wrong with a cell)."""

    to_cell: Callable[[Any], CellValue]
    from_cell: Callable[[CellValue], Any]
    look: str = "text"
    """The trait of its cells: text, number, whole, date."""
    choices: tuple[str, ...] = ()
    """What can be picked from a list."""


def _read_text(value: CellValue) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool | date):
        raise ValueError(f"ô này phải là chữ, đang là «{value}»")
    return str(value)


def _write_points(value: Any) -> CellValue:
    text = plain_decimal(Decimal(str(value)))
    return float(text) if len(text.strip("-").replace(".", "")) <= _EXACT_DIGITS else text


def _read_points(value: CellValue) -> str:
    if isinstance(value, bool | date) or value is None:
        raise ValueError(f"ô này phải là số điểm, đang là «{value}»")
    text = plain_decimal(Decimal(repr(value))) if isinstance(value, int | float) else value.strip().replace(",", ".")
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", text):
        raise ValueError(f"ô này phải là số điểm, đang là «{value}»")
    return text


def _read_whole(value: CellValue) -> int:
    text = _read_points(value)
    if Decimal(text) != int(Decimal(text)):
        raise ValueError(f"ô này phải là số nguyên, đang là «{value}»")
    return int(Decimal(text))


def _read_edge(value: CellValue) -> str:
    # A percentage typed as a number comes as 0.9, which is the same edge as 90%.
    return _read_points(value) if isinstance(value, int | float) else _read_text(value).replace(",", ".")


def _read_day(value: CellValue) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            if written := _DAY.match(value.strip()):
                return date(int(written[3]), int(written[2]), int(written[1]))
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise ValueError(f"ô này phải là ngày, viết như 28/10/2025, đang là «{value}»")


def _one_of(labels: Mapping[Any, str]) -> ValueKind:
    """One value of a closed list, shown by its label."""
    by_label = {normal_label(label): key for key, label in labels.items()}

    def read(value: CellValue) -> Any:
        try:
            return by_label[normal_label(_read_text(value))]
        except KeyError:
            raise ValueError(f"«{value}» không có trong danh sách: {'; '.join(labels.values())}") from None

    return ValueKind(lambda value: labels[value], read, choices=tuple(labels.values()))


def _several(one: ValueKind) -> ValueKind:
    """Several values of a list, separated by semicolons."""

    def read(value: CellValue) -> list[Any]:
        return [one.from_cell(part.strip()) for part in _read_text(value).split(";") if part.strip()]

    return ValueKind(lambda values: "; ".join(str(one.to_cell(value)) for value in values), read)


def _write_points_by_kind(values: Mapping[MeetingKind, str]) -> CellValue:
    return "; ".join(f"{MeetingKind(kind).value}: {points}" for kind, points in values.items())


def _read_points_by_kind(value: CellValue) -> dict[str, str]:
    found = {}
    for part in _read_text(value).split(";"):
        kind, colon, points = part.partition(":")
        if not colon:
            raise ValueError(f"viết loại buổi, dấu hai chấm, rồi số điểm, như «Kết hợp: 10»; đang là «{value}»")
        found[MEETING_KIND.from_cell(kind.strip())] = _read_points(points.strip())
    return found


GROUP_ROW, CRITERION_ROW = "Nhóm", "Tiêu chí"
ROW = _one_of({GROUP_ROW: GROUP_ROW, CRITERION_ROW: CRITERION_ROW})
TEXT = ValueKind(str, _read_text)
POINTS = ValueKind(_write_points, _read_points, "number")
WHOLE = ValueKind(int, _read_whole, "whole")
EDGE = ValueKind(lambda edge: str(edge) if isinstance(edge, Edge | str) else edge, _read_edge)
DAY = ValueKind(lambda day: day, _read_day, "date")
YES_NO = _one_of({True: "Có", False: "Không"})
MEETING_KIND = _one_of({kind: kind.value for kind in MeetingKind})
MEETING_KINDS = _several(MEETING_KIND)
CELL_KINDS = _several(_one_of({kind: kind.value for kind in CellKind}))
GRADE = _one_of({grade: grade.value for grade in Grade})
CODES = _several(TEXT)
POINTS_BY_KIND = ValueKind(_write_points_by_kind, _read_points_by_kind)
STATUS = _one_of({"example": "Khung mẫu, chờ khối xác nhận", "official": "Khung chính thức"})
LOOK_BACK = _one_of({LookBack.CALENDAR_YEAR: "Năm dương lịch", LookBack.TWELVE_MONTHS: "12 tháng liền trước"})
CRITERION_KIND = _one_of(
    {
        CriterionKind.LEVEL: "Chọn mức",
        CriterionKind.YES_NO: "Có/Không",
        CriterionKind.POINTS: "Cho điểm",
        CriterionKind.BONUS: "Điểm cộng",
        CriterionKind.DEDUCTION: "Điểm trừ",
    }
)
EXEMPTIONS = _several(
    _one_of(
        {
            Exemption.NO_COMMITTEE_NOR_DEPUTY: "Không có chi ủy và phó bí thư",
            Exemption.PAPERS_WITHHELD: "Tài liệu không được đăng",
        }
    )
)
_COUNTS = {
    "present": "Có mặt",
    "excused": "Vắng có lý do",
    "unexcused": "Vắng không lý do",
    "exempt": "Miễn sinh hoạt",
    "transferred": "Chuyển tạm thời",
    "special_duty": "Nhiệm vụ đặc biệt",
    "suspended": "Đình chỉ",
}
COUNT = _one_of(_COUNTS)
COUNTS = _several(COUNT)
OVER = _one_of({"present": "Số có mặt", "owed": "Số phải dự"})
MEASURE = _one_of(
    {
        "minutes_held": "Số phút sinh hoạt",
        "attendance_rate": "Tỷ lệ dự",
        "excused_run": "Số buổi vắng có lý do liên tiếp",
        "speaking_rate": "Tỷ lệ phát biểu",
        "meeting_number": "Một cột số của buổi",
        "resolution_rate": "Tỷ lệ thực hiện nghị quyết trước",
        "date_kept": "Làm đúng hạn",
        "meeting_yes": "Một cột Có/Không của buổi",
    }
)
OUTCOME = _one_of(
    {
        "decided": "Xác định được",
        "capped": "Bị khống chế",
        "yes": "Đạt",
        "no": "Chưa đạt",
        "undone": "Chưa ghi ngày",
        "waiting": "Còn trong hạn",
        "proposed": "Tự khai",
        "missing": "Thiếu số liệu",
    }
)
