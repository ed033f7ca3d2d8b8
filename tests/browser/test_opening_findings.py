"""From a finding to its cell in a real browser, on both pages: the cell is in sight, and Escape goes back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from chi_bo import Desk, foreign_file
from golden_office import golden_office
from tables import xlsx

Open = Callable[..., Page]
Picture = Callable[..., Path]

LONG = "Ý kiến phát biểu dài nhiều dòng của đảng viên về nhiệm vụ chính trị, chuyên môn. " * 12
FAR = 58
"""How many columns of its own the wide book has before the last one."""
WIDE = {
    "Thông tin": """
        | Mã chi bộ | CB77
        | Tên chi bộ | Chi bộ Phòng Rộng
        | Mã đảng bộ cơ sở | DB02
        | Tên đảng bộ cơ sở | Đảng bộ Sở Sông Xanh
        | Loại hình | Cơ quan hành chính
        | Năm | n:2026
        | Có chi ủy | Không
        | Bí thư | Lê Nắng Sớm
        | Bí thư là thủ trưởng đơn vị | Không
    """,
    "Đảng viên": """
        | Mã đảng viên | Họ và tên | Tư cách | Tình trạng
        | DV01 | Lê Nắng Sớm | Chính thức | Sinh hoạt
    """,
    "Sinh hoạt": "\n".join(
        [
            "| Mã kỳ | Loại | Ngày họp | Đảng số | Có mặt | "
            + " | ".join(f"Ghi chép {n}" for n in range(1, FAR + 1))
            + " | Số đảng viên phát biểu",
            *(
                f"| 2026-{month:02} | Thường kỳ | d:2026-{month:02}-05 | n:1 | n:1 | {LONG} |"
                + " x |" * (FAR - 1)
                + (" nhiều" if month == 3 else " n:1")
                for month in range(1, 4)
            ),
        ]
    ),
}


def words_on_paper(page: Page) -> str:
    """All that the page prints, without spaces: a printed line may end anywhere."""
    return "".join("".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(page.pdf())).pages)


def whole_in(cell: Locator, box: Locator) -> bool:
    """Whether a cell is seen as a whole in the box that scrolls, below its headings."""
    inner, outer = cell.bounding_box(), box.bounding_box()
    head = box.locator("thead").bounding_box()
    assert inner
    assert outer
    assert head
    right, bottom = outer["x"] + outer["width"], outer["y"] + outer["height"]
    return (
        outer["x"] <= inner["x"]
        and head["y"] + head["height"] <= inner["y"] + 1
        and inner["x"] + inner["width"] <= right + 1
        and inner["y"] + inner["height"] <= bottom + 1
    )


def seen(page: Page, text: str) -> Locator:
    """The look, once the cell with this text is outlined and in sight."""
    dialog = page.get_by_role("dialog")
    here = dialog.locator("td.cb-look-here")
    expect(here).to_be_visible()
    expect(here).to_contain_text(text)
    expect(here).to_have_css("outline-style", "solid")
    page.wait_for_function("() => document.querySelector('.cb-look-here').getBoundingClientRect().width > 0")
    assert whole_in(here, dialog.locator(".cb-look-scroll"))
    return dialog


@pytest.fixture(scope="module")
def read_board(open_shared_page: Open, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The board once every book was read, for all tests of this file."""
    page, folder, files = open_shared_page("tong-hop"), tmp_path_factory.mktemp("so"), []
    for name, data in {**golden_office(), "CB77 rộng.xlsx": xlsx(WIDE), "Bien ban.xlsx": b"khong phai so"}.items():
        (folder / name).write_bytes(data)
        files.append(str(folder / name))
    page.locator(".cb-intake input[type=file]:not([webkitdirectory])").set_input_files(files)
    expect(page.get_by_text(re.compile(r"Đã đọc \d+ tệp"))).to_be_visible(timeout=180_000)
    page.get_by_label("Tháng", exact=True).select_option("3")
    page.get_by_label("Năm", exact=True).select_option("2026")
    return page


@pytest.fixture
def board(read_board: Page) -> Iterator[Page]:
    """The board with nothing opened, in a window of the usual size."""
    size = read_board.viewport_size
    assert size
    yield read_board
    read_board.set_viewport_size(size)
    for opened in (read_board.get_by_role("dialog"), read_board.locator(".cb-board-unit")):
        if opened.count():
            opened.get_by_role("button", name=re.compile("^Đóng")).first.click()
        expect(opened).to_have_count(0)


def open_unit(page: Page, name: str) -> Locator:
    page.locator("tbody .cb-board-open").filter(has_text=name).first.click()
    panel = page.locator(".cb-board-unit")
    expect(panel.get_by_role("heading", level=2)).to_contain_text(name)
    return panel


