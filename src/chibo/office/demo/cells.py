"""The cells of a sample office: under which base organisation each stands, and how well it works."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise

from attrs import frozen

from chibo.model.vocabulary import CellKind

MANY = 8
"""From this number of cells on there are three base organisations, and two cells straight under the bloc."""
_STRAIGHT = 2


class Role(StrEnum):
    """How a sample cell works, so that a sample office shows every state of a real one."""

    STRONG = "strong"
    ORDINARY = "ordinary"
    WEAK = "weak"
    LATE = "late"
    """Has not recorded its last meetings."""
    FAULTY = "faulty"
    """Its workbook holds the mistakes that people really make."""


@frozen
class Committee:
    """An invented base organisation; the invented bodies are named after plants and waters, none exists."""

    code: str
    name: str
    kind: CellKind


@frozen
class DemoCell:
    """One cell of a sample office. `committee` is None for a cell straight under the bloc."""

    number: int
    code: str
    name: str
    committee: Committee | None
    kind: CellKind
    role: Role

    @property
    def keeps_tasks(self) -> bool:
        """Whether the cell lists the tasks it decides, so that its results are facts and not its own word."""
        return self.number % 3 == 1


_COMMITTEES = (
    Committee("DB01", "Đảng bộ Sở Sông Xanh", CellKind.ADMINISTRATION),
    Committee("DB02", "Đảng bộ Trung tâm Đồi Thông", CellKind.PUBLIC_SERVICE),
    Committee("DB03", "Đảng bộ Trường Hoa Sen", CellKind.SCHOOL),
)
_STRAIGHT_CELLS = (
    ("Chi bộ Hội Cánh Diều", CellKind.PARTY_BODY),
    ("Chi bộ Quỹ Vườn Ươm", CellKind.PUBLIC_SERVICE),
)
_ROOMS = {
    CellKind.ADMINISTRATION: ("Văn phòng", "Phòng Kế hoạch", "Phòng Tổ chức", "Thanh tra", "Phòng Tổng hợp"),
    CellKind.PUBLIC_SERVICE: ("Phòng Hành chính", "Phòng Nghiệp vụ", "Phòng Kỹ thuật", "Phòng Dịch vụ"),
    CellKind.SCHOOL: ("Phòng Đào tạo", "Khoa Cơ bản", "Khoa Chuyên ngành", "Phòng Công tác học viên"),
}
_OPENING_ROLES = (Role.STRONG, Role.ORDINARY, Role.LATE, Role.FAULTY, Role.WEAK)
_FURTHER_ROLES = (Role.STRONG, Role.STRONG, Role.ORDINARY)


def demo_cells(count: int) -> tuple[DemoCell, ...]:
    """`count` cells (1 or more), by code: those of each base organisation, then those straight under the bloc."""
    straight = _STRAIGHT if count >= MANY else 0
    committees = _COMMITTEES if count >= MANY else _COMMITTEES[: (count + 3) // 4]
    width = max(2, len(str(count)))
    cells: list[DemoCell] = []
    for number, committee in enumerate(_shared_out(count - straight, committees), start=1):
        place = sum(1 for cell in cells if cell.committee is committee)
        name = f"Chi bộ {_room(committee.kind, place)}"
        cells.append(DemoCell(number, f"CB{number:0{width}d}", name, committee, committee.kind, _role(number, count)))
    for number, (name, kind) in enumerate(_STRAIGHT_CELLS[:straight], start=count - straight + 1):
        cells.append(DemoCell(number, f"CB{number:0{width}d}", name, None, kind, _role(number, count)))
    return tuple(cells)


def _shared_out(count: int, committees: tuple[Committee, ...]) -> list[Committee]:
    """One committee per cell, in order, the first ones having a cell more where it does not come out even."""
    bounds = [round(count * index / len(committees)) for index in range(len(committees) + 1)]
    return [
        committee
        for committee, (start, end) in zip(committees, pairwise(bounds), strict=True)
        for _ in range(end - start)
    ]


def _room(kind: CellKind, place: int) -> str:
    rooms = _ROOMS[kind]
    turn, index = divmod(place, len(rooms))
    return f"{rooms[index]} {turn + 1}" if turn else rooms[index]


def _role(number: int, count: int) -> Role:
    """One late and one faulty cell in any office of three or more; the rest work well enough."""
    if count < len(_OPENING_ROLES):
        return (Role.STRONG, Role.LATE, Role.FAULTY, Role.ORDINARY)[number - 1]
    if number <= len(_OPENING_ROLES):
        return _OPENING_ROLES[number - 1]
    return _FURTHER_ROLES[(number - len(_OPENING_ROLES) - 1) % len(_FURTHER_ROLES)]
