"""The page `tong-hop` in a real browser: from many workbooks to the month's return, and what staff meet on the way."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from chibo.office.demo import BOOKS_FOLDER, make_demo
from golden_office import golden_office, info, score_table
from scored import full_scores
from tables import a_workbook

Open = Callable[..., Page]
Picture = Callable[..., Path]

NOT_A_BOOK = "Bien ban hop.xlsx"
MANY = 300


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden office's workbooks and one file that is none, in a folder."""
    folder = tmp_path_factory.mktemp("so")
    for name, data in golden_office().items():
        (folder / name).write_bytes(data)
    (folder / NOT_A_BOOK).write_bytes(b"Bien ban, khong phai so Excel")
    return folder


@pytest.fixture(scope="session")
def many_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred small workbooks: 300 cells of 12 base organisations, with grades that differ."""
    folder = tmp_path_factory.mktemp("nhieu so")
    tables = [score_table({"2026-03": full_scores("hd42-thuong-ky", c7=seven)}) for seven in ("30", "24", "10")]
    for number in range(1, MANY + 1):
        committee = f"DB{number % 12 + 1:02d}"
        identity = info(f"CB{number:03d}", f"Chi bộ số {number}", committee, f"Đảng bộ cơ sở số {number % 12 + 1}")
        data = a_workbook({"Thông tin": identity, "Chấm điểm": tables[number % 7 % 3]})
        (folder / f"CB{number:03d}.xlsx").write_bytes(data)
    return folder


@pytest.fixture(scope="session")
def sample_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbooks of the sample office: real forms of a dozen invented cells."""
    home = tmp_path_factory.mktemp("van phong mau")
    make_demo(home, 12, 1, 2026)
    return home / BOOKS_FOLDER


@pytest.fixture
def board(open_page: Open) -> Page:
    page = open_page("tong-hop")
    expect(page.get_by_role("region", name="Nhận sổ của các chi bộ")).to_be_visible()
    return page


def choose(page: Page, *files: Path) -> None:
    """Choose files, as the button does."""
    page.locator(".cb-intake input[type=file]:not([webkitdirectory])").set_input_files([str(file) for file in files])


