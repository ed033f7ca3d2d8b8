"""Returns that analysts define themselves: figures, conditions, aggregates, totals, groupings."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from builders import a_book, a_meeting, an_info, code
from chibo.checks.steps import END_NOT_AFTER_START
from chibo.consolidation import BookOutcome, consolidate, period_table
from chibo.definitions.loading import parse_definition
from chibo.definitions.returns.definition import ReturnDefinition, load_returns
from chibo.definitions.returns.fields import FIELDS, MEETING_FIGURES, ROW_FIGURES
from chibo.errors import DefinitionError
from chibo.model import CellBook, MeetingKind, Period, PeriodTable, Place
from chibo.reports import return_workbook
from chibo.returns import RowKind, return_table
from chibo.returns.aggregates import rounded
from chibo.returns.fields import value_of
from excel import convert, without_cached_values
from offices import a_cell, outcome
from scored import LIBRARY

QUARTER, FEBRUARY = Period.parse("2026-Q1"), Period.parse("2026-02")


def definition(*columns: dict, **changes) -> ReturnDefinition:
    """A quarterly return with these columns after STT."""
    document = {
        "schema": 1,
        "id": "rieng",
        "title": "Biểu riêng",
        "periods": ["quarter"],
        "effective": {"from": date(2026, 1, 1)},
        "heading": {"subject": "biểu riêng {period}"},
        "columns": [{"code": "ordinal", "label": "STT", "figure": "ordinal"}, *columns],
        **changes,
    }
    return parse_definition(ReturnDefinition, document, Path("rieng.toml"))


def column(code: str, **changes) -> dict:
    return {"code": code, "label": code, **changes}


def aggregate(kind: str, of: str = "", **changes) -> dict:
    wanted = {"kind": kind, **({"of": of} if of else {}), **changes}
    return column("value", aggregate=wanted)


def a_quarter() -> CellBook:
    """Three regular meetings with 10, 8 and 9 of ten present, a thematic one, and one that was not held."""
    return a_book(
        a_meeting("2026-01", present=10),
        a_meeting("2026-02", present=8, excused=2, speakers=None),
        a_meeting("2026-03", present=9, excused=1, speakers=3),
        a_meeting("2026-03-CĐ", kind=MeetingKind.THEMATIC, present=7),
        a_meeting("2026-02-BT1", kind=MeetingKind.EXTRAORDINARY, present=1),
    )


def table_of(*books: CellBook, period: Period = QUARTER) -> PeriodTable:
    return period_table(consolidate(outcome(book, f"{book.info.cell_code}.xlsx") for book in books), period)


def values(made: ReturnDefinition, *books: CellBook, period: Period = QUARTER) -> list[list[object]]:
    """The values of the rows and of the grand total, without STT."""
    table = return_table(made, table_of(*books, period=period))
    wanted = [row for row in table.rows if row.kind in {RowKind.ROW, RowKind.TOTAL}]
    return [[figure.value for figure in row.figures[1:]] for row in wanted]


def value(*columns: dict, **changes) -> object:
    """The value of the only cell's last column over the quarter."""
    return values(definition(*columns, **changes), a_quarter())[0][-1]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (aggregate("count"), 3),
        (aggregate("count", where=[{"field": "present", "at_least": 9}]), 2),
        (aggregate("count", where=[{"field": "present", "above": 9}]), 1),
        (aggregate("count", where=[{"field": "speakers", "known": False}]), 1),
        (aggregate("count", where=[{"field": "meeting_code", "one_of": ["2026-01", "2026-03"]}]), 2),
        (aggregate("count", where=[{"field": "held_on", "at_most": "2026-02-28"}]), 2),
        (aggregate("count", where=[{"field": "kind", "not_equals": "thường kỳ"}]), 0),
        (aggregate("sum", "present"), 27),
        (aggregate("mean", "present"), 9),
        (aggregate("mean", "speakers", decimals=1), Decimal("4.5")),
        (aggregate("min", "present"), 8),
        (aggregate("max", "attendance_rate"), 100),
        (aggregate("min", "self_total"), None),
        (aggregate("share", where=[{"field": "present", "at_least": 9}]), Decimal("66.67")),
        (
            aggregate(
                "share",
                where=[{"field": "present", "at_least": 9}],
                among=[{"field": "quarter", "equals": 1}, {"field": "month", "above": 1}],
            ),
            50,
        ),
        (aggregate("ratio", "present", over="owed"), 90),
        (aggregate("ratio", "speakers", over="present", decimals=0), 47),
        (aggregate("list", "meeting_code"), "2026-01; 2026-02; 2026-03"),
        (aggregate("list", "attendance_rate", where=[{"field": "month", "above": 1}]), "80; 90"),
    ],
)
def test_aggregates_over_the_meetings_of_a_cell(wanted, expected):
    assert value(wanted) == expected


