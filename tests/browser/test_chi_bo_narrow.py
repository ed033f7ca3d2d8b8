"""`chi-bo` in a narrow window, and with a name that turns the direction of reading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve
from playwright.sync_api import Page, expect

from chi_bo import Desk, own_book, own_file
from chibo.workbook import write_book
from desks import library
from serving import wait_until_ready

Picture = Callable[..., Path]

CUT = """() => [...document.querySelectorAll(".cb-footer *")].filter((node) => node.checkVisibility())
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1).map((node) => node.outerHTML.slice(0, 99))"""
BELOW_THE_BAR = """() => { scrollTo(0, document.body.scrollHeight);
    const bar = document.querySelector(".cb-footer").getBoundingClientRect().top;
    const last = [...document.querySelectorAll(".cb-page .cb-panel")].filter((node) => node.checkVisibility());
    return Math.max(...last.map((node) => node.getBoundingClientRect().bottom)) > bar; }"""
CUT_WORDS = """() => {
    const walk = document.createTreeWalker(document.querySelector(".cb-page"), NodeFilter.SHOW_TEXT);
    const range = document.createRange(), found = [];
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
        const about = text.parentElement, panel = about.closest(".cb-panel, .cb-say, .cb-footer");
        if (!panel || !about.checkVisibility() || about.closest(".cb-unseen, option")) continue;
        range.selectNodeContents(text);
        const edge = Math.min(innerWidth, panel.getBoundingClientRect().right) + 1;
        if ([...range.getClientRects()].some((line) => line.right > edge)) found.push(text.data.slice(0, 60));
    }
    return found;
}"""
"""Texts that go over the edge of their panel, where nobody can read on."""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def desk(open_page: Callable[..., Page]) -> Desk:
    page = open_page("chi-bo")
    expect(page.locator(".cb-drop")).to_be_visible()
    return Desk(page)


def test_in_a_narrow_window_the_bar_at_the_foot_is_whole_and_hides_nothing(
    desk: Desk, tmp_path: Path, picture: Picture
) -> None:
    page = desk.page
    desk.open(own_file(tmp_path))
    for step in (2, 3):
        desk.step(step)
        desk.month(3)
        expect(page.locator(".cb-footer")).to_be_visible()
        for width in (360, 600, 900):
            page.set_viewport_size({"width": width, "height": 740})
            picture(page, f"foot-{step}-{width}")
            assert (page.evaluate(CUT), page.evaluate(BELOW_THE_BAR), page.evaluate(TOO_WIDE)) == ([], False, False)


@pytest.mark.parametrize("width", [360, 1366])
def test_words_without_an_end_are_broken_rather_than_cut_off(desk: Desk, tmp_path: Path, width: int) -> None:
    book, page = own_book(), desk.page
    endless = evolve(book, info=evolve(book.info, cell_name="Chi_bộ_" * 40, committee_name="Đảng_bộ_" * 40))
    file = tmp_path / f"{'so_sinh_hoat_' * 15}.xlsx"
    file.write_bytes(write_book(endless, library()))
    page.set_viewport_size({"width": width, "height": 740})
    desk.open(file)
    expect(page.locator(".cb-said")).to_contain_text("so_sinh_hoat")
    assert page.evaluate(CUT_WORDS) == []
    for step in (2, 3, 4):
        desk.step(step)
        assert (step, page.evaluate(CUT_WORDS)) == (step, [])
    page.get_by_role("button", name="Mở sổ khác").first.click()
    (tmp_path / file.name.replace("so_", "hong_")).write_bytes(b"khong phai so")
    desk.choose(tmp_path / file.name.replace("so_", "hong_"))
    expect(page.locator(".cb-refusal")).to_contain_text("hong_")
    assert page.evaluate(CUT_WORDS) == []


def test_a_name_cannot_turn_round_what_stands_beside_it(desk: Desk, tmp_path: Path) -> None:
    book, page = own_book(), desk.page
    turned = evolve(book, info=evolve(book.info, cell_name="Chi bộ \u202eVăn phòng"))
    file = tmp_path / "Sổ \u202elạ.xlsx"
    file.write_bytes(write_book(turned, library()))
    desk.open(file)
    expect(page.locator(".cb-unit")).to_contain_text("Chi bộ [U+202E]Văn phòng")
    expect(desk.read()).to_contain_text("Sổ [U+202E]lạ.xlsx")
    desk.step(2)
    desk.month(3)
    desk.type("speakers", "3")
    assert "\u202e" not in page.locator("body").inner_text()
    page.reload()
    wait_until_ready(page)
    expect(page.locator(".cb-drafts")).to_contain_text("Chi bộ [U+202E]Văn phòng")
