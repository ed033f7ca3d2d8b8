"""A look at a place: the cells around it as the workbook shows them, for every kind of workbook that is read."""

from __future__ import annotations

import pytest

from chibo.definitions.library import Library
from chibo.legacy_text import Encoding
from chibo.model import Place
from chibo.office.looking import look_into
from chibo.workbook.excerpt import MOST_COLUMNS, ROWS_AROUND, CellKind, Excerpt, ShownRow, excerpt_of
from old_excel import locked, xls
from old_text import typed
from tables import SheetTable, xlsx

LIBRARY = Library()
HEADING = "| TT | Mã đảng viên | Họ và tên | Tư cách | Tình trạng | Tổ đảng | Tỷ lệ | Từ ngày"
MEMBERS = "\n".join(
    f"| n:{n} | DV{n:02} | Người Thứ {n} | Chính thức | Sinh hoạt |  | %:0.95 | d:2015-02-{n % 27 + 1:02}"
    for n in range(1, 41)
)
TABLE = f"| DANH SÁCH\n|\n{HEADING}\n{MEMBERS}"


def look(data: bytes, address: str, sheet: str = "Đảng viên") -> Excerpt:
    found = excerpt_of(data, Place("so.xlsx", sheet, address), LIBRARY)
    assert found is not None
    return found


def texts(row: ShownRow | None) -> list[str]:
    assert row is not None
    return [cell.text for cell in row.cells]


@pytest.mark.parametrize("make", [xlsx, xls, lambda sheets: locked(xlsx(sheets))], ids=["xlsx", "xls", "locked"])
def test_the_rows_around_are_shown_with_the_labels_of_the_table(make) -> None:
    found = look(make({"Đảng viên": TABLE}), "C30")
    assert [row.number for row in found.rows] == list(range(30 - ROWS_AROUND, 30 + ROWS_AROUND + 1))
    assert found.heading is not None
    assert found.heading.number == 3
    assert texts(found.heading)[1:3] == ["Mã đảng viên", "Họ và tên"]
    assert found.here == (30, 3)
    assert found.text == "Người Thứ 27"
    assert texts(found.rows[ROWS_AROUND]) == [
        "27",
        "DV27",
        "Người Thứ 27",
        "Chính thức",
        "Sinh hoạt",
        "",
        "95%",
        "01/02/2015",
    ]
    assert [cell.kind for cell in found.rows[0].cells][:3] == [CellKind.NUMBER, CellKind.TEXT, CellKind.TEXT]


def test_the_heading_is_not_shown_twice_nor_above_what_stands_over_it() -> None:
    near = look(xlsx({"Đảng viên": TABLE}), "B5")
    assert [row.number for row in near.rows][:2] == [4, 5]
    first = look(xlsx({"Đảng viên": TABLE}), "A1")
    assert first.heading is None
    assert [row.number for row in first.rows][:3] == [1, 2, 3]


def test_a_place_in_an_empty_cell_far_away_is_shown() -> None:
    found = look(xlsx({"Đảng viên": TABLE}), "AC60")
    assert found.here == (60, 29)
    assert found.text == ""
    assert found.rows[-1].number == 60
    assert found.columns == (1, 29)


def test_of_a_whole_sheet_the_top_is_shown() -> None:
    found = look(xlsx({"Đảng viên": TABLE}), "")
    assert found.here is None
    assert [row.number for row in found.rows] == list(range(1, 2 * ROWS_AROUND + 2))


def test_merged_and_hidden_cells_and_errors_are_told() -> None:
    sheet = SheetTable(
        "| Một dòng dài\n| !#REF! | =SUM(C9) | n:8.5 | b:1\n| cuối",
        merges=("A1:C1",),
        hidden_rows=(3,),
        hidden_columns=("B",),
        hidden=True,
    )
    found = look(xlsx({"Khác": "| x", "Riêng": sheet}), "A2", "Riêng")
    title = found.rows[0].cells
    assert (title[0].text, title[0].wide) == ("Một dòng dài", 3)
    assert [cell.column for cell in title] == [1, 4]
    assert texts(found.rows[1]) == ["#REF!", "=SUM(C9)", "8,5", "Có"]
    assert found.rows[1].cells[0].kind is CellKind.BROKEN
    assert found.rows[2].hidden
    assert found.hidden
    assert found.hidden_columns == {2}


def test_a_place_in_a_merged_range_is_its_first_cell() -> None:
    sheet = SheetTable("| đầu\n| a | b", merges=("A1:C1",))
    assert look(xlsx({"Riêng": sheet}), "C1", "Riêng").here == (1, 1)


def test_labels_merged_over_two_rows_each_stand_over_their_column() -> None:
    rows = "| TT | Mã đảng viên | Họ và tên | Trong Đảng\n|  |  |  | Tư cách | Tình trạng\n" + MEMBERS
    sheet = SheetTable(rows, merges=("A1:A2", "B1:B2", "C1:C2", "D1:E1"))
    heading = texts(look(xlsx({"Đảng viên": sheet}), "B9").heading)
    assert heading[:5] == ["TT", "Mã đảng viên", "Họ và tên", "Tư cách", "Tình trạng"]


def test_a_very_wide_sheet_is_shown_around_the_place_and_long_text_is_cut_beside_it() -> None:
    wide = "| " + " | ".join(f"c{n}" for n in range(1, 401)) + f"\n| {'dài ' * 100}"
    found = look(xlsx({"Riêng": wide}), "GR1", "Riêng")
    assert found.here == (1, 200)
    assert found.columns[1] - found.columns[0] + 1 == MOST_COLUMNS
    assert found.columns[0] < 200 < found.columns[1]
    long = look(xlsx({"Riêng": wide}), "A2", "Riêng")
    assert long.text == ("dài " * 100).strip()
    assert len(texts(look(xlsx({"Riêng": wide}), "B1", "Riêng").rows[1])[0]) == 160


def test_text_from_before_unicode_is_shown_as_it_is_read() -> None:
    table = TABLE.replace("DANH SÁCH", "Danh sách những đảng viên của chi bộ được giới thiệu")
    sheets = {"Đảng viên": table.replace("Người Thứ", "Nguyễn Thị Đẹp Thứ")}
    old = xls(sheets, font=".VnTime", write=lambda text: typed(text, Encoding.TCVN3))
    found = excerpt_of(old, Place("so.xls", typed("Đảng viên", Encoding.TCVN3), "C10"), LIBRARY)
    assert found is not None
    assert found.text == "Nguyễn Thị Đẹp Thứ 7"


def test_a_sheet_that_is_not_there_is_no_excerpt() -> None:
    assert excerpt_of(xlsx({"Riêng": "| x"}), Place("so.xlsx", "Khác", "A1"), LIBRARY) is None


def test_what_the_reader_refuses_is_not_looked_into() -> None:
    looked = look_into(b"khong phai so", Place("so.xlsx", "Riêng", "A1"), LIBRARY)
    assert looked.excerpt is None
    assert looked.refusal is not None
    assert looked.refusal.code == "NOT_XLSX"


def test_an_excerpt_comes_from_a_limited_process() -> None:
    looked = look_into(xlsx({"Đảng viên": TABLE}), Place("so.xlsx", "Đảng viên", "C30"), LIBRARY)
    assert looked.excerpt == look(xlsx({"Đảng viên": TABLE}), "C30")
