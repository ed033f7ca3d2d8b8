"""A book of an earlier layout on `chi-bo`: said calmly, moved by one button, and what did not move is listed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from chi_bo import FOREIGN_SHEETS, Desk
from chibo.definitions.library import Library
from chibo.office.returning import marked_copy
from chibo.workbook import read_book
from old_layout import OLD_BOOK, with_earlier
from serving import Server, start_server, wait_until_ready
from tables import xlsx

Picture = Callable[..., Path]
NAME = "Sổ chi bộ 2026"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("earlier")
    with_earlier(folder)
    return folder


@pytest.fixture(scope="module")
def server_of_home(home: Path) -> Iterator[Server]:
    running = start_server(home)
    yield running
    running.stop()


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    target = tmp_path / f"{NAME}.xlsx"
    target.write_bytes(xlsx(OLD_BOOK))
    return target


@pytest.fixture
def desk(page: Page, server_of_home: Server) -> Desk:
    page.goto(server_of_home.page("chi-bo"))
    wait_until_ready(page)
    expect(page.locator(".cb-drop")).to_be_visible()
    return Desk(page)


def test_one_button_moves_the_book_and_the_rest_is_listed(
    desk: Desk, old_file: Path, tmp_path: Path, home: Path, picture: Picture
) -> None:
    page, before = desk.page, old_file.read_bytes()
    desk.open(old_file)
    expect(page.locator(".cb-move")).to_contain_text("Sổ này theo mẫu cũ (phiên bản 0; mẫu đang dùng là 1)")
    expect(page.get_by_role("button", name="Chuyển sang mẫu mới")).to_be_focused()
    picture(page, "chi-bo-mau-cu")
    page.keyboard.press("Enter")
    moved = page.locator(".cb-moved")
    expect(moved).to_contain_text(f"Đã chuyển sang sổ mới «{NAME} (sổ mới).xlsx»")
    expect(moved).to_contain_text("2 đảng viên, 2 buổi sinh hoạt")
    expect(moved).to_contain_text(f"Tệp «{NAME}.xlsx» giữ nguyên.")
    expect(moved.locator("tbody tr")).to_have_count(6)
    expect(moved.locator("tbody tr").nth(1)).to_have_text("Danh sáchF3Xã Hạ")
    expect(page.get_by_role("button", name="Tiếp: ghi buổi sinh hoạt")).to_be_focused()
    page.get_by_role("button", name="Đóng").click()
    picture(page, "chi-bo-da-chuyen", document=True)
    moved.get_by_role("button", name="F3").click()
    look = page.get_by_role("dialog")
    expect(look).to_contain_text(f"{NAME}.xlsx")
    expect(look.locator("td[aria-current]")).to_contain_text("Xã Hạ")
    picture(page, "chi-bo-o-o-so-cu")
    page.keyboard.press("Escape")
    expect(look).to_have_count(0)
    expect(moved.get_by_role("button", name="F3")).to_be_focused()
    desk.step(4)
    new = desk.download(tmp_path)
    assert new.name == f"{NAME} (sổ mới).xlsx"
    reading = read_book(new.read_bytes(), new.name, Library(home))
    assert reading.book is not None
    assert [member.full_name for member in reading.book.members] == ["Người Một", "Người Hai"]
    assert reading.findings == ()
    assert old_file.read_bytes() == before


def test_undo_goes_back_to_the_old_book_and_a_draft_finds_the_new_one_again(desk: Desk, old_file: Path) -> None:
    page = desk.page
    desk.open(old_file)
    move, moved = page.get_by_role("button", name="Chuyển sang mẫu mới"), page.locator(".cb-moved")
    move.click()
    expect(moved).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(move).to_be_visible()
    expect(moved).to_have_count(0)
    move.click()
    expect(moved).to_be_visible()
    desk.step(2)
    desk.month(3)
    desk.type("ends_at", "15:45")
    expect(page.locator(".cb-saved")).to_contain_text("Đã lưu")
    page.reload()
    wait_until_ready(page)
    page.get_by_role("button", name="Làm tiếp").click()
    desk.resumed()
    desk.step(1)
    expect(desk.read()).to_contain_text(f"{NAME} (sổ mới).xlsx")
    expect(moved.locator("tbody tr")).to_have_count(6)
    desk.step(2)
    desk.month(3)
    expect(page.locator("#cb-2026-03-ends_at")).to_have_value("15:45")


def test_a_half_file_is_told_in_words_and_the_moved_book_stays_open(desk: Desk, old_file: Path, tmp_path: Path) -> None:
    page = desk.page
    desk.open(old_file)
    page.get_by_role("button", name="Chuyển sang mẫu mới").click()
    expect(page.locator(".cb-moved")).to_be_visible()
    half = tmp_path / "Nửa sổ.xlsx"
    half.write_bytes(old_file.read_bytes()[:2000])
    page.get_by_role("button", name="Mở sổ khác").click()
    desk.choose(half)
    expect(page.get_by_role("alert")).to_contain_text("Chưa mở được «Nửa sổ.xlsx»")
    page.get_by_role("button", name="Quay lại sổ đang mở").click()
    expect(page.locator(".cb-moved tbody tr")).to_have_count(6)


def test_the_list_of_what_is_left_prints_whole_and_without_buttons(desk: Desk, tmp_path: Path) -> None:
    page = desk.page
    head = "    | TT | Số hiệu | Tên đồng chí | Chính thức/Dự bị | Tình trạng | Quê quán |\n"
    rows = "\n".join(f"    | n:{n} | DV{n:03} | Người {n} | Chính thức | Sinh hoạt | Xã {n} |" for n in range(1, 61))
    file = tmp_path / "Sổ dài.xlsx"
    file.write_bytes(xlsx({**OLD_BOOK, "Danh sách": head + rows}))
    desk.open(file)
    page.get_by_role("button", name="Chuyển sang mẫu mới").click()
    region = page.get_by_role("region", name="Chưa chuyển được 63 chỗ")
    expect(region).to_be_visible()
    region.focus()
    page.keyboard.press("End")
    page.wait_for_function("document.querySelector('.cb-moved-scroll').scrollTop > 0")
    pdf = PdfReader(io.BytesIO(page.pdf()))
    text = "".join("".join(sheet.extract_text().split()) for sheet in pdf.pages)
    assert all(f"Xã{n}" in text for n in range(1, 61))
    assert "Tiếp:" not in text


def test_a_returned_file_says_that_it_is_one(desk: Desk, home: Path, tmp_path: Path, picture: Picture) -> None:
    marked = marked_copy(xlsx(FOREIGN_SHEETS), "so.xlsx", Library(home), date(2026, 5, 1)).data
    assert marked is not None
    file = tmp_path / "Sổ (cần sửa).xlsx"
    file.write_bytes(marked)
    desk.open(file)
    returned = desk.page.get_by_role("group", name="Tệp này đã được trả lại")
    expect(returned).to_contain_text("2 chỗ phải sửa, 2 chỗ cần xem lại")
    picture(desk.page, "chi-bo-bi-tra-lai")
    folded = returned.get_by_text("4 chỗ Chibo đã đánh dấu khi trả lại")
    folded.focus()
    desk.page.keyboard.press("Enter")
    expect(returned.locator("li").first).to_contain_text("Trang Sinh hoạt, ô E3: Giờ kết thúc không sau giờ bắt đầu")


TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


def test_at_360_pixels_the_moved_book_fits(desk: Desk, old_file: Path, picture: Picture) -> None:
    page = desk.page
    page.set_viewport_size({"width": 360, "height": 740})
    desk.open(old_file)
    page.get_by_role("button", name="Chuyển sang mẫu mới").click()
    expect(page.locator(".cb-moved tbody tr")).to_have_count(6)
    picture(page, "moved-360", full_page=True)
    assert page.evaluate(TOO_WIDE) is False