def test_the_return_chooses_kinds_and_conditions():
    assert value(aggregate("count"), meetings={"kinds": ["Chuyên đề"]}) == 1
    assert value(aggregate("count"), meetings={"where": [{"field": "month", "equals": 2}]}) == 1


def test_meetings_not_held_count_only_where_that_is_asked_for():
    book = a_book(a_meeting("2026-01"), a_meeting("2026-02", held_on=None))
    held, all_of_them = definition(aggregate("count")), definition(aggregate("count"), meetings={"only_held": False})
    assert (values(held, book)[0], values(all_of_them, book)[0]) == ([1], [2])


def test_totals_add_up_count_or_average_what_is_known():
    made = definition(
        column("sum", aggregate={"kind": "sum", "of": "present"}, total="sum"),
        column("mean", aggregate={"kind": "mean", "of": "speakers"}, total="mean"),
        column("low", aggregate={"kind": "min", "of": "present"}, total="min"),
        column("high", aggregate={"kind": "max", "of": "present"}, total="max"),
        column("all", aggregate={"kind": "list", "of": "meeting_code"}, total="count"),
        column("none", aggregate={"kind": "sum", "of": "owed"}),
    )
    silent = a_book(a_meeting("2026-01", speakers=None, present=4, excused=6), info=an_info(cell_code="CB02"))
    *_, total = values(made, a_quarter(), silent)
    assert total == [31, Decimal("4.5"), 4, 10, 2, None]


def test_percentages_are_taken_of_the_totals_too():
    made = definition(
        column("present", aggregate={"kind": "sum", "of": "present"}, total="sum"),
        column("owed", aggregate={"kind": "sum", "of": "owed"}, total="sum"),
        column("rate", percent={"of": "present", "over": "owed"}),
    )
    nobody = a_book(a_meeting("2026-01", present=None, membership=None), info=an_info(cell_code="CB02"))
    assert values(made, a_quarter(), nobody) == [[27, 30, 90], [None, None, None], [27, 30, 90]]


def test_rates_and_means_show_the_decimals_they_are_rounded_to():
    made = definition(
        column("name", figure="cell_name"),
        column("ratio", aggregate={"kind": "ratio", "of": "present", "over": "owed"}),
        column("mean", aggregate={"kind": "mean", "of": "speakers", "decimals": 1}, total="mean"),
        column("whole", aggregate={"kind": "ratio", "of": "present", "over": "owed", "decimals": 0}, total="max"),
        column("score", aggregate={"kind": "max", "of": "present"}, total="mean"),
        column("own", aggregate={"kind": "mean", "of": "present"}, number_format="0.000", total="mean"),
        grouping={"by": "none"},
    )
    data = return_workbook(made, table_of(a_quarter()), LIBRARY.issuer, date(2026, 4, 5))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    total = next(cell.row for cell in sheet["A"] if cell.value == "Tổng cộng")
    formats = [[sheet.cell(row, column).number_format for column in range(3, 8)] for row in (total - 1, total)]
    assert formats == [["0.00", "0.0", "0", "General", "0.000"], ["General", "0.0", "0", "0.00", "0.000"]]


def left_out(number: int, *meetings: str) -> BookOutcome:
    """A cell with one meeting in January, and others that an error of its book keeps out."""
    book = a_cell(number, meetings=(a_meeting("2026-01"),))
    place = Place(f"CB{number:02d}.xlsx", "Sinh hoạt", "Q7")
    faults = tuple(END_NOT_AFTER_START.at(place, seen="14:00", expected="", meeting=code(one)) for one in meetings)
    return evolve(outcome(book), findings=faults)


def test_meetings_that_an_error_leaves_out_are_told_below_the_table():
    made = definition(column("cell", figure="cell_name"), aggregate("count"))
    books = [left_out(1), left_out(2, "2026-02", "2026-03", "2026-03-CĐ", "2026-04")]
    assert return_table(made, period_table(consolidate(books), QUARTER)).notes == (
        "Chưa tính 2 buổi vì sổ có lỗi phải sửa ở buổi ấy: Chi bộ Phòng số 2 (CB02) 2026-02 (trang «Sinh hoạt», ô Q7), "
        "2026-03 (trang «Sinh hoạt», ô Q7).",
    )
    assert return_table(made, period_table(consolidate(books[:1]), QUARTER)).notes == ()


