"""The board's page as the browser meets it: messages go in, views come out; no browser, no kernel."""

from __future__ import annotations

import io
import threading
import weakref
from collections.abc import Iterator, Sequence
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from builders import a_book, a_meeting
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource
from chibo.engine.in_process import InProcess
from chibo.engine.no_worker import Hindrance, NoWorkerError
from chibo.engine.sources import find_uploads
from chibo.office.board.returned import NOT_MARKED
from chibo.workbook import write_book
from chibo.workbook.intake.package import open_package
from chibo.workbook.reading.list_of_marks import INDEX_SHEET
from chibo.workbook.sealing import sealed
from chibo_widgets.board import BoardPage
from golden_office import golden_office

TODAY = date(2026, 4, 10)
PATIENCE = 60.0
FIRST = golden_office()["GD01 Tổng hợp.xlsx"]


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> BoardPage:
    """A page without an office folder."""
    monkeypatch.delenv("CHIBO_HOME", raising=False)
    monkeypatch.delenv("CHIBO_LANG", raising=False)
    return BoardPage(Library(), today=TODAY, engine=InProcess())


_ids: Iterator[int] = iter(range(1, 10_000))


def send(widget: Any, name: str, data: bytes) -> None:
    """A file sent by the browser in one slice."""
    head = {"id": next(_ids), "name": name, "size": len(data), "offset": 0}
    widget.received({"upload": head}, [memoryview(data)])


def go(widget: Any, **message: object) -> None:
    widget.received({"go": message}, [])


def act(widget: Any, **message: object) -> None:
    widget.received({"act": message}, [])


def listed(board: BoardPage) -> list[dict[str, Any]]:
    """The rows of the table, as the browser puts them together."""
    lines = board.table.lines
    return [dict(zip(lines["columns"], values, strict=True)) for values in lines["values"]]


def rows(board: BoardPage) -> dict[str, dict[str, Any]]:
    return {row["code"] or row["name"]: row for row in listed(board)}


@pytest.fixture
def full(board: BoardPage) -> BoardPage:
    """The page with the golden office's books and a file that is none."""
    for name, data in golden_office().items():
        send(board.intake, name, data)
    send(board.intake, "ghi-chu.xlsx", b"not a workbook at all")
    settle(board)
    go(board.setting, month=3, year=2026)
    return board


def settle(board: BoardPage) -> None:
    assert board._run.wait(PATIENCE)


def test_the_number_of_books_stands_still_while_they_arrive(board: BoardPage):
    said = []
    board.intake.observe(lambda change: said.append(change["new"]["total"] + change["new"]["coming"]), "view")
    act(board.intake, expect=len(golden_office()))
    for name, data in golden_office().items():
        send(board.intake, name, data)
    settle(board)
    assert set(said) == {len(golden_office())}


def test_an_empty_page_offers_to_take_books_and_nothing_else(board: BoardPage):
    assert board.intake.view["phase"] == "empty"
    assert listed(board) == []
    assert board.grades.view["groups"] == []
    assert board.unit.view["key"] == ""
    assert not board.downloads.view["ready"]
    assert (board.setting.view["month"], board.setting.view["year"]) == (4, 2026)


def test_the_month_follows_the_books_until_one_is_chosen(board: BoardPage):
    send(board.intake, "GD01.xlsx", FIRST)
    settle(board)
    assert board.setting.view["month"] == 3
    go(board.setting, month=2, year=2026)
    assert board.setting.view["month"] == 2
    assert rows(board)["GD01"]["day"] == "05/02/2026"


def test_every_cell_has_its_row_with_state_and_figures(full: BoardPage):
    shown = rows(full)
    states = {code: row["state"] for code, row in shown.items()}
    assert states["ghi-chu.xlsx"] == "refused"
    assert "missing" in states.values()
    assert full.table.view["counts"]["all"] == len(shown)
    first = shown["GD01"]
    assert (first["day"], first["attendance"], first["rate_text"]) == ("05/03/2026", "2/3", "66,67")
    assert (first["score_text"], first["grade_text"], first["score_mark"]) == ("96,5", "Tốt", "(tự chấm)")


