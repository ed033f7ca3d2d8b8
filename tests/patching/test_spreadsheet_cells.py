"""Writing into spreadsheet cells of any workbook: what changes, and that nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter

from chibo.errors import OutputError
from chibo.workbook.patching.cells import write_cells
from chibo.workbook.patching.package_edit import open_for_editing
from chibo.workbook.patching.sheet_cells import SheetCells, with_cells
from chibo.workbook.patching.sheets_of_workbook import add_sheet
from chibo.workbook.patching.strict_check import package_faults
from chibo.workbook.patching.values import CellEdit, Value

HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def a_workbook() -> bytes:
    """Two sheets with a chart, a note, a table, rich text, formulas and styles."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    red, day = book.add_format({"bg_color": "#FF0000"}), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet, other = book.add_worksheet("Số liệu"), book.add_worksheet("Khác")
    sheet.write_row("A1", ["Tên", "Số", "Ngày"])
    for row in range(1, 4):
        sheet.write_row(row, 0, [f"dòng {row}", row])
        sheet.write_number(row, 2, 46000 + row, day)
    sheet.write_number("B2", 1, red)
    sheet.write_formula("D2", "=SUM(B2:B4)", None, 6)
    sheet.write_formula("E2", "=D2*2", None, 12)
    sheet.write_formula("F2", "=LEN(A3)", None, 6)
    sheet.write_comment("A1", "ghi chú")
    sheet.write_rich_string("A6", "một ", red, "hai", " ba")
    sheet.add_table("H1:I3", {"data": [["x", 1], ["y", 2]], "columns": [{"header": "Mã"}, {"header": "Giá"}]})
    other.write_formula("A1", "='Số liệu'!B2+1", None, 2)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Số liệu'!$B$2:$B$4"})
    other.insert_chart("D2", chart)
    book.close()
    return stream.getvalue()


def written(data: bytes, sheet: str, values: dict[tuple[int, int], Value]) -> tuple[bytes, set[str]]:
    """The workbook with values written in, and the parts that were touched."""
    edit = open_for_editing(data)
    write_cells(edit, {sheet: {address: CellEdit(value) for address, value in values.items()}})
    return edit.saved(), set(edit.touched)


def test_only_what_changes_is_written() -> None:
    data = a_workbook()
    out, touched = written(data, "Số liệu", {(2, 1): "=1+1 & <đảng>"})
    assert touched == {"xl/worksheets/sheet1.xml"}
    with ZipFile(BytesIO(data)) as old, ZipFile(BytesIO(out)) as new:
        assert old.namelist() == new.namelist()
        for name in set(old.namelist()) - touched:
            before, after = old.getinfo(name), new.getinfo(name)
            assert (before.CRC, before.compress_size, before.date_time) == (
                after.CRC,
                after.compress_size,
                after.date_time,
            )
            assert old.read(name) == new.read(name)
    cell = openpyxl.load_workbook(BytesIO(out))["Số liệu"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1 & <đảng>", "s")
    assert package_faults(out) == []


def test_a_cell_keeps_its_style() -> None:
    out, _ = written(a_workbook(), "Số liệu", {(2, 2): Decimal("8.50")})
    cell = openpyxl.load_workbook(BytesIO(out))["Số liệu"]["B2"]
    assert (cell.value, cell.fill.fgColor.rgb) == (8.5, "FFFF0000")


def test_results_that_no_longer_hold_are_taken_out_and_calculated_on_opening() -> None:
    data = a_workbook()
    out, _ = written(data, "Số liệu", {(2, 2): 10})
    shown = openpyxl.load_workbook(BytesIO(out), data_only=True)
    assert [shown["Số liệu"][at].value for at in ("D2", "E2", "F2")] == [None, None, 6]
    assert shown["Khác"]["A1"].value is None
    assert openpyxl.load_workbook(BytesIO(out)).calculation.fullCalcOnLoad


def test_a_name_that_moves_with_its_formula_is_followed_to_the_cell_it_means() -> None:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Số liệu")
    book.define_name("của_dòng", "='Số liệu'!$A1")
    for row in range(4):
        sheet.write_row(row, 0, [row, f"=của_dòng+{row}", f"=SUM(A$1:A{row + 1})"])
    book.close()
    edit = open_for_editing(stream.getvalue())
    written = write_cells(edit, {"Số liệu": {(3, 1): CellEdit(9)}})
    assert written.without_result == {("Số liệu", 3, 2), ("Số liệu", 3, 3), ("Số liệu", 4, 3)}


def test_days_and_times_show_as_such_in_any_cell() -> None:
    values: dict[tuple[int, int], Value] = {(2, 2): date(2026, 3, 5), (3, 3): date(2026, 3, 6), (9, 9): time(14, 30)}
    out, _ = written(a_workbook(), "Số liệu", values)
    sheet = openpyxl.load_workbook(BytesIO(out))["Số liệu"]
    assert sheet["B2"].value.date() == date(2026, 3, 5)
    assert sheet["B2"].fill.fgColor.rgb == "FFFF0000"
    assert sheet["C3"].value.date() == date(2026, 3, 6)
    assert sheet["I9"].value == time(14, 30)
    assert package_faults(out) == []


def test_a_formula_that_is_overwritten_leaves_the_calculation_chain() -> None:
    data = a_workbook()
    book = openpyxl.load_workbook(BytesIO(data))
    assert "Số liệu" in book.sheetnames
    out, _ = written(data, "Số liệu", {(2, 4): 7})
    assert openpyxl.load_workbook(BytesIO(out))["Số liệu"]["D2"].value == 7
    assert package_faults(out) == []


def test_a_row_right_below_a_table_belongs_to_it() -> None:
    out, touched = written(a_workbook(), "Số liệu", {(4, 8): "z", (4, 9): 3})
    assert openpyxl.load_workbook(BytesIO(out))["Số liệu"].tables["Table1"].ref == "H1:I4"
    assert "xl/tables/table1.xml" in touched


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="2"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row><row r="5"><c r="A5"><v>3</v></c></row>',
        b"<row><c><v>0</v></c></row><row><c/><c><v>1</v></c></row>",
        b'<row r="3" spans="2:2"/>',
        b'<!-- <row r="3"><c r="C3"/></row> --><row r="4"><c r="A4"><v>1</v></c></row>',
        b"",
    ],
)
def test_cells_and_rows_come_in_their_order(rows: bytes) -> None:
    xml = HEAD + (b"<sheetData>" + rows + b"</sheetData>" if rows else b"<sheetData/>") + b"</worksheet>"
    out = SheetCells(with_cells(SheetCells(xml), {(3, 3): CellEdit("x"), (2, 3): CellEdit(5)}, False))
    addresses = [(cell.row, cell.column) for cell in out.all_cells()]
    assert addresses == sorted(set(addresses))
    assert {(3, 3), (2, 3)} <= set(addresses)
    assert {(cell.row, cell.column) for cell in SheetCells(xml).all_cells()} <= set(addresses)


