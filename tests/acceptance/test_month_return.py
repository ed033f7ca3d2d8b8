"""The month return over invented books: every spreadsheet cell, every total, every source."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from command_line import Called, chibo
from openpyxl.worksheet.worksheet import Worksheet
from return_oracle import GRADES, STANDALONE, ReturnRow, expected_groups

from sketched_books import Sketch, sketched
from typed_workbooks import typed_workbook

MONTH = "2026-03"
SEEDS = [seed for seed in range(2001, 2060) if sketched(seed).info["year"] == 2026]


@pytest.fixture(scope="module")
def books() -> dict[str, Sketch]:
    return {f"sổ {seed}.xlsx": sketched(seed) for seed in SEEDS}


@pytest.fixture(scope="module")
def folder(books, tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("books")
    for seed, name in zip(SEEDS, books, strict=True):
        (home / name).write_bytes(typed_workbook(books[name], seed, tidy=True))
    return home


@pytest.fixture(scope="module")
def called(folder, tmp_path_factory) -> tuple[Called, bytes]:
    out = tmp_path_factory.mktemp("return") / "tháng 3.xlsx"
    call = chibo("consolidate", folder, "--period", MONTH, "--return", "thang", "--out", out, "--date", "2026-04-02")
    return call, out.read_bytes()


@pytest.fixture(scope="module")
def values(called) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(called[1]), data_only=True)


@pytest.fixture(scope="module")
def live(called) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(called[1]))


@pytest.fixture(scope="module")
def table(values) -> list[list[object]]:
    """The rows under the numbering row, down to the grand total."""
    sheet = values.worksheets[0]
    first = numbering_row(sheet) + 1
    rows = [[cell.value for cell in row[:10]] for row in sheet.iter_rows(min_row=first)]
    last = max(index for index, row in enumerate(rows) if str(row[0]).startswith("Tổng cộng"))
    return rows[: last + 1]


def numbering_row(sheet: Worksheet) -> int:
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == "(1)")


def units(table: list[list[object]]) -> list[list[object]]:
    return [row for row in table if isinstance(row[0], int)]


def test_all_books_are_used(called):
    call, _ = called
    assert (call.exit_code, call.out) == (0, b"")
    assert f"Nhận {len(SEEDS)} sổ = {len(SEEDS)} được dùng + 0 bị từ chối" in call.err


def test_head_of_the_page(values):
    said = [str(cell.value) for row in values.worksheets[0].iter_rows(max_row=10) for cell in row if cell.value]
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in said
    assert any(text.endswith("ngày 02 tháng 4 năm 2026") for text in said)
    assert "BIỂU TỔNG HỢP" in said
    assert "kết quả đánh giá, xếp loại chất lượng sinh hoạt chi bộ tháng 3 năm 2026" in said
    assert "*" in said
    assert "-----" in said


def test_header_and_numbering_row(values):
    sheet = values.worksheets[0]
    row = numbering_row(sheet)
    assert [sheet.cell(row, column).value for column in range(1, 11)] == [f"({number})" for number in range(1, 11)]
    upper = [sheet.cell(row - 2, column).value for column in range(1, 11)]
    lower = [sheet.cell(row - 1, column).value for column in range(1, 11)]
    heads = [low or high for high, low in zip(upper, lower, strict=True)]
    assert heads == [
        "STT", "Tên đơn vị", "Số lượng đảng viên", "Ngày họp", "Số điểm", *GRADES, "Ghi chú (thuyết minh điểm trừ)",
    ]  # fmt: skip
    assert sheet.print_title_rows == f"${row - 2}:${row}"


def test_every_unit_cell_by_cell(table, books):
    groups = expected_groups(books.values(), MONTH)
    expected = [unit for rows in groups.values() for unit in rows]
    found = units(table)
    assert [row[0] for row in found] == list(range(1, len(expected) + 1))
    for row, unit in zip(found, expected, strict=True):
        check_unit(row, unit)


def check_unit(row: list[object], unit: ReturnRow) -> None:
    assert (row[1], row[2]) == (unit.name, unit.counted)
    assert (row[3].date() if isinstance(row[3], datetime) else row[3]) == unit.day
    assert row[4] is None if unit.points is None else Decimal(str(row[4])) == unit.points
    assert row[5:9] == ["x" if unit.grade == grade else None for grade in GRADES]
    remarks = str(row[9] or "")
    for part in unit.remarks:
        assert part in remarks
    if not unit.remarks:
        assert remarks == ""


def test_units_stand_under_their_base_organisation(table, books):
    groups = expected_groups(books.values(), MONTH)
    found: dict[str, list[object]] = {}
    for row in table[:-1]:
        if isinstance(row[0], int):
            list(found.values())[-1].append(row[1])
        elif row[0] != "Cộng":
            found[str(row[1])] = []
    assert [len(names) for names in found.values()] == [len(rows) for rows in groups.values()]
    for (name, names), (expected, rows) in zip(found.items(), groups.items(), strict=True):
        assert names == [row.name for row in rows]
        assert (name == expected) or (expected == STANDALONE and "trực thuộc" in name)


def test_subtotals_and_the_grand_total(table, books):
    groups = expected_groups(books.values(), MONTH)
    sums = [[sum(unit.grade == grade for unit in rows) for grade in GRADES] for rows in groups.values()]
    assert [row[5:9] for row in table if row[0] == "Cộng"] == sums
    assert table[-1][5:9] == [sum(column) for column in zip(*sums, strict=True)]
    assert str(table[-1][0]).startswith("Tổng cộng")


def test_totals_are_live_formulas_with_their_values(live, values):
    sheet, cached = live.worksheets[0], values.worksheets[0]
    totals = [row for row in sheet.iter_rows() if row[0].value in ("Cộng", "Tổng cộng")]
    formulas = [cell for row in totals for cell in row[5:9]]
    assert formulas
    assert all(str(cell.value).startswith("=") for cell in formulas)
    assert all(isinstance(cached[cell.coordinate].value, int) for cell in formulas)
    data = [row for row in sheet.iter_rows() if isinstance(row[0].value, int)]
    assert not [cell for row in data for cell in row if cell.data_type == "f"]


def test_every_figure_has_its_sources(values, folder, books):
    """Each figure of a unit names file, sheet and cell; read there, the tidily typed books hold that very value."""
    sheet, sources = values.worksheets
    assert sources.title == "Nguồn"
    rows = list(sources.iter_rows(min_row=2, values_only=True))
    named = {row[0] for row in rows}
    for row in sheet.iter_rows():
        if isinstance(row[0].value, int):
            assert {cell.coordinate for cell in row[2:9] if cell.value is not None} <= named
    opened = {}
    for _, _, _, _, figure, value, file, name, address in rows:
        book = opened.setdefault(file, openpyxl.load_workbook(folder / file, data_only=True))
        assert name in book.sheetnames
        if ":" in address or str(figure).startswith("Xếp loại"):
            column = [cell.value for (cell,) in book[name][address]]
            if str(figure).startswith("Điểm"):
                assert sum(Decimal(str(points)) for points in column if points is not None) == Decimal(str(value))
        elif figure == "Tên chi bộ" or str(figure).startswith("Ngày"):
            assert book[name][address].value == value


def test_the_signatures_stand_below(values, table):
    below = [str(cell.value) for row in values.worksheets[0].iter_rows() for cell in row if cell.value]
    below = below[below.index("Tổng cộng") :]
    assert [text for text in below if text.isupper()] == ["NGƯỜI LẬP BIỂU", "T/M BAN THƯỜNG VỤ", "BÍ THƯ"]
    (note,) = [text for text in below if text.startswith("Ghi chú")]
    assert note.endswith(".")


def test_print_set_up(live):
    sheet = live.worksheets[0]
    margins = sheet.page_margins
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert [round(edge * 25.4) for edge in (margins.top, margins.bottom, margins.left, margins.right)] == [
        20,
        20,
        30,
        15,
    ]
    assert sheet.oddFooter.center.text == "&P/&N"
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None} == {
        "Times New Roman"
    }


def test_same_books_and_date_give_the_same_bytes(called, folder, tmp_path):
    arguments = ("--period", MONTH, "--return", "thang", "--date", "02/04/2026")
    for number, extra in enumerate((("--workers", 1), ("--workers", 2))):
        out = tmp_path / f"{number}.xlsx"
        assert (
            chibo("consolidate", *sorted(folder.iterdir(), reverse=True), *arguments, *extra, "--out", out).exit_code
            == 0
        )
        assert out.read_bytes() == called[1]


def test_without_sources(folder, tmp_path):
    out = tmp_path / "r.xlsx"
    arguments = ("--period", MONTH, "--return", "thang", "--without-sources", "--out", out)
    assert chibo("consolidate", folder, *arguments).exit_code == 0
    (sheet,) = openpyxl.load_workbook(out).worksheets
    assert sheet.title != "Nguồn"
