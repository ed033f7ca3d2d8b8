"""Two books of one cell dropped on `tong-hop`, or handed in: joined by one button, after a choice where they clash."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from playwright.sync_api import Page, expect

from builders import a_book, a_meeting, an_info, some_members
from chibo.comparing import fingerprint_of
from chibo.engine.sources import find_uploads
from chibo.model import CellBook, Period
from chibo.office.lineage.keeping import kept_copies, short_name
from chibo.office.memory import Memory
from chibo.office.memory.history import history_of
from chibo.office.memory.periods import open_period
from chibo.office.memory.submitting import submit
from chibo.register import Role
from chibo.workbook import read_book, write_book
from chibo.workbook.sealing import read_seal
from handed_books import handed_over
from memory.offices_in_memory import a_register, an_office, as_user
from serving import Server, start_server, wait_until_ready

FIRST, SECOND = "Sổ sinh hoạt CB01 2026.xlsx", "Sổ sinh hoạt CB01 2026 (bí thư sửa).xlsx"
MARCH = Period(2026, 3, 3)
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
CUT_OFF = """[...document.querySelectorAll('.cb-board-unit, .cb-board-unit button, .cb-board-unit li')]
    .filter(part => part.getBoundingClientRect().right > innerWidth).map(part => part.className)"""
BASE = a_book(a_meeting("2026-02"), a_meeting(), info=an_info(cell_name="Chi bộ Phòng số 1"), members=some_members(10))


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    people = (("ban", Role.BOARD, ""),)
    opened, _ = an_office(tmp_path_factory.mktemp("joining") / "vp", date.today(), a_register(people=people))
    return opened


@pytest.fixture(scope="module")
def pages(memory: Memory) -> Iterator[Server]:
    assert memory.library.office is not None
    running = start_server(memory.library.office, "--as", "ban")
    yield running
    running.stop()


def changed(**values: object) -> CellBook:
    return evolve(BASE, meetings=(BASE.meetings[0], evolve(BASE.meetings[1], **values)))


@pytest.fixture
def two(memory: Memory, tmp_path: Path) -> list[str]:
    """Two workbooks made from one that the office handed out; both say otherwise when the March meeting ended."""
    seal = read_seal(handed_over(write_book(BASE, memory.library), memory.library))
    assert seal is not None
    books = {
        FIRST: changed(ends_at=time(15, 40), opinions=6),
        SECOND: changed(ends_at=time(15, 50), venue="Phòng họp tầng 2", speakers=4),
    }
    for name, book in books.items():
        data = handed_over(write_book(book, memory.library), memory.library, parent=seal.digest)
        (tmp_path / name).write_bytes(data)
    return [str(tmp_path / name) for name in books]


def test_two_books_of_a_cell_become_one_that_counts(
    page: Page, pages: Server, two: list[str], memory: Memory, picture: Callable[..., Path]
) -> None:
    page.goto(pages.page("tong-hop"))
    wait_until_ready(page)
    page.locator(".cb-intake input[type=file]:not([webkitdirectory])").set_input_files(two)
    expect(page.get_by_text("Đã đọc 2 tệp: nhận 0, từ chối 2.")).to_be_visible(timeout=180_000)
    page.get_by_label("Tháng", exact=True).select_option("3")
    page.get_by_label("Năm", exact=True).select_option("2026")
    page.locator("tbody .cb-board-open").first.click()
    panel = page.locator(".cb-board-unit")
    offered = panel.get_by_role("button", name="Gộp hai sổ…")
    expect(offered).to_be_visible()
    panel.evaluate("node => node.scrollIntoView({ block: 'center' })")
    offered.scroll_into_view_if_needed()
    picture(page, "tong-hop-hai-so")
    offered.focus()
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("Có 1 chỗ hai sổ sửa khác nhau")
    expect(panel).to_contain_text(f"bản gốc 15:30; «{FIRST}» ghi 15:40; «{SECOND}» ghi 15:50")
    panel.get_by_role("button", name="Chưa gộp").scroll_into_view_if_needed()
    picture(page, "tong-hop-hai-so-chon")
    page.set_viewport_size({"width": 360, "height": 740})
    panel.get_by_role("button", name="Chưa gộp").scroll_into_view_if_needed()
    picture(page, "tong-hop-hai-so-chon-360")
    assert page.evaluate(TOO_WIDE) is False
    assert page.evaluate(CUT_OFF) == []
    page.set_viewport_size({"width": 1366, "height": 768})
    panel.get_by_role("button", name=f"Giữ theo «{SECOND}»").click()
    expect(panel.get_by_role("heading", level=2)).to_have_text("Chi bộ Phòng số 1")
    expect(panel.locator(".cb-unit-head")).to_be_focused()
    expect(panel).to_contain_text(f"Sổ này gộp từ «{SECOND}» và «{FIRST}»")
    expect(page.get_by_text("Đã đọc 2 tệp: nhận 2, từ chối 0.")).to_be_visible()
    expect(page.locator("tbody tr").first).to_contain_text("05/03/2026")
    panel.evaluate("node => node.scrollIntoView({ block: 'center' })")
    picture(page, "tong-hop-da-gop")
    page.set_viewport_size({"width": 360, "height": 740})
    panel.get_by_role("button", name="Trở lại hai sổ").evaluate("node => node.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(400)
    picture(page, "tong-hop-da-gop-360")
    assert page.evaluate(TOO_WIDE) is False
    assert page.evaluate(CUT_OFF) == []
    page.set_viewport_size({"width": 1366, "height": 768})
    with page.expect_download() as download:
        panel.get_by_role("button", name="Tải sổ đã gộp").click()
    assert download.value.suggested_filename == "Sổ sinh hoạt CB01 2026 (bí thư sửa) (đã gộp).xlsx"
    book = read_book(Path(download.value.path()).read_bytes(), "so.xlsx", memory.library).book
    assert book is not None
    march = book.meetings[1]
    assert (march.ends_at, march.opinions, march.speakers) == (time(15, 50), 6, 4)
    panel.get_by_role("button", name="Trở lại hai sổ").click()
    expect(page.get_by_text("Đã đọc 2 tệp: nhận 0, từ chối 2.")).to_be_visible()
    expect(panel).to_contain_text(re.compile("Hai sổ cùng sửa từ một bản"))
    grown = short_name(fingerprint_of(book))
    for _ in range(200):  # the copies of what somebody has are kept beside the page
        copies = [copy for copy in kept_copies(memory.library.office, "CB01", 2026) if copy.name == grown]
        if len(copies) == 2:
            break
        page.wait_for_timeout(50)
    assert [copy.path.read_bytes() for copy in copies] == [Path(download.value.path()).read_bytes()] * 2


@pytest.fixture
def handed_in(memory: Memory, two: list[str]) -> None:
    """The two workbooks as the office took them in, one after the other, for March."""
    board = as_user(memory, "ban")
    open_period(board, MARCH, due_on=date.today() + timedelta(days=10))
    for path in map(Path, two):
        [one] = submit(board, find_uploads([(path.name, path.read_bytes())]), MARCH)
        assert one.edition is not None


@pytest.mark.usefixtures("handed_in")
def test_two_versions_that_were_handed_in_become_one_that_is_in_use(
    page: Page, pages: Server, memory: Memory, picture: Callable[..., Path]
) -> None:
    page.goto(pages.page("tong-hop"))
    wait_until_ready(page)
    page.get_by_role("button", name="Tổng hợp từ sổ đã nộp").click()
    told = page.locator(".cb-office-told")
    expect(told).to_contain_text("không bản nào có đủ chỗ sửa của bản kia (1 chi bộ): CB01")
    told.evaluate("node => node.scrollIntoView({ block: 'center' })")
    picture(page, "tong-hop-hai-ban-van-phong")
    page.get_by_role("button", name="Chi bộ Phòng số 1").first.click()
    panel = page.locator(".cb-board-unit")
    offered = panel.get_by_role("button", name="Gộp hai bản…")
    panel.evaluate("node => node.scrollIntoView({ block: 'center' })")
    expect(offered).to_be_visible()
    picture(page, "tong-hop-hai-ban")
    offered.click()
    panel.get_by_role("button", name=f"Giữ theo «{FIRST}»").click()
    send = panel.get_by_role("button", name="Nộp sổ đã gộp")
    expect(send).to_be_visible()
    picture(page, "tong-hop-hai-ban-gop")
    page.set_viewport_size({"width": 360, "height": 740})
    send.evaluate("node => node.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(400)
    picture(page, "tong-hop-hai-ban-gop-360")
    assert page.evaluate(TOO_WIDE) is False
    assert page.evaluate(CUT_OFF) == []
    page.set_viewport_size({"width": 1366, "height": 768})
    send.click()
    expect(panel).to_contain_text("Đã nộp sổ gộp cho tháng 3/2026")
    panel.evaluate("node => node.scrollIntoView({ block: 'center' })")
    picture(page, "tong-hop-hai-ban-nop")
    expect(told).not_to_contain_text("không bản nào có đủ")
    current = history_of(as_user(memory, "ban"), "CB01", MARCH).current
    assert current is not None
    book = read_book(memory.store.files.read(current.content_hash), "so.xlsx", memory.library).book
    assert book is not None
    march = book.meetings[1]
    assert (march.ends_at, march.opinions, march.speakers) == (time(15, 40), 6, 4)
