"""The page `quan-tri` over a real office: messages go in, views come out, and the office is as they say."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from chibo.audit import AuditAct
from chibo.definitions.library import Library
from chibo.engine.no_worker import Hindrance, NoWorkerError
from chibo.model import Period
from chibo.office.frames import workbook_of
from chibo.office.memory import Memory
from chibo.office.memory.log import read_log
from chibo.office.memory.periods import all_periods
from chibo.office.memory.units import confirm_alias, units_on
from chibo.periods import PeriodState
from chibo.register import Register, Role
from chibo.store.backups import check_backup
from chibo_widgets.admin import AdminPage
from memory.books_handed_in import a_book
from memory.offices_in_memory import a_register, an_office, as_user, bring_in

DAY = date(2026, 3, 28)
MARCH = Period(2026, 3, 3)
PEOPLE = (
    ("quan", Role.ADMINISTRATOR, ""),
    ("ban", Role.BOARD, ""),
    ("nop1", Role.SUBMITTER, "CB01"),
)
Open = Callable[..., AdminPage]


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    opened, _ = an_office(tmp_path / "vp", DAY, a_register(people=PEOPLE))
    return opened


@pytest.fixture
def page(memory: Memory) -> Open:
    """The page in the hands of somebody, at one of its parts; what it hands out is kept in `handed`."""

    def opened(tab: str, user: str = "quan") -> AdminPage:
        own = as_user(memory, user)
        shown = AdminPage(own.library, memory=lambda: own)
        shown.handed = []
        for section in shown.sections.values():
            section.widget.send = lambda content, buffers=(): shown.handed.append((content, list(buffers)))
        shown.head.received({"go": {"tab": tab}}, [])
        return shown

    return opened


def view(page: AdminPage) -> dict[str, Any]:
    return page.sections[page.tab].widget.view


def do(page: AdminPage, **message: Any) -> dict[str, Any]:
    page.sections[page.tab].widget.received({"act": message}, [])
    return view(page)


def send(page: AdminPage, name: str, data: bytes) -> dict[str, Any]:
    head = {"id": 1, "name": name, "size": len(data), "offset": 0}
    page.sections[page.tab].widget.received({"upload": head}, [memoryview(data)])
    return view(page)


def download(page: AdminPage) -> tuple[str, bytes]:
    [(content, [data])] = [(content, data) for content, data in page.handed if "download" in content]
    return content["download"]["name"], bytes(data)


def renamed(data: bytes, cell: str, name: str) -> bytes:
    """The register's workbook with another name for a cell from the day of its founding on."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Đơn vị"]
    for row in sheet.iter_rows(min_row=4):
        if row[0].value == cell:
            row[3].value = name
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_only_the_part_that_is_looked_at_is_drawn(page: Open) -> None:
    shown = page("periods")
    assert {name: section.widget.view["shown"] for name, section in shown.sections.items()} == {
        "register": False,
        "periods": True,
        "definitions": False,
        "health": False,
    }
    shown.head.received({"go": {"language": "en"}}, [])
    assert shown.head.view["tabs"][0]["label"] == "Units and people"


def test_the_register_goes_out_and_comes_back_after_a_look_at_the_changes(page: Open, memory: Memory) -> None:
    shown = page("register")
    assert [one["code"] for one in view(shown)["units"]] == ["CB01", "CB02", "CB03", "DB01"]
    assert ("quan", "Quản trị", "cả Khối") in [(one["user"], one["role"], one["unit"]) for one in view(shown)["people"]]
    do(shown, export=True)
    name, data = download(shown)
    assert name == "danh-ba.xlsx"
    looked = send(shown, "sua.xlsx", renamed(data, "CB02", "Chi bộ Thanh tra"))["looked"]
    assert looked["ready"]
    assert [row["values"] for row in looked["rows"]] == ["Tên đơn vị: Chi bộ Phòng số 2 → Chi bộ Thanh tra"]
    assert units_on(memory).unit("CB02").name == "Chi bộ Phòng số 2", "a look changes nothing"
    done = do(shown, confirm=True)
    assert (done["tone"], done["looked"]) == ("good", None)
    assert units_on(memory).unit("CB02").name == "Chi bộ Thanh tra"


