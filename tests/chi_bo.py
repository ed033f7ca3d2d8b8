"""The page `chi-bo` as the browser tests handle it, and the books they bring to it."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen
from playwright.sync_api import Locator, Page, expect

from builders import a_book, a_meeting, a_roll_call, an_info, some_members
from chibo.model import CellBook
from chibo.workbook import read_book, write_book
from desks import library
from tables import xlsx

FOREIGN_SHEETS = {
    "Thông tin": """
        | SỔ SINH HOẠT CHI BỘ
        | Mã chi bộ | CB07
        | Tên chi bộ | Chi bộ Phòng Tổng hợp
        | Mã đảng bộ cơ sở | DB02
        | Tên đảng bộ cơ sở | Đảng bộ Sở Sông Xanh
        | Loại hình | Cơ quan hành chính
        | Năm | n:2026
        | Có chi ủy | Có
        | Bí thư | Nguyễn Lá Biếc
        | Bí thư là thủ trưởng đơn vị | Không
        | Phó bí thư | Trần Mây Trắng
    """,
    "Đảng viên": """
        | TT | Mã đảng viên | Họ và tên | Chức vụ Đảng | Tư cách | Tình trạng | Ngày sinh
        | n:1 | DV01 | Nguyễn Lá Biếc | Bí thư | Chính thức | Sinh hoạt | d:1975-02-03
        | n:2 | DV02 | Trần Mây Trắng | Phó bí thư | Chính thức | Sinh hoạt | d:1980-02-03
        | n:3 | DV03 | Lê Nắng Sớm |  | Chính thức | Sinh hoạt | d:1985-02-03
    """,
    "Sinh hoạt": """
        | Mã kỳ | Loại | Ngày họp | Bắt đầu | Kết thúc | Đảng số | Có mặt | Vắng có lý do | Số đảng viên phát biểu
        | 2026-01 | Thường kỳ | d:2026-01-05 | 14h | 15h30 | n:3 | n:3 | n:0 | n:3
        | 2026-02 | Thường kỳ | d:2026-02-05 | 15:30 | 14:00 | n:3 | n:2 | n:1 | n:9
    """,
    "Ghi chép riêng": """
        | Việc cần nhớ
        | Mua hoa
    """,
}
"""A book by another hand: a column and a sheet of its own, and a meeting that ends before it starts."""


def foreign_file(folder: Path) -> Path:
    """A workbook that Chibo did not make."""
    target = folder / "Sổ cũ của chi bộ.xlsx"
    target.write_bytes(xlsx(FOREIGN_SHEETS))
    return target


def own_book() -> CellBook:
    """A book whose March meeting was held, with its roll call still to be called and its score to be given."""
    march = a_meeting("2026-03", membership=None, present=None, excused=None, unexcused=None, speakers=None)
    return a_book(
        a_meeting("2026-02"),
        march,
        info=an_info(supervisor="Người Phụ Trách"),
        members=some_members(6),
        roll_call=a_roll_call({"2026-02": "XXXXXP"}),
    )


def own_file(folder: Path) -> Path:
    """The book as Chibo writes it."""
    target = folder / "Sổ sinh hoạt CB01 2026.xlsx"
    target.write_bytes(write_book(own_book(), library()))
    return target


_FORMS_OF_MONTH = """month => ["[data-field] [id^='cb-20']", ".cb-roll-list [id^='cb-roll-20']"].every(
    fields => [...document.querySelectorAll(fields)].filter(field => field.offsetParent)
        .every(field => field.id.match(/20\\d\\d-(\\d\\d)/)[1] === month))"""


@frozen
class Desk:
    """The page in front of a member of staff."""

    page: Page

    def choose(self, file: Path) -> None:
        """Choose a file in the opening panel."""
        self.page.set_input_files(".cb-drop input[type=file]", file)

    def open(self, file: Path) -> None:
        """Choose a file and wait until it was read."""
        self.choose(file)
        self.read()

    def read(self) -> Locator:
        """What was read of the book, once it is there."""
        summary = self.page.locator(".cb-summary")
        expect(summary).to_be_visible()
        return summary

    def resumed(self) -> None:
        """Wait until the page has taken up a draft."""
        expect(self.page.locator(".cb-said")).to_contain_text("Đã mở lại bản đang làm")

    def step(self, number: int) -> None:
        """Go to a step."""
        self.page.locator(".cb-steps button").nth(number - 1).click()
        expect(self.page.locator(".cb-steps li").nth(number - 1)).to_have_class("cb-now")

    def month(self, number: int) -> None:
        """Look at a month."""
        month = self.page.locator(".cb-month").nth(number - 1)
        month.click()
        expect(month).to_have_attribute("aria-current", "true")
        self.page.wait_for_function(_FORMS_OF_MONTH, arg=f"{number:02}")  # each form is drawn when its own news comes

    def type(self, field: str, text: str) -> None:
        """Type into a field of the meeting form, and leave it."""
        box = self.page.locator(f"[data-field={field}] input[type=text], [data-field={field}] textarea")
        box.fill(text)
        box.press("Tab")

    def member(self, name: str) -> Locator:
        """A row of the roll call."""
        return self.page.get_by_role("group", name=name, exact=True)

    def criterion(self, code: str) -> Locator:
        """A row of the score form."""
        return self.page.locator(f"[id='cb-crit-{code}']")

    def give(self, code: str, points: str) -> None:
        """Give points to a criterion with its buttons, or its field where it has none."""
        row = self.criterion(code)
        row.wait_for()
        buttons = row.locator(f"input[type=radio][value='{points}']")
        if buttons.count():
            buttons.click()  # `check` would not wait for what the page was drawing meanwhile
            expect(buttons).to_be_checked()
        else:
            row.locator("input[type=text]").fill(points.replace(".", ","))
            row.locator("input[type=text]").press("Enter")
        expect(row.locator(".cb-crit-points b")).to_have_text(points.replace(".", ","))

    def give_the_rest(self) -> None:
        """Give full points to every criterion that is still open."""
        self.criterion("1").wait_for()
        for code in self.page.locator(".cb-crit.cb-open").evaluate_all("rows => rows.map(row => row.id)"):
            name = code.removeprefix("cb-crit-")
            most = self.criterion(name).locator(".cb-crit-points small").inner_text()
            self.give(name, most.strip(" /").replace(",", "."))

    def total(self) -> Locator:
        """The total in the bar at the foot."""
        return self.page.locator(".cb-total")

    def download(self, folder: Path) -> Path:
        """Download the book in step 4; the file keeps the name that the page gave it."""
        with self.page.expect_download() as caught:
            self.page.get_by_role("button", name="Tải sổ về (.xlsx)").click()
        target = folder / "tai-ve" / caught.value.suggested_filename
        caught.value.save_as(target)
        return target


def book_in(file: Path) -> CellBook:
    """The book that a file holds."""
    book = read_book(file.read_bytes(), file.name, library()).book
    assert book is not None
    return book