def test_the_table_shows_the_numbers_that_the_rate_is_made_of(full: BoardPage):
    for row in rows(full).values():
        if row["rate_text"]:
            present, owed = map(int, row["attendance"].split("/"))
            assert row["rate"] == pytest.approx(100 * present / owed, abs=0.005)


def test_the_first_book_shows_before_the_others_are_there(board: BoardPage):
    send(board.intake, "GD01.xlsx", FIRST)
    settle(board)
    assert list(rows(board)) == ["GD01"]
    assert board.downloads.view["ready"]


def test_an_open_unit_names_sheet_and_cell_of_each_finding(full: BoardPage):
    warned = next(row for row in listed(full) if row["warnings"])
    go(full.table, open=warned["key"])
    assert full.unit.view["key"] == full.table.view["open"] == warned["key"]
    findings = full.unit.view["rows"]
    assert any(place.startswith("Trang ") and " ô " in place for finding in findings for place in finding["places"])
    assert all(finding["title"] and finding["text"] and finding["mend"] for finding in findings)
    go(full.unit, open="")
    assert full.unit.view["key"] == ""


def test_an_open_unit_says_where_its_book_comes_from(full: BoardPage):
    ours = sealed(write_book(a_book(a_meeting()), full.library), full.library)
    send(full.intake, "so-cua-ta.xlsx", ours)
    send(full.intake, "so-cua-ta, chép lại.xlsx", ours)
    settle(full)
    origins = {}
    for unit in full.board.units:
        go(full.table, open=unit.key)
        origins[unit.files] = full.unit.view["origin"]
    assert origins["so-cua-ta.xlsx", "so-cua-ta, chép lại.xlsx"] == {
        "text": "Từ khi Chibo ghi «so-cua-ta.xlsx», những số liệu mà Chibo đọc chưa bị sửa bằng chương trình khác.",
        "warn": False,
    }
    assert origins["GD01 Tổng hợp.xlsx",]["text"] == "sổ không có dấu của Chibo."
    assert origins["ghi-chu.xlsx",] is None


def test_of_equal_books_one_is_listed_offered_with_marks_and_sent_back(
    board: BoardPage, monkeypatch: pytest.MonkeyPatch
):
    send(board.intake, "GD01.xlsx", FIRST)
    settle(board)
    go(board.table, open="cell:gd01")
    (alone,) = listed(board)
    said = [row["title"] for row in board.unit.view["rows"]]
    send(board.intake, "GD01 bản sao.xlsx", FIRST)
    settle(board)
    go(board.table, open="cell:gd01")
    (row,) = listed(board)
    assert (row["warnings"], row["state"]) == (alone["warnings"], alone["state"])
    assert sorted(row["title"] for row in board.unit.view["rows"]) == sorted([*said, "Bản sao giống hệt"])
    assert board.unit.view["file"] == "GD01.xlsx, GD01 bản sao.xlsx"
    assert board.unit.view["marked"] == "GD01.xlsx"
    assert board.downloads.view["returning"] == 1
    assert names_in(archive_of_marked(board, monkeypatch)) == ["GD01 (cần sửa).xlsx"]


def test_findings_of_the_month_come_before_those_of_the_whole_book(full: BoardPage):
    for unit in full.board.units:
        go(full.table, open=unit.key)
        about_a_meeting = [bool(finding["meeting"]) for finding in full.unit.view["rows"]]
        assert about_a_meeting == sorted(about_a_meeting, reverse=True)


def test_findings_of_other_months_are_shown_when_asked_for(full: BoardPage):
    unit = next(unit for unit in full.board.units if unit.other_findings)
    go(full.table, open=unit.key)
    near = len(full.unit.view["rows"])
    go(full.unit, others=True)
    assert len(full.unit.view["rows"]) == near + full.unit.view["others"]


