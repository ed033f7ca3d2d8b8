"""What staff take for granted of `chi-bo`: nothing is lost, keys suffice, it prints, it speaks two languages."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from builders import code
from chi_bo import Desk, book_in, own_file
from serving import Server, Watch, kernel_of, wait_until_ready

Picture = Callable[..., Path]
A4 = (595, 842)


@pytest.fixture
def desk(open_page: Callable[..., Page]) -> Desk:
    page = open_page("chi-bo")
    expect(page.locator(".cb-drop")).to_be_visible()
    return Desk(page)


@pytest.fixture
def march(desk: Desk, tmp_path: Path) -> Desk:
    """The own book, open at its March meeting."""
    desk.open(own_file(tmp_path))
    desk.step(2)
    desk.month(3)
    return desk


def resume(desk: Desk) -> None:
    """Open the draft that the page offers."""
    desk.page.get_by_role("button", name="Làm tiếp").click()
    desk.resumed()


def test_after_a_refresh_everything_done_is_found_again(march: Desk, picture: Picture) -> None:
    march.type("speakers", "3")
    march.page.get_by_role("button", name="Tất cả có mặt").click()
    expect(march.member("Đảng viên 6").get_by_role("radio", name="Có mặt")).to_be_checked()
    march.step(3)
    march.give("4b", "12")
    expect(march.page.locator(".cb-saved")).to_contain_text("Đã lưu")
    march.page.reload()
    wait_until_ready(march.page)
    expect(march.page.locator(".cb-drafts")).to_contain_text("Chi bộ Văn phòng")
    picture(march.page, "chi-bo-ban-dang-lam", document=True)
    resume(march)
    expect(march.page.locator(".cb-steps .cb-now")).to_contain_text("3")
    expect(march.criterion("4b").locator(".cb-crit-points b")).to_have_text("12")
    march.step(2)
    expect(march.page.locator("#cb-2026-03-speakers")).to_have_value("3")


def test_a_look_elsewhere_is_kept_with_the_draft_and_is_no_change(march: Desk) -> None:
    march.type("speakers", "3")
    expect(march.page.locator(".cb-saved")).to_contain_text("Đã lưu")
    kept = "JSON.parse(localStorage[Object.keys(localStorage).find(key => key.startsWith('chibo.chi-bo.draft'))])"
    saved = march.page.evaluate(kept)["savedAt"]
    march.month(2)
    march.page.wait_for_function(f"{kept}.at.meeting === '2026-02'")
    assert march.page.evaluate(kept)["savedAt"] == saved
    march.page.reload()
    wait_until_ready(march.page)
    resume(march)
    expect(march.page.locator("#cb-2026-02-starts_at")).to_be_visible()


def test_words_half_typed_are_kept_too(march: Desk) -> None:
    march.step(3)
    march.criterion("1").get_by_role("button", name="Ghi lý do").click()
    march.criterion("1").get_by_role("textbox").press_sequentially("Họp đủ giờ")
    march.page.wait_for_function("localStorage[Object.keys(localStorage)[0]].includes('Họp đủ giờ')")
    march.page.reload()
    wait_until_ready(march.page)
    resume(march)
    expect(march.criterion("1").get_by_role("textbox")).to_have_value("Họp đủ giờ")


def test_a_dead_kernel_loses_nothing(march: Desk, server: Server, watch: Watch) -> None:
    march.type("speakers", "3")
    expect(march.page.locator(".cb-footer-facts")).to_be_visible()
    os.kill(kernel_of(march.page, server), signal.SIGKILL)
    banner = march.page.locator("#cb-connection")
    expect(banner).to_be_visible()
    banner.get_by_role("button").click()
    wait_until_ready(march.page)
    resume(march)
    expect(march.page.locator("#cb-2026-03-speakers")).to_have_value("3")
    watch.expect_errors()


def test_while_a_draft_is_taken_up_its_button_says_so(march: Desk, server: Server) -> None:
    march.type("speakers", "3")
    expect(march.page.locator(".cb-saved")).to_contain_text("Đã lưu")
    march.page.reload()
    wait_until_ready(march.page)
    kernel = kernel_of(march.page, server)
    os.kill(kernel, signal.SIGSTOP)  # as one that has much to do
    try:
        march.page.get_by_role("button", name="Làm tiếp").click()
        expect(march.page.get_by_role("button", name="Đang mở lại…")).to_have_attribute("aria-busy", "true")
    finally:
        os.kill(kernel, signal.SIGCONT)
    march.resumed()


def test_a_book_is_said_to_be_saved_once_there_is_something_to_go_on_with(march: Desk) -> None:
    saved = march.page.locator(".cb-saved")
    expect(saved).to_have_text("")
    assert march.page.evaluate("document.body.dataset.chiboKept") == ""
    march.type("speakers", "3")
    expect(saved).to_contain_text("Đã lưu")
    assert "Làm tiếp" in march.page.evaluate("document.body.dataset.chiboKept")


def test_a_draft_can_be_deleted(march: Desk) -> None:
    march.type("speakers", "3")
    expect(march.page.locator(".cb-saved")).to_contain_text("Đã lưu")
    march.page.reload()
    wait_until_ready(march.page)
    march.page.get_by_role("button", name="Xóa bản này").click()
    sure = march.page.get_by_role("button", name="Bấm lần nữa để xóa hẳn")
    expect(sure).to_be_focused()
    sure.press("Tab")
    expect(sure).to_have_count(0)
    expect(march.page.locator(".cb-drafts li")).to_have_count(1)
    march.page.get_by_role("button", name="Xóa bản này").click()
    sure.click()
    expect(march.page.locator(".cb-drafts")).to_have_count(0)
    assert march.page.evaluate("Object.keys(localStorage).length") == 0


def test_undo_takes_the_last_act_back(march: Desk) -> None:
    undo = march.page.get_by_role("button", name="Hoàn tác")
    expect(undo).to_be_disabled()
    march.type("speakers", "3")
    expect(undo).to_be_enabled()
    undo.click()
    expect(march.page.locator("#cb-2026-03-speakers")).to_have_value("")
    expect(march.page.get_by_role("status").filter(has_text="Đã hoàn tác")).to_be_visible()


def test_the_keyboard_alone_is_enough(desk: Desk) -> None:
    page = desk.page
    press = page.keyboard.press
    tab_to(page, "Mở sổ mẫu")
    press("Enter")
    expect(page.get_by_role("button", name="Tiếp: ghi buổi sinh hoạt")).to_be_focused()
    press("Enter")
    first = page.locator(".cb-roll-row").first
    expect(first).to_be_visible()
    first.locator("input").first.focus()
    for letter in "pkx":
        press(letter)
    expect(page.locator(".cb-roll-row").nth(0).locator("input[value=P]")).to_be_checked()
    expect(page.locator(".cb-roll-row").nth(1).locator("input[value=K]")).to_be_checked()
    expect(page.locator(".cb-roll-row").nth(2).locator("input[value=X]")).to_be_checked()
    expect(page.locator(".cb-roll-row").nth(3).locator("input:focus")).to_have_count(1)
    tab_to(page, "Tiếp: chấm điểm")
    press("Enter")
    row = desk.criterion("3a")
    expect(row).to_be_visible()
    row.locator("input").first.focus()
    press("ArrowRight")
    expect(row.locator(".cb-crit-points b")).to_have_text("3")
    press("Delete")
    expect(row.locator(".cb-crit-points b")).to_have_text("–")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the button of this name has the focus."""
    goal = page.get_by_role("button", name=name)
    for _ in range(150):
        page.keyboard.press("Tab")
        if goal.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"the keyboard never reached {name}")


