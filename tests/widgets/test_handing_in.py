"""The step of `chi-bo` that hands the book in, over a real office: what is shown, what is done, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

from cell_browser import Browser
from chibo.errors import ChiboError
from chibo.findings import Severity
from chibo.model import Period
from chibo.office.lineage.keeping import kept_copies
from chibo.office.lineage.sealing import seal_workbook
from chibo.office.memory import Memory
from chibo.office.memory.history import history_of
from chibo.office.memory.periods import close_period, except_unit, open_period
from chibo.office.memory.reviewing import decide
from chibo.office.memory.sending_back import send_back
from chibo.office.returning import marked_copy
from chibo.periods import UnitException
from chibo.register import Register, Role
from chibo.submissions import Reason, State, StepKind
from chibo.workbook import write_book
from chibo.workbook.marking import Mark
from chibo_widgets.cell import CellPage
from healthy import healthy_book
from memory.books_handed_in import FEBRUARY_ROW, MARCH_ROW, a_book
from memory.offices_in_memory import Noon, a_register, an_office, as_user, bring_in
from processes import no_worker, start_by

FEBRUARY, MARCH = Period(2026, 2, 2), Period(2026, 3, 3)
DAY = date(2026, 4, 3)
PEOPLE = (("nop1", Role.SUBMITTER, "CB01"), ("xem", Role.REVIEWER, "DB01"), ("ban", Role.BOARD, ""))
WHY = Reason(text="sai giờ", sheet="Sinh hoạt", address="E5")
BOOK = a_book(rows=f"{MARCH_ROW}\n{FEBRUARY_ROW}")


@pytest.fixture
def office(tmp_path: Path) -> tuple[Memory, Noon]:
    """An office in April, the period of March open, due on the fifth."""
    opened, clock = an_office(tmp_path / "vp", DAY, a_register(people=PEOPLE))
    open_period(as_user(opened, "ban"), MARCH)
    return opened, clock


@pytest.fixture
def memory(office: tuple[Memory, Noon]) -> Memory:
    return office[0]


@pytest.fixture
def clock(office: tuple[Memory, Noon]) -> Noon:
    return office[1]


@pytest.fixture
def at(memory: Memory) -> Callable[..., Browser]:
    """The page in the hands of somebody, a book open, at the step that hands it in."""

    def opened(user: str, data: bytes = BOOK, door: bool = True) -> Browser:
        own = as_user(memory, user)
        page = CellPage(memory.library, today=lambda: DAY, door=lambda: own if door else None)
        browser = Browser(page=page)
        browser.upload(data)
        browser.go(go="step", step=5)
        return browser

    return opened


def lines(browser: Browser) -> dict[str, str]:
    return {line["label"]: " ".join(line["lines"]) for line in browser.view("handing")["now"]["lines"]}


def note_texts(data: bytes) -> str:
    """Everything that stands in the notes of a workbook."""
    book = openpyxl.load_workbook(BytesIO(data))
    return " ".join(cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment)


def act(browser: Browser) -> str:
    return browser.view("handing")["now"]["act"]["kind"]


def test_a_book_is_handed_in_with_a_receipt_and_then_lies_with_the_reviewer(at, memory: Memory) -> None:
    browser = at("nop1")
    assert lines(browser)["Đang ở"] == "Chi bộ: Đồng chí nop1 số máy của nop1"
    assert lines(browser)["Hạn nộp"] == "05/04/2026; còn 2 ngày Tính đúng hạn đến hết 07/04/2026."
    assert act(browser) == "first"
    browser.go(go="hand-in", period="2026-03")
    assert "biên nhận số 1" in browser.said
    assert browser.drafts()[-1]["taken"]
    kept = history_of(as_user(memory, "ban"), "CB01", MARCH)
    assert kept.current is not None
    assert memory.store.files.read(kept.current.content_hash) == BOOK
    assert lines(browser)["Đang ở"].startswith("Người thẩm định: Đồng chí xem")
    assert "đúng hạn" in lines(browser)["Hạn nộp"]
    assert act(browser) == "same"
    browser.go(go="receipt", number=1)
    paper = {row["label"]: row["value"] for row in browser.view("receipt")["rows"]}
    assert paper["Dấu của tệp (SHA-256)"] == kept.current.content_hash
    assert browser.view("handing") == {}
    browser.go(go="print", off=True)
    assert browser.view("receipt") == {}
    assert browser.view("handing")["now"]["history"][0]["receipt"] == 1


def test_a_draft_left_at_this_step_comes_back_to_it_with_the_office_looked_at(at, memory: Memory) -> None:
    left = at("nop1")
    begun, data = next((one["draft"]["begin"], data) for one, data in left.sent if "begin" in one.get("draft", {}))
    own = as_user(memory, "nop1")
    later = Browser(page=CellPage(memory.library, today=lambda: DAY, door=lambda: own))
    draft = {key: begun[key] for key in ("id", "origin", "name", "form", "day")}
    restore = {**draft, "acts": [], "at": left.view("head")["at"]}
    later.page.opener.received({"restore": restore}, data)
    assert later.view("head")["step"] == 5
    assert act(later) == "first"


def test_what_came_back_shows_why_and_is_handed_in_again_after_a_look_at_the_differences(at, memory: Memory) -> None:
    browser = at("nop1")
    browser.go(go="hand-in", period="2026-03")
    send_back(as_user(memory, "xem"), "CB01", MARCH, reasons=[WHY])
    browser.go(go="step", step=5)
    assert act(browser) == "returned"
    assert browser.view("handing")["now"]["reasons"] == [{"place": "Trang Sinh hoạt, ô E5", "text": "sai giờ"}]
    browser.go(go="sent-copy")
    [(told, [copy])] = [(content["download"], data) for content, data in browser.sent if "download" in content]
    assert told["name"] == "so (cần sửa).xlsx"
    assert "sai giờ" in note_texts(copy)
    browser.act(act="record", meeting="2026-03", field="ends_at", value="15h40")
    browser.go(go="step", step=5)
    assert act(browser) == "again"
    browser.go(go="compare")
    changes = browser.view("handing")["now"]["changes"]
    assert [(row["row"], row["before"], row["after"]) for row in changes["rows"]] == [("2026-03", "15:30", "15:40")]
    browser.go(go="compare", off=True)
    assert browser.view("handing")["now"]["changes"] is None
    browser.go(go="compare")
    browser.go(go="hand-in", period="2026-03")
    submission = history_of(as_user(memory, "ban"), "CB01", MARCH)
    assert (submission.state, submission.version) == (State.RESUBMITTED, 2)
    browser.go(go="step", step=5)
    assert act(browser) == "same", "looking at it again makes no version of its own"


def test_a_book_that_was_opened_again_is_told_why_and_never_that_there_is_nothing_to_do(at, memory: Memory) -> None:
    browser = at("nop1")
    browser.go(go="hand-in", period="2026-03")
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    decide(as_user(memory, "ban"), StepKind.ACCEPTED, "CB01", MARCH)
    browser.go(go="step", step=5)
    assert act(browser) == "same"
    decide(as_user(memory, "ban"), StepKind.REOPENED, "CB01", MARCH, note="ghi nhầm giờ")
    browser.go(go="step", step=5)
    now = browser.view("handing")["now"]
    assert (now["why"], now["reasons"]) == ("Vì sao mở lại", [{"place": "", "text": "ghi nhầm giờ"}])
    assert now["act"]["kind"] == "reopened"
    [note] = now["act"]["notes"]
    assert "Không phải nộp lại" not in note
    browser.act(act="record", meeting="2026-03", field="ends_at", value="15h40")
    browser.go(go="step", step=5)
    assert act(browser) == "again"


def chosen(browser: Browser) -> str:
    return browser.view("handing")["now"]["code"]


def test_the_period_that_takes_the_book_and_is_due_next_is_looked_at_first(at, memory: Memory, clock: Noon) -> None:
    board = as_user(memory, "ban")
    open_period(board, FEBRUARY)
    assert chosen(at("nop1", a_book(rows=f"{FEBRUARY_ROW}\n{MARCH_ROW}"))) == "2026-03"
    close_period(board, MARCH)
    assert chosen(at("nop1", a_book(rows=f"{FEBRUARY_ROW}\n{MARCH_ROW}"))) == "2026-02"
    browser = at("nop1", a_book(rows=MARCH_ROW))
    assert chosen(browser) == "2026-02", "a period that is closed takes nothing, though the book tells of it"
    periods = browser.view("handing")["periods"]
    assert [(one["code"], one["locked"]) for one in periods] == [("2026-02", ""), ("2026-03", "đã khóa")]
    clock.day = date(2026, 7, 1)
    assert act(at("nop1")) == "refused", "nothing takes the book any more"


def test_the_period_whose_meeting_was_just_changed_is_looked_at_first(at, memory: Memory) -> None:
    open_period(as_user(memory, "ban"), FEBRUARY)
    browser = at("nop1", a_book(rows=f"{FEBRUARY_ROW}\n{MARCH_ROW}"))
    for code in ("2026-03", "2026-02"):
        browser.go(go="period", period=code)
        browser.go(go="hand-in", period=code)
        assert chosen(browser) == code, "what was handed in stays in sight"
    browser.act(act="record", meeting="2026-02", field="ends_at", value="15h40")
    browser.go(go="step", step=5)
    assert chosen(browser) == "2026-02"
    browser.go(go="period", period="2026-03")
    browser.go(go="step", step=5)
    assert chosen(browser) == "2026-03", "what somebody picked stays"


def test_an_empty_book_waits_for_no_review_and_says_what_to_do(at) -> None:
    browser = at("nop1", a_book(rows=FEBRUARY_ROW))
    assert browser.view("handing")["now"]["act"]["record"] == 3, "the month to record before handing in"
    browser.go(go="hand-in", period="2026-03")
    said = lines(browser)
    assert said["Tình trạng"] == "Đã nộp sổ trống, bản 1"
    assert said["Đang ở"].startswith("Chi bộ")
    assert said["Việc tiếp theo"].startswith("Sổ đã nộp chưa ghi gì cho kỳ này nên chưa có gì để thẩm định.")


def test_a_meeting_that_does_not_count_yet_is_not_told_to_be_unrecorded(at) -> None:
    browser = at("nop1")
    browser.act(act="record", meeting="2026-03", field="ends_at", value="13h00")
    shown = browser.view("handing")["now"]["act"]
    assert shown["notes"][0].startswith("Buổi họp của kỳ này đã ghi nhưng còn chỗ phải sửa")
    assert (shown["record"], shown["to_record"]) == (3, "Sửa buổi họp của kỳ này")
    browser.act(act="record", meeting="2026-03", field="ends_at", value="15h40")
    assert browser.view("handing")["now"]["act"]["record"] == 0


def test_what_was_locked_before_anybody_reviewed_it_is_not_done(at, memory: Memory) -> None:
    at("nop1").go(go="hand-in", period="2026-03")
    close_period(as_user(memory, "ban"), MARCH)
    said = lines(at("nop1"))
    assert said["Tình trạng"] == "Đã khóa, chưa thẩm định, bản 1"
    assert said["Đang ở"] == "Không ai, kỳ đã đóng"
    assert "chưa xong" in said["Việc tiếp theo"]


def test_a_file_that_cannot_be_chosen_now_says_what_hinders_and_has_no_button_for_it(at, memory: Memory) -> None:
    browser = at("nop1")
    browser.go(go="hand-in", period="2026-03")
    at("nop1", a_book(rows=f"{MARCH_ROW}\n{FEBRUARY_ROW}", hours=1, ends="15:40")).go(go="hand-in", period="2026-03")
    close_period(as_user(memory, "ban"), MARCH)
    again = at("nop1")
    assert act(again) == "same"
    [note] = again.view("handing")["now"]["act"]["notes"]
    assert "biên nhận số 2. Lúc này không đổi được: CB01 kỳ 2026-03 đã khóa." in note
    locked = again.view("handing")["now"]["history"][0]
    assert (locked["what"], locked["receipt_text"]) == ("đã khóa", "số 2"), "a decision says which file it is about"


def test_a_unit_that_sent_nothing_to_a_period_that_was_closed_has_no_days_left(at, memory: Memory) -> None:
    board = as_user(memory, "ban")
    except_unit(board, MARCH, UnitException(unit_code="CB01", until=date(2026, 4, 20), reason="lũ"))
    close_period(board, MARCH)
    said = lines(at("nop1"))
    assert said["Đang ở"] == "Không ai, kỳ đã đóng"
    assert "kỳ đã đóng" in said["Hạn nộp"]
    assert "mở lại kỳ" in said["Việc tiếp theo"]


def test_a_meeting_of_a_month_whose_period_is_not_open_yet_is_told_before_the_book_goes(at, memory: Memory) -> None:
    april = MARCH_ROW.replace("2026-03", "2026-04").replace("-05 ", "-02 ")
    told = "mở kỳ của tháng ấy"
    [said] = [
        line for line in at("nop1", a_book(rows=f"{MARCH_ROW}\n{april}")).view("handing")["warnings"] if told in line
    ]
    assert "tháng 4/2026" in said
    assert not any(told in line for line in at("nop1").view("handing")["warnings"])


def test_a_book_that_bears_another_name_than_the_unit_of_its_code_is_told_before_it_goes(at) -> None:
    [said] = at("nop1").view("handing")["warnings"]
    assert "Sổ ghi «Chi bộ Phòng số 01», còn trong danh bạ mã CB01 là «Chi bộ Phòng số 1»" in said
    book = openpyxl.load_workbook(BytesIO(BOOK))
    for cell in (cell for row in book["Thông tin"].iter_rows() for cell in row):
        if cell.value == "Chi bộ Phòng số 01":
            cell.value = "Chi  bộ Phòng số 1"
    stream = BytesIO()
    book.save(stream)
    assert at("nop1", stream.getvalue()).view("handing")["warnings"] == []


def test_a_refusal_names_whom_to_ask_and_no_command(at, memory: Memory, clock: Noon) -> None:
    clock.day = date(2026, 6, 1)
    browser = at("nop1")
    [note] = browser.view("handing")["now"]["act"]["notes"]
    assert "xin Ban Tổ chức gia hạn" in note
    assert lines(browser)["Việc tiếp theo"].startswith("Kỳ đã khóa mà chi bộ chưa nộp.")
    texts = [note, at("ban", a_book("CB77")).view("handing")["problem"], at("nop1", a_book(year=2025)).view("handing")]
    assert not [text for text in texts if "chibo " in str(text) or "--" in str(text)]


def test_more_time_is_told_with_the_units_own_day(at, memory: Memory) -> None:
    given = UnitException(unit_code="CB01", until=date(2026, 4, 20), reason="chi bộ mới tách")
    except_unit(as_user(memory, "ban"), MARCH, given)
    browser = at("nop1")
    assert lines(browser)["Hạn nộp"] == (
        "gia hạn đến 20/04/2026; còn 17 ngày Được gia hạn; hạn chung của kỳ là 05/04/2026. Lý do: chi bộ mới tách"
    )
    assert browser.view("handing")["periods"][0]["due"] == "gia hạn đến 20/04/2026"


def test_the_file_is_called_what_it_is(at, memory: Memory, clock: Noon) -> None:
    """One that would go is not what nothing takes any more, nor what came in before."""
    browser = at("nop1")
    assert browser.view("handing")["now"]["file"] == {"label": "Tệp sẽ nộp", "name": "so.xlsx", "stays": ""}
    browser.go(go="hand-in", period="2026-03")
    assert browser.view("handing")["now"]["file"]["label"] == "Tệp đã nộp"
    close_period(as_user(memory, "ban"), MARCH)
    browser.act(act="record", meeting="2026-03", field="ends_at", value="15h40")
    browser.go(go="step", step=5)
    assert act(browser) == "refused"
    assert browser.view("handing")["now"]["file"] == {
        "label": "Tệp đang mở",
        "name": "so.xlsx",
        "stays": "Bản này chưa nộp; vẫn tải về được ở bước 4.",
    }
    other = at("nop1", a_book(rows=f"{MARCH_ROW}\n{FEBRUARY_ROW}", hours=1)).view("handing")["now"]
    assert (other["act"]["kind"], other["file"]["label"]) == ("same", "Tệp đang mở")


def test_the_files_of_two_editions_have_names_of_their_own(at, memory: Memory) -> None:
    browser = at("nop1")
    assert browser.view("handing")["now"]["file"]["name"] == "so.xlsx"
    browser.go(go="hand-in", period="2026-03")
    assert browser.view("handing")["now"]["file"]["name"] == "so.xlsx"
    browser.act(act="record", meeting="2026-03", field="ends_at", value="15h40")
    browser.go(go="step", step=5)
    assert browser.view("handing")["now"]["file"]["name"] == "so (bản 2).xlsx"
    browser.go(go="hand-in", period="2026-03")
    kept = history_of(as_user(memory, "ban"), "CB01", MARCH)
    assert [one.file_name for one in kept.editions] == ["so.xlsx", "so (bản 2).xlsx"]


def test_a_version_that_is_not_in_use_is_chosen_after_a_look_at_the_differences(at, memory: Memory) -> None:
    browser = at("nop1")
    browser.go(go="hand-in", period="2026-03")
    browser.act(act="record", meeting="2026-03", field="ends_at", value="15h40")
    browser.go(go="step", step=5)
    browser.go(go="compare")
    browser.go(go="hand-in", period="2026-03")
    browser.act(act="record", meeting="2026-03", field="ends_at", value="15h30")
    browser.go(go="step", step=5)
    assert act(browser) == "choose"
    assert "biên nhận số 2" in browser.view("handing")["now"]["act"]["notes"][0]
    browser.go(go="hand-in", period="2026-03")
    assert "vẫn dùng bản của biên nhận số 2" in browser.said
    browser.go(go="compare")
    browser.go(go="hand-in", period="2026-03", again=True)
    assert "nay dùng bản này" in browser.said
    submission = history_of(as_user(memory, "ban"), "CB01", MARCH)
    assert submission.current is not None
    assert (submission.current.receipt, submission.version, len(submission.editions)) == (1, 2, 2)
    assert act(browser) == "same"
    assert browser.view("handing")["now"]["history"][0]["what"] == "chọn dùng lại"


def test_a_book_of_ours_that_says_again_what_it_said_is_a_version_of_its_own_and_in_use(at, memory: Memory) -> None:
    book = healthy_book()
    book = evolve(book, info=evolve(book.info, cell_code="CB01"))
    sealed = seal_workbook(write_book(book, memory.library), memory.library)
    browser = at("nop1", sealed)
    for text in ("16h40", "16h45", "16h40"):
        browser.act(act="record", meeting="2026-03", field="ends_at", value=text)
        browser.go(go="step", step=5)
        browser.go(go="hand-in", period="2026-03")
    submission = history_of(as_user(memory, "ban"), "CB01", MARCH)
    assert [one.receipt for one in submission.ordered] == [1, 2, 3]
    assert (submission.version, submission.state) == (2, State.SUBMITTED)
    assert act(browser) == "same"


@pytest.mark.parametrize("way", [{"go": "hand-in", "period": "2026-03"}, {"go": "download"}])
def test_the_office_keeps_no_copy_of_a_file_that_nobody_has(at, memory: Memory, way: dict[str, str]) -> None:
    book = healthy_book()
    book = evolve(book, info=evolve(book.info, cell_code="CB01"))
    sealed = seal_workbook(write_book(book, memory.library), memory.library)

    def what_is_told() -> str:
        other = at("nop1", sealed)
        other.go(go="step", step=1)
        return str(other.view("opener"))

    browser = at("nop1", sealed)
    browser.act(act="record", meeting="2026-03", field="ends_at", value="16h40")
    browser.go(go="step", step=5)
    assert kept_copies(memory.library.office, "CB01", 2026) == ()
    assert "bản mới hơn" not in what_is_told()
    browser.go(**way)
    assert len(kept_copies(memory.library.office, "CB01", 2026)) == 1
    assert "bản mới hơn" in what_is_told()


def test_what_came_back_is_handed_in_as_it_is_with_a_button_of_its_own(at, memory: Memory) -> None:
    browser = at("nop1")
    browser.go(go="hand-in", period="2026-03")
    send_back(as_user(memory, "xem"), "CB01", MARCH, reasons=[WHY])
    browser.go(go="step", step=5)
    assert act(browser) == "returned"
    browser.go(go="hand-in", period="2026-03", again=True)
    submission = history_of(as_user(memory, "ban"), "CB01", MARCH)
    assert (submission.state, len(submission.editions)) == (State.RESUBMITTED, 1)


def test_what_came_back_and_was_mended_in_another_month_alone_is_not_told_to_be_done(at, memory: Memory) -> None:
    browser = at("nop1")
    browser.go(go="hand-in", period="2026-03")
    send_back(as_user(memory, "xem"), "CB01", MARCH, reasons=[WHY])
    other = at("nop1", a_book(rows=MARCH_ROW, hours=1))
    assert act(other) == "returned"
    assert "vẫn như bản đã bị trả lại" in other.view("handing")["now"]["act"]["notes"][0]
    other.go(go="hand-in", period="2026-03", again=True)
    assert history_of(as_user(memory, "ban"), "CB01", MARCH).state is State.RESUBMITTED


def test_a_file_that_only_says_the_same_of_the_period_is_not_told_to_be_the_one_handed_in(at, memory: Memory) -> None:
    at("nop1").go(go="hand-in", period="2026-03")
    mended = at("nop1", a_book(rows=f"{MARCH_ROW}\n{FEBRUARY_ROW.replace('14:00', '13:45')}", hours=1))
    [note] = mended.view("handing")["now"]["act"]["notes"]
    assert note.startswith(
        "Tệp này không phải tệp đã nộp, nhưng về kỳ này thì nói y như bản đang dùng (biên nhận số 1)"
    )
    mended.go(go="hand-in", period="2026-03")
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    decide(as_user(memory, "ban"), StepKind.ACCEPTED, "CB01", MARCH)
    marked = marked_copy(BOOK, "chua-sua.xlsx", memory.library, DAY, (Mark("Sinh hoạt", "C3", Severity.BLOCK, "xem"),))
    assert marked.data is not None
    unmended = at("nop1", door=True)
    unmended.upload(marked.data, "chua-sua.xlsx")
    unmended.go(go="step", step=5)
    now = unmended.view("handing")["now"]
    assert now["file"]["name"].startswith("chua-sua")
    assert (now["act"]["kind"], now["act"]["receipt"]) == ("same", 2)
    [note] = now["act"]["notes"]
    assert note.startswith("Tệp này không phải tệp đã nộp, nhưng về kỳ này thì nói y như tệp của biên nhận số 2")
    unmended.go(go="hand-in", period="2026-03")
    assert len(history_of(as_user(memory, "ban"), "CB01", MARCH).editions) == 2


def test_of_two_files_that_say_the_same_only_the_one_that_came_back_is_told_to_be_it(at, memory: Memory) -> None:
    at("nop1").go(go="hand-in", period="2026-03")
    later = a_book(rows=f"{MARCH_ROW}\n{FEBRUARY_ROW.replace('14:00', '13:45')}", hours=1)
    at("nop1", later).go(go="hand-in", period="2026-03")
    send_back(as_user(memory, "xem"), "CB01", MARCH, reasons=[WHY])
    [note] = at("nop1").view("handing")["now"]["act"]["notes"]
    assert note.startswith("Phần của kỳ này vẫn như bản đã bị trả lại")
    [note] = at("nop1", later).view("handing")["now"]["act"]["notes"]
    assert note.startswith("Đây đúng là tệp đã bị trả lại (biên nhận số 2")


def test_somebody_without_the_right_is_told_calmly_and_nothing_is_written(at, memory: Memory) -> None:
    browser = at("xem")
    assert act(browser) == "refused"
    assert "Thẩm định" in browser.view("handing")["now"]["act"]["notes"][0]
    browser.go(go="hand-in", period="2026-03")
    assert "xem" in browser.said
    assert history_of(as_user(memory, "ban"), "CB01", MARCH).state is State.DRAFT


def test_after_the_grace_the_days_are_counted_and_the_next_step_is_to_hand_in_at_once(
    at, memory: Memory, clock: Noon
) -> None:
    clock.day = date(2026, 4, 10)
    browser = at("nop1")
    assert lines(browser)["Hạn nộp"] == "05/04/2026; quá hạn 3 ngày Tính đúng hạn đến hết 07/04/2026."
    assert lines(browser)["Việc tiếp theo"].startswith("Đã quá hạn")
    browser.go(go="hand-in", period="2026-03")
    assert lines(browser)["Hạn nộp"] == "05/04/2026; trễ 3 ngày"


def test_another_version_that_came_in_meanwhile_is_looked_at_first(at, memory: Memory) -> None:
    mine, other = at("nop1", a_book(points=3, hours=2)), at("ban")
    other.go(go="hand-in", period="2026-03")
    mine.go(go="hand-in", period="2026-03")
    assert "Vừa có bản khác" in mine.said
    assert history_of(as_user(memory, "ban"), "CB01", MARCH).version == 1
    assert act(mine) == "again"
    mine.go(go="hand-in", period="2026-03")
    assert history_of(as_user(memory, "ban"), "CB01", MARCH).version == 2


def test_an_office_that_cannot_be_opened_is_told_and_the_book_stays(memory: Memory) -> None:
    def locked() -> Memory:
        raise ChiboError("Tệp cơ sở dữ liệu của văn phòng bị hỏng.")

    browser = Browser(page=CellPage(memory.library, today=lambda: DAY, door=locked))
    browser.upload(BOOK)
    browser.go(go="step", step=5)
    assert "bị hỏng" in browser.view("handing")["problem"]
    browser.go(go="step", step=4)
    assert browser.view("saving")["name"]


def test_why_the_book_cannot_go_is_told_in_the_language_of_the_page(at, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = at("nop1")
    browser.go(go="step", step=4)
    start_by(monkeypatch, no_worker)
    browser.act(act="record", meeting="2026-03", field="venue", value="Hội trường")
    browser.go(go="step", step=5)
    assert browser.view("handing")["problem"].startswith("Không mở được tiến trình")
    browser.go(go="language", language="en")
    assert browser.view("handing")["problem"].startswith("No separate process")


def test_a_unit_that_the_office_does_not_know(at) -> None:
    view = at("ban", a_book("CB77")).view("handing")
    assert view["now"] is None
    assert "CB77" in view["problem"]


def test_an_office_that_remembers_nothing_says_what_to_do(at) -> None:
    browser = at("nop1", door=False)
    assert "danh bạ" in browser.view("handing")["problem"]
    assert browser.view("head")["steps"] == [1, 2, 3, 4, 5]


def test_the_sample_is_not_handed_in(at) -> None:
    browser = at("nop1")
    browser.go(go="sample")
    browser.go(go="step", step=5)
    assert "mẫu" in browser.view("handing")["problem"]


def test_outside_an_office_the_page_has_its_four_steps() -> None:
    browser = Browser()
    assert browser.view("head")["steps"] == [1, 2, 3, 4]


def test_the_local_door_opens_only_where_units_stand_in_the_register(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chibo_widgets.office_door import local_door  # noqa: PLC0415

    monkeypatch.setenv("CHIBO_USER", "nop1")
    door = local_door(memory.library)
    opened = door()
    assert opened is not None
    assert opened.user == "nop1"
    bring_in(memory, Register())
    assert door() is None