def test_prefixes_quotes_and_foreign_extensions_stay_as_they_are() -> None:
    xml = (
        b"<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:e='urn:e' e:k='>'>"
        b"<x:sheetData><x:row r='1' e:more='a>b'><x:c r='A1' s='3' t='s'><x:v>0</x:v></x:c></x:row></x:sheetData>"
        b"<x:extLst><x:ext uri='u'/></x:extLst></x:worksheet>"
    )
    out = with_cells(SheetCells(xml), {(1, 1): CellEdit(2)}, False)
    assert out == xml.replace(b"<x:c r='A1' s='3' t='s'><x:v>0</x:v></x:c>", b"<x:c r='A1' s='3'><x:v>2</x:v></x:c>")


def test_a_shared_formula_is_written_out_before_its_first_cell_is_overwritten() -> None:
    data = a_workbook()
    edit = open_for_editing(data)
    part = edit.sheet_part("Khác")
    shared = (
        b'<row r="20"><c r="B20"><f t="shared" ref="B20:B22" si="0">A20*$A$1</f><v>1</v></c></row>'
        b'<row r="21"><c r="B21"><f t="shared" si="0"/><v>2</v></c></row>'
        b'<row r="22"><c r="B22"><f t="shared" si="0"/><v>3</v></c></row></sheetData>'
    )
    edit.write(part, edit.read(part).replace(b"</sheetData>", shared))
    out, _ = written(edit.saved(), "Khác", {(20, 2): 9})
    sheet = openpyxl.load_workbook(BytesIO(out))["Khác"]
    assert [sheet[at].value for at in ("B20", "B21", "B22")] == [9, "=A21*$A$1", "=A22*$A$1"]


def test_part_of_an_array_formula_is_refused() -> None:
    data = a_workbook()
    edit = open_for_editing(data)
    part = edit.sheet_part("Khác")
    array = b'<row r="20"><c r="B20"><f t="array" ref="B20:B21">A1:A2</f></c></row></sheetData>'
    edit.write(part, edit.read(part).replace(b"</sheetData>", array))
    with pytest.raises(OutputError, match="B20:B21"):
        written(edit.saved(), "Khác", {(21, 2): 9})


@pytest.mark.parametrize(
    ("value", "why"),
    [("a" * 32_768, "32.767"), ("\ud800", "ký tự hỏng"), (float("nan"), "hữu hạn"), (date(1850, 1, 1), "01/01/1850")],
)
def test_what_no_cell_can_hold_is_refused_in_words(value: Value, why: str) -> None:
    with pytest.raises(OutputError, match=why):
        written(a_workbook(), "Số liệu", {(1, 1): value})


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "@lan", "_x0041_", "a\x0bb", " hai  cách ", "một\nhai", "🌸"])
def test_text_stays_the_text_it_is(text: str) -> None:
    out, _ = written(a_workbook(), "Số liệu", {(1, 1): text})
    cell = openpyxl.load_workbook(BytesIO(out))["Số liệu"]["A1"]
    assert cell.data_type == "s"
    assert openpyxl.utils.escape.unescape(cell.value) == text


