"""`chi-bo` used wrongly: odd things dropped on it, two windows with one draft, the server gone in the middle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chi_bo import Desk, own_file
from serving import Watch, start_server, wait_until_ready


@pytest.fixture
def desk(open_page: Callable[..., Page]) -> Desk:
    page = open_page("chi-bo")
    expect(page.locator(".cb-drop")).to_be_visible()
    return Desk(page)


def march(desk: Desk, folder: Path) -> Desk:
    """The own book, open at its March meeting with three speakers written down."""
    desk.open(own_file(folder))
    to_march(desk)
    desk.type("speakers", "3")
    expect(desk.page.locator(".cb-facts")).to_contain_text("Số người phát biểu3")
    return desk


def to_march(desk: Desk) -> None:
    """Go to the March meeting and wait until its form is there."""
    desk.step(2)
    desk.month(3)
    expect(desk.page.locator("#cb-2026-03-speakers")).to_be_visible()


def another(desk: Desk, address: str) -> Desk:
    """The page in another window of the same browser."""
    page = desk.page.context.new_page()
    page.goto(address)
    wait_until_ready(page)
    return Desk(page)


def drop(page: Page, paths: list[Path], selector: str = ".cb-drop") -> None:
    """Drop files or folders of this computer as a hand would."""
    box = page.locator(selector).bounding_box()
    assert box is not None
    where = {"x": box["x"] + 20, "y": box["y"] + 20}
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    hand = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        hand.send("Input.dispatchDragEvent", {"type": kind, "data": data, **where})


def test_a_folder_and_several_files_are_told_apart_from_a_book(desk: Desk, tmp_path: Path) -> None:
    book = own_file(tmp_path)
    refused = desk.page.locator(".cb-refusal")
    drop(desk.page, [tmp_path])
    expect(refused).to_contain_text("Đây là thư mục")
    drop(desk.page, [book, book.with_name("khac.xlsx")])
    expect(refused).to_contain_text("Mỗi lần chỉ mở một sổ")
    drop(desk.page, [book])
    expect(desk.read()).to_contain_text("Chi bộ Văn phòng")


def test_a_file_dropped_beside_the_zone_leaves_the_page_alone(desk: Desk, tmp_path: Path) -> None:
    address = desk.page.url
    drop(desk.page, [own_file(tmp_path)], ".cb-steps")
    drop(desk.page, [tmp_path])
    expect(desk.page.locator(".cb-refusal")).to_be_visible()
    assert desk.page.url == address
    assert len(desk.page.context.pages) == 1


def test_a_file_that_vanished_leaves_the_page_ready_for_another(desk: Desk, tmp_path: Path) -> None:
    book = own_file(tmp_path)
    desk.page.evaluate(
        """() => {
            const whole = File.prototype.slice;
            File.prototype.slice = function (...part) {
                File.prototype.slice = whole;
                return { arrayBuffer: () => Promise.reject(new DOMException("gone", "NotFoundError")) };
            };
        }"""
    )
    desk.choose(book)
    expect(desk.page.locator(".cb-refusal")).to_contain_text("Trình duyệt không đọc được tệp")
    desk.open(book)


def test_two_windows_never_write_into_one_draft(desk: Desk, tmp_path: Path) -> None:
    first = march(desk, tmp_path)
    second = another(first, first.page.url)
    drafts = second.page.locator(".cb-drafts li")
    expect(drafts).to_contain_text("đang mở ở cửa sổ khác")
    expect(drafts.get_by_role("button", name="Xóa bản này")).to_have_count(0)
    second.page.get_by_role("button", name="Làm trên bản chép").click()
    second.resumed()
    expect(second.page.locator(".cb-said")).to_contain_text("bản chép riêng")
    for window, start in ((second, "13:50"), (first, "13:40")):
        to_march(window)
        window.type("starts_at", start)
        expect(window.page.locator(".cb-meeting-head")).to_contain_text(start)
    second.page.close()
    first.page.reload()
    wait_until_ready(first.page)
    for start in ("13:40", "13:50"):  # the newest draft stands first, and going on with one makes it the newest
        expect(first.page.locator(".cb-drafts li")).to_have_count(2)
        first.page.get_by_role("button", name="Làm tiếp").nth(0 if start == "13:40" else 1).click()
        first.resumed()
        to_march(first)
        expect(first.page.locator("#cb-2026-03-speakers")).to_have_value("3")
        expect(first.page.locator("#cb-2026-03-starts_at")).to_have_value(start)
        first.page.reload()
        wait_until_ready(first.page)


def test_after_a_restart_of_the_server_the_page_says_where_the_work_is(
    page: Page, tmp_path: Path, watch: Watch
) -> None:
    watch.expect_errors()
    before = start_server(tmp_path)
    page.goto(before.page("chi-bo"))
    wait_until_ready(page)
    desk = march(Desk(page), tmp_path)
    before.process.kill()
    before.process.wait()
    banner = page.locator("#cb-connection")
    expect(banner).to_contain_text("mở lại Chibo")
    desk.type("starts_at", "13:50")  # typed while nobody answers
    expect(banner).to_contain_text("Làm tiếp")
    after = start_server(tmp_path, "--port", before.url.rstrip("/").rsplit(":", 1)[1])
    try:
        expect(page.locator("body[data-chibo-connection=over]")).to_be_attached()
        expect(banner).to_contain_text("Làm tiếp")
        banner.get_by_role("button").click()
        wait_until_ready(page)
        page.get_by_role("button", name="Làm tiếp").click()
        desk.resumed()
        to_march(desk)
        expect(page.locator("#cb-2026-03-speakers")).to_have_value("3")
        expect(page.locator("#cb-2026-03-starts_at")).to_have_value("13:50")
    finally:
        after.stop()


def test_words_typed_while_another_month_comes_up_are_kept(desk: Desk, tmp_path: Path) -> None:
    march(desk, tmp_path)
    field = desk.page.locator("#cb-2026-03-ends_at")
    field.fill("15:41")  # not left: the redraw takes the field away under the hands
    desk.page.locator(".cb-month").nth(1).evaluate("button => button.click()")
    expect(field).to_have_count(0)
    to_march(desk)
    expect(field).to_have_value("15:41")


def test_points_that_are_no_number_are_told_as_they_were_typed(desk: Desk, tmp_path: Path) -> None:
    march(desk, tmp_path)
    desk.step(3)
    points = desk.criterion("4b").locator("input[type=text]")
    points.fill("1,2,3")
    points.press("Enter")
    expect(desk.page.locator(".cb-said")).to_contain_text("«1,2,3» chưa đúng")


def test_a_long_text_in_the_place_of_a_day_stays_whole_and_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.open(own_file(tmp_path))
    desk.step(2)
    desk.month(3)
    typed = "ngày mùng năm tháng ba, " * 4 + "05/03/2026"
    desk.type("held_on", typed)
    field = desk.page.locator("[data-field=held_on]")
    expect(field.locator("input[type=text]")).to_have_value(typed)
    expect(field.locator("input[type=text]")).to_have_attribute("aria-invalid", "true")
    expect(field.locator(".cb-problem")).to_be_visible()