def test_a_spelling_that_would_go_to_another_unit_is_named_with_its_holder_and_wants_a_yes(
    page: Open, memory: Memory
) -> None:
    confirm_alias(as_user(memory, "quan"), "CB 1", "CB01")
    shown = page("register")
    do(shown, export=True)
    book = openpyxl.load_workbook(io.BytesIO(download(shown)[1]))
    book["Tên gọi khác"]["B4"] = "CB02"
    stream = io.BytesIO()
    book.save(stream)
    looked = send(shown, "sua.xlsx", stream.getvalue())["looked"]
    assert looked["moved"] == ["Tên gọi «CB 1» đang là CB01 Chi bộ Phòng số 1, sẽ đổi sang CB02 Chi bộ Phòng số 2."]
    assert do(shown, confirm=True)["looked"]["moved"], "nothing is brought in without a yes"
    assert alias_of(memory, "CB 1") == "CB01"
    assert do(shown, confirm=True, moving=True)["tone"] == "good"
    assert alias_of(memory, "CB 1") == "CB02"


def alias_of(memory: Memory, text: str) -> str | None:
    with memory.reading() as (_, standing):
        return standing.register.known_code(text, standing.tree)


def test_an_analyst_sees_the_people_and_how_to_reach_nobody_else(page: Open, memory: Memory) -> None:
    bring_in(memory, a_register(people=(*PEOPLE, ("tinh", Role.ANALYST, ""))))
    shown = view(page("register", "tinh"))
    assert {one["user"]: one["contact"] for one in shown["people"]} == {
        "quan": "",
        "ban": "",
        "nop1": "",
        "tinh": "số máy của tinh",
    }
    assert "3 người" in shown["unseen"]
    everything = view(page("register", "quan"))
    assert all(one["contact"] for one in everything["people"])
    assert everything["unseen"] == ""


def test_of_a_file_that_is_no_register_it_is_not_said_that_nothing_would_change(page: Open) -> None:
    looked = send(page("register"), "hong.xlsx", b"hello")["looked"]

    assert looked["blocked"]
    assert looked["summed"] == "chưa nhập được gì"


def test_a_register_with_faults_is_not_brought_in(page: Open, memory: Memory) -> None:
    shown = page("register")
    do(shown, export=True)
    book = openpyxl.load_workbook(io.BytesIO(download(shown)[1]))
    book["Đơn vị"].append(["CB09", date(2026, 1, 1), "Thành lập", "Chi bộ lạ", "Chi bộ trực thuộc", "DB77"])
    stream = io.BytesIO()
    book.save(stream)
    looked = send(shown, "hong.xlsx", stream.getvalue())["looked"]
    assert (looked["blocked"], looked["ready"]) == (True, False)
    assert looked["findings"]
    do(shown, confirm=True)
    assert units_on(memory).unit("CB09") is None
    do(shown, drop=True)
    assert view(shown)["looked"] is None


def test_periods_are_opened_closed_and_opened_again_with_a_reason(page: Open, memory: Memory) -> None:
    shown = page("periods")
    assert view(shown)["openable"][0] == {"value": "2026-03", "label": "Tháng 3/2026"}
    said = do(shown, open="2026-03", due="8/4/2026", reason="")
    assert "08/04/2026" in said["said"]
    assert "2026-03" not in [one["value"] for one in said["openable"]]
    do(shown, unit="CB02", exempt=False, until="20/4/2026", reason="mới tách")
    assert view(shown)["now"]["exceptions"] == [
        {"unit": "CB02 Chi bộ Phòng số 2", "what": "gia hạn đến 20/04/2026", "reason": "mới tách"}
    ]
    assert view(shown)["now"]["what"] == [
        "Đóng tháng 3/2026: chưa có sổ nào được khóa, không nhận thêm.",
        "3 chi bộ chưa nộp thì không nộp được nữa.",
        "Trong đó còn hạn đã gia hạn: CB02 đến 20/04/2026. Kỳ đóng thì gia hạn ấy không còn tác dụng.",
        "Mở lại kỳ thì sổ nào về đúng tình trạng của sổ ấy.",
    ]
    do(shown, close="2026-03", reason="")
    assert view(shown)["now"]["closed"]
    refused = do(shown, open="2026-03", due="", reason="")
    assert (refused["tone"], "lý do" in refused["said"]) == ("warn", True)
    do(shown, open="2026-03", due="", reason="thiếu hai chi bộ")
    [(kept, count)] = all_periods(as_user(memory, "ban"))
    assert (kept.period, kept.due_on, kept.state(DAY), count) == (MARCH, date(2026, 4, 8), PeriodState.OPEN, 3)


