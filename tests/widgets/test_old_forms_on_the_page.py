"""On `chi-bo`: a book of an earlier form is moved by one button, and a returned file is named as one."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cell_browser import TODAY, Browser
from chi_bo import FOREIGN_SHEETS
from chibo.engine.answers import MovedBook
from chibo.findings import Finding
from chibo.model import Period, Place
from chibo.office import migrating
from chibo.office.memory import Memory
from chibo.office.memory.book_parts import look_at
from chibo.office.memory.periods import open_period
from chibo.office.memory.sending_back import send_back, sent_copy
from chibo.office.memory.submitting import hand_in
from chibo.office.returning import marked_copy
from chibo.register import Role
from chibo.submissions import Reason
from chibo.workbook import Reading
from chibo.workbook.intake.kinds import MEMORY
from chibo_widgets.cell import CellPage
from desks import library
from memory.offices_in_memory import a_register, an_office, as_user
from old_excel import xls
from old_layout import OLD_BOOK, with_earlier
from old_text import DOUBTFUL
from processes import no_worker, start_by
from tables import a_workbook, xlsx

OLD = xlsx(OLD_BOOK)


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """A page of an office whose layout has an earlier version."""
    earlier = with_earlier(tmp_path)
    return Browser(page=CellPage(earlier, "vi", today=lambda: TODAY))


@pytest.fixture
def old(browser: Browser) -> Browser:
    browser.upload(OLD, "Sổ 2026.xlsx")
    return browser


def summary(browser: Browser) -> dict[str, Any]:
    found: dict[str, Any] = browser.view("opener")["summary"]
    return found


def test_a_book_of_an_old_layout_is_named_calmly_with_the_way_on(old: Browser) -> None:
    move = summary(old)["move"]
    assert move["title"] == "Sổ này theo mẫu cũ (phiên bản 0; mẫu đang dùng là 1)"
    assert "Tệp «Sổ 2026.xlsx» giữ nguyên" in move["text"]
    assert (move["button"], move["ready"]) == ("Chuyển sang mẫu mới", True)
    assert summary(old)["moved"] is None
    [finding] = [row for row in old.view("findings_list")["rows"] if row["code"] == "LAYOUT_OLD"]
    assert "«Chuyển sang mẫu mới»" in finding["mend"]


def test_a_book_that_is_not_moved_since_none_can_be_read_stays_and_says_so(
    old: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    old.go(go="language", language="en")
    start_by(monkeypatch, no_worker)
    before = old.book
    old.act(act="move")
    assert old.said.startswith("No separate process")
    assert old.book == before


def test_the_button_goes_on_with_the_new_book_and_lists_what_did_not_move(old: Browser) -> None:
    old.act(act="move")
    assert old.said == "Đã chuyển sang sổ mới «Sổ 2026 (sổ mới).xlsx». Chưa chuyển được 6 chỗ, kể ở dưới."
    shown = summary(old)
    assert shown["move"] is None
    assert str(shown["unit"]).startswith("Sổ 2026 (sổ mới).xlsx · Chi bộ Văn phòng")
    moved = shown["moved"]
    assert moved["line"] == "Đã chuyển: 2 đảng viên, 2 buổi sinh hoạt, và những gì đọc được ở các trang khác."
    assert moved["left"] == "Chưa chuyển được 6 chỗ; xem lại và ghi tay nếu cần:"
    told = [{key: row[key] for key in ("sheet", "cell", "value")} for row in moved["rows"]]
    assert {"sheet": "Danh sách", "cell": "F3", "value": "Xã Hạ"} in told
    assert told[-1] == {"sheet": "Nháp", "cell": "cả trang", "value": "2 ô có nội dung"}
    assert "LAYOUT_OLD" not in [row["code"] for row in old.view("findings_list")["rows"]]
    old.go(go="step", step=4)
    saving = old.view("saving")
    assert (saving["name"], saving["lost"]) == ("Sổ 2026 (sổ mới).xlsx", [])
    assert saving["lead"].startswith("Đây là sổ mới, chuyển từ tệp «Sổ 2026.xlsx»")
    assert saving["lead"].endswith("Tệp «Sổ 2026.xlsx» giữ nguyên.")


def test_each_place_that_is_left_opens_in_the_old_file(old: Browser) -> None:
    old.act(act="move")
    number = old.view("opener")["list"]
    assert number == old.view("findings_list")["list"]
    for row in summary(old)["moved"]["rows"]:
        old.go(go="look", list=number, finding=row["number"], place=row["spots"][0])
        look = old.view("look")
        assert (look["title"], look["file"]) == ("Chưa chuyển sang sổ mới", "Sổ 2026.xlsx")
        here = [cell for line in look["grid"]["rows"] for cell in line["cells"] if isinstance(cell, dict)]
        shown = [cell["text"] for cell in here if cell.get("here")]
        assert shown == ([row["value"]] if row["cell"] != "cả trang" else []), row
    [note] = [row for row in old.view("findings_list")["rows"] if row["number"] == 0]
    old.go(go="look", list=number, finding=note["number"], place=0)
    assert old.view("look")["file"] == "Sổ 2026 (sổ mới).xlsx"


def test_what_is_left_is_told_in_english_too(old: Browser) -> None:
    old.act(act="move")
    old.go(go="language", language="en")
    moved = summary(old)["moved"]
    assert moved["line"] == "Moved: 2 members, 2 meetings, and what could be read of the other sheets."
    assert moved["left"] == "6 places could not be moved; look at them and write by hand where needed:"
    assert moved["rows"][-1]["value"] == "2 filled cells"


def test_a_long_list_is_cut_in_words_and_a_long_text_too(browser: Browser) -> None:
    rows = "\n".join(f"    | n:{n} | DV{n:04} | Người {n} | Chính thức | Sinh hoạt | ghi {n} |" for n in range(1, 701))
    head = "    | TT | Số hiệu | Tên đồng chí | Chính thức/Dự bị | Tình trạng | Quê quán |\n"
    browser.upload(xlsx({**OLD_BOOK, "Danh sách": f"{head}{rows}\n    | | | | | | {'x' * 999} |"}))
    browser.act(act="move")
    moved = summary(browser)["moved"]
    assert len(moved["rows"]) == 500
    assert "và 204 chỗ nữa" in moved["more"]
    assert "chibo migrate" in moved["more"]
    assert max(len(row["value"]) for row in moved["rows"]) <= 301
    assert "Chưa chuyển được 704 chỗ" in moved["left"]


def test_moving_is_taken_back_like_any_act(old: Browser) -> None:
    old.act(act="move")
    assert "chuyển sang sổ mới" in old.view("head")["undo"]
    old.act(act="undo")
    assert summary(old)["move"]["ready"]
    assert summary(old)["moved"] is None


def test_an_open_look_at_the_old_file_closes_when_the_new_one_comes(old: Browser) -> None:
    row = next(row for row in old.view("findings_list")["rows"] if row["code"] == "DATE_UNREADABLE")
    old.go(go="look", list=old.view("findings_list")["list"], finding=row["number"], place=0)
    assert old.view("look")["file"] == "Sổ 2026.xlsx"
    old.act(act="move")
    assert old.view("look") == {}


def test_the_draft_of_moved_work_begins_at_the_old_file_and_is_all_there_again(old: Browser) -> None:
    old.act(act="record", meeting="2026-03", field="venue", value="Phòng họp")
    old.act(act="move")
    old.act(act="record", meeting="2026-03", field="ends_at", value="15h45")
    begun = copy.deepcopy(next(one["begin"] for one in old.drafts() if "begin" in one))
    begun.pop("title")
    acts = [
        {"act": "record", "meeting": "2026-03", "field": "venue", "value": "Phòng họp", "on": "2026-04-15"},
        {"act": "move", "on": "2026-04-15"},
        {"act": "record", "meeting": "2026-03", "field": "ends_at", "value": "15h45", "on": "2026-04-15"},
    ]
    before = old.book
    again = Browser(page=CellPage(old.page._library, "vi", today=lambda: TODAY))
    again.page.opener.received({"restore": {**begun, "acts": acts}}, [memoryview(OLD)])
    assert again.book == before
    assert summary(again)["moved"]["left"].startswith("Chưa chuyển được 6 chỗ")


def test_a_book_that_cannot_be_moved_is_told_in_words_and_stays_open(
    old: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: Finding = MEMORY.at(Place("Sổ 2026.xlsx"), expected=400, of_book=True)
    monkeypatch.setattr(migrating, "move_one", lambda *_: MovedBook(Reading(file="Sổ 2026.xlsx", findings=(found,))))
    before = old.book
    old.act(act="move")
    assert old.said.startswith("Chưa chuyển được sang sổ mới; sổ đang mở vẫn như cũ. Không chuyển được «Sổ 2026.xlsx»")
    assert old.book == before
    assert summary(old)["move"]["ready"]


def test_a_half_file_after_the_move_leaves_the_new_book_open(old: Browser) -> None:
    old.act(act="move")
    before = old.book
    old.go(go="step", step=1, other=True)
    old.upload(OLD[: len(OLD) // 2], "Nửa sổ.xlsx")
    assert "Nửa sổ.xlsx" in old.view("opener")["refusal"]["title"]
    assert old.book == before
    old.go(go="step", step=1)
    assert summary(old)["moved"]["rows"]


def test_a_book_of_the_present_form_has_nothing_to_move(browser: Browser) -> None:
    browser.upload(a_workbook())
    assert (summary(browser)["move"], summary(browser)["moved"]) == (None, None)
    before = browser.book
    browser.act(act="move")
    assert browser.book is before
    browser.go(go="sample")
    assert summary(browser)["move"] is None


def test_a_file_of_old_excel_is_moved_the_same_way(browser: Browser) -> None:
    browser.upload(xls(FOREIGN_SHEETS), "so.xls")
    move = summary(browser)["move"]
    assert (move["title"], move["button"]) == ("Tệp này thuộc loại không ghi thêm vào được", "Chuyển sang sổ mới")
    browser.act(act="move")
    moved = summary(browser)["moved"]
    first = moved["rows"][0]
    assert (first["sheet"], first["cell"], first["value"]) == ("Đảng viên", "G1", "Ngày sinh")
    browser.go(go="look", list=browser.view("opener")["list"], finding=first["number"], place=0)
    assert browser.view("look")["grid"] is not None
    last = moved["rows"][-1]
    assert (last["sheet"], last["cell"], last["value"]) == ("Ghi chép riêng", "cả trang", "2 ô có nội dung")


def test_doubtful_text_is_asked_for_before_the_button_is_there(browser: Browser) -> None:
    sheets = {"Thông tin": OLD_BOOK["Bìa sổ"], "Đảng viên": DOUBTFUL, "Sinh hoạt": OLD_BOOK["Buổi họp"]}
    browser.upload(xls(sheets), "so.xls")
    assert summary(browser)["move"]["ready"] is False
    browser.act(act="read-text", answer="tcvn3")
    assert summary(browser)["move"]["ready"] is True
    browser.act(act="move")
    assert browser.book.members[0].note.startswith("Quyết")
    assert summary(browser)["text"] is None


# ── a file that was returned ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_returned_file_is_named_as_one_with_what_to_do() -> None:
    marked = marked_copy(xlsx(FOREIGN_SHEETS), "so.xlsx", library(), TODAY)
    assert marked.data is not None
    browser = Browser()
    browser.upload(marked.data)
    returned = summary(browser)["returned"]
    assert returned["title"] == "Tệp này đã được trả lại; lúc ấy có 2 chỗ phải sửa, 2 chỗ cần xem lại"
    assert "tải sổ về ở bước 4" in returned["lead"]
    assert (returned["list"], returned["asked"]) == ("4 chỗ Chibo đã đánh dấu khi trả lại", [])
    assert returned["rows"][0]["place"] == "Trang Sinh hoạt, ô E3"
    browser.upload(a_workbook())
    assert summary(browser)["returned"] is None


MARCH = Period(2026, 3, 3)
DAY = date(2026, 4, 3)
PEOPLE = (("nop1", Role.SUBMITTER, "CB01"), ("xem", Role.REVIEWER, "DB01"), ("ban", Role.BOARD, ""))


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """An office in April whose layout has an earlier version."""
    home = tmp_path / "vp"
    opened, _ = an_office(home, DAY, a_register(people=PEOPLE))
    opened = Memory(with_earlier(home), opened.store, opened.user)
    open_period(as_user(opened, "ban"), MARCH)
    return opened


@pytest.fixture
def of_cell(memory: Memory) -> Callable[[bytes], Browser]:
    """The page in the hands of the cell, a book open."""

    def opened(data: bytes) -> Browser:
        own = as_user(memory, "nop1")
        browser = Browser(page=CellPage(memory.library, today=lambda: DAY, door=lambda: own))
        browser.upload(data, "Sổ 2026.xlsx")
        return browser

    return opened


def handed(browser: Browser) -> dict[str, Any]:
    """The period looked at in the step that hands in."""
    browser.go(go="step", step=5)
    now: dict[str, Any] = browser.view("handing")["now"]
    return now


def differences(browser: Browser) -> list[tuple[str, str, str]]:
    browser.go(go="compare")
    rows = browser.view("handing")["now"]["changes"]["rows"]
    return [(row["column"], row["before"], row["after"]) for row in rows]


@pytest.mark.parametrize("moves", [False, True], ids=["as it is", "moved"])
def test_a_book_of_an_old_layout_is_compared_with_what_was_handed_in(
    memory: Memory, of_cell: Callable[[bytes], Browser], moves: bool
) -> None:
    first = look_at(OLD, "Sổ 2026.xlsx", memory.library, memory.today)
    [receipt] = hand_in(as_user(memory, "nop1"), "Sổ 2026.xlsx", first, MARCH)
    assert receipt.edition is not None
    browser = of_cell(OLD)
    if moves:
        browser.act(act="move")
    browser.act(act="record", meeting="2026-03", field="ends_at", value="15h45")
    now = handed(browser)
    assert now["act"]["kind"] == "again"
    assert differences(browser) == [("Phiên bản mẫu", "", "1"), ("Giờ kết thúc", "15:30", "15:45")]
    browser.go(go="hand-in", period="2026-03")
    assert "biên nhận số 2" in browser.said


def test_a_reviewers_words_stand_open_on_the_page_that_opens_the_returned_file(
    memory: Memory, of_cell: Callable[[bytes], Browser]
) -> None:
    browser = of_cell(OLD)
    handed(browser)
    browser.go(go="hand-in", period="2026-03")
    reviewer = as_user(memory, "xem")
    why = Reason(text="sai giờ", sheet="Sinh hoạt", address="E5")
    send_back(reviewer, "CB01", MARCH, reasons=[why], note="xem lại cả sổ")
    again = of_cell(sent_copy(as_user(memory, "nop1"), "CB01", MARCH, "xem lại"))
    returned = summary(again)["returned"]
    assert [row["text"] for row in returned["asked"]] == [
        "Người thẩm định trả lại sổ: xem lại cả sổ",
        "Người thẩm định: sai giờ",
    ]
    assert "nộp lại ở bước 5" in returned["lead"]