def test_the_month_return_tells_them_in_its_rows_alone():
    table = return_table(LIBRARY.returns["thang"], period_table(consolidate([left_out(1, "2026-02")]), FEBRUARY))
    assert not any("Chưa tính" in note for note in table.notes)


def test_a_long_list_of_meetings_left_out_is_cut():
    made = definition(column("cell", figure="cell_name"), aggregate("count"))
    books = [left_out(number, "2026-03") for number in range(1, 14)]
    (note,) = return_table(made, period_table(consolidate(books), QUARTER)).notes
    assert note.startswith("Chưa tính 13 buổi ")
    assert note.endswith("; và 3 chi bộ khác.")


def test_a_row_may_stand_for_each_meeting():
    made = definition(
        column("cell", figure="cell_name"),
        column("code", figure="meeting_code"),
        column("rate", figure="attendance_rate", total="min"),
        rows="meeting",
        grouping={"by": "none"},
    )
    assert values(made, a_quarter()) == [
        ["Chi bộ Văn phòng", "2026-01", 100],
        ["Chi bộ Văn phòng", "2026-02", 80],
        ["Chi bộ Văn phòng", "2026-03", 90],
        [None, None, 80],
    ]


def test_a_row_may_stand_for_each_base_organisation():
    made = definition(
        column("name", figure="committee_name"),
        column("cells", figure="cells", total="sum"),
        column("missing", figure="cells_missing", total="sum"),
        rows="committee",
    )
    assert values(made, a_cell(1), a_cell(2), a_cell(3, "DB02"), period=QUARTER) == [
        ["Đảng bộ Sở Thử nghiệm", 2, 2],
        ["Đảng bộ Ban Mẫu vật", 1, 1],
        [None, 3, 3],
    ]


def test_cells_without_such_a_meeting_can_be_left_out():
    bare = a_book(a_meeting("2026-05"), info=an_info(cell_code="CB02"))
    keeps, drops = definition(aggregate("count")), definition(aggregate("count"), cells={"keep_without_meeting": False})
    assert (len(values(keeps, a_quarter(), bare)), len(values(drops, a_quarter(), bare))) == (3, 2)


def test_only_some_base_organisations():
    made = definition(column("cell", figure="cell_code"), cells={"committees": ["db02"]})
    assert values(made, a_cell(1), a_cell(2, "DB02")) == [["CB02"], [None]]


def test_numbering_may_begin_anew_in_each_group():
    made = definition(column("cell", figure="cell_code"), grouping={"numbering": "by-group"})
    table = return_table(made, table_of(a_cell(1), a_cell(2, "DB02"), a_cell(3, "DB02")))
    assert [row.figures[0].value for row in table.rows if row.kind is RowKind.ROW] == [1, 1, 2]


@given(st.fractions(-(10**9), 10**9), st.integers(0, 4))
def test_rounding_is_half_up_and_exact(number, decimals):
    found = Fraction(rounded(number, decimals))
    step = Fraction(1, 10**decimals)
    assert (found / step).denominator == 1
    assert abs(found - number) <= step / 2
    if abs(found - number) == step / 2:
        assert abs(found) > abs(number)