@pytest.mark.parametrize(
    "until", ["20/4/2026", "20/04/2026", "2026-04-20", "20-4-2026", "20.4.2026", "20/4/26", " 20 tháng 4 năm 2026 "]
)
def test_a_day_is_taken_as_people_write_it_and_said_before_anything_is_done(page: Open, until: str) -> None:
    shown = page("periods")
    do(shown, open="2026-03", due="", reason="")
    shown.sections["periods"].widget.received({"go": {"read": "until", "typed": until}}, [])
    assert view(shown)["days"] == {
        "until": {"typed": until, "text": "Hiểu là thứ Hai, 20/04/2026.", "bad": False},
    }
    said = do(shown, unit="CB02", exempt=False, until=until, reason="mới tách")
    assert "đến hết 20/04/2026" in said["said"]
    assert said["days"] == {}


def test_a_day_that_is_over_and_one_that_is_none_are_said_where_they_are_typed(page: Open) -> None:
    shown = page("periods")
    for name, typed in (("due", "20/3/2026"), ("until", "32/4/2026"), ("againDue", " ")):
        shown.sections["periods"].widget.received({"go": {"read": name, "typed": typed}}, [])
    days = view(shown)["days"]
    assert days["due"]["text"] == "Hiểu là thứ Sáu, 20/03/2026. Ngày này đã qua."
    assert (days["until"]["bad"], "«32/4/2026»" in days["until"]["text"]) == (True, True)
    assert "againDue" not in days


def test_a_year_of_two_digits_that_may_be_a_day_is_asked_for_in_full(page: Open) -> None:
    shown = page("periods")
    do(shown, open="2026-03", due="", reason="")
    said = do(shown, unit="CB02", exempt=False, until="26/4/27", reason="mới tách")
    assert "có thể là 26/04/2027 hoặc 27/04/2026" in said["said"]
    assert said["now"]["exceptions"] == []


@pytest.mark.parametrize("until", ["", "hôm qua", "31/02/2026", "5/11/62", "20/4/0206", "20/4"])
def test_a_day_that_is_none_is_told_with_an_example(page: Open, until: str) -> None:
    shown = page("periods")
    do(shown, open="2026-03", due="", reason="")
    said = do(shown, unit="CB02", exempt=False, until=until, reason="mới tách")
    assert "5/11/2026" in said["said"]
    assert said["now"]["exceptions"] == []


def test_who_does_not_keep_periods_sees_them_and_is_refused_calmly(page: Open) -> None:
    do(page("periods", "ban"), open="2026-03", due="", reason="")
    shown = page("periods", "nop1")
    assert (view(shown)["keeps"], view(shown)["openable"]) == (False, [])
    assert len(view(shown)["periods"]) == 1
    refused = do(shown, close="2026-03", reason="")
    assert "nop1" in refused["said"]
    assert not refused["now"]["closed"]


def test_a_definition_is_tried_looked_at_and_published(page: Open, memory: Memory) -> None:
    shown = page("definitions")
    assert all(one["problem"] == "" for one in view(shown)["files"])
    home = memory.library.office
    assert home is not None
    target = home / "sheets" / "rules" / "calendar.toml"
    before = target.read_bytes()
    trial = send(shown, "calendar.toml", before.replace(b"due = 5 ", b"due = 8 ", 1))["trial"]
    assert [line["tone"] for line in trial["lines"] if line["tone"] in {"+", "-"}] == ["-", "+"]
    assert trial["ready"]
    assert target.read_bytes() == before
    refused = do(shown, publish=True, reason=" ")
    assert (refused["tone"], refused["trial"]["ready"]) == ("warn", True)
    done = do(shown, publish=True, reason="Kết luận 12-KL/ĐUK")
    assert (done["tone"], done["trial"]) == ("good", None)
    assert Library(home).calendar.rule(MARCH).due == 8
    whose = {one["name"]: one["whose"] for one in done["files"]}
    assert whose["calendar.toml"] == "văn phòng đã sửa"
    last = read_log(as_user(memory, "quan"))[-1]
    do(shown, withdraw="sheets/rules/calendar.toml", reason="")
    assert target.exists(), "not without a reason"
    do(shown, withdraw="sheets/rules/calendar.toml", reason="hết hiệu lực")
    assert Library(home).calendar.rule(MARCH).due == 5
    assert read_log(as_user(memory, "quan"))[-1].reason == "hết hiệu lực"
    again = do(shown, withdraw="sheets/rules/calendar.toml", reason="lần nữa")
    assert "không phải định nghĩa riêng" in again["said"]
    assert (last.act, last.subject, last.reason) == (
        AuditAct.DEFINITION_PUBLISHED,
        "sheets/rules/calendar.toml",
        "Kết luận 12-KL/ĐUK",
    )


