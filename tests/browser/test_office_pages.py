"""The pages over the memory of a real office, in a real browser; the tests are one story."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from chi_bo import Desk
from chibo.engine.sources import find_uploads
from chibo.model import Period
from chibo.office.memory import Memory, open_memory
from chibo.office.memory.periods import open_period
from chibo.office.memory.reviewing import decide
from chibo.office.memory.sending_back import send_back
from chibo.office.memory.submitting import submit
from chibo.register import Role
from chibo.submissions import Reason, StepKind
from memory.books_handed_in import FEBRUARY_ROW, MARCH_ROW, a_book
from memory.offices_in_memory import a_register, an_office, as_user
from serving import Server, start_server, wait_until_ready

MARCH = Period(2026, 3, 3)
WORDS_CUT = """table => {
    const cut = [], span = document.createRange();
    for (const cell of table.querySelectorAll("td")) {
        const text = cell.firstChild;
        for (const word of (text?.data ?? "").matchAll(/\\S+/g)) {
            span.setStart(text, word.index);
            span.setEnd(text, word.index + word[0].length);
            if (span.getClientRects().length > 1) cut.push(word[0]);
        }
    }
    return cut;
}"""
"""The words that stand on more than one line."""
WIDE, NARROW = {"width": 1366, "height": 768}, {"width": 360, "height": 768}
PEOPLE = (("nop1", Role.SUBMITTER, "CB01"), ("xem", Role.REVIEWER, "DB01"), ("ban", Role.BOARD, ""))


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    """An office whose period of March is open, with some more days for the cell."""
    home = tmp_path_factory.mktemp("remembering") / "vp"
    opened, _ = an_office(home, date(2026, 3, 28), a_register(people=PEOPLE))
    open_period(as_user(opened, "ban"), MARCH, due_on=date.today() + timedelta(days=10))
    return opened


@pytest.fixture(scope="module")
def pages(memory: Memory) -> Iterator[Server]:
    """The pages of that office, in the hands of somebody who may do everything while nobody is administrator."""
    assert memory.library.office is not None
    running = start_server(memory.library.office, "--as", "van-phong")
    yield running
    running.stop()


def test_the_red_button_is_the_next_step_of_a_book_that_says_nothing_of_the_period(
    pages: Server, page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(a_book(rows=FEBRUARY_ROW))
    page.goto(pages.page("chi-bo"))
    wait_until_ready(page)
    desk = Desk(page)
    desk.open(file)
    desk.step(4)
    page.get_by_role("button", name="Tải sổ về").click()
    expect(page.get_by_role("button", name="Nộp cho văn phòng")).to_contain_class("cb-main")
    desk.step(5)
    expect(page.locator(".cb-handing-act .cb-main")).to_have_text("Ghi buổi họp của kỳ này")
    expect(page.get_by_role("button", name="Vẫn nộp sổ trống")).to_be_visible()
    page.locator(".cb-handing-act .cb-main").click()
    expect(page.locator(".cb-steps li").nth(1)).to_have_class("cb-now")
    expect(page.locator("#cb-register-month")).to_have_value("3")


def test_a_book_is_handed_in_comes_back_and_is_handed_in_again(
    pages: Server, page: Page, memory: Memory, tmp_path: Path, picture: Callable[..., Path]
) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(a_book(rows=f"{MARCH_ROW}\n{FEBRUARY_ROW}", name="Chi bộ Phòng số 1"))
    page.goto(pages.page("chi-bo"))
    wait_until_ready(page)
    desk = Desk(page)
    desk.open(file)
    desk.step(5)
    expect(page.locator(".cb-handing-lines")).to_contain_text("Chi bộ: Đồng chí nop1")
    page.keyboard.press("Enter")
    expect(page.locator(".cb-said")).to_contain_text("biên nhận số 1")
    page.get_by_role("button", name="Xem, in biên nhận số 1").first.click()
    expect(page.locator(".cb-receipt")).to_contain_text("CB01 Chi bộ Phòng số 1")
    picture(page, "chi-bo-bien-nhan", document=True)
    page.keyboard.press("Escape")

    why = Reason(text="Giờ kết thúc chưa đúng biên bản", sheet="Sinh hoạt", address="E2")
    send_back(as_user(memory, "xem"), "CB01", MARCH, reasons=[why])
    desk.step(2)
    desk.month(3)
    desk.type("ends_at", "15h40")
    desk.step(5)
    expect(page.locator(".cb-handing")).to_contain_text("Trang Sinh hoạt, ô E2: Giờ kết thúc chưa đúng biên bản")
    page.get_by_role("button", name="Xem khác gì bản đã nộp").click()
    expect(page.locator(".cb-handing-changes tbody tr")).to_contain_text(["15:40"])
    picture(page, "chi-bo-nop-lai", document=True)
    page.get_by_role("button", name="Xác nhận nộp lại").click()
    expect(page.locator(".cb-handing-lines")).to_contain_text("Đã nộp lại, chờ thẩm định, bản 2, có 2 bản")


def test_an_earlier_book_is_chosen_again_after_a_look_at_what_differs(
    pages: Server, page: Page, tmp_path: Path, picture: Callable[..., Path]
) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(a_book(rows=f"{MARCH_ROW}\n{FEBRUARY_ROW}", name="Chi bộ Phòng số 1"))
    page.goto(pages.page("chi-bo"))
    wait_until_ready(page)
    desk = Desk(page)
    desk.open(file)
    desk.step(5)
    picture(page, "chi-bo-ban-cu")
    page.get_by_role("button", name="Xem khác gì bản đang dùng").click()
    expect(page.locator(".cb-handing-changes tbody tr")).to_contain_text(["15:40"])
    page.get_by_role("button", name="Chưa nộp").click()
    expect(page.locator(".cb-handing-changes")).to_have_count(0)
    page.get_by_role("button", name="Xem khác gì bản đang dùng").click()
    picture(page, "chi-bo-chon-lai")
    page.get_by_role("button", name="Xác nhận dùng bản này").click()
    expect(page.locator(".cb-handing-lines")).to_contain_text("bản 1, có 2 bản")
    picture(page, "chi-bo-da-chon-lai")
    expect(page.get_by_role("button", name="Xem khác gì bản đang dùng")).to_have_count(0)


def test_what_was_handed_in_after_the_review_is_named_and_can_be_taken(
    pages: Server, page: Page, memory: Memory, picture: Callable[..., Path]
) -> None:
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    later = find_uploads([("so.xlsx", a_book(hours=24 * 400, ends="15:55"))])
    now = open_memory(memory.library, "nop1")  # by the clock of the pages, which wrote the book that this one follows
    submit(now, later, MARCH)
    now.close()
    page.goto(pages.page("tong-hop"))
    wait_until_ready(page)
    page.get_by_role("button", name="Tổng hợp từ sổ đã nộp").click()
    expect(page.locator(".cb-office-newer")).to_contain_text("bản mới chưa ai thẩm định (1 chi bộ): CB01.")
    expect(page.locator(".cb-office-source")).to_contain_text("từ 1 sổ đã nộp: 1 đã thẩm định.")
    page.get_by_label("Tính theo bản mới nhất").check()
    expect(page.locator(".cb-office-source")).to_contain_text("từ 1 sổ đã nộp: 0 đã thẩm định.")
    picture(page, "tong-hop-ban-moi-nhat")


def test_the_board_shows_who_is_missing_and_is_made_of_what_was_handed_in(
    pages: Server, page: Page, tmp_path: Path, picture: Callable[..., Path]
) -> None:
    page.goto(pages.page("tong-hop"))
    wait_until_ready(page)
    expect(page.locator(".cb-office-calendar tbody tr")).to_have_count(1)
    expect(page.locator(".cb-office-total")).to_contain_text("33,33%")
    expect(page.locator(".cb-office-missing li")).to_have_count(2)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Chép lời nhắc").click()
    expect(page.get_by_text("Đã chép")).to_be_visible()
    assert "- CB02 Chi bộ Phòng số 2" in page.evaluate("navigator.clipboard.readText()")
    picture(page, "tong-hop-van-phong", document=True)
    page.get_by_role("button", name="Tổng hợp từ sổ đã nộp").press("Enter")
    expect(page.locator(".cb-office-source")).to_contain_text("Đang tổng hợp tháng 3/2026 từ 1 sổ đã nộp")
    page.get_by_label("Tháng trước").click()
    expect(page.locator(".cb-office-below")).to_contain_text("là của tháng 2/2026; văn phòng chưa mở kỳ")
    page.locator(".cb-office-calendar").get_by_role("button", name="Tháng 3/2026").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("tháng 3/2026")
    expect(page.locator(".cb-office-below")).to_have_count(0)
    expect(page.locator(".cb-intake")).to_be_hidden()
    expect(page.locator(".cb-board-table tbody tr")).to_have_count(3)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Tải biểu tổng hợp tháng").click()
    assert caught.value.suggested_filename == "bieu-tong-hop-2026-03.xlsx"


def test_a_frame_is_changed_in_excel_and_published(
    pages: Server, page: Page, tmp_path: Path, picture: Callable[..., Path]
) -> None:
    page.goto(pages.page("quan-tri"))
    wait_until_ready(page)
    page.get_by_role("tab", name="Định nghĩa").click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Lấy khung hd42-thuong-ky ra Excel").click()
    file = tmp_path / "khung.xlsx"
    caught.value.save_as(file)
    book = openpyxl.load_workbook(file)
    row = next(row for row in book.worksheets[0].iter_rows() if row[0].value == "Số phút quy định (R)")
    book.worksheets[0].cell(row[0].row, 3).value = 100
    book.save(file)
    page.set_input_files("input[type=file]", str(file))
    changed = page.get_by_role("region", name="Thử «sheets/frames/hd42-thuong-ky.toml»").locator("tbody tr")
    expect(changed).to_contain_text(["Số phút quy định (R)90100"])
    picture(page, "quan-tri-khung", document=True)
    page.get_by_label("Lý do, văn bản").fill("Kết luận 15-KL/ĐUK")
    page.get_by_role("button", name="Ban hành").press("Enter")
    expect(page.get_by_text("văn phòng đã sửa")).to_be_visible()


def test_the_administrator_opens_a_period_and_changes_the_register(
    pages: Server, page: Page, tmp_path: Path, picture: Callable[..., Path]
) -> None:
    page.goto(pages.url)
    page.get_by_role("link", name="Quản trị").or_(page.locator("a[href$='quan-tri']")).first.click()
    wait_until_ready(page)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Lấy danh bạ ra Excel").click()
    file = tmp_path / "danh-ba.xlsx"
    caught.value.save_as(file)
    book = openpyxl.load_workbook(file)
    book["Đơn vị"].append(["CB09", date(2026, 1, 1), "Thành lập", "Chi bộ Phòng Mới", "Chi bộ trực thuộc", "DB01"])
    book.save(file)
    page.set_input_files("input[type=file]", str(file))
    expect(page.get_by_text("1 dòng sẽ thay đổi")).to_be_visible()
    picture(page, "quan-tri-danh-ba", document=True)
    page.get_by_role("button", name="Nhập vào danh bạ").press("Enter")
    units = page.get_by_role("table", name=re.compile("^Đơn vị ngày"))
    expect(units).to_contain_text("Chi bộ Phòng Mới")
    page.set_viewport_size(NARROW)
    assert units.evaluate(WORDS_CUT) == []
    page.set_viewport_size(WIDE)
    page.get_by_role("tab", name="Đơn vị và người").press("ArrowRight")
    expect(page.get_by_role("tab", name="Kỳ báo cáo")).to_be_focused()
    page.get_by_label("Hạn nộp").fill("mai")
    page.get_by_role("button", name="Mở kỳ").click()
    expect(page.get_by_text("Chưa hiểu ngày «mai»")).to_be_visible()
    page.get_by_label("Hạn nộp").fill("m" * 600)
    expect(page.get_by_role("alert")).to_have_text(
        "Dài 600 ký tự, nhiều nhất 500. Đề nghị viết gọn lại; chưa có gì được gửi."
    )
    assert page.get_by_label("Hạn nộp").input_value() == "m" * 600
    page.get_by_role("button", name="Mở kỳ").click()
    expect(page.locator(".cb-admin-table tbody tr")).to_have_count(1)
    page.get_by_label("Hạn nộp").fill("")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Mở kỳ").click()
    expect(page.locator(".cb-admin-table tbody tr")).to_have_count(2)


def test_a_closed_period_is_opened_again_with_another_due_day(
    pages: Server, page: Page, picture: Callable[..., Path]
) -> None:
    page.goto(pages.page("quan-tri"))
    wait_until_ready(page)
    page.get_by_role("tab", name="Kỳ báo cáo").click()
    page.get_by_role("button", name="Tháng 3/2026").click()
    now = page.get_by_role("region", name="Tháng 3/2026")
    now.get_by_role("button", name="Đóng kỳ").click()
    expect(now.locator(".cb-warn")).to_contain_text("1 sổ")
    picture(page, "quan-tri-dong-ky")
    now.get_by_role("button", name="Đóng kỳ").click()
    expect(page.get_by_text("Đã đóng tháng 3/2026: 1 sổ")).to_be_visible()

    now.get_by_role("button", name="Mở lại kỳ").click()
    due = date.today() + timedelta(days=20)
    now.get_by_label("Hạn nộp mới của cả kỳ").fill("ngày kia")
    now.get_by_label("Lý do (bắt buộc)").fill("mất điện nhiều ngày")
    now.get_by_role("button", name="Mở lại kỳ").click()
    expect(page.get_by_text("Chưa hiểu ngày «ngày kia»")).to_be_visible()
    now.get_by_label("Hạn nộp mới của cả kỳ").fill(f"{due:%Y-%m-%d}")
    now.get_by_label("Lý do (bắt buộc)").focus()
    expect(now.locator(".cb-admin-day")).to_contain_text(f"{due:%d/%m/%Y}.")
    picture(page, "quan-tri-mo-lai")
    now.get_by_role("button", name="Mở lại kỳ").click()
    expect(page.get_by_text(f"hạn nộp {due:%d/%m/%Y}")).to_be_visible()
    row = page.locator(".cb-admin-table tbody tr").filter(has_text="Tháng 3/2026")
    expect(row).to_contain_text(f"{due:%d/%m/%Y}")
