"""The register as a workbook: what is written is read again, and what is wrong is named by its place."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.findings import Severity
from chibo.register import Alias, Assignment, ChangeOfUnit, Person, Register, Role, UnitChange, UnitLevel
from chibo.register.checking import check_register
from chibo.register.revising import Revision, revised, revisions
from chibo.workbook.register.reading import RegisterReading, read_register
from chibo.workbook.register.writing import write_register
from tables import LIBRARY, xlsx

DAY = date(2026, 4, 1)
UNITS = """
    | Mã đơn vị | Từ ngày      | Việc       | Tên đơn vị     | Cấp               | Trực thuộc | Nhập vào |
    | DB01      | d:2025-01-01 | Thành lập  | Đảng bộ Sở Một | Đảng bộ cơ sở     |            |          |
    | CB01      | 1/2/2025     | thành  lập | Chi bộ Một     | Chi bộ            | db01       |          |
    | CB01      | d:2025-09-01 | Đổi tên    | Chi bộ Mới     |                   |            |          |
"""


def read(units: str = UNITS, **others: str) -> RegisterReading:
    names = {"aliases": "Tên gọi khác", "persons": "Người", "assignments": "Phân công"}
    return read_register(xlsx({"Đơn vị": units, **{names[k]: text for k, text in others.items()}}), "db.xlsx", LIBRARY)


def found(reading: RegisterReading) -> list[str]:
    """What is blocked or odd, with the place of each."""
    findings = (*reading.findings, *check_register(reading.register))
    return [f"{f.code} {f.place.address}".strip() for f in findings if f.severity is not Severity.NOTE]


def test_a_register_as_people_type_it_is_understood() -> None:
    reading = read()
    assert found(reading) == []
    tree = reading.register.units.on(date(2025, 3, 1))
    assert [(unit.code, unit.name, unit.level) for unit in tree.children("DB01")] == [
        ("CB01", "Chi bộ Một", UnitLevel.CELL)
    ]


def test_what_is_written_is_read_again() -> None:
    register = Register(
        changes=(
            UnitChange(
                unit_code="001",
                day=date(2025, 1, 1),
                change=ChangeOfUnit.FOUNDED,
                name="Chi bộ «Một» = 1",
                level=UnitLevel.GRASSROOTS_CELL,
                kind="Khác",
                decision="01-QĐ/ĐU",
                note="ghi chú",
            ),
        ),
        aliases=(Alias(alias="CB 1", unit_code="001"),),
        persons=(Person(person_code="N1", full_name="Nguyễn Văn Mẫu", user="an", contact="0912 000 000", note="x"),),
        assignments=(
            Assignment(
                person_code="N1", role=Role.SUBMITTER, unit_code="001", since=date(2025, 1, 1), until=date(2026, 1, 1)
            ),
        ),
    )
    data = write_register(register, LIBRARY.register_layout, DAY)
    reading = read_register(data, "db.xlsx", LIBRARY)
    assert (reading.register, reading.findings) == (register, ())
    assert write_register(reading.register, LIBRARY.register_layout, DAY) == data


def test_an_empty_register_is_a_workbook_without_faults() -> None:
    reading = read_register(write_register(Register(), LIBRARY.register_layout, DAY), "db.xlsx", LIBRARY)
    assert (reading.register, found(reading)) == (Register(), [])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| CB02 | d:2025-01-01 | Đổi tên | Chi bộ Hai |", "UNIT_NOT_FOUNDED C5"),
        ("| CB01 | d:2025-03-01 | Thành lập | Chi bộ Hai | Chi bộ |", "UNIT_FOUNDED_TWICE C5"),
        ("| CB02 | d:2025-01-01 | Thành lập |  | Chi bộ |", "UNIT_NAME_MISSING D5"),
        ("| CB02 | d:2025-01-01 | Thành lập | Chi bộ Hai |", "UNIT_LEVEL_MISSING E5"),
        ("| CB02 | d:2025-01-01 | Thành lập | Chi bộ Hai | Chi bộ | DB09 |", "PARENT_UNKNOWN F5"),
        ("| CB02 | d:2024-12-31 | Thành lập | Chi bộ Hai | Chi bộ | DB01 |", "PARENT_UNKNOWN F5"),
        ("| CB02 | d:2025-03-01 | Thành lập | Chi bộ Hai | Chi bộ | CB01 |", "PARENT_IS_CELL F5"),
        ("| DB01 | d:2025-03-01 | Chuyển | | | DB01 |", "PARENT_IN_CIRCLE F5"),
        ("| CB01 | d:2025-10-01 | Sáp nhập | | | | CB09 |", "MERGED_INTO_UNKNOWN G5"),
        ("| CB01 | d:2025-10-01 | Sáp nhập | | | | cb01 |", "MERGED_INTO_UNKNOWN G5"),
        ("| DB01 | d:2025-10-01 | Giải thể |", "PARENT_ENDED A5"),
        ("| CB01 | d:2025-09-01 | Đổi tên | Chi bộ Khác |", "RECORD_TWICE A5"),
        ("| CB02 | hôm qua | Thành lập | Chi bộ Hai |", "DATE_UNREADABLE B5"),
        ("| CB02 | d:2025-01-01 | Tách | Chi bộ Hai |", "LIST_UNKNOWN C5"),
        ("| | d:2025-01-01 | Thành lập | Chi bộ Hai |", "ROW_INCOMPLETE A5"),
    ],
)
def test_a_fault_of_a_unit_is_named_by_its_place(row: str, expected: str) -> None:
    assert expected in found(read(f"{UNITS.rstrip()}\n    {row}"))


def test_a_change_after_the_end_is_named() -> None:
    ended = f"{UNITS.rstrip()}\n    | CB01 | d:2025-10-01 | Giải thể |\n    | CB01 | d:2025-11-01 | Đổi tên | X |"
    assert found(read(ended)) == ["UNIT_CHANGED_AFTER_END C6"]


@pytest.mark.parametrize(
    ("sheet", "table", "expected"),
    [
        ("aliases", "| Cách viết | Mã đơn vị |\n| CB 1 | CB09 |", "ALIAS_OF_UNKNOWN_UNIT B2"),
        ("aliases", "| Cách viết | Mã đơn vị |\n| db01 | CB01 |", "ALIAS_IS_CODE A2"),
        ("persons", "| Mã người | Họ và tên | Tài khoản |\n| N1 | Một | an |\n| N2 | Hai | AN |", "USER_TWICE C3"),
        (
            "assignments",
            "| Mã người | Vai trò | Mã đơn vị | Từ ngày |\n| N9 | Nộp sổ | CB01 | d:2025-01-01 |",
            "ASSIGNMENT_OF_UNKNOWN_PERSON A2",
        ),
        (
            "assignments",
            "| Mã người | Vai trò | Mã đơn vị | Từ ngày |\n| N9 | Nộp sổ | CB09 | d:2025-01-01 |",
            "ASSIGNMENT_OF_UNKNOWN_UNIT C2",
        ),
        (
            "assignments",
            "| Mã người | Vai trò | Từ ngày | Đến ngày |\n| N9 | Nộp sổ | d:2025-02-01 | d:2025-01-01 |",
            "ASSIGNMENT_ENDS_FIRST D2",
        ),
    ],
)
def test_a_fault_of_a_name_or_a_person_is_named_by_its_place(sheet: str, table: str, expected: str) -> None:
    assert expected in found(read(**{sheet: table}))


def test_a_workbook_that_is_no_register_is_refused() -> None:
    reading = read_register(xlsx({"Sheet1": "| a | b |"}), "x.xlsx", LIBRARY)
    assert [finding.code for finding in reading.findings] == ["REGISTER_SHEET_MISSING"]
    assert [f.code for f in read_register(b"no workbook", "x.xlsx", LIBRARY).findings] != []


def test_revisions_lead_from_one_register_to_the_other() -> None:
    present = read().register
    wanted = read(UNITS.replace("Chi bộ Mới", "Chi bộ Khác").replace("| DB01 ", "| DB02 ")).register
    changes = revisions(present, wanted)
    assert [(change.revision, change.record.unit_code) for change in changes] == [
        (Revision.CHANGED, "CB01"),
        (Revision.REMOVED, "DB01"),
        (Revision.ADDED, "DB02"),
    ]
    assert revisions(revised(present, changes), wanted) == ()