@pytest.mark.libreoffice
def test_libreoffice_agrees_with_every_kind_of_total(tmp_path):
    made = definition(
        column("name", figure="cell_name"),
        column("sum", aggregate={"kind": "sum", "of": "present"}, total="sum"),
        column("owed", aggregate={"kind": "sum", "of": "owed"}, total="sum"),
        column("rate", percent={"of": "sum", "over": "owed"}),
        column("mean", aggregate={"kind": "mean", "of": "speakers"}, total="mean"),
        column("low", aggregate={"kind": "min", "of": "present"}, total="min"),
        column("high", aggregate={"kind": "max", "of": "present"}, total="max"),
        column("codes", aggregate={"kind": "list", "of": "meeting_code"}, total="count"),
        column("never", aggregate={"kind": "mean", "of": "official_total"}, total="mean"),
    )
    quarter = a_quarter()
    books = [
        evolve(
            quarter, info=an_info(cell_code=f"CB{n}", committee_code=f"DB{n % 3}", committee_name=f"Đảng bộ {n % 3}")
        )
        for n in range(7)
    ]
    books.append(a_book(a_meeting("2026-01", present=None, speakers=None), info=an_info(cell_code="CB8")))
    books.append(a_book(a_meeting("2026-01", present=3), info=an_info(cell_code="CB9", committee_code="DB1")))
    data = return_workbook(made, table_of(*books), LIBRARY.issuer, date(2026, 4, 5))
    formulas = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    ours = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    theirs = openpyxl.load_workbook(
        convert(without_cached_values(data, date(2026, 4, 5)), "xlsx", tmp_path), data_only=True
    ).worksheets[0]
    places = [cell.coordinate for row in formulas.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(places) > 40
    for place in places:
        assert (theirs[place].value or None) == pytest.approx(ours[place].value or None), formulas[place].value


# Definitions that are wrong


@pytest.mark.parametrize(
    ("columns", "changes", "said"),
    [
        ([column("a")], {}, "đúng một trong ba"),
        ([column("a", figure="ordinal"), column("a", figure="ordinal")], {}, "hai cột cùng mã"),
        ([column("a", figure="không_có")], {}, "không có số liệu"),
        ([column("a", figure="score")], {}, "hãy dùng aggregate"),
        ([column("a", figure="cells")], {}, "không dùng được với rows"),
        ([column("a", figure="cell_name")], {"rows": "committee"}, "không dùng được với rows"),
        ([column("a", figure="grade_mark")], {"rows": "meeting"}, "«grade» đi cùng"),
        ([aggregate("sum")], {}, "cần khoá «of»"),
        ([aggregate("sum", "cell_name")], {}, "không phải là số"),
        ([aggregate("sum", "không_có")], {}, "không có trường"),
        ([aggregate("count", "present")], {}, "không dùng khoá «of»"),
        ([aggregate("ratio", "present")], {}, "cần khoá «over»"),
        ([aggregate("share")], {}, "cần khoá «where»"),
        ([aggregate("count", where=[{"field": "present"}])], {}, "đúng một phép so"),
        ([aggregate("count", where=[{"field": "present", "equals": 1, "above": 2}])], {}, "đúng một phép so"),
        ([aggregate("count", where=[{"field": "present", "equals": "nhiều"}])], {}, "không so được"),
        ([aggregate("count", where=[{"field": "held_on", "above": "5/3/2026"}])], {}, "không so được"),
        ([aggregate("count", where=[{"field": "grade", "above": "Khá"}])], {}, "không so lớn bé được"),
        ([{**aggregate("list", "meeting_code"), "total": "sum"}], {}, "chỉ đếm được"),
        ([column("a", percent={"of": "b", "over": "ordinal"})], {}, "không có cột «b»"),
        (
            [column("a", figure="cell_name"), column("b", percent={"of": "a", "over": "ordinal"})],
            {},
            "không phải cột số",
        ),
        (
            [
                column("a", figure="ordinal", group="G"),
                column("b", figure="ordinal"),
                column("c", figure="ordinal", group="G"),
            ],
            {},
            "đứng liền nhau",
        ),
        ([{**aggregate("ratio", "present", over="owed"), "total": "mean"}], {}, "trung bình các tỷ lệ thì sai"),
        ([{**aggregate("share", where=[{"field": "month", "equals": 1}]), "total": "sum"}], {}, "percent = {"),
        ([{**aggregate("max", "attendance_rate"), "total": "mean"}], {}, "percent = {"),
        ([column("a", figure="attendance_rate", total="mean")], {"rows": "meeting"}, "percent = {"),
        ([aggregate("mean", "attendance_rate")], {}, 'kind = "ratio"'),
        ([aggregate("count")], {"grouping": {"grand_total": "Cộng chung"}}, "Tổng cộng"),
        ([aggregate("count")], {"biểu": 1}, "không có trong lược đồ"),
        ([aggregate("count")], {"schema": 2}, ""),
    ],
)  # fmt: skip
def test_a_wrong_definition_is_refused_naming_file_and_key(columns, changes, said):
    with pytest.raises(DefinitionError) as caught:
        definition(*columns, **changes)
    assert caught.value.file == "rieng.toml"
    assert said in str(caught.value)


def test_the_id_of_a_return_is_the_name_of_its_file(tmp_path):
    folder = tmp_path / "sheets" / "returns"
    folder.mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "sheets" / "returns" / "thang.toml"
    (folder / "khac.toml").write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(DefinitionError, match="khác tên tệp"):
        load_returns(tmp_path)["khac"]


def test_every_field_has_a_value_for_every_meeting():
    (record,) = outcome(a_book()).records
    (bare,) = outcome(a_book(a_meeting(held_on=None))).records
    for name in FIELDS:
        value_of(record, name)
        value_of(bare, name)
    with pytest.raises(KeyError):
        value_of(record, "không_có")


def test_names_of_figures_do_not_collide():
    assert not set(MEETING_FIGURES) & set(FIELDS)
    assert not set(MEETING_FIGURES) & set(ROW_FIGURES)