def every_file(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


def wait_until_read(page: Page) -> None:
    expect(page.get_by_text(re.compile(r"Đã đọc \d+ tệp"))).to_be_visible(timeout=180_000)


def look_at_march(page: Page) -> None:
    page.get_by_label("Tháng", exact=True).select_option("3")
    page.get_by_label("Năm", exact=True).select_option("2026")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tổng hợp sinh hoạt chi bộ tháng 3/2026")


def read_for_march(page: Page, books: Path) -> Page:
    """The page once it read the golden office's books, looking at March."""
    choose(page, *every_file(books))
    wait_until_read(page)
    look_at_march(page)
    return page


@pytest.fixture
def own_march(board: Page, books: Path) -> Page:
    """A page of its own for a test that changes what was read."""
    return read_for_march(board, books)


@pytest.fixture(scope="module")
def read_march(open_shared_page: Open, books: Path) -> Page:
    return read_for_march(open_shared_page("tong-hop"), books)


@pytest.fixture
def march(read_march: Page) -> Iterator[Page]:
    """The page that tests share which only look: on the screen, every line of the table in sight, no unit opened."""
    yield read_march
    read_march.emulate_media(media="screen")
    panel, everything = read_march.locator(".cb-board-unit"), read_march.get_by_role("button", name="Xem tất cả")
    if panel.count():
        panel.get_by_role("button", name="Đóng", exact=True).click()
        expect(panel).to_have_count(0)
    read_march.get_by_role("searchbox").fill("")
    if everything.count():
        everything.click()
    read_march.locator(".cb-tile-all").click()
    expect(read_march.locator("tbody tr")).to_have_count(9)


def settled(page: Page) -> None:
    """Let the browser draw what was scrolled to."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def row(page: Page, text: str) -> object:
    return page.get_by_role("row").filter(has_text=text)


def cells_of(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [tuple(cell.value for cell in line) for line in sheet.iter_rows()] for sheet in book}


def chibo(*words: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "chibo", *map(str, words)], capture_output=True, check=False)


def test_an_empty_page_says_what_to_do(board: Page, picture: Picture) -> None:
    expect(board.get_by_text("Kéo sổ của các chi bộ vào đây")).to_be_visible()
    expect(board.get_by_text("Chưa có sổ nào")).to_be_visible()
    expect(board.get_by_role("button", name="Tải biểu tổng hợp tháng")).to_have_count(0)
    assert board.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    picture(board, "tong-hop-trong")


def test_every_file_comes_out_in_a_state(march: Page, books: Path) -> None:
    expect(march.get_by_text(f"Đã đọc {len(every_file(books))} tệp: nhận 7, từ chối 2.")).to_be_visible()
    expect(row(march, "Chi bộ Phòng Tổng hợp")).to_contain_text("05/03/2026")
    expect(row(march, "GD05")).to_contain_text("Chưa báo cáo")
    expect(row(march, NOT_A_BOOK)).to_contain_text("Từ chối")
    refused = march.get_by_role("region", name="Sổ bị từ chối, chưa vào biểu tổng hợp")
    expect(refused).to_contain_text(NOT_A_BOOK)
    expect(refused).to_contain_text("GD08.xlsx")
    expect(refused.get_by_text("Cần làm:")).to_have_count(2)


def test_the_sample_office_from_books_to_charts(board: Page, sample_books: Path, picture: Picture) -> None:
    choose(board, *every_file(sample_books))
    wait_until_read(board)
    expect(board.get_by_text("Đã đọc 12 tệp: nhận 12, từ chối 0.")).to_be_visible()
    look_at_march(board)
    expect(row(board, "Chi bộ Văn phòng")).to_contain_text("/03/2026")
    picture(board, "tong-hop", document=True)
    late = board.locator("tbody tr").filter(has_text="Cần xem lại").first
    late.locator(".cb-board-open").click()
    expect(board.locator(".cb-finding").first).to_be_visible()
    board.locator(".cb-board-tiles").evaluate("node => node.scrollIntoView()")
    settled(board)
    picture(board, "tong-hop-cho-can-xem", document=True)
    board.get_by_role("button", name="Đóng").click()
    chart = board.get_by_role("region", name="Xếp loại theo đảng bộ cơ sở")
    expect(chart.locator(".cb-bars-row")).to_have_count(4)
    chart.evaluate("node => node.scrollIntoView({ block: 'center' })")
    settled(board)
    picture(board, "tong-hop-bieu-do", document=True)


def test_tiles_filter_the_table_and_search_needs_no_marks(march: Page) -> None:
    table = march.get_by_role("table")
    march.get_by_role("button", name="Sổ bị từ chối").click()
    expect(table.locator("tbody tr")).to_have_count(2)
    march.get_by_role("button", name="Sổ bị từ chối").click()
    march.get_by_role("searchbox").fill("phong tong hop")
    expect(table.locator("tbody tr")).to_have_count(1)
    march.get_by_role("searchbox").fill("không có ai như thế")
    expect(march.get_by_text("Không có chi bộ nào theo lựa chọn này.")).to_be_visible()


def test_columns_sort_both_ways(march: Page) -> None:
    heading = march.get_by_role("columnheader", name="Điểm")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    points = march.locator("tbody .cb-col-score").all_inner_texts()
    known = [float(text.split()[0].replace(",", ".")) for text in points if text.strip()]
    assert known == sorted(known)
    assert points[: len(known)] == [text for text in points if text.strip()], "what is unknown stays last"
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(march.locator("tbody .cb-col-score").first).to_contain_text(
        str(max(known)).replace(".", ",").removesuffix(",0")
    )


def test_findings_name_file_sheet_and_cell(march: Page) -> None:
    march.get_by_role("button", name="Đã nhận, cần xem lại").click()
    march.locator("tbody .cb-board-open").first.click()
    panel = march.locator(".cb-board-unit")
    expect(panel.locator(".cb-unit-file")).to_contain_text(re.compile(r"GD0\d.*\.xlsx"))
    expect(panel.locator(".cb-finding").first).to_contain_text(re.compile(r"Trang [^,]+, ô [A-Z]+\d+"))
    march.emulate_media(media="print")
    expect(panel).to_be_hidden()  # on paper stand the tables and charts; what is open beside them left a page blank
    expect(march.locator(".cb-board-table")).to_be_visible()


def test_a_bar_opens_its_units(march: Page) -> None:
    chart = march.get_by_role("region", name="Xếp loại theo đảng bộ cơ sở")
    part = chart.locator(".cb-bars-part").first
    label = part.get_attribute("aria-label") or ""
    count = int(re.search(r"(\d+) chi bộ", label)[1])  # type: ignore[index]
    part.click()
    expect(march.get_by_text("Đang xem:")).to_contain_text(label.split(",")[0])
    expect(march.get_by_role("table").locator("tbody tr")).to_have_count(count)
    march.get_by_role("button", name="Xem tất cả").click()
    expect(march.get_by_role("table").locator("tbody tr")).to_have_count(9)


def test_attendance_bars_open_the_cells_behind_the_rate(march: Page) -> None:
    chart = march.get_by_role("region", name="Tỷ lệ đảng viên dự theo đảng bộ cơ sở")
    chart.get_by_role("button", name=re.compile("^Toàn khối")).click()
    expect(march.get_by_text("Đang xem: Toàn khối")).to_be_visible()
    for text in march.locator("tbody .cb-col-attendance").all_inner_texts():
        assert re.fullmatch(r"\d+/\d+", text)


def test_the_return_is_the_one_that_the_command_makes(march: Page, books: Path, tmp_path: Path) -> None:
    with march.expect_download() as download:
        march.get_by_role("button", name="Tải biểu tổng hợp tháng").click()
    assert download.value.suggested_filename == "bieu-tong-hop-2026-03.xlsx"
    ours = Path(download.value.path()).read_bytes()
    out = tmp_path / "thang-3.xlsx"
    made = chibo("consolidate", books, "--period", "2026-03", "--return", "thang", "--out", out)
    assert made.returncode == 1, "something was refused"
    theirs = cells_of(out.read_bytes())
    assert cells_of(ours) == theirs
    assert list(theirs) == ["Biểu tổng hợp", "Nguồn"]
    expect(march.get_by_text(re.compile("Đã tải bieu-tong-hop-2026-03.xlsx"))).to_be_visible()


def test_the_sources_can_be_left_out(march: Page) -> None:
    march.get_by_label("Kèm trang «Nguồn»").uncheck()
    with march.expect_download() as download:
        march.get_by_role("button", name="Tải biểu tổng hợp tháng").click()
    assert list(cells_of(Path(download.value.path()).read_bytes())) == ["Biểu tổng hợp"]
    march.get_by_label("Kèm trang «Nguồn»").check()


def test_the_facts_are_those_of_the_command_and_books_to_mend_come_back_marked(march: Page, books: Path) -> None:
    with march.expect_download() as download:
        march.get_by_role("button", name="Bảng dữ kiện (.csv)").click()
    ours = Path(download.value.path()).read_bytes()
    theirs = chibo("facts", books, "--period", "2026-03", "--format", "csv").stdout
    assert ours.startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
    assert ours.removeprefix(b"\xef\xbb\xbf").splitlines() == theirs.splitlines()
    with march.expect_download() as download:
        march.get_by_role("button", name="Bảng dữ kiện (.xlsx)").click()
    (lines,) = cells_of(Path(download.value.path()).read_bytes()).values()
    assert len(lines) == len(theirs.splitlines())
    with march.expect_download() as download:
        march.get_by_role("button", name="Sổ trả lại, đã đánh dấu (.zip)").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xlsx", ".xlsm"))]
        assert {name.replace(" (cần sửa)", "") for name in names} <= {path.name for path in every_file(books)}
        sheets = [openpyxl.load_workbook(io.BytesIO(archive.read(name))).sheetnames for name in names]
    assert sheets
    assert all("Lỗi cần sửa" in one for one in sheets)
    expect(march.get_by_text(re.compile("Đã tải so-tra-lai-"))).to_be_visible()


def test_a_zip_stands_for_the_books_in_it(board: Page, books: Path, tmp_path: Path) -> None:
    archive = tmp_path / "Sổ tháng 3.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in every_file(books):
            packed.write(path, f"Sở A/{path.name}")
        packed.writestr("Sở A/~$GD02.xlsx", b"lock")
        packed.writestr("Sở A/huong-dan.pdf", b"%PDF")
    choose(board, archive)
    wait_until_read(board)
    expect(board.get_by_text(f"Đã đọc {len(every_file(books))} tệp")).to_be_visible()
    expect(board.get_by_text("có 2 tệp không phải sổ")).to_be_visible()
    expect(row(board, "GD01")).to_be_visible()


BAR_SHARE = "document.querySelector('.cb-downloads').getBoundingClientRect().height / innerHeight"
BAR_PARTS_CUT = """[...document.querySelectorAll('.cb-downloads *')]
    .filter(part => part.getBoundingClientRect().right > innerWidth).map(part => part.textContent)"""


def test_in_a_narrow_window_the_bar_at_the_foot_keeps_out_of_the_way(own_march: Page, picture: Picture) -> None:
    bar = own_march.get_by_role("region", name="Tải kết quả")
    csv, more = bar.get_by_role("button", name="Bảng dữ kiện (.csv)"), bar.get_by_role("button", name="Tệp khác")
    for width, height, most in ((360, 740, 0.13), (683, 384, 0.22)):
        own_march.set_viewport_size({"width": 1366, "height": 768})
        expect(csv).to_be_visible()
        expect(more).to_be_hidden()
        own_march.set_viewport_size({"width": width, "height": height})
        expect(bar.get_by_role("button", name="Tải biểu tổng hợp tháng (.xlsx)")).to_be_visible()
        expect(csv).to_be_hidden()
        picture(own_march, f"tong-hop-chan-{width}")
        assert own_march.evaluate(BAR_SHARE) < most
        assert own_march.evaluate(BAR_PARTS_CUT) == []
        more.click()
        expect(csv).to_be_visible()
        expect(bar.get_by_label("Kèm trang «Nguồn»")).to_be_visible()
        picture(own_march, f"tong-hop-chan-mo-{width}")
        assert own_march.evaluate(BAR_PARTS_CUT) == []
        bar.get_by_role("button", name="Thu gọn").click()
        expect(csv).to_be_hidden()
    with own_march.expect_download():
        bar.get_by_role("button", name="Tải biểu tổng hợp tháng (.xlsx)").click()
    own_march.set_viewport_size({"width": 360, "height": 740})
    expect(bar).to_contain_text("Đã tải")
    picture(own_march, "tong-hop-chan-da-tai-360")
    assert own_march.evaluate(BAR_SHARE) < 0.2


def test_books_can_be_dropped_on_the_page(board: Page, books: Path) -> None:
    files = [[path.name, base64.b64encode(path.read_bytes()).decode()] for path in every_file(books)]
    transfer = board.evaluate_handle(
        """files => {
            const transfer = new DataTransfer();
            for (const [name, text] of files) {
                const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
                transfer.items.add(new File([bytes], name));
            }
            return transfer;
        }""",
        files,
    )
    zone = board.locator(".cb-intake-drop")
    zone.dispatch_event("dragover", {"dataTransfer": transfer})
    zone.dispatch_event("drop", {"dataTransfer": transfer})
    wait_until_read(board)
    expect(board.get_by_text(f"Đã đọc {len(every_file(books))} tệp")).to_be_visible()


def test_a_broken_zip_and_files_of_other_kinds_are_told(board: Page, tmp_path: Path, picture: Picture) -> None:
    broken, text = tmp_path / "hong.zip", tmp_path / "ghi-chu.txt"
    broken.write_bytes(b"PK\x03\x04 cut off")
    text.write_text("không phải sổ", encoding="utf-8")
    choose(board, broken, text)
    wait_until_read(board)
    refused = board.get_by_role("region", name="Sổ bị từ chối, chưa vào biểu tổng hợp")
    expect(refused).to_contain_text("hong.zip")
    expect(board.get_by_text("Bỏ qua 1 tệp không phải sổ: ghi-chu.txt (")).to_be_visible()
    picture(board, "tong-hop-loi")


def test_a_folder_of_the_office_is_read_by_name(board: Page, books: Path, office: Path) -> None:
    folder = office / "so-thang-3"
    folder.mkdir(exist_ok=True)
    for path in every_file(books):
        (folder / path.name).write_bytes(path.read_bytes())
    board.get_by_text("Đọc thư mục đã có trên máy chạy Chibo").click()
    name = board.get_by_label("Tên thư mục trong thư mục văn phòng")
    name.fill("../..")
    name.press("Enter")
    expect(board.get_by_role("alert").filter(has_text="Chỉ đọc được thư mục nằm trong")).to_be_visible()
    name.fill("so-thang-3")
    name.press("Enter")
    wait_until_read(board)
    expect(row(board, "GD01")).to_be_visible()


def test_a_list_of_expected_cells_shows_who_sent_nothing(own_march: Page, tmp_path: Path) -> None:
    listed = tmp_path / "Phải báo cáo.csv"
    listed.write_text("Mã chi bộ,Tên chi bộ\nGD01,Chi bộ Phòng Tổng hợp\nXX01,Chi bộ Chưa gửi\n", encoding="utf-8")
    own_march.locator(".cb-setting input[type=file]").set_input_files(str(listed))
    expect(own_march.get_by_text("Phải báo cáo: 2 chi bộ")).to_be_visible()
    expect(row(own_march, "Chi bộ Chưa gửi")).to_contain_text("Chưa gửi sổ")
    bad = tmp_path / "sai.csv"
    bad.write_text("Tên,Điện thoại\nMột,123\n", encoding="utf-8")
    own_march.locator(".cb-setting input[type=file]").set_input_files(str(bad))
    expect(own_march.get_by_role("alert").filter(has_text="Mã chi bộ")).to_be_visible()
    book = tmp_path / "GD02.xlsx"
    book.write_bytes(golden_office()["GD02.xlsx"])
    own_march.locator(".cb-setting input[type=file]").set_input_files(str(book))
    expect(own_march.get_by_role("alert").filter(has_text="là sổ của một chi bộ, không phải danh sách")).to_be_visible()
    expect(own_march.get_by_text("Phải báo cáo: 2 chi bộ")).to_be_visible()


def test_the_keyboard_alone_is_enough(march: Page) -> None:
    march.get_by_role("searchbox").focus()
    first = march.locator("tbody .cb-board-open").first
    for _ in range(20):
        march.keyboard.press("Tab")
        if first.evaluate("node => node === document.activeElement"):
            break
    expect(first).to_be_focused()
    march.keyboard.press("ArrowDown")
    second = march.locator("tbody .cb-board-open").nth(1)
    expect(second).to_be_focused()
    march.keyboard.press("Enter")
    panel = march.locator(".cb-board-unit")
    expect(panel.get_by_role("heading").first).to_have_text(second.inner_text())
    march.keyboard.press("Tab")
    march.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(march.locator("tbody .cb-board-open").nth(1)).to_be_focused()


def test_english_is_switched_in_place_and_keeps_the_books(own_march: Page) -> None:
    own_march.get_by_role("link", name="English").click()
    expect(own_march.get_by_role("heading", level=1)).to_have_text("Cell meetings of 3/2026, consolidated")
    expect(own_march.get_by_role("button", name="Download the month return")).to_be_visible()
    expect(row(own_march, "GD01")).to_contain_text("05/03/2026")
    own_march.get_by_role("link", name="Tiếng Việt").click()
    expect(own_march.get_by_role("heading", level=1)).to_have_text("Tổng hợp sinh hoạt chi bộ tháng 3/2026")


def test_everything_can_be_dropped_and_begun_again(own_march: Page) -> None:
    own_march.get_by_role("button", name="Bỏ hết, làm lại từ đầu").click()
    own_march.get_by_role("button", name="Bấm lần nữa để bỏ hết").click()
    expect(own_march.get_by_text("Chưa có sổ nào")).to_be_visible()
    expect(own_march.get_by_text("Kéo sổ của các chi bộ vào đây")).to_be_visible()


def test_three_hundred_books_and_the_page_stays_alive(board: Page, many_books: Path, picture: Picture) -> None:
    choose(board, *every_file(many_books))
    first = board.locator("tbody .cb-board-open").first
    expect(first).to_be_visible()
    reading = board.get_by_role("progressbar", name="Đang đọc và kiểm tra sổ")
    expect(reading).to_be_visible()
    name = first.inner_text()  # rows of other units may come before it in the meantime
    board.locator("tbody").get_by_role("button", name=name, exact=True).click()
    expect(board.locator(".cb-board-unit").get_by_role("heading").first).to_have_text(name)
    expect(reading).to_be_visible()  # the kernel answered while books are still being read
    picture(board, "tong-hop-dang-doc", document=True)
    wait_until_read(board)
    expect(board.get_by_text(f"Đã đọc {MANY} tệp: nhận {MANY}, từ chối 0.")).to_be_visible()
    expect(board.locator(".cb-tile-all b")).to_have_text(str(MANY))
    table = board.locator(".cb-board-scroll")
    for _ in range(10):
        table.evaluate("node => { node.scrollTop = node.scrollHeight; }")
        if board.locator("tbody tr").count() == MANY:
            break
        board.wait_for_function("count => document.querySelectorAll('tbody tr').length > count", arg=150)
    expect(board.locator("tbody tr")).to_have_count(MANY)
    picture(board, "tong-hop-300")


def test_what_was_not_sent_when_sending_was_stopped_is_told_and_not_waited_for(board: Page, sample_books: Path) -> None:
    board.evaluate(
        """() => {
            const whole = File.prototype.slice;
            const heldBack = new Promise((done) => { window.letGo = done; });
            let first = true;
            File.prototype.slice = function (...part) {
                const bytes = whole.apply(this, part);
                if (first) { first = false; return bytes; }
                return { arrayBuffer: () => heldBack.then(() => bytes.arrayBuffer()) };
            };
        }"""
    )
    sent, *unsent = every_file(sample_books)[:3]
    choose(board, sent, unsent[0])
    choose(board, unsent[1])
    board.get_by_role("button", name="Dừng").click()
    board.evaluate("window.letGo()")
    told = board.locator(".cb-say", has_text="chưa gửi được")
    expect(told).to_contain_text(f"Còn 2 tệp chưa gửi được nên chưa tính: {', '.join(path.name for path in unsent)}.")
    awaited = re.compile(r"/1 sổ|Đã đọc 1 tệp")  # the one that was sent, and none of the others
    expect(board.locator(".cb-intake")).to_contain_text(awaited)


def test_reading_can_be_stopped_and_taken_up_again(board: Page, many_books: Path) -> None:
    archive = many_books.parent / "gui lai.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in every_file(many_books):
            packed.write(path, f"gửi lại {path.name}")  # by names not seen before nothing of them is remembered
    choose(board, archive)
    expect(board.locator("tbody .cb-board-open").first).to_be_visible()
    board.get_by_role("button", name="Dừng").click()
    expect(board.get_by_role("progressbar", name="Đã dừng đọc sổ")).to_be_visible()
    expect(board.get_by_text(re.compile(r"^Mới đọc \d+ trên 300 sổ"))).to_be_visible()
    board.get_by_role("button", name="Đọc tiếp").click()
    wait_until_read(board)
    expect(board.get_by_text(f"nhận {MANY}")).to_be_visible()