def test_a_package_that_is_not_sound_is_told() -> None:
    edit = open_for_editing(a_workbook())
    part = edit.sheet_part("Số liệu")
    edit.write(part, edit.read(part).replace(b'<c r="B3"', b'<c r="A3"'))
    assert any("A3" in fault for fault in package_faults(edit.saved()))


def with_parts(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The workbook with its parts changed."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


STYLES_RELATION = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"


@pytest.mark.parametrize(
    ("part", "before", "hidden"),
    [
        ("xl/styles.xml", b"<cellXfs", b'<!-- <cellXfs count="1"><xf/></cellXfs> -->'),
        ("xl/styles.xml", b"<cellXfs", b'<?old <cellXfs count="1"><xf/></cellXfs> ?>'),
        ("xl/styles.xml", b"</cellXfs>", b"<!-- </cellXfs> -->"),
        ("xl/styles.xml", b"<fonts", b'<!-- <numFmts count="1"><numFmt numFmtId="164" formatCode="0"/></numFmts> -->'),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationship ",
            b'<!-- <Relationship Id="rId77" Type="%s" Target="theme/theme1.xml"/> -->' % STYLES_RELATION,
        ),
    ],
)
def test_what_a_comment_says_is_no_part_of_a_workbook(part: str, before: bytes, hidden: bytes) -> None:
    def commented(name: str, xml: bytes) -> bytes:
        # Without the declaration, so that an instruction of somebody's own is the first one.
        return xml.partition(b"?>")[2].replace(before, hidden + before, 1) if name == part else xml

    data = with_parts(a_workbook(), commented)
    out, _ = written(data, "Số liệu", {(2, 5): date(2026, 3, 5)})
    assert openpyxl.load_workbook(BytesIO(out))["Số liệu"]["E2"].value == datetime(2026, 3, 5)
    with ZipFile(BytesIO(out)) as new:
        assert hidden in new.read(part)


def test_a_sheet_is_added_to_the_sheets_and_not_to_a_comment() -> None:
    hidden = b'<!-- <sheets><sheet name="a" sheetId="1"/></sheets> -->'
    data = with_parts(a_workbook(), lambda _name, xml: xml.replace(b"<sheets>", hidden + b"<sheets>"))
    edit = open_for_editing(data)
    add_sheet(edit, "Thêm", HEAD + b"<sheetData/></worksheet>")
    assert openpyxl.load_workbook(BytesIO(edit.saved())).sheetnames == ["Số liệu", "Khác", "Thêm"]


def test_a_day_shows_as_one_where_the_list_of_number_formats_is_there_and_empty() -> None:
    stream = BytesIO()
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = "một"
    book.save(stream)
    with ZipFile(BytesIO(stream.getvalue())) as package:
        assert b'<numFmts count="0"' in package.read("xl/styles.xml")
    out, _ = written(stream.getvalue(), "Sheet", {(1, 2): date(2026, 3, 5)})
    assert openpyxl.load_workbook(BytesIO(out))["Sheet"]["B1"].value == datetime(2026, 3, 5)


@pytest.mark.parametrize("styles", [b"<cellXfs/>", b'<y:cellXfs xmlns:y="u"><y:xf/></y:cellXfs>', b""])
def test_where_styles_are_in_no_usual_form_no_cell_gets_another_look(styles: bytes) -> None:
    def changed(name: str, xml: bytes) -> bytes:
        head, found, rest = xml.partition(b"<cellXfs")
        return head + styles + rest.partition(b"</cellXfs>")[2] if found else xml

    with pytest.raises(OutputError, match="Bảng kiểu ô"):
        written(with_parts(a_workbook(), changed), "Số liệu", {(2, 5): date(2026, 3, 5)})


def test_nothing_is_written_where_merged_cells_hide_it() -> None:
    def merged(name: str, xml: bytes) -> bytes:
        merges = b'</sheetData><mergeCells count="1"><mergeCell ref="B2:B4"/></mergeCells>'
        return xml.replace(b"</sheetData>", merges) if name == "xl/worksheets/sheet1.xml" else xml

    data = with_parts(a_workbook(), merged)
    with pytest.raises(OutputError, match="Ô B3 của trang «Số liệu» nằm trong các ô gộp B2:B4") as refused:
        written(data, "Số liệu", {(3, 2): 7})
    assert "lies in the merged cells B2:B4" in refused.value.words.english
    written(data, "Số liệu", {(3, 2): None})
    out, _ = written(data, "Số liệu", {(2, 2): 7, (5, 2): 8})
    assert openpyxl.load_workbook(BytesIO(out))["Số liệu"]["B2"].value == 7