def test_the_language_changes_in_place_and_keeps_the_work(march: Desk, picture: Picture) -> None:
    march.type("speakers", "3")
    march.page.get_by_role("link", name="English").click()
    page = march.page
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Record the regular meeting of 3/2026")).to_be_visible()
    expect(page.locator("#cb-2026-03-speakers")).to_have_value("3")
    expect(page.locator(".cb-steps")).to_contain_text("Record the meeting")
    picture(page, "chi-bo-english")
    page.reload()
    wait_until_ready(page)
    expect(page.get_by_role("heading", name="Open the cell's meeting book")).to_be_visible()


def test_the_score_sheet_prints_alone_on_a4_in_times(march: Desk, picture: Picture) -> None:
    march.page.get_by_role("button", name="Tất cả có mặt").click()
    march.step(3)
    march.give_the_rest()
    march.page.get_by_role("button", name="Phiếu để in").click()
    paper = march.page.locator(".cb-paper")
    expect(paper).to_be_visible()
    picture(march.page, "chi-bo-phieu", full_page=True, document=True)
    march.page.emulate_media(media="print")
    expect(march.page.locator(".cb-sheet-bar")).to_be_hidden()
    assert paper.evaluate("node => getComputedStyle(node).fontFamily").startswith('"Times New Roman"')
    pdf = PdfReader(io.BytesIO(march.page.pdf(prefer_css_page_size=True)))
    text = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    assert len(pdf.pages) <= 2
    assert (round(float(pdf.pages[0].mediabox.width)), round(float(pdf.pages[0].mediabox.height))) == A4
    assert "PHIẾUĐÁNHGIÁ" in text
    assert "T/MCHIỦY" in text
    assert "NgườiPhụTrách" in text
    assert "Hoàntác" not in text
    assert "Tiếp:" not in text
    march.page.emulate_media(media="screen")
    march.page.get_by_role("button", name="Quay lại").click()
    expect(march.criterion("1")).to_be_visible()


