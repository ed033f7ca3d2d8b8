"""What is recorded since a book was read goes into the very workbook it was read from."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from functools import partial
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from builders import a_book, a_meeting, a_roll_call, code, some_members
from chi_bo import FOREIGN_SHEETS
from chibo.model import Mark, MeetingCode, MeetingKind, Month
from chibo.model.meetings import TYPED_COUNTS
from chibo.office.desk.desk import Desk
from chibo.office.desk.meetings import record, register_meeting, unregister_meeting
from chibo.office.desk.opening import open_file
from chibo.office.desk.roll_call import set_mark
from chibo.office.desk.saving import prepare
from chibo.office.desk.scores import explain, fill_by_facts, scored, set_points
from chibo.workbook import read_book, write_book
from chibo.workbook.patching.package_edit import open_for_editing
from chibo.workbook.patching.strict_check import package_faults
from desks import library
from tables import a_workbook, with_array_formula, xlsx

TODAY = date(2026, 4, 15)
MARCH = code("2026-03")
Act = Callable[[Desk], Desk]


def opened(data: bytes) -> Desk:
    desk = open_file(data, "so.xlsx", library(), TODAY).desk
    assert desk is not None
    return desk


def after(data: bytes, *acts: Act) -> bytes:
    """The workbook handed out after these acts; it is the opened one."""
    desk = opened(data)
    for act in acts:
        desk = act(desk)
    handed = prepare(desk, library(), TODAY)
    assert handed.without_place == ()
    assert handed.name == "so.xlsx"
    assert package_faults(handed.data) == package_faults(data)
    return handed.data


def own() -> bytes:
    book = a_book(a_meeting("2026-02"), a_meeting("2026-03"), members=some_members(5))
    return write_book(book, library(), TODAY)


def test_a_registered_meeting_is_recorded_as_held_and_taken_back() -> None:
    """An empty yes/no of a held meeting reads as No: recording the day changes how other cells of its row read."""
    april = code("2026-04")
    registered = a_meeting("2026-04", held_on=None, planned_on=date(2026, 4, 6), minutes_kept=None)
    data = write_book(a_book(a_meeting("2026-03"), registered, members=some_members(5)), library(), TODAY)
    held = after(data, lambda desk: record(desk, april, {"held_on": date(2026, 4, 6)}))
    assert held_on(held, april) == date(2026, 4, 6)
    assert held_on(after(held, lambda desk: record(desk, april, {"held_on": None})), april) is None


def held_on(data: bytes, meeting: MeetingCode) -> date | None:
    book = read_book(data, "so.xlsx", library()).book
    assert book is not None
    row = book.meeting(meeting)
    assert row is not None
    return row.held_on


def touched_sheets(before: bytes, now: bytes) -> set[str]:
    names = {part.part: part.name for part in open_for_editing(now).package.sheets}
    with ZipFile(BytesIO(before)) as old, ZipFile(BytesIO(now)) as new:
        changed = {name for name in new.namelist() if name not in old.namelist() or old.read(name) != new.read(name)}
    return {names.get(name, name) for name in changed}


def score(criterion: str, points: str) -> Act:
    return lambda desk: set_points(desk, MARCH, criterion, Decimal(points), library=library(), today=TODAY)


ACTS: dict[str, Act] = {
    "points": score("4b", "12.5"),
    "no points": lambda desk: set_points(desk, MARCH, "4b", None, library=library(), today=TODAY),
    "a mark": lambda desk: set_mark(desk, MARCH, desk.book.members[1].member_code, Mark.EXCUSED),
    "a text": lambda desk: record(desk, MARCH, {"venue": "=1+1 <Hội trường>"}),
    "a day and a time": lambda desk: record(desk, MARCH, {"held_on": date(2026, 3, 6), "starts_at": time(8, 15)}),
    "a list and a yes": lambda desk: record(desk, MARCH, {"minutes_kept": True, "kind": MeetingKind.COMBINED}),
    "an explanation": lambda desk: explain(desk, MARCH, "4b", "Có lý do", library=library(), today=TODAY),
    "a meeting": lambda desk: register_meeting(desk, Month(2026, 5), MeetingKind.THEMATIC, today=TODAY)[0],
    "no meeting": lambda desk: unregister_meeting(
        register_meeting(desk, Month(2026, 5), MeetingKind.REGULAR, today=TODAY)[0], code("2026-05")
    ),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_an_own_book_is_written_into_and_its_results_are_ours(act: Act) -> None:
    data = own()
    now = after(data, act)
    wanted = act(opened(data)).book
    read = read_book(now, "so.xlsx", library()).book
    assert read is not None
    assert {row.meeting_code: row for row in read.meetings} == {row.meeting_code: row for row in wanted.meetings}
    assert (read.roll_call, read.self_scores, read.explanations) == (
        wanted.roll_call,
        wanted.self_scores,
        wanted.explanations,
    )
    assert "xl/styles.xml" not in touched_sheets(data, now)
    assert not any(finding.code == "COMPUTED_NO_VALUE" for finding in read_book(now, "so.xlsx", library()).findings)


@pytest.mark.parametrize("stored", [b"&#49;", b"1<!-- -->", b"<![CDATA[1]]>", b" 1 "])
def test_a_result_that_stands_in_an_odd_form_stops_nobody(stored: bytes) -> None:
    data, stream = own(), BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"(</f><v>)1(</v>)", rb"\g<1>" + stored + rb"\2", old.read(name), count=1))
    now = after(stream.getvalue(), ACTS["a text"])
    read = read_book(now, "so.xlsx", library()).book
    assert read is not None
    assert read.meeting(MARCH).venue == "=1+1 <Hội trường>"  # type: ignore[union-attr]


def test_nothing_recorded_gives_the_very_same_bytes() -> None:
    data = own()
    assert after(data) == data


def test_the_total_of_a_meeting_stands_in_its_cell() -> None:
    book = a_book(a_meeting("2026-03"), members=some_members(5), roll_call=a_roll_call({"2026-03": "XXXXX"}))
    data = write_book(book, library(), TODAY)
    desk = opened(data)
    desk = fill_by_facts(desk, MARCH, library(), TODAY)
    for line in scored(desk.book, MARCH, library(), TODAY).score.criteria:  # type: ignore[union-attr]
        if line.applies and line.self_points is None:
            desk = set_points(desk, MARCH, line.code, line.maximum, library=library(), today=TODAY)
    total = scored(desk.book, MARCH, library(), TODAY).score.self_total  # type: ignore[union-attr]
    read = read_book(prepare(desk, library(), TODAY).data, "so.xlsx", library()).book
    assert read is not None
    assert total is not None
    assert read.self_scores.typed_totals[MARCH] == total


def test_a_book_of_another_hand_keeps_its_own_sheets_and_columns() -> None:
    data = xlsx(FOREIGN_SHEETS)
    february = code("2026-02")
    now = after(data, lambda desk: record(desk, february, {"starts_at": time(14, 0), "speakers": 2, "venue": "Trụ sở"}))
    assert touched_sheets(data, now) == {"Sinh hoạt", "xl/styles.xml"}
    rows = list(openpyxl.load_workbook(BytesIO(now))["Sinh hoạt"].iter_rows(values_only=True))
    assert rows[0][-1] == "Địa điểm"
    assert rows[2][3] == time(14, 0)
    assert rows[2][-1] == "Trụ sở"


def test_two_counts_in_one_cell_stay_together() -> None:
    meetings = """
        | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc | Có mặt |
        | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      | 2/3    |
    """
    now = after(a_workbook({"Sinh hoạt": meetings}), lambda desk: record(desk, MARCH, {"present": 3}))
    assert openpyxl.load_workbook(BytesIO(now))["Sinh hoạt"]["F2"].value == "3/3"


def test_a_new_row_stands_below_the_last_one_in_its_style() -> None:
    now = after(a_workbook(), lambda desk: register_meeting(desk, Month(2026, 5), MeetingKind.REGULAR, today=TODAY)[0])
    sheet = openpyxl.load_workbook(BytesIO(now))["Sinh hoạt"]
    assert [sheet["A3"].value, sheet["B3"].value] == ["2026-05", "Thường kỳ"]
    assert sheet["C3"].number_format == sheet["C2"].number_format or sheet["C3"].value is None


def test_what_was_set_up_for_the_rows_of_a_table_holds_for_a_new_row() -> None:
    book = openpyxl.load_workbook(BytesIO(a_workbook()))
    sheet = book["Sinh hoạt"]
    lists = DataValidation("list", formula1='"Thường kỳ,Chuyên đề"', sqref="B2")
    elsewhere = DataValidation("list", formula1='"Có,Không"', sqref="B20:B30")
    sheet.add_data_validation(lists)
    sheet.add_data_validation(elsewhere)
    sheet.conditional_formatting.add("A2:E2", FormulaRule(["$A2=1"], fill=PatternFill("solid", bgColor="FFFF0000")))
    sheet.auto_filter.ref = "A1:E2"
    sheet.print_area = "A1:E2"
    book.defined_names["các_buổi"] = DefinedName("các_buổi", attr_text="'Sinh hoạt'!$A$2:$E$2")
    book.defined_names["một_ô"] = DefinedName("một_ô", attr_text="'Sinh hoạt'!$C$2")
    stream = BytesIO()
    book.save(stream)
    register = partial(register_meeting, month=Month(2026, 5), kind=MeetingKind.REGULAR, today=TODAY)
    now = openpyxl.load_workbook(BytesIO(after(stream.getvalue(), lambda desk: register(desk)[0])))
    sheet = now["Sinh hoạt"]
    assert sheet["A3"].value == "2026-05"
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["B2:B3", "B20:B30"]
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["A2:E3"]
    assert (sheet.auto_filter.ref, sheet.print_area) == ("A1:E3", "'Sinh hoạt'!$A$1:$E$3")
    assert now.defined_names["các_buổi"].attr_text == "'Sinh hoạt'!$A$2:$E$3"
    assert now.defined_names["một_ô"].attr_text == "'Sinh hoạt'!$C$2"


def test_lists_and_colours_of_a_later_excel_hold_for_a_new_row_as_well() -> None:
    extension = (
        b'<extLst><ext uri="{u}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        b'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidations count="1">'
        b'<x14:dataValidation type="list"><x14:formula1><xm:f>B2:B2</xm:f></x14:formula1><xm:sqref>B2 D2</xm:sqref>'
        b"</x14:dataValidation></x14:dataValidations><x14:sparklines><xm:sqref>F2</xm:sqref></x14:sparklines></ext>"
        b"</extLst></worksheet>"
    )
    edit = open_for_editing(a_workbook())
    part = edit.sheet_part("Sinh hoạt")
    edit.write(part, edit.read(part).replace(b"</worksheet>", extension))
    now = after(edit.saved(), lambda desk: register_meeting(desk, Month(2026, 5), MeetingKind.REGULAR, today=TODAY)[0])
    xml = open_for_editing(now).read(part)
    assert b"<xm:sqref>B2:B3 D2:D3</xm:sqref>" in xml
    assert b"<xm:f>B2:B2</xm:f>" in xml
    assert b"<xm:sqref>F2</xm:sqref>" in xml


def test_without_room_for_a_new_row_a_new_book_is_offered() -> None:
    meetings = """
        | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc |
        | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      |
        | Ghi chú: các buổi của năm |  |  |  |  |
    """
    desk = opened(a_workbook({"Sinh hoạt": meetings}))
    desk, _ = register_meeting(desk, Month(2026, 5), MeetingKind.REGULAR, today=TODAY)
    handed = prepare(desk, library(), TODAY)
    assert handed.name == "so (sổ mới).xlsx"
    assert handed.without_place
    assert any("không do Chibo" in loss.vietnamese for loss in handed.lost)


def test_a_file_with_macros_keeps_its_kind() -> None:
    desk = open_file(a_workbook(), "Sổ.XLSM", library(), TODAY).desk
    assert desk is not None
    assert prepare(desk, library(), TODAY).name == "Sổ.xlsm"


@pytest.mark.parametrize("mark", [Mark.EXCUSED, None])
def test_a_mark_changes_where_the_counts_are_worked_out_of_a_full_roll_call(mark: Mark | None) -> None:
    uncounted = dict.fromkeys(TYPED_COUNTS)
    marks = a_roll_call({"2026-02": "XXXXX", "2026-03": "XXXPX"})
    meetings = (a_meeting("2026-02", **uncounted), a_meeting("2026-03", **uncounted))
    data = write_book(a_book(*meetings, members=some_members(5), roll_call=marks), library(), TODAY)
    now = after(data, lambda desk: set_mark(desk, MARCH, "DV01", mark))
    read = opened(now).book
    assert read.roll_call.of(MARCH).get("DV01") == mark
    assert read.meetings[1].present is None


def test_a_book_that_cannot_be_written_into_goes_into_a_new_one_that_says_what_it_lacks() -> None:
    desk = record(opened(with_array_formula()), MARCH, {"present": 2})
    handed = prepare(desk, library(), TODAY)
    assert handed.name == "so (sổ mới).xlsx"
    assert "F2:F3" in handed.without_place[0].vietnamese
    assert any("không do Chibo" in loss.vietnamese for loss in handed.lost)
    assert [row.present for row in opened(handed.data).book.meetings] == [2, 3]


def row_marks(data: bytes, sheet: str) -> dict[int, tuple[float | None, str]]:
    """The height of each row of a sheet, and what its cells hold."""
    rows = openpyxl.load_workbook(BytesIO(data), data_only=True)[sheet]
    return {
        number: (rows.row_dimensions[number].height, str([cell.value for cell in cells]))
        for number, cells in enumerate(rows.iter_rows(), start=1)
    }


def test_a_row_that_comes_to_say_more_gets_the_height_that_a_new_book_gives_it() -> None:
    """A verdict of several lines would print cut off."""
    data = own()
    missing = {"starts_at": time(23, 0), "present": 99, "ends_at": time(8, 0)}
    now = after(data, lambda desk: record(desk, MARCH, missing))
    read = read_book(now, "so.xlsx", library()).book
    assert read is not None
    before, written, new = (row_marks(one, "Sinh hoạt") for one in (data, now, write_book(read, library(), TODAY)))
    grown = [number for number, (height, _) in written.items() if height != before[number][0]]
    assert len(grown) == 1
    assert before[grown[0]][0] is None
    assert written[grown[0]][0] == new[grown[0]][0]


def test_the_height_that_somebody_gave_a_row_stays() -> None:
    data = own()
    with ZipFile(BytesIO(data)) as old, ZipFile(changed := BytesIO(), "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets"):
                content = re.sub(rb'<row r="(\d+)" spans="([\d:]+)">', rb'<row r="\1" spans="\2" ht="21">', content)
            new.writestr(name, content)
    missing = {"starts_at": time(23, 0), "present": 99, "ends_at": time(8, 0)}
    now = after(changed.getvalue(), lambda desk: record(desk, MARCH, missing))
    heights = {height for height, _ in row_marks(now, "Sinh hoạt").values()}
    assert heights == {height for height, _ in row_marks(changed.getvalue(), "Sinh hoạt").values()}