def frame_workbook(memory: Memory, cell: str | None = None, value: object = None) -> bytes:
    """The workbook of a frame, with another value in one cell of its main sheet."""
    _, data = workbook_of("hd42-thuong-ky", memory.library)
    book = openpyxl.load_workbook(io.BytesIO(data))
    if cell is not None:
        book.worksheets[0][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def address_of(memory: Memory, label: str) -> str:
    """Where the value beside a label stands in the workbook of the frame."""
    book = openpyxl.load_workbook(io.BytesIO(frame_workbook(memory)))
    return next(f"C{row[0].row}" for row in book.worksheets[0].iter_rows() if row[0].value == label)


def test_a_frame_is_taken_out_changed_in_excel_looked_at_and_published(page: Open, memory: Memory) -> None:
    shown = page("definitions")
    do(shown, frame="hd42-thuong-ky")
    name, data = download(shown)
    assert name == "hd42-thuong-ky.xlsx"
    same = send(shown, name, data)["trial"]
    assert (same["ready"], same["changes"], same["said"]) == (False, [], "không khác gì bản đang dùng")
    minutes = address_of(memory, "Số phút quy định (R)")
    trial = send(shown, "Khung của khối.xlsx", frame_workbook(memory, minutes, 100))["trial"]
    assert trial["title"] == "Thử «sheets/frames/hd42-thuong-ky.toml»"
    assert [(one["column"], one["before"], one["after"]) for one in trial["changes"]] == [
        ("Số phút quy định (R)", "90", "100")
    ]
    assert trial["ready"]
    assert do(shown, publish=True, reason="Kết luận 15-KL/ĐUK")["tone"] == "good"
    home = memory.library.office
    assert home is not None
    assert Library(home).frames["hd42-thuong-ky"].required_minutes.usual == 100
    last = read_log(as_user(memory, "quan"))[-1]
    assert (last.subject, last.reason) == ("sheets/frames/hd42-thuong-ky.toml", "Kết luận 15-KL/ĐUK")


def test_a_frame_with_a_fault_is_refused_with_its_cell_and_what_is_no_frame_too(page: Open, memory: Memory) -> None:
    shown = page("definitions")
    minutes = address_of(memory, "Số phút quy định (R)")
    refused = send(shown, "khung.xlsx", frame_workbook(memory, minutes, "chín mươi"))
    assert f"ô {minutes}" in refused["said"]
    assert refused["trial"] is None
    assert "Khung tiêu chí" in send(shown, "so.xlsx", a_book())["said"]
    assert "Không có khung" in do(shown, frame="khong-co")["said"]


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("calendar.toml", (b"due = 5 ", b"deu = 5 "), "calendar.toml"),
        ("calendar.toml", (b'kind = "month"', b"kind = "), "calendar.toml"),
        ("la.toml", (b"", b""), "la.toml"),
    ],
    ids=["a wrong key", "no TOML", "of no kind"],
)
def test_a_definition_with_faults_cannot_be_published(
    page: Open, memory: Memory, name: str, change: tuple[bytes, bytes], said: str
) -> None:
    shown = page("definitions")
    assert memory.library.office is not None
    path = memory.library.office / "sheets" / "rules" / "calendar.toml"
    before = path.read_bytes()
    trial = send(shown, name, before.replace(*change, 1))["trial"]
    assert not trial["ready"]
    assert said in " ".join(trial["problems"])
    do(shown, publish=True, reason="thử")
    assert path.read_bytes() == before
    assert Library(memory.library.office).calendar


def test_what_an_account_may_not_do_is_not_offered(page: Open) -> None:
    for user, keeps in (("quan", True), ("ban", False)):
        assert view(page("register", user))["keeps"] is keeps
        assert view(page("definitions", user))["keeps"] is keeps
        assert view(page("health", user))["backs_up"] is keeps
    assert view(page("health", "ban"))["reads_log"]