def test_a_finding_of_tong_hop_opens_at_its_cell(board: Page, picture: Picture) -> None:
    panel = open_unit(board, "Chi bộ Phòng Tổng hợp")
    place = panel.get_by_role("button", name="Trang Chấm điểm, ô E14")
    place.click()
    dialog = seen(board, "1")
    expect(dialog.get_by_role("heading", level=2)).to_have_text("Trang Chấm điểm, ô E14")
    expect(dialog).to_contain_text("GD01 Tổng hợp.xlsx")
    expect(dialog).to_contain_text("Tự chấm cao hơn dữ kiện")
    expect(dialog.get_by_role("row").nth(1)).to_contain_text("Mã tiêu chí")
    picture(board, "mo-dung-o", document=True)
    board.keyboard.press("Escape")
    expect(board.get_by_role("dialog")).to_have_count(0)
    expect(place).to_be_focused()
    expect(panel).to_be_visible()


def test_the_keyboard_walks_from_finding_to_finding(board: Page) -> None:
    panel = open_unit(board, "Chi bộ Phòng Tổng hợp")
    places = panel.get_by_role("button", name=re.compile("^Trang Chấm điểm, ô "))
    expect(places.first).to_be_visible()
    names = places.all_text_contents()
    assert [name for name in names if "E14" in name or "E28" in name] == [
        "Trang Chấm điểm, ô E14",
        "Trang Chấm điểm, ô E28",
    ]
    places.first.press("Enter")
    dialog = seen(board, "ô cần xem")
    expect(dialog.get_by_role("heading", level=2)).to_be_focused()
    following, status = dialog.get_by_role("button", name="Mục sau"), dialog.get_by_role("status").first
    following.press("Enter")
    expect(status).to_contain_text(re.compile(rf"Mục 2/\d+: {names[1]}\b"))
    expect(following).to_be_focused()
    dialog.get_by_role("button", name="Mục trước").press("Enter")
    expect(status).to_contain_text("Mục 1/")
    expect(dialog.get_by_role("button", name="Mục trước")).to_have_attribute("aria-disabled", "true")
    for _ in range(12):  # the focus stays inside, whatever is pressed
        board.keyboard.press("Tab")
        assert board.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")


def test_a_cell_in_the_last_column_comes_into_sight_beside_its_row(board: Page, picture: Picture) -> None:
    panel = open_unit(board, "Chi bộ Phòng Rộng")
    panel.get_by_role("button", name="Trang Sinh hoạt, ô BL4").first.click()
    dialog = seen(board, "nhiều")
    expect(dialog.locator("thead")).to_contain_text("Số đảng viên phát biểu")
    code = dialog.locator("tbody tr").last.locator("td").first
    expect(code).to_have_text("2026-03")
    expect(code).to_be_in_viewport()
    picture(board, "mo-o-cot-cuoi")


def test_a_place_is_copied_for_excel_still(board: Page) -> None:
    panel = open_unit(board, "Chi bộ Phòng Tổng hợp")
    panel.locator(".cb-copy-place").first.click()
    expect(panel.get_by_role("status").filter(has_text=re.compile(r"đã chép 'Chấm điểm'![A-Z]+\d+"))).to_be_visible()


def test_a_file_that_is_no_workbook_says_why_nothing_opens(board: Page) -> None:
    board.locator(".cb-refused-name").filter(has_text="Bien ban.xlsx").click()
    board.locator(".cb-board-unit").get_by_role("button", name="Tệp Bien ban.xlsx").click()
    dialog = board.get_by_role("dialog")
    expect(dialog).to_contain_text("Cả tệp bị từ chối")
    expect(dialog.locator("table")).to_have_count(0)
    dialog.get_by_role("button", name="Đóng (Esc)").click()
    expect(board.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (683, 384)], ids=["a screen", "enlarged twice"])
def test_the_look_fits_the_window(board: Page, width: int, height: int) -> None:
    board.set_viewport_size({"width": width, "height": height})
    open_unit(board, "Chi bộ Phòng Rộng").get_by_role("button", name="Trang Sinh hoạt, ô BL4").first.click()
    dialog = seen(board, "nhiều")
    box = dialog.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
    assert board.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(dialog.get_by_role("button", name="Đóng (Esc)")).to_be_in_viewport()


def test_a_finding_of_chi_bo_opens_at_its_cell(open_page: Open, tmp_path: Path, picture: Picture) -> None:
    desk = Desk(open_page("chi-bo"))
    desk.open(foreign_file(tmp_path))
    finding = desk.page.locator(".cb-finding").filter(has_text="Người phát biểu nhiều hơn người dự")
    way = finding.get_by_role("button", name="xem trong sổ")
    way.click()
    dialog = seen(desk.page, "9")
    expect(dialog.get_by_role("heading", level=2)).to_have_text("Trang Sinh hoạt, ô I3")
    expect(dialog).to_contain_text("Ô I3 đang ghi: «9»")
    picture(desk.page, "chi-bo-mo-dung-o")
    dialog.get_by_role("button", name="Trang Sinh hoạt, ô G3").click()
    seen(desk.page, "2")
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("dialog")).to_have_count(0)
    expect(way).to_be_focused()
    folded = desk.page.locator(".cb-finding-few li").first
    expect(folded).to_be_hidden()
    paper = words_on_paper(desk.page)
    assert "".join(folded.text_content().split()).split("(xem")[0] in paper
    assert "xemtrongsổ" not in paper
    expect(folded).to_be_hidden()