UNNAMED = """() => [...document.querySelectorAll("#rendered_cells :is(input, select, textarea, button)")]
    .filter((node) => node.checkVisibility() && node.getAttribute("aria-hidden") !== "true")
    .filter((node) => !(node.labels && node.labels.length) && !node.getAttribute("aria-label"))
    .filter((node) => !node.textContent.trim())
    .map((node) => node.outerHTML.slice(0, 120))"""
OWN_COLOURS = """[...document.querySelectorAll(".cb-seg input")]
    .map((input) => [input.checked, getComputedStyle(input.nextElementSibling).forcedColorAdjust])
    .every(([chosen, colours]) => chosen === (colours === "none"))"""
"""Whether what is chosen, and nothing else, keeps colours of its own where the system paints all alike."""
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"


def test_nothing_runs_over_every_control_has_a_name_and_high_contrast_shows_what_is_chosen(
    desk: Desk, tmp_path: Path
) -> None:
    seen = {}

    def look(where: str) -> None:
        for width in (1366, 1024, 683):
            desk.page.set_viewport_size({"width": width, "height": 768})
            seen[where, width] = (desk.page.evaluate(TOO_WIDE), desk.page.evaluate(UNNAMED))

    look("opening")
    desk.open(own_file(tmp_path))
    for step in (1, 2, 3, 4):
        desk.step(step)
        if step in {2, 3}:
            desk.month(3)
        look(f"step {step}")
    assert seen == dict.fromkeys(seen, (False, []))
    desk.step(3)
    desk.page.emulate_media(forced_colors="active")
    assert desk.page.evaluate(OWN_COLOURS)


def test_a_refused_act_says_what_to_do_and_stays_until_it_is_closed(march: Desk) -> None:
    march.step(3)
    march.criterion("4b").locator("input[type=text]").fill("16")
    march.criterion("4b").locator("input[type=text]").press("Enter")
    said = march.page.get_by_role("status").filter(has_text="Ghi một trong các mức: 0; 0,5; …; 15")
    expect(said).to_be_visible()
    expect(march.criterion("4b").locator("input[type=text]")).to_have_value("")
    said.get_by_role("button", name="Đóng thông báo").click()
    expect(said).to_have_count(0)


def test_a_double_click_registers_one_meeting(march: Desk) -> None:
    march.page.get_by_role("button", name="Đăng ký buổi khác").click()
    march.page.locator("#cb-register-kind").select_option(label="Chuyên đề")
    march.page.locator(".cb-register button[type=submit]").dblclick()
    expect(march.page.locator(".cb-meeting-head")).to_contain_text("2026-03-CĐ")
    march.step(1)  # whatever the second click sent was dealt with before this
    expect(march.read()).to_contain_text("3 buổi sinh hoạt")


def test_a_long_wrong_column_leaves_the_members_in_reach(march: Desk) -> None:
    march.page.get_by_role("button", name="Dán cột từ Excel").click()
    march.page.locator("#cb-roll-text").fill("\n".join(f"Người Lạ {n}\tX" for n in range(500)))
    march.page.locator(".cb-roll-paste .cb-main").click()
    wrong = march.page.locator(".cb-roll-unmatched")
    expect(wrong.locator("li")).to_have_count(500)
    box = wrong.bounding_box()
    assert box is not None
    assert box["height"] < march.page.viewport_size["height"] / 2


NO_FILES = "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } })"


def test_work_whose_file_the_browser_does_not_keep_is_not_called_saved(
    page: Page, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page.add_init_script(NO_FILES)
    desk = Desk(open_page("chi-bo"))
    desk.open(own_file(tmp_path))
    desk.step(2)
    desk.month(3)
    desk.type("speakers", "3")
    expect(page.locator(".cb-saved")).to_have_text("Chưa giữ được bản đang làm")
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    desk.type("speakers", "4")  # whoever stays works on
    desk.step(4)
    meeting = book_in(desk.download(tmp_path)).meeting(code("2026-03"))
    assert meeting is not None
    assert meeting.speakers == 4