def test_the_open_units_workbook_is_handed_out_with_a_mark_at_each_cell(
    full: BoardPage, monkeypatch: pytest.MonkeyPatch
):
    sent: list[tuple[dict[str, Any], bytes]] = []
    arrived = threading.Event()

    def receive(content: dict[str, Any], buffers: list[bytes]) -> None:
        sent.append((content["download"], buffers[0]))
        arrived.set()

    monkeypatch.setattr(full.downloads, "send", receive)
    unit = next(one for one in full.board.units if one.weighty and one.cell is not None and one.files)
    go(full.table, open=unit.key)
    act(full.unit, marked=full.unit.view["marked"])
    assert arrived.wait(PATIENCE)
    [(what, data)] = sent
    assert what["name"] == unit.files[0].removesuffix(".xlsx") + " (cần sửa).xlsx"
    assert "Lỗi cần sửa" in openpyxl.load_workbook(io.BytesIO(data)).sheetnames


def test_a_refused_file_says_why_and_what_to_do(full: BoardPage):
    items = {item["file"]: item for item in full.refused.view["items"]}
    assert items.keys() == {"GD08.xlsx", "ghi-chu.xlsx"}
    item = items["ghi-chu.xlsx"]
    assert item["title"]
    assert item["text"]
    assert item["mend"]
    go(full.refused, open=item["key"])
    assert full.unit.view["file"] == "ghi-chu.xlsx"


def test_a_part_of_a_bar_opens_exactly_its_units(full: BoardPage):
    groups = full.grades.view["groups"]
    assert sum(group["units"] for group in groups) == len(full.board.table.cells)
    for group in groups:
        for part in group["parts"]:
            go(full.grades, group=group["key"], part=part["key"])
            focus = full.table.view["focus"]
            assert len(focus["units"]) == part["units"] > 0
            assert focus["title"].startswith(group["name"])
    go(full.table, all=True)
    assert full.table.view["focus"]["units"] == []


def test_attendance_opens_the_cells_behind_the_rate(full: BoardPage):
    group = full.attendance.view["groups"][0]
    go(full.attendance, group=group["key"], part="rate")
    assert len(full.table.view["focus"]["units"]) == group["units"]
    go(full.attendance, group="", part="rate")
    assert full.table.view["focus"]["title"] == "Toàn khối"


def test_a_list_of_expected_cells_shows_who_sent_nothing(full: BoardPage):
    send(full.setting, "phai-bao-cao.csv", "Mã chi bộ,Tên chi bộ\nGD01,Chi bộ Một\nXX99,Chi bộ Vắng\n".encode())
    assert full.setting.view["expected"]["count"] == 2
    assert "Ngoài danh sách" in full.setting.view["expected"]["outside"]
    assert "GD02" in full.setting.view["expected"]["outside"]
    assert "GD01" not in full.setting.view["expected"]["outside"]
    absent = rows(full)["XX99"]
    assert (absent["state"], absent["note"]) == ("missing", "Chưa gửi sổ")
    go(full.table, open=absent["key"])
    assert full.unit.view["file"] == ""
    act(full.setting, forget=True)
    assert "XX99" not in rows(full)


def test_a_list_that_is_none_is_told_and_changes_nothing(full: BoardPage):
    before = rows(full)
    send(full.setting, "anh.xlsx", b"\x89PNG\r\n")
    assert "anh.xlsx" in full.setting.view["expected"]["problems"][0]
    assert rows(full) == before


