"""Sending a book back: the marked copy goes with it, is kept, comes out again, and is taken in without its marks."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from acceptance.command_line import chibo
from chibo.engine.sources import find_uploads
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.office.lineage.keeping import kept_copies
from chibo.office.memory import Memory, sending_back
from chibo.office.memory.backup import back_up, restore
from chibo.office.memory.handed import HandedIn
from chibo.office.memory.history import history_of
from chibo.office.memory.log import read_log
from chibo.office.memory.periods import open_period
from chibo.office.memory.sending_back import send_back, sent_copy
from chibo.office.memory.submitting import submit
from chibo.submissions import Reason, State
from chibo.workbook.reading.list_of_marks import INDEX_SHEET
from memory.books_handed_in import FEBRUARY_ROW, MARCH_ROW, a_book
from memory.offices_in_memory import a_register, an_office, as_user
from memory.test_submitting import PEOPLE

MARCH = Period(2026, 3, 3)
REASON = Reason(text="giờ kết thúc chưa khớp", sheet="Sinh hoạt", address="E2")


@pytest.fixture
def office(tmp_path: Path) -> Memory:
    memory, _ = an_office(tmp_path / "vp", date(2026, 4, 3), a_register(people=PEOPLE))
    open_period(as_user(memory, "ban"), MARCH)
    submit(as_user(memory, "nop1"), find_uploads([("so.xlsx", a_book())]), MARCH)
    return memory


def notes(data: bytes) -> dict[str, str]:
    """The notes on the cells of `Sinh hoạt`."""
    sheet = openpyxl.load_workbook(BytesIO(data))["Sinh hoạt"]
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def test_the_copy_has_the_reasons_at_their_cells_and_is_kept(office: Memory) -> None:
    sent = send_back(as_user(office, "xem"), "CB01", MARCH, note="xem lại cả tháng", reasons=[REASON])
    assert sent.decision.submission.state is State.RETURNED
    assert "Người thẩm định: giờ kết thúc chưa khớp" in notes(sent.copy)["E2"]
    listed = openpyxl.load_workbook(BytesIO(sent.copy))[INDEX_SHEET]
    assert any("xem lại cả tháng" in str(cell.value) for row in listed.iter_rows() for cell in row)
    assert sent_copy(as_user(office, "nop1"), "CB01", MARCH, "sửa") == sent.copy
    last = read_log(as_user(office, "ban"), last=1)[0]
    assert (last.act, last.after, last.reason) == (
        "file-given-out",
        sent.decision.submission.sent_copy,
        "sửa",
    )


def test_the_marked_copy_handed_in_unchanged_is_the_same_book(office: Memory) -> None:
    sent = send_back(as_user(office, "xem"), "CB01", MARCH, reasons=[REASON])
    (again,) = submit(as_user(office, "nop1"), find_uploads([("so.xlsx", sent.copy)]), MARCH)
    assert (again.result, again.submission.state) == (HandedIn.UNCHANGED, State.RETURNED)


def test_it_is_kept_by_a_backup_too(office: Memory, tmp_path: Path) -> None:
    sent = send_back(as_user(office, "xem"), "CB01", MARCH, reasons=[REASON])
    back_up(as_user(office, "quan"), tmp_path / "sao-luu.zip")
    restore(tmp_path / "sao-luu.zip", tmp_path / "moi", "quan")
    out = tmp_path / "tra.xlsx"
    asked = ("history", "CB01", "--period", "2026-03", "--returned")
    named = ("--home", tmp_path / "moi", "--as", "nop1")
    assert chibo(*asked, *named).exit_code == 2
    taken = chibo(*asked, "--out", out, *named)
    assert taken.exit_code == 0, taken.err
    assert out.read_bytes() == sent.copy


def test_the_command_writes_the_copy_at_once(office: Memory, tmp_path: Path) -> None:
    home, out = office.library.office, tmp_path / "tra.xlsx"
    office.close()
    made = chibo(
        "return",
        "CB01",
        "--period",
        "2026-03",
        "--at",
        "Sinh hoạt!E2=xem giờ",
        "--out",
        out,
        "--home",
        home,
        "--as",
        "xem",
    )
    assert made.exit_code == 0, made.err
    assert "xem giờ" in notes(out.read_bytes())["E2"]


def test_who_may_not_send_back_makes_no_copy(office: Memory) -> None:
    for user in ("nop1", "nop2"):
        with pytest.raises(ChiboError, match="không được"):
            send_back(as_user(office, user), "CB01", MARCH, note="x")
    with pytest.raises(ChiboError, match="chưa có bản đánh dấu"):
        sent_copy(as_user(office, "nop1"), "CB01", MARCH, "sửa")


def test_a_book_that_came_in_while_the_copy_was_made_is_not_sent_back_unseen(
    office: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sending_back.marked_copy

    def meanwhile(*arguments):
        submit(as_user(office, "nop1"), find_uploads([("so.xlsx", a_book(hours=2, ends="15:45"))]), MARCH)
        return made(*arguments)

    monkeypatch.setattr(sending_back, "marked_copy", meanwhile)
    with pytest.raises(ChiboError, match="vừa nộp bản khác"):
        send_back(as_user(office, "xem"), "CB01", MARCH, reasons=[REASON])
    assert kept_copies(office.library.office, "CB01", 2026) == (), "nobody got that copy"
    monkeypatch.undo()
    sent = send_back(as_user(office, "xem"), "CB01", MARCH, reasons=[REASON])
    assert sent.edition.receipt == 2
    (kept,) = kept_copies(office.library.office, "CB01", 2026)
    assert kept.path.read_bytes() == sent.copy


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Không có!C14", "không có trang «Không có». Các trang của sổ: «Thông tin», «Đảng viên», «Sinh hoạt»,"),
        ("Sinh hoạt!C", "«C» không phải địa chỉ của một ô ở trang «Sinh hoạt». Viết như C14"),
        ("Sinh hoạt!XFE1", "«XFE1» không phải địa chỉ"),
        ("Sinh hoạt!A1048577", "«A1048577» không phải địa chỉ"),
    ],
)
def test_a_place_that_the_book_does_not_have_is_refused_and_nothing_is_sent_back(
    office: Memory, place: str, said: str
) -> None:
    home = office.library.office
    told = chibo("return", "CB01", "--period", "2026-03", "--at", f"{place}=xem lại", "--home", home, "--as", "xem")
    assert (told.exit_code, said in told.err) == (1, True), told.err
    assert "Traceback" not in told.err
    assert history_of(as_user(office, "xem"), "CB01", MARCH).state is State.SUBMITTED


def test_a_sheet_typed_in_another_case_is_that_sheet(office: Memory) -> None:
    reason = Reason(text="giờ", sheet="sinh  HOẠT", address="E2")
    sent = send_back(as_user(office, "xem"), "CB01", MARCH, reasons=[reason])
    assert "giờ" in notes(sent.copy)["E2"]


BOTH = f"{FEBRUARY_ROW}\n{MARCH_ROW}"


def test_a_cell_of_another_period_is_told_to_whoever_sends_the_book_back(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", date(2026, 4, 3), a_register(people=PEOPLE))
    open_period(as_user(memory, "ban"), MARCH)
    submit(as_user(memory, "nop1"), find_uploads([("so.xlsx", a_book(rows=BOTH))]), MARCH)
    reasons = ("E2=giờ chưa khớp", "E3=giờ này cũng thế")
    at = [part for reason in reasons for part in ("--at", f"Sinh hoạt!{reason}")]
    sent = chibo("return", "CB01", "--period", "2026-03", *at, "--home", tmp_path / "vp", "--as", "xem")
    assert sent.exit_code == 0, sent.err
    assert "«Sinh hoạt!E2» là ô của buổi 2026-02, ngoài kỳ 2026-03" in sent.err
    assert "chibo return CB01 --period 2026-02 --at «Sinh hoạt!E2=…»" in sent.err
    assert "E3» là ô" not in sent.err
