"""The page `quan-tri` in a real browser: an export to take away, and a file taken back from the trash."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chibo.engine.sources import find_uploads
from chibo.model import Period
from chibo.office.memory.periods import open_period
from chibo.office.memory.retention import discard
from chibo.office.memory.submitting import submit
from memory.books_handed_in import a_book
from memory.offices_in_memory import an_office
from serving import Server, start_server, wait_until_ready

MARCH = Period(2026, 3, 3)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An office with a replaced book in its trash, in the hands of somebody who may do everything."""
    home = tmp_path_factory.mktemp("leaving") / "vp"
    memory, clock = an_office(home, date(2026, 3, 28))
    open_period(memory, MARCH)
    for hours, ends in ((0, "15:00"), (2, "15:30")):
        submit(memory, find_uploads([("so.xlsx", a_book(hours=hours, ends=ends))]), MARCH)
    clock.day = date(2031, 5, 6)
    discard(memory, [], "hết hạn giữ")
    memory.close()
    running = start_server(home, "--as", "van-phong")
    yield running
    running.stop()


def test_everything_is_taken_away_and_what_came_of_it_is_in_sight(
    pages: Server, page: Page, tmp_path: Path, picture: Callable[..., Path]
) -> None:
    page.goto(pages.page("quan-tri"))
    wait_until_ready(page)
    page.get_by_role("tab", name="Máy và sao lưu").click()
    page.get_by_label("Xuất để làm gì").fill("bàn giao")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Xuất và tải về").click()
    file = tmp_path / caught.value.suggested_filename
    caught.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        assert any(name.endswith("/README.md") for name in archive.namelist())
    expect(page.locator(".cb-admin-said")).to_contain_text("2 tệp sổ")
    expect(page.locator(".cb-admin-said")).to_be_in_viewport()
    picture(page, "quan-tri-xuat")


def test_a_file_is_taken_back_from_the_trash(pages: Server, page: Page, picture: Callable[..., Path]) -> None:
    page.goto(pages.page("quan-tri"))
    wait_until_ready(page)
    page.get_by_role("tab", name="Máy và sao lưu").click()
    trash = page.get_by_role("region", name="Thùng rác").first
    trash.get_by_role("button", name="Lấy lại so.xlsx CB01").click()
    page.get_by_label("Lý do lấy lại").fill("còn kiểm tra")
    picture(page, "quan-tri-thung-rac")
    page.get_by_label("Lý do lấy lại").press("Enter")
    expect(page.locator(".cb-admin-said")).to_contain_text("Đã lấy lại so.xlsx")
    expect(page.locator(".cb-admin-said")).to_be_in_viewport()
    expect(trash).to_contain_text("0 tệp")
