"""A blank from `chibo new`, filled in by another program that calculates nothing, gives the facts of the rules."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from command_line import chibo
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from plain_oracle import comparable, expected_rows

from sketched_books import Sketch, sketched
from typed_workbooks import MEETING_LABELS

SEEDS = range(3001, 3013)
OPTIONS = {
    "cell_code": "--code", "cell_name": "--name", "cell_kind": "--kind", "year": "--year",
    "committee_code": "--committee-code", "committee_name": "--committee-name", "has_committee": "--has-committee",
    "secretary": "--secretary", "secretary_is_head": "--secretary-is-head", "deputy_secretary": "--deputy-secretary",
    "frame_regular": "--frame-regular", "frame_thematic": "--frame-thematic", "min_minutes": "--min-minutes",
    "min_minutes_document": "--min-minutes-document",
}  # fmt: skip


def blank(sketch: Sketch, folder: Path) -> Path:
    """`chibo new` with everything that its options take, the members from a list."""
    members, out = folder / "đảng viên.csv", folder / f"{sketch.info['cell_code']}.xlsx"
    lines = [f"{one['member_code']},{one['full_name']},Chính thức,Sinh hoạt" for one in sketch.members]
    members.write_text("\n".join(["Mã đảng viên,Họ và tên,Tư cách,Tình trạng", *lines]), encoding="utf-8")
    words = {True: "Có", False: "Không"}
    values = [(OPTIONS[code], words.get(value, value)) for code, value in sketch.info.items()]
    arguments = [part for pair in values for part in pair]
    called = chibo("new", *arguments, "--members", members, "--out", out)
    assert called.exit_code == 0, called.err
    return out


def fill(book: Workbook, sketch: Sketch) -> None:
    sheet = book["Sinh hoạt"]
    header, columns = heads(sheet, "Mã kỳ")
    for row, meeting in enumerate(sketch.meetings, start=header + 1):
        for code, (label, *_) in MEETING_LABELS.items():
            if code in meeting:
                value = meeting[code]
                cell = sheet.cell(row, columns[label])
                cell.value = ("Có" if value else "Không") if isinstance(value, bool) else value
    for name, grid in (
        ("Điểm danh", sketch.marks),
        ("Chấm điểm", sketch.self_points),
        ("Thẩm định", sketch.official_points),
    ):
        fill_grid(book[name], grid, book["Đảng viên"] if name == "Điểm danh" else None)
    fill_rows(book["Nhiệm vụ"], "Mã kỳ giao", [dict(zip(("Mã kỳ giao", "Nhiệm vụ", "Kết quả"), task, strict=True))
                                              for task in sketch.tasks])  # fmt: skip
    topics = [dict(zip(("TT", "Quý", "Chuyên đề"), topic, strict=True)) for topic in sketch.plan]
    fill_rows(book["Kế hoạch chuyên đề"], "TT", topics)


def heads(sheet: Worksheet, first: str) -> tuple[int, dict[str, int]]:
    """The header row and the column of each heading in it."""
    for row in sheet.iter_rows(max_row=12):
        found = {str(cell.value).removesuffix(" *"): cell.column for cell in row if cell.value is not None}
        if first in found:
            return row[0].row, found
    raise AssertionError(f"{sheet.title}: no heading {first}")


def fill_rows(sheet: Worksheet, key: str, records: list[dict[str, object]]) -> None:
    header, columns = heads(sheet, key)
    for row, record in enumerate(records, start=header + 1):
        for label, value in record.items():
            sheet.cell(row, columns[label]).value = value


def fill_grid(sheet: Worksheet, grid: dict[str, dict[str, object]], members: Worksheet | None = None) -> None:
    """Values under the meeting's heading beside their key; members stand as in their list, criteria where they are."""
    header, columns = heads(sheet, "Mã đảng viên" if members else "Mã tiêu chí")
    if members:
        top, where = heads(members, "Mã đảng viên")
        shift = header - top
        rows = {str(members.cell(row, where["Mã đảng viên"]).value): row + shift for row in range(top + 1, top + 81)}
    else:
        rows = {str(sheet.cell(row, 1).value): row for row in range(header + 1, sheet.max_row + 1)}
    free = [column for column in range(4, 28) if sheet.cell(header, column).value is None]
    for meeting, values in grid.items():
        if meeting not in columns:
            columns[meeting] = free.pop(0)
            sheet.cell(header, columns[meeting]).value = meeting
        for key, value in values.items():
            sheet.cell(rows[key], columns[meeting]).value = value


@pytest.mark.parametrize("seed", SEEDS)
def test_a_filled_blank_gives_the_facts_of_the_rules(tmp_path, seed):
    sketch = sketched(seed)
    path = blank(sketch, tmp_path)
    book = openpyxl.load_workbook(path)
    fill(book, sketch)
    book.save(path)
    called = chibo("facts", path, "--format", "json")
    assert called.exit_code == 0, called.err
    found = {row["meeting_code"]: row for row in called.data()}
    expected = expected_rows(sketch)
    assert set(found) == set(expected)
    for code, row in expected.items():
        for column, value in row.items():
            assert (code, column, comparable(found[code][column])) == (code, column, comparable(value))


def test_an_empty_blank_has_no_meetings_and_blocks_nothing(tmp_path):
    path = blank(sketched(3001), tmp_path)
    called = chibo("facts", path)
    assert (called.exit_code, called.rows()) == (0, [])
    assert not [one for one in chibo("check", path, "--format", "json").data() if one["severity"] == "block"]
