"""A book that somebody else handed in meanwhile: one button of `chi-bo` merges both, and the rest is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from playwright.sync_api import Page, expect

from builders import a_book, a_meeting, an_info, some_members
from chi_bo import Desk
from chibo.engine.sources import find_uploads
from chibo.model import CellBook, Mark, MeetingCode, Period, RollCall, ScoreSheet
from chibo.office.memory import Memory
from chibo.office.memory.history import history_of
from chibo.office.memory.periods import open_period
from chibo.office.memory.submitting import submit
from chibo.register import Role
from chibo.workbook import write_book
from chibo.workbook.sealing import read_seal
from handed_books import handed_over
from memory.offices_in_memory import Noon, a_register, an_office, as_user
from serving import Server, start_server, wait_until_ready

MARCH = Period(2026, 3, 3)
PEOPLE = (("nop1", Role.SUBMITTER, "CB01"), ("xem", Role.REVIEWER, "DB01"), ("ban", Role.BOARD, ""))
NAME = "Sổ sinh hoạt CB01 2026"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
"""Whether the page itself has to be pushed sideways."""
ONE_LINE = 60
"""Pixels that the steps take at most where they stand in one line."""
CUT_NAMES = """[...document.querySelectorAll('.cb-handing-log td')].filter(cell => {
    const range = document.createRange(), text = cell.firstChild;
    if (!text || text.nodeType !== Node.TEXT_NODE) return false;
    return [...text.data.matchAll(/[^\\s-]+/g)].some(word => {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        return new Set([...range.getClientRects()].map(line => line.top)).size > 1;
    });
}).map(cell => cell.textContent)"""
"""Cells of the history in which a word stands on two lines."""
CUT_OFF = """[...document.querySelectorAll('.cb-handing .cb-panel, .cb-merged > *')]
    .filter(part => part.getBoundingClientRect().right > innerWidth).map(part => part.className)"""
"""Parts of the step that stand beyond the window, where nobody can push them into sight."""


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    """An office that has the book of a cell, for which March is due in ten days."""
    opened, clock = an_office(tmp_path_factory.mktemp("merging") / "vp", date.today(), a_register(people=PEOPLE))
    clock.day = date(2026, 3, 28)
    open_period(as_user(opened, "ban"), MARCH, due_on=date.today() + timedelta(days=10))
    clock.day = date.today() - timedelta(days=1)
    return opened


@pytest.fixture(scope="module")
def pages(memory: Memory) -> Iterator[Server]:
    assert memory.library.office is not None
    running = start_server(memory.library.office, "--as", "nop1")
    yield running
    running.stop()


def handed_in(memory: Memory, book: CellBook, name: str, folder: Path, parent: str = "") -> Path:
    """A book as somebody hands it in."""
    target = folder / name
    target.write_bytes(handed_over(write_book(book, memory.library), memory.library, parent=parent))
    [one] = submit(as_user(memory, "nop1"), find_uploads([(name, target.read_bytes())]), MARCH)
    assert one.edition is not None
    return target


def changed(book: CellBook, **values: object) -> CellBook:
    return evolve(book, meetings=(book.meetings[0], evolve(book.meetings[1], **values)))


@pytest.fixture
def desk(page: Page, pages: Server, memory: Memory, tmp_path: Path) -> Desk:
    """A book that its member of staff changes while somebody else hands in another version of it."""
    base = a_book(
        a_meeting("2026-02"), a_meeting(), info=an_info(cell_name="Chi bộ Phòng số 1"), members=some_members(10)
    )
    file = handed_in(memory, base, f"{NAME}.xlsx", tmp_path)
    page.goto(pages.page("chi-bo"))
    wait_until_ready(page)
    desk = Desk(page)
    desk.open(file)
    seal = read_seal(file.read_bytes())
    assert seal is not None
    (tmp_path / "khac").mkdir()
    theirs = changed(base, ends_at=time(15, 50), venue="Phòng họp tầng 2", speakers=4)
    handed_in(memory, theirs, f"{NAME}.xlsx", tmp_path / "khac", parent=seal.digest)
    desk.step(2)
    desk.month(3)
    desk.type("ends_at", "15h40")
    desk.type("starts_at", "14h10")
    desk.step(5)
    return desk


def test_one_button_merges_what_somebody_else_changed_and_the_book_is_handed_in(
    desk: Desk, memory: Memory, picture: Callable[..., Path]
) -> None:
    page = desk.page
    offered = page.get_by_role("button", name="Gộp với bản đang dùng…")
    expect(page.locator(".cb-handing-act")).to_contain_text("đã có người sửa sổ")
    picture(page, "chi-bo-co-ban-khac")
    offered.focus()
    page.keyboard.press("Enter")
    merged = page.locator(".cb-merged")
    expect(merged).to_contain_text("Nhận thêm 2 chỗ của sổ kia. Có 1 chỗ hai bên sửa khác nhau.")
    expect(merged.locator("tbody tr").first).to_have_text(
        "Sinh hoạt2026-03Giờ kết thúc15:3015:4015:50Sinh hoạt!Q7Sinh hoạt!Q7"
    )
    expect(offered).to_have_count(0)
    expect(page.get_by_role("button", name="Xem khác gì bản đã nộp")).to_be_focused()
    page.get_by_role("button", name="Đóng").click()
    picture(page, "chi-bo-da-gop", document=True)
    merged.get_by_text("Xem 2 chỗ đã nhận").click()
    expect(merged.get_by_role("region", name="Nhận thêm 2 chỗ")).to_contain_text("Phòng họp tầng 2")
    picture(page, "chi-bo-da-gop-mo", full_page=True)
    merged.get_by_role("button", name="Giờ kết thúc").click()
    expect(page.locator("#cb-2026-03-ends_at")).to_be_focused()
    picture(page, "chi-bo-gop-toi-o-nhap")
    desk.step(5)
    expect(page.locator(".cb-handing-log tbody tr")).to_have_count(2)
    page.set_viewport_size({"width": 360, "height": 740})
    picture(page, "chi-bo-da-gop-360", full_page=True)
    assert page.evaluate("document.querySelector('.cb-steps').getBoundingClientRect().height") < ONE_LINE
    assert page.evaluate(CUT_NAMES) == []
    expect(page.get_by_role("button", name="2 · Ghi buổi sinh hoạt")).to_be_visible()
    assert page.evaluate(TOO_WIDE) is False
    assert page.evaluate(CUT_OFF) == []
    page.set_viewport_size({"width": 1366, "height": 768})
    page.get_by_role("button", name="Hoàn tác").click()
    expect(merged).to_have_count(0)
    offered.click()
    expect(merged).to_be_visible()
    desk.step(2)
    desk.month(3)
    desk.type("ends_at", "15:50")
    expect(page.locator(".cb-saved")).to_contain_text("Đã lưu")
    page.reload()
    wait_until_ready(page)
    page.get_by_role("button", name="Làm tiếp").click()
    desk.resumed()
    desk.step(1)
    expect(desk.read()).to_contain_text(f"{NAME} (đã gộp).xlsx")
    desk.step(5)
    expect(merged).to_contain_text("Nhận thêm 2 chỗ")
    page.get_by_role("button", name="Xem khác gì bản đã nộp").click()
    expect(page.locator(".cb-handing-changes tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Xác nhận nộp lại").click()
    expect(page.locator(".cb-said")).to_contain_text("biên nhận số 3")
    current = history_of(as_user(memory, "nop1"), "CB01", MARCH).current
    assert current is not None
    assert current.receipt == 3


@pytest.fixture
def clashing(page: Page, pages: Server, memory: Memory, tmp_path: Path) -> Desk:
    """A book in which a member, official points and marks were changed, while somebody else did so in another one."""
    march = MeetingCode.parse("2026-03")
    base = a_book(a_meeting(), info=an_info(cell_name="Chi bộ Phòng số 1"), members=some_members(10))

    def version(note: str, points: str, mark: Mark) -> CellBook:
        first, *others = base.members
        return evolve(
            base,
            members=(evolve(first, note=note), *others),
            official_scores=ScoreSheet({march: {"2a": Decimal(points)}}),
            roll_call=RollCall({march: {"DV09": mark}}),
        )

    assert isinstance(memory.store.clock, Noon)
    memory.store.clock.day = date.today() + timedelta(days=1)  # after whatever else was handed in today
    given = handed_over(write_book(base, memory.library), memory.library)
    seal = read_seal(given)
    assert seal is not None
    theirs = version("Công tác ở xa", "3", Mark.PRESENT)
    handed_in(memory, theirs, f"{NAME} (phòng).xlsx", tmp_path, parent=seal.digest)
    mine = version("Nghỉ thai sản", "2", Mark.EXCUSED)
    file = tmp_path / f"{NAME} (mình).xlsx"
    file.write_bytes(handed_over(write_book(mine, memory.library), memory.library, parent=seal.digest))
    page.goto(pages.page("chi-bo"))
    wait_until_ready(page)
    desk = Desk(page)
    desk.open(file)
    desk.step(5)
    return desk


def test_what_the_page_has_no_field_of_names_its_cell_and_a_mark_leads_to_its_line(
    clashing: Desk, picture: Callable[..., Path]
) -> None:
    page = clashing.page
    page.get_by_role("button", name="Gộp với bản đang dùng…").click()
    merged = page.locator(".cb-merged")
    expect(merged.locator("tbody tr").filter(has_text="Đảng viên 1")).to_contain_text(
        "Trong Excel: trang Đảng viên, ô "
    )
    expect(merged.locator("tbody tr").filter(has_text="Thẩm định")).to_contain_text("Trong Excel: trang Thẩm định, ô ")
    expect(merged.get_by_role("button")).to_have_count(1)
    merged.evaluate("node => node.scrollIntoView()")
    picture(page, "chi-bo-gop-khong-o")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate(TOO_WIDE) is False
    page.set_viewport_size({"width": 1366, "height": 768})
    merged.get_by_role("button", name="2026-03").click()
    expect(page.locator(".cb-roll-row").filter(has_text="Đảng viên 9").locator("input:checked")).to_be_focused()
    picture(page, "chi-bo-gop-toi-dong")
