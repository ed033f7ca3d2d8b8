"""On `chi-bo` a finding opens at its cell in the file as it was opened."""

from __future__ import annotations

from typing import Any

import pytest

from builders import a_book, a_meeting
from cell_browser import Browser
from ends_before_it_begins import SHEETS
from tables import xlsx


@pytest.fixture
def browser() -> Browser:
    opened = Browser()
    opened.upload(xlsx(SHEETS))
    return opened


def row_of(browser: Browser, code: str) -> dict[str, Any]:
    return next(row for row in browser.view("findings_list")["rows"] if row["code"] == code)


def look(browser: Browser, number: int, place: int = 0) -> dict[str, Any]:
    browser.go(go="look", list=browser.view("findings_list")["list"], finding=number, place=place)
    return browser.view("look")


def marked(view: dict[str, Any]) -> list[str]:
    cells = [cell for row in view["grid"]["rows"] for cell in row["cells"] if isinstance(cell, dict)]
    return [cell["text"] for cell in cells if cell.get("here")]


def test_a_finding_leads_to_its_field_and_to_its_cell(browser: Browser) -> None:
    row = row_of(browser, "END_NOT_AFTER_START")
    assert row["target"]["field"] == "ends_at"
    view = look(browser, row["number"])
    assert view["label"] == "Trang Sinh hoạt, ô E2"
    assert marked(view) == ["14:00"]
    assert view["note"] == ""
    assert marked(look(browser, row["number"], 1)) == ["15:30"]


def test_what_was_recorded_since_is_told_not_to_be_there(browser: Browser) -> None:
    browser.act(act="record", meeting="2026-03", field="venue", value="Phòng họp")
    row = row_of(browser, "END_NOT_AFTER_START")
    assert "như lúc mở" in look(browser, row["number"])["note"]


def test_every_number_of_the_list_opens_something(browser: Browser) -> None:
    browser.act(act="register", month=4, kind="Thường kỳ", planned_on="03/04/2026")
    rows = browser.view("findings_list")["rows"]
    seen = [look(browser, row["number"]) for row in rows]
    assert [view["finding"] for view in seen] == [row["number"] for row in rows]
    assert all(view["grid"] or view["say"] for view in seen)


def test_a_book_without_a_file_has_nothing_to_open() -> None:
    browser = Browser()
    browser.go(go="sample")
    for row in browser.view("findings_list")["rows"]:
        view = look(browser, row["number"])
        assert view["grid"] is None
        assert view["say"]


def test_another_book_closes_the_look(browser: Browser) -> None:
    assert look(browser, 0)
    browser.open(a_book(a_meeting("2026-03")))
    assert browser.view("look") == {}


def test_the_look_closes_and_speaks_the_language_of_the_page(browser: Browser) -> None:
    number = row_of(browser, "END_NOT_AFTER_START")["number"]
    look(browser, number)
    browser.go(go="language", language="en")
    assert browser.view("look")["label"] == "Sheet Sinh hoạt, cell E2"
    browser.go(go="look-away")
    assert browser.view("look") == {}
