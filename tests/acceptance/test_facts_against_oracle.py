"""`chibo facts` over invented books, typed in many ways, gives what the written rules give."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Called, chibo
from plain_oracle import COLUMNS, comparable, expected_rows

from sketched_books import Sketch, sketched
from typed_workbooks import typed_workbook

TIDY, UNTIDY = range(1, 21), range(1001, 1061)


@pytest.fixture(scope="module")
def books() -> dict[int, Sketch]:
    return {seed: sketched(seed) for seed in (*TIDY, *UNTIDY)}


@pytest.fixture(scope="module")
def folder(books, tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("books")
    for seed, sketch in books.items():
        (home / f"sổ {seed}.xlsx").write_bytes(typed_workbook(sketch, seed, tidy=seed in TIDY))
    return home


@pytest.fixture(scope="module")
def expected(books) -> dict[tuple[str, str], dict[str, object]]:
    rows = {}
    for seed, sketch in books.items():
        for meeting_code, row in expected_rows(sketch).items():
            rows[str(sketch.info["cell_code"]), meeting_code] = row | {"source": f"sổ {seed}.xlsx"}
    return rows


@pytest.fixture(scope="module")
def as_csv(folder) -> Called:
    return chibo("facts", folder, "--format", "csv")


@pytest.fixture(scope="module")
def as_json(folder) -> Called:
    return chibo("facts", folder, "--format", "json")


@pytest.fixture(scope="module")
def findings(folder) -> list[dict[str, str]]:
    return chibo("check", folder, "--format", "json").data()


def test_every_value_of_every_meeting(as_json, expected):
    assert as_json.exit_code == 0
    found = {(row["cell_code"], row["meeting_code"]): row for row in as_json.data()}
    assert set(found) == set(expected)
    different = [
        (*key, column, row[column], found[key][column])
        for key, row in expected.items()
        for column in row
        if comparable(row[column]) != comparable(found[key][column])
    ]
    assert different == []


def test_the_csv_says_the_same_as_the_json(as_csv, as_json):
    assert as_csv.exit_code == 0
    written = as_csv.rows()
    assert len(written) == len(as_json.data())
    for row, values in zip(written, as_json.data(), strict=True):
        assert row == {name: "" if value is None else str(value) for name, value in values.items()}


def test_columns_stand_in_their_order(as_csv, as_json):
    assert as_csv.out.decode("utf-8").splitlines()[0] == ",".join(COLUMNS)
    assert all(list(row) == list(COLUMNS) for row in as_json.data())


def test_totals_have_no_trailing_zeros(as_csv):
    totals = [row[name] for row in as_csv.rows() for name in ("self_total", "fact_total", "official_total")]
    assert any("." in total for total in totals)
    assert not [total for total in totals if "." in total and total.endswith(("0", "."))]


def test_every_book_is_accepted_and_standard_error_says_so(as_csv, books):
    assert f"Nhận {len(books)} sổ = {len(books)} được dùng + 0 bị từ chối" in as_csv.err


def test_no_spelling_is_left_unread(findings):
    unread = ("_UNREADABLE", "_UNKNOWN", "ROW_INCOMPLETE", "_NO_VALUE", "_TWICE", "_MISSING")
    meant = {"PLAN_NO_UNKNOWN", "PLAN_MISSING", "COMMITTEE_MEETING_MISSING", "COMMITTEE_MINUTES_MISSING"}
    assert [one for one in findings if one["code"].endswith(unread) and one["code"] not in meant] == []


def test_the_count_of_findings_is_that_of_chibo_check(findings, as_json):
    counted: dict[tuple[str, str], int] = {}
    for one in findings:
        if one["severity"] != "note" and one["meeting"]:
            key = one["file"], one["meeting"]
            counted[key] = counted.get(key, 0) + 1
    for row in as_json.data():
        assert row["findings"] == counted.get((row["source"], row["meeting_code"]), 0)


@pytest.mark.parametrize(
    ("period", "months"), [("2026-03", {3}), ("2026-Q1", {1, 2, 3}), ("2026-H2", set(range(7, 13))), ("2025", {})]
)
def test_a_period_selects_by_meeting_code(folder, as_json, period, months):
    some = sorted(folder.iterdir())[:12]
    names = {path.name for path in some}
    selected = [
        row
        for row in as_json.data()
        if row["source"] in names
        and row["meeting_code"].startswith(period[:4])
        and (not months or int(row["meeting_code"][5:7]) in months)
    ]
    assert chibo("facts", *some, "--format", "json", "--period", period).data() == selected