def test_english_words_everything_again_in_place(full: BoardPage):
    go(full.setting, language="en")
    assert full.table.view["title"] == "Cells in 3/2026"
    assert rows(full)["GD01"]["score_text"] == "96.5"
    assert full.intake.texts["stop"] == "Stop"
    assert ["File ghi-chu.xlsx"] in [item["places"] for item in full.refused.view["items"]]
    go(full.setting, language="vi")
    assert rows(full)["GD01"]["score_text"] == "96,5"


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("return", "bieu-tong-hop-2026-03.xlsx"),
        ("facts_csv", "du-kien-2026-03.csv"),
        ("facts_xlsx", "du-kien-2026-03.xlsx"),
    ],
)
def test_files_are_made_beside_the_main_loop_and_handed_out(
    full: BoardPage, what: str, name: str, monkeypatch: pytest.MonkeyPatch
):
    handed_out: list[tuple[str, bytes, str]] = []
    done = threading.Event()

    def offer(*file: Any) -> None:
        handed_out.append((file[0], file[1], threading.current_thread().name))
        done.set()

    monkeypatch.setattr(full.downloads, "offer_download", offer)
    act(full.downloads, make=what)
    assert done.wait(PATIENCE)
    ((given, data, thread),) = handed_out
    assert given == name
    assert data
    assert thread != threading.main_thread().name


def test_a_file_that_lacks_unread_books_is_asked_for_twice_and_says_so(
    full: BoardPage, monkeypatch: pytest.MonkeyPatch
):
    handed_out: list[str] = []
    done = threading.Event()
    monkeypatch.setattr(full.downloads, "offer_download", lambda name, *_: (handed_out.append(name), done.set()))
    act(full.intake, expect=3)
    read = full.downloads.view["books"] - 3
    assert full.downloads.view["unread"] == 3
    act(full.downloads, make="return")
    assert (full.downloads.view["asked"], full.downloads.view["making"]) == ("return", "")
    act(full.intake, unsent=["a.xlsx", "b.xlsx", "c.xlsx"])
    assert (full.downloads.view["asked"], full.downloads.view["books"]) == ("", read)
    act(full.intake, expect=1)
    act(full.downloads, make="return", partial=True)
    assert done.wait(PATIENCE)
    assert handed_out == ["bieu-tong-hop-2026-03 (chưa đủ).xlsx"]


def test_files_that_were_not_sent_are_named_until_they_come(full: BoardPage):
    def notes() -> list[str]:
        return [note["text"] for note in full.intake.view["notes"]]

    act(full.intake, expect=7)
    act(full.intake, unsent=[f"CB{number}.xlsx" for number in range(7)])
    assert [said.partition(" nên")[0] for said in notes()] == ["Còn 7 tệp chưa gửi được"]
    assert "CB0.xlsx, CB1.xlsx, CB2.xlsx, CB3.xlsx, CB4.xlsx, …" in notes()[0]
    act(full.intake, expect=6)
    for number in range(6):
        send(full.intake, f"CB{number}.xlsx", b"khong phai so")
    assert "Còn 1 tệp chưa gửi được nên chưa tính: CB6.xlsx." in notes()[0]
    act(full.intake, clear=True)
    assert notes() == []


def test_an_archive_that_is_still_looked_into_is_unread(full: BoardPage):
    gate = threading.Event()
    full._run.gather(lambda: find_uploads([("x.xlsx", b"x")]) if gate.wait(PATIENCE) else None)
    act(full.downloads, make="return")
    assert (full.downloads.view["unread"], full.downloads.view["asked"]) == (1, "return")
    gate.set()
    settle(full)
    full._draw()
    assert full.downloads.view["unread"] == 0


