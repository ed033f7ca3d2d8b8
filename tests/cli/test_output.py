"""Printing: rows alone on standard output, in three forms, safe to open in a spreadsheet program."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest

from chibo.cli.output import print_rows
from chibo.model import Grade
from chibo.model.row_text import csv_text, json_text, safe_text

COLUMNS = ["cell_name", "held_on", "total", "grade", "speakers"]
ROWS = [
    {
        "cell_name": "Chi bộ «Văn phòng», tổ 1",
        "held_on": date(2026, 3, 5),
        "total": Decimal("91.50"),
        "grade": Grade.GOOD,
        "speakers": None,
    },
    {"cell_name": "Chi bộ 2", "held_on": None, "total": Decimal("88.0"), "grade": None, "speakers": 7},
]


def test_csv_has_decimal_points_iso_dates_labels_and_empty_unknowns():
    rows = list(csv.reader(io.StringIO(csv_text(ROWS, COLUMNS))))

    assert rows == [
        COLUMNS,
        ["Chi bộ «Văn phòng», tổ 1", "2026-03-05", "91.5", "Tốt", ""],
        ["Chi bộ 2", "", "88", "", "7"],
    ]


def test_json_is_a_list_of_objects_with_letters_as_they_are():
    text = json_text(ROWS, COLUMNS)

    assert "Văn phòng" in text
    first, second = json.loads(text)
    assert first == {
        "cell_name": "Chi bộ «Văn phòng», tổ 1",
        "held_on": "2026-03-05",
        "total": 91.5,
        "grade": "Tốt",
        "speakers": None,
    }
    assert second["total"] == 88


def test_json_of_no_rows_is_an_empty_list():
    assert json.loads(json_text([], COLUMNS)) == []


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 912", "-2+3", "@SUM(A1)", "\t=1", " =1", "\u200b=1", "\u00a0=1", "＝1+1", "＠x", "\r=1"]
)
def test_text_that_begins_like_a_formula_gets_an_apostrophe_in_csv(text):
    assert safe_text(text) == "'" + text


def test_line_breaks_inside_a_value_stay_inside_its_field():
    text = csv_text([{"a": "một\r\nhai\rba", "b": 1}], ["a", "b"])

    assert list(csv.reader(io.StringIO(text))) == [["a", "b"], ["một\nhai\nba", "1"]]


@pytest.mark.parametrize("text", ["Chi bộ 1", "2026-03", "0=1 là sai", "", "(=1)"])
def test_other_text_stays_as_it_is_in_csv(text):
    assert safe_text(text) == text


def test_negative_numbers_are_numbers_not_formulas():
    assert csv_text([{"a": Decimal("-1.5")}, {"a": -2}], ["a"]) == "a\n-1.5\n-2\n"


@pytest.mark.parametrize("output_format", ["csv", "json", "table"])
def test_rows_are_printed_as_utf8_whatever_the_stream_says(capfdbinary, output_format):
    print_rows(ROWS, COLUMNS, output_format, headings={"cell_name": "Tên chi bộ"})

    out, err = capfdbinary.readouterr()
    assert "Chi bộ «Văn phòng», tổ 1" in out.decode("utf-8")
    assert err == b""
    if output_format == "table":
        assert "Tên chi bộ" in out.decode("utf-8")
