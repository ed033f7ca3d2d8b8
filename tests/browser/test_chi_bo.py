"""The page `chi-bo` in a real browser, from an opened book to the downloaded file."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import time
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve
from playwright.sync_api import Page, expect

from builders import code
from chi_bo import Desk, book_in, foreign_file, own_book, own_file
from chibo.model import Mark, MeetingKind

MARCH = code("2026-03")
Picture = Callable[..., Path]
DROP = """(zone, data) => {
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], "Sổ kéo vào.xlsx"));
    zone.dispatchEvent(new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true }));
    zone.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}"""
PASTE = """(text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(paste);
}"""


@pytest.fixture
def desk(open_page: Callable[..., Page]) -> Desk:
    page = open_page("chi-bo")
    expect(page.locator(".cb-drop")).to_be_visible()
    return Desk(page)


def test_from_the_opened_book_to_the_downloaded_file(desk: Desk, tmp_path: Path, picture: Picture) -> None:
    picture(desk.page, "chi-bo-mo-so", document=True)
    desk.open(own_file(tmp_path))
    expect(desk.page.locator(".cb-unit")).to_have_text("Chi bộ Văn phòng · Đảng bộ Sở Thử nghiệm · 2026")
    picture(desk.page, "chi-bo-da-doc", document=True)

    desk.step(2)
    desk.month(3)
    desk.type("ends_at", "15h25")
    desk.type("speakers", "4")
    desk.page.get_by_role("button", name="Tất cả có mặt").click()
    excused = desk.member("Đảng viên 5").get_by_role("radio", name="Có phép")
    excused.click()
    expect(excused).to_be_checked()
    desk.member("Đảng viên 6").get_by_role("combobox").select_option("M")
    expect(desk.page.locator(".cb-roll .cb-head-line")).to_contain_text("có mặt 4 · có phép 1")

    desk.step(3)
    expect(desk.criterion("1").locator(".cb-fact")).to_have_text("Họp 85 phút, cần 90 phút → 4 điểm")
    desk.give("2a", "4")
    desk.criterion("2a").get_by_role("textbox").fill("Đồng chí Năm đã chuyển đi từ 01/3")
    desk.criterion("2a").get_by_role("textbox").press("Tab")
    desk.criterion("1").scroll_into_view_if_needed()
    picture(desk.page, "chi-bo-cham-diem", document=True)
    desk.give("4b", "13.5")
    desk.give_the_rest()
    expect(desk.total()).to_have_text("97,5 / 100")
    expect(desk.page.locator(".cb-grade")).to_have_text("Tốt")
    expect(desk.page.locator(".cb-month").nth(2)).to_contain_text("Tốt 97,5")

    desk.step(4)
    file = desk.download(tmp_path)
    assert file.name == "Sổ sinh hoạt CB01 2026.xlsx"
    found, expected = book_in(file), own_book()
    meeting = expected.meeting(MARCH)
    assert meeting is not None
    assert found.meeting(MARCH) == evolve(meeting, ends_at=time(15, 25), speakers=4)
    assert "".join(found.roll_call.of(MARCH)[f"DV0{n}"].value for n in range(1, 7)) == "XXXXPM"
    assert found.self_scores.of(MARCH)["4b"] == Decimal("13.5")
    assert sum(found.self_scores.of(MARCH).values()) == Decimal("97.5")
    assert [(row.criterion, row.reason) for row in found.explanations] == [("2a", "Đồng chí Năm đã chuyển đi từ 01/3")]
    untouched = evolve(
        found,
        meetings=expected.meetings,
        roll_call=expected.roll_call,
        self_scores=expected.self_scores,
        explanations=(),
    )
    assert untouched == expected


SCORE_ROW = """row => {
    const [whole, control, link] = [row, row.querySelector(".cb-seg"), row.querySelector(".cb-crit-link")]
        .map(part => part.getBoundingClientRect());
    return { height: whole.height, control: control.height, below: whole.bottom - link.bottom };
}"""
PADDING = 28
"""Pixels that a row of the form has around its control at most, as in the design."""


def test_what_is_rare_makes_no_row_of_the_form_taller(desk: Desk, tmp_path: Path, picture: Picture) -> None:
    desk.open(own_file(tmp_path))
    desk.step(2)
    desk.month(3)
    desk.step(3)
    row = desk.criterion("6b")
    desk.give("6b", "2")
    found = row.evaluate(SCORE_ROW)
    assert found["height"] <= found["control"] + PADDING
    assert found["below"] >= 0
    row.evaluate("node => node.scrollIntoView({ block: 'center' })")
    row.hover()
    clear = row.get_by_role("button", name="Bỏ điểm 6b")
    expect(clear).to_be_visible()
    picture(desk.page, "chi-bo-cham-dong-thap")
    clear.click()
    expect(row.locator(".cb-crit-points b")).to_have_text("–")
    desk.page.set_viewport_size({"width": 360, "height": 740})
    row.evaluate("node => node.scrollIntoView({ block: 'center' })")
    desk.give("6b", "2")
    picture(desk.page, "chi-bo-cham-dong-thap-360")
    row.get_by_role("button", name="Ghi lý do").click()
    expect(row.get_by_role("textbox")).to_be_focused()


def test_a_book_of_another_hand_is_written_into_and_keeps_what_is_its_own(
    desk: Desk, tmp_path: Path, picture: Picture
) -> None:
    file = foreign_file(tmp_path)
    before = file.read_bytes()
    desk.open(file)
    expect(desk.page.locator(".cb-findings")).to_contain_text("Giờ kết thúc không sau giờ bắt đầu")
    picture(desk.page, "chi-bo-cho-can-xem", full_page=True, document=True)
    desk.step(2)
    desk.month(2)
    desk.type("starts_at", "14:00")
    desk.type("ends_at", "15:30")
    desk.type("speakers", "2")
    desk.step(4)
    expect(desk.page.locator(".cb-saving").first).to_contain_text("mọi thứ khác trong tệp giữ nguyên")
    picture(desk.page, "chi-bo-so-khac", document=True)
    again = desk.download(tmp_path)
    assert again.name == file.name
    meeting = book_in(again).meeting(code("2026-02"))
    assert meeting is not None
    assert (meeting.starts_at, meeting.ends_at, meeting.speakers) == (time(14, 0), time(15, 30), 2)
    own, old = (openpyxl.load_workbook(source) for source in (again, BytesIO(before)))
    assert own.sheetnames == old.sheetnames
    assert [[cell.value for cell in row] for row in own["Ghi chép riêng"]] == [
        [cell.value for cell in row] for row in old["Ghi chép riêng"]
    ]


def test_a_file_dropped_on_the_page_is_opened(desk: Desk, tmp_path: Path) -> None:
    data = base64.b64encode(own_file(tmp_path).read_bytes()).decode()
    desk.page.locator(".cb-drop").evaluate(DROP, data)
    expect(desk.read()).to_contain_text("Sổ kéo vào.xlsx")


def test_a_finding_leads_to_the_field_where_it_is_mended(desk: Desk, tmp_path: Path) -> None:
    desk.open(foreign_file(tmp_path))
    finding = desk.page.locator(".cb-finding").filter(has_text="Người phát biểu nhiều hơn người dự")
    finding.get_by_role("button").first.click()
    expect(desk.page.locator("#cb-2026-02-speakers")).to_be_focused()


def test_a_new_book(desk: Desk, tmp_path: Path, picture: Picture) -> None:
    page = desk.page
    page.get_by_role("button", name="Lập sổ mới…").click()
    page.get_by_role("button", name="Lập sổ", exact=True).click()
    expect(page.locator("#cb-new-cell_code")).to_be_focused()
    expect(page.get_by_text("Cần ghi ô này.").first).to_be_visible()
    page.locator("#cb-new-cell_code").fill("CB21")
    page.locator("#cb-new-cell_name").fill("Chi bộ Thanh tra")
    page.locator("#cb-new-cell_kind").select_option("Cơ quan hành chính")
    page.locator("#cb-new-year").fill("2026")
    page.locator("#cb-new-secretary").fill("Lê Nắng Sớm")
    page.get_by_role("radiogroup", name="Có chi ủy").get_by_role("radio", name="Không").click()
    page.get_by_role("radiogroup", name="Bí thư đồng thời").get_by_role("radio", name="Không").click()
    members = page.locator("#cb-new-members")
    listed = "1\tDV01\tLê Nắng Sớm\tBí thư\n2\tDV02\tPhạm Sông Dài\nVũ Cỏ Mật"
    members.fill(listed)
    picture(page, "chi-bo-lap-so", document=True)
    members.fill("1. Lê Nắng Sớm\nNguyễn Văn\tAn")
    page.get_by_role("button", name="Lập sổ", exact=True).click()
    expect(page.locator("#cb-new-members-problem")).to_contain_text("Dòng 2: «Nguyễn Văn · An»")
    expect(members).to_be_focused()
    picture(page, "chi-bo-lap-so-dong-chua-hieu")
    members.fill(listed)
    page.get_by_role("button", name="Lập sổ", exact=True).click()
    expect(desk.read()).to_contain_text("3 đảng viên")
    desk.step(2)
    page.locator("#cb-register-month").select_option("3")
    page.locator("#cb-register-kind").select_option("Kết hợp")
    page.locator("#cb-register-planned_on").fill("5/3/26")
    page.locator("#cb-register-starts_at").fill("14h")
    page.get_by_role("button", name="Đăng ký", exact=True).click()
    page.get_by_role("button", name="Đã họp ngày 05/03/2026").click()
    expect(page.locator("#cb-2026-03-held_on")).to_have_value("05/03/2026")
    desk.step(4)
    file = desk.download(tmp_path)
    assert file.name == "Sổ sinh hoạt CB21 2026.xlsx"
    book = book_in(file)
    assert (book.info.cell_name, book.info.year, book.info.has_committee) == ("Chi bộ Thanh tra", 2026, False)
    assert [member.full_name for member in book.members] == ["Lê Nắng Sớm", "Phạm Sông Dài", "Vũ Cỏ Mật"]
    meeting = book.meeting(MARCH)
    assert meeting is not None
    assert (meeting.kind, meeting.starts_at) == (MeetingKind.COMBINED, time(14, 0))
    assert meeting.is_held


def test_the_sample_can_be_scored_at_once(desk: Desk, tmp_path: Path, picture: Picture) -> None:
    desk.page.get_by_role("button", name="Mở sổ mẫu").click()
    desk.read()
    desk.step(2)
    expect(desk.page.locator(".cb-roll-row").first).to_be_visible()
    picture(desk.page, "chi-bo-ghi", document=True)
    desk.page.get_by_role("button", name="Điểm danh", exact=True).click()
    picture(desk.page, "chi-bo-diem-danh", document=True)
    desk.step(3)
    desk.give_the_rest()
    expect(desk.page.locator(".cb-grade")).to_be_visible()
    desk.step(4)
    picture(desk.page, "chi-bo-tai-ve", document=True)
    assert desk.download(tmp_path).name.endswith("(mẫu).xlsx")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 not a workbook", "PDF"),
        (b"", "rỗng"),
        (b"x" * (20 * 2**20 + 1), "20 MB"),
        (b"PK\x03\x04 cut off", "so.xlsx"),
    ],
    ids=["a PDF", "empty", "too large", "cut off"],
)
def test_a_file_that_cannot_be_opened_is_told_with_what_to_do(
    desk: Desk, tmp_path: Path, picture: Picture, data: bytes, said: str
) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(data)
    desk.choose(file)
    refusal = desk.page.get_by_role("alert").filter(has_text="Chưa mở được «so.xlsx»")
    expect(refusal).to_contain_text(said)
    if said == "PDF":
        picture(desk.page, "chi-bo-chua-mo-duoc", document=True)
    desk.open(own_file(tmp_path))
    expect(refusal).to_have_count(0)


def test_a_column_copied_from_excel_is_pasted_onto_the_list(desk: Desk, tmp_path: Path) -> None:
    desk.open(own_file(tmp_path))
    desk.step(2)
    desk.month(3)
    desk.page.locator(".cb-roll-list input").first.focus()
    desk.page.evaluate(PASTE, "x\r\nP\r\nk\r\n\r\nX\r\nm\r\nX")
    expect(desk.member("Đảng viên 3").get_by_role("radio", name="Không phép")).to_be_checked()
    expect(desk.member("Đảng viên 6").get_by_role("combobox")).to_have_value("M")
    expect(desk.page.locator(".cb-roll-list li.cb-open")).to_have_count(1)
    expect(desk.page.get_by_text("1 dòng vừa dán chưa ghép được")).to_be_visible()
    desk.step(4)
    marks = book_in(desk.download(tmp_path)).roll_call.of(MARCH)
    assert marks == {
        "DV01": Mark.PRESENT,
        "DV02": Mark.EXCUSED,
        "DV03": Mark.UNEXCUSED,
        "DV05": Mark.PRESENT,
        "DV06": Mark.EXEMPT,
    }


def test_names_pasted_into_the_panel_are_matched_by_name(desk: Desk, tmp_path: Path, picture: Picture) -> None:
    desk.open(own_file(tmp_path))
    desk.step(2)
    desk.month(3)
    desk.page.get_by_role("button", name="Dán cột từ Excel").click()
    expect(desk.page.locator("#cb-roll-text")).to_be_focused()
    desk.page.locator("#cb-roll-text").fill("Đảng viên 4\tP\nNgười Lạ\tx\nĐảng viên 1\tx")
    picture(desk.page, "chi-bo-dan-cot", document=True)
    desk.page.get_by_role("button", name="Ghi vào điểm danh").click()
    expect(desk.member("Đảng viên 4").get_by_role("radio", name="Có phép")).to_be_checked()
    expect(desk.page.locator(".cb-roll .cb-say li")).to_have_text("Người Lạ x")