def archive_of_marked(board: BoardPage, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The archive of the books to return, as the browser gets it."""
    handed_out: list[bytes] = []
    done = threading.Event()

    def offer(_name: str, data: bytes, _kind: str) -> None:
        handed_out.append(data)
        done.set()

    monkeypatch.setattr(board.downloads, "offer_download", offer)
    act(board.downloads, make="marked")
    assert done.wait(PATIENCE)
    return handed_out[0]


def names_in(packed: bytes) -> list[str]:
    with ZipFile(BytesIO(packed)) as archive:
        return archive.namelist()


def test_books_to_return_are_marked_one_after_the_other_and_told(full: BoardPage, monkeypatch: pytest.MonkeyPatch):
    steps = []
    full.downloads.observe(lambda change: steps.append(tuple(change["new"]["step"])), "view")
    with ZipFile(BytesIO(archive_of_marked(full, monkeypatch))) as archive:
        names = archive.namelist()
        assert all("(cần sửa)" in name for name in names if name != NOT_MARKED)
        assert "ghi-chu.xlsx" in archive.read(NOT_MARKED).decode("utf-8-sig")
        marked = [open_package(archive.read(name)).sheets for name in names if name != NOT_MARKED]
    assert marked
    assert all(INDEX_SHEET in {sheet.name for sheet in sheets} for sheets in marked)
    count = full.downloads.view["returning"]
    assert {step for step in steps if step != (0, 0)} >= {(done, count) for done in range(1, count)}


def test_two_differing_books_of_a_cell_are_named_among_those_to_return(
    board: BoardPage, monkeypatch: pytest.MonkeyPatch
):
    for name, minutes in (("một.xlsx", 30), ("hai.xlsx", 45)):
        meeting = a_meeting(ends_at=time(15, minutes))
        send(board.intake, name, write_book(a_book(meeting), board.library))
    settle(board)
    board._draw()
    assert board.downloads.view["returning"] == 2
    with ZipFile(BytesIO(archive_of_marked(board, monkeypatch))) as archive:
        lines = archive.read(NOT_MARKED).decode("utf-8-sig").splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["hai.xlsx", "một.xlsx"]
    assert all("Một chi bộ gửi các sổ khác nhau" in line for line in lines)


def test_what_one_page_has_read_the_next_one_knows(board: BoardPage):
    send(board.intake, "GD01.xlsx", FIRST)
    settle(board)
    again = BoardPage(Library(), today=TODAY, engine=Unneeded())
    send(again.intake, "GD01.xlsx", FIRST)
    settle(again)
    assert rows(again) == rows(board)


class Hindered:
    """An engine for which no process can be had."""

    def run(self, *_: object) -> None:
        raise NoWorkerError(Hindrance.SLOW)


def test_why_no_book_is_read_is_told_in_the_language_of_the_page():
    page = BoardPage(Library(), today=TODAY, engine=Hindered())
    send(page.intake, "GD01.xlsx", FIRST)
    settle(page)
    for language, told in (("vi", "tiến trình riêng để đọc sổ"), ("en", "No separate process can be had")):
        go(page.setting, language=language)
        assert told in page.intake.view["notes"][-1]["text"]


class Unneeded:
    """An engine that is asked for no book."""

    def run(self, books: Sequence[BookSource], *_: object) -> None:
        raise AssertionError(books)


def test_a_return_that_cannot_be_made_is_told(board: BoardPage, tmp_path: Path):
    (tmp_path / "sheets" / "returns").mkdir(parents=True)
    (tmp_path / "sheets" / "returns" / "thang.toml").write_text("schema = 1\n", encoding="utf-8")
    broken = BoardPage(Library(tmp_path), today=TODAY, engine=InProcess())
    send(broken.intake, "GD01.xlsx", FIRST)
    settle(broken)
    told = threading.Event()
    broken.downloads.observe(lambda change: told.set() if change["new"]["problem"] else None, "view")
    act(broken.downloads, make="return")
    assert told.wait(PATIENCE)
    assert "thang.toml" in broken.downloads.view["problem"]


def test_a_folder_of_the_office_is_read_and_no_other(tmp_path: Path):
    (tmp_path / "so" / "quy 1").mkdir(parents=True)
    for name, data in golden_office().items():
        (tmp_path / "so" / "quy 1" / name).write_bytes(data)
    (tmp_path / "so" / "ghi chu.txt").write_text("không phải sổ", encoding="utf-8")
    board = BoardPage(Library(tmp_path), today=TODAY, engine=InProcess())
    act(board.intake, folder="../..")
    assert "Chỉ đọc được thư mục" in board.intake.view["folder_problem"]
    act(board.intake, folder="so")
    settle(board)
    assert board.intake.view["folder_problem"] == ""
    assert board.intake.view["done"] == len(golden_office())
    assert any("1 tệp không phải sổ" in note["text"] for note in board.intake.view["notes"])


def test_without_an_office_no_folder_is_offered(board: BoardPage):
    assert not board.intake.view["folders"]
    act(board.intake, folder="/etc")
    assert board.intake.view["folder_problem"]


def test_clearing_begins_again(full: BoardPage):
    act(full.intake, clear=True)
    assert full.intake.view["phase"] == "empty"
    assert listed(full) == []


def test_an_empty_file_is_refused_by_name_like_any_other(board: BoardPage):
    board.intake.received({"upload": {"id": 1, "name": "rong.xlsx", "size": 0, "offset": 0}}, [])
    settle(board)
    assert [item["file"] for item in board.refused.view["items"]] == ["rong.xlsx"]


def test_a_file_that_did_not_arrive_whole_is_told_by_name(board: BoardPage):
    board.intake.received({"upload": {"id": 2, "name": "dut.xlsx", "size": 10, "offset": 5}}, [memoryview(b"12345")])
    (note,) = board.intake.view["notes"]
    assert "«dut.xlsx»" in note["text"]


def test_stopping_keeps_the_rest_and_reading_goes_on_when_asked(board: BoardPage):
    gate = threading.Event()
    board._run.gather(lambda: find_uploads([("a.xlsx", b"x")]) if gate.wait(PATIENCE) else None)
    act(board.intake, stop=True)
    gate.set()
    settle(board)
    assert (board.intake.view["phase"], board.intake.view["done"]) == ("stopped", 0)
    act(board.intake, resume=True)
    settle(board)
    assert (board.intake.view["phase"], board.intake.view["done"]) == ("ready", 1)
    gate.clear()
    board._run.gather(lambda: find_uploads([("b.xlsx", b"x")]) if gate.wait(PATIENCE) else None)
    act(board.intake, stop=True)
    gate.set()
    settle(board)
    act(board.intake, expect=1)  # more files are chosen: that says "go on" too
    settle(board)
    assert board.intake.view["done"] == 2


@pytest.mark.parametrize(
    "message",
    [
        None,
        "text",
        {"go": None},
        {"go": {"month": 13, "year": 2026}},
        {"go": {"month": "3", "year": 2026}},
        {"go": {"open": 7}},
        {"go": {"group": "DB01"}},
        {"go": {"group": "khong-co", "part": "khong-co"}},
        {"act": {"make": "rm"}},
        {"act": {"folder": "x" * 5_000}},
        {"upload": {"name": "../../x.xlsx"}},
        {"go": {"language": "fr"}},
    ],
)
def test_whatever_else_the_browser_sends_is_left_alone(full: BoardPage, message: Any):
    before = (full.setting.view, full.table.lines, full.unit.view, full.downloads.view)
    for widget in (full.setting, full.intake, full.table, full.unit, full.refused, full.grades, full.downloads):
        widget.received(message, [])
    assert (full.setting.view, full.table.lines, full.unit.view, full.downloads.view) == before
    assert full.table.view["focus"]["units"] == []


def test_a_cleared_page_holds_none_of_its_books_any_longer(full: BoardPage):
    first = next(iter(full.board.units))
    go(full.table, open=first.key)
    held = [weakref.ref(outcome) for outcome in full._run.consolidation.outcomes]
    del first
    act(full.intake, clear=True)
    assert full.intake.view["phase"] == "empty"
    assert listed(full) == []
    assert full.unit.view["key"] == ""
    assert [ref for ref in held if ref() is not None] == []