def test_definitions_are_the_administrators(page: Open) -> None:
    refused = send(page("definitions", "ban"), "calendar.toml", b"schema = 1")
    assert "ban hành định nghĩa" in refused["said"]
    assert refused["trial"] is None


def test_a_machine_on_which_no_book_can_be_read_is_told_as_such(page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise NoWorkerError(Hindrance.ENDED)

    monkeypatch.setattr("chibo.engine.single_book.start_worker", refuse)
    shown = view(page("health"))
    assert "dừng ngay khi vừa mở" in shown["hindered"]
    assert not shown["guards"], "there is nothing that would hold"
    monkeypatch.undo()
    assert view(page("health"))["hindered"] == ""


def test_the_log_is_looked_over_and_a_backup_is_handed_out(page: Open, memory: Memory, tmp_path: Path) -> None:
    shown = page("health")
    assert view(shown)["guards"]
    assert "nguyên vẹn" in do(shown, verify=True)["log"]["text"]
    said = do(shown, backup=True, passphrase="một câu dài để khóa")
    assert "mật khẩu" in said["said"]
    name, data = download(shown)
    target = tmp_path / name
    target.write_bytes(data)
    assert check_backup(target, "một câu dài để khóa").head.count > 1
    assert read_log(as_user(memory, "quan"))[-1].act == AuditAct.BACKED_UP


def test_where_nothing_can_be_remembered_the_page_says_why(
    page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Đang nhớ kết quả đọc của 0 sổ" in view(page("health"))["cache"]
    (tmp_path / "tệp").write_bytes(b"no folder")
    monkeypatch.setenv("CHIBO_CACHE", str(tmp_path / "tệp"))
    said = view(page("health"))["cache"]
    assert said.startswith("Chưa nhớ được kết quả đọc sổ: ")
    assert "chibo doctor" in said


def test_a_file_of_heads_that_is_gone_is_told_on_the_page_too(page: Open, memory: Memory) -> None:
    assert memory.library.office is not None
    (memory.library.office / ".chibo-data" / "audit-heads.txt").unlink()
    told = do(page("health"), verify=True)["log"]
    assert (told["tone"], "audit-heads.txt" in told["text"]) == ("bad", True)


def test_somebody_who_may_not_back_up_is_told_so(page: Open) -> None:
    shown = page("health", "ban")
    assert "sao lưu" in do(shown, backup=True, passphrase="")["said"]
    assert shown.handed == []


def test_an_empty_office_says_how_to_begin(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "trong", DAY)
    bring_in(memory, Register())
    shown = AdminPage(memory.library, memory=lambda: memory)
    assert (view(shown)["units"], view(shown)["people"]) == ([], [])
    assert view(shown)["refused"] == ""


def test_outside_an_office_the_page_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHIBO_HOME", raising=False)
    shown = AdminPage(Library())
    assert "Nhờ người quản trị máy" in view(shown)["refused"]
    assert "chibo init" not in view(shown)["refused"], "whoever has a page has no command line"


@pytest.mark.parametrize(
    ("tab", "sent"),
    [
        ("periods", {"close": "2026-03", "reason": "x" * 501}),
        ("periods", {"unit": "CB01", "exempt": True, "until": "", "reason": "x" * 501}),
        ("health", {"backup": True, "passphrase": "x" * 1001}),
    ],
)
def test_a_text_that_is_too_long_is_told_and_nothing_is_done(page: Open, memory: Memory, tab: str, sent: dict) -> None:
    shown = page(tab)
    before = len(read_log(as_user(memory, "quan")))
    section = shown.sections[tab]
    section.widget.received({"act": sent}, [])
    assert "quá dài" in section.widget.view["said"]
    assert len(read_log(as_user(memory, "quan"))) == before
    assert shown.handed == []


def test_a_part_stays_until_the_next_one_is_there(page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = page("register")
    before: list[bool] = []

    def looked_at(_memory: Memory) -> dict[str, Any]:
        before.append(shown.sections["register"].widget.view["shown"])
        return {}

    monkeypatch.setattr(shown.sections["health"], "view", looked_at)
    shown.head.received({"go": {"tab": "health"}}, [])
    assert before == [True]
    assert not shown.sections["register"].widget.view["shown"]
