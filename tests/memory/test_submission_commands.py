"""The way of a month through the commands: handed in, sent back, verified, accepted, consolidated."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from acceptance.command_line import Called, chibo
from chibo.findings import Severity
from chibo.model import Period
from chibo.office.memory import remembering
from chibo.office.memory.periods import open_period
from chibo.workbook.marking import Mark, mark_workbook
from chibo.workbook.reading.list_of_marks import INDEX_SHEET
from memory.books_handed_in import FEBRUARY_ROW, MARCH_ROW, a_book
from memory.offices_in_memory import Noon, a_register, an_office, as_user
from memory.test_submitting import PEOPLE

DAY = date(2026, 4, 3)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office with March open, and the books of two of its three cells in the folder `so`."""
    home = tmp_path / "vp"
    memory, _ = an_office(home, DAY, a_register(people=PEOPLE))
    open_period(as_user(memory, "ban"), Period(2026, 3, 3))
    memory.close()
    monkeypatch.setattr(remembering, "now", Noon(DAY))
    (home / "so").mkdir()
    for cell in ("CB01", "CB02"):
        (home / "so" / f"{cell}.xlsx").write_bytes(a_book(cell))
    return home


def run(home: Path, *arguments: object, user: str = "ban") -> Called:
    return chibo(*arguments, "--home", home, "--as", user)


def step(home: Path, cell: str = "CB01") -> str:
    rows = run(home, "status", "--period", "2026-03", "--format", "json").data()
    return next(row["step"] for row in rows if row["unit"] == cell)


def test_a_month_from_the_books_to_the_return(home: Path, tmp_path: Path) -> None:
    handed = run(home, "submit", home / "so", "--receipts", "--format", "json")
    assert [(row["unit"], row["result"], row["receipt"]) for row in handed.data()] == [
        ("CB01", "new", 1),
        ("CB02", "new", 2),
    ]
    assert "BIÊN NHẬN SỐ 2" in handed.err
    again = run(home, "submit", home / "so", "--format", "json", user="nop1")
    assert [row["result"] for row in again.data()] == ["unchanged", "refused"]
    assert again.exit_code == 1
    assert run(home, "verify", "CB01", "--period", "2026-03", user="xem").exit_code == 0
    out = tmp_path / "thang-3.xlsx"
    made = run(home, "consolidate", "--period", "2026-03", "--return", "thang", "--out", out)
    assert made.exit_code == 0, made.err
    assert "2 sổ, 1 đã thẩm định" in made.err
    assert "CB03" in made.err, "who has not reported is named"
    names = {cell.value for row in openpyxl.load_workbook(out).worksheets[0].iter_rows() for cell in row}
    assert {"Chi bộ Phòng số 1", "Chi bộ Phòng số 3"} <= names


def test_a_file_that_is_passed_over_is_named_when_a_folder_is_handed_in(home: Path) -> None:
    (home / "so" / "CB03.ods").write_bytes(a_book("CB03"))
    handed = run(home, "submit", home / "so")
    assert handed.exit_code == 0, handed.err
    assert "lưu thành .xlsx rồi làm lại:\n- CB03.ods\n" in handed.err


def test_what_was_typed_on_the_list_of_marks_is_told_when_the_book_is_handed_in(home: Path) -> None:
    marked = mark_workbook(a_book(), [Mark("Sinh hoạt", "C2", Severity.WARN, "Xem lại ngày.")])
    book = openpyxl.load_workbook(BytesIO(marked))
    book[INDEX_SHEET]["F5"] = "ngày ấy đúng rồi"
    book.save(home / "so" / "CB01.xlsx")
    handed = run(home, "submit", home / "so" / "CB01.xlsx", home / "so" / "CB02.xlsx")
    assert handed.exit_code == 0, handed.err
    assert "[Lỗi cần sửa F5]" in handed.err
    assert "«ngày ấy đúng rồi»" in handed.err
    assert "CB02.xlsx:" not in handed.err


def texts_of(path: Path) -> str:
    rows = openpyxl.load_workbook(path, data_only=True).worksheets[0].iter_rows()
    return "\n".join(str(cell.value) for row in rows for cell in row if cell.value is not None)


def test_who_handed_in_again_after_the_review_is_named_and_either_book_can_be_taken(home: Path, tmp_path: Path) -> None:
    run(home, "submit", home / "so")
    run(home, "verify", "CB01", "--period", "2026-03", user="xem")
    (home / "so" / "CB01.xlsx").write_bytes(a_book(hours=2, ends="15:50"))
    run(home, "submit", home / "so" / "CB01.xlsx")
    out = tmp_path / "thang-3.xlsx"
    wanted = ("consolidate", "--period", "2026-03", "--return", "thang", "--out", out)
    made = run(home, *wanted)
    assert "Có bản nộp sau, chưa thẩm định (1): CB01." in made.err
    assert "--edition newest" in made.err
    assert "Tính theo bản đã thẩm định, chưa tính bản nộp sau còn chờ thẩm định của: CB01." in texts_of(out)
    made = run(home, *wanted, "--edition", "newest")
    assert "Dùng bản nộp sau, chưa thẩm định, thay bản đã thẩm định (1): CB01." in made.err
    assert "2 sổ, 0 đã thẩm định" in made.err
    assert "Tính theo bản nộp sau, chưa thẩm định, của: CB01." in texts_of(out)
    assert run(home, *wanted[:1], home / "so", *wanted[1:], "--edition", "newest").exit_code == 2


def test_status_depends_on_what_was_recorded_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(home, "submit", home / "so" / "CB01.xlsx", user="nop1")
    first = run(home, "status", "--period", "2026-03", "--format", "json").out
    monkeypatch.setattr(remembering, "now", Noon(date(2026, 4, 25)))
    assert run(home, "status", "--period", "2026-03", "--format", "json").out == first
    assert str(home) not in first.decode()
    row = json.loads(first)[0]
    assert (row["unit"], row["state"], row["step"], row["submitted_by"], row["late"]) == (
        "CB01",
        "partial",
        "submitted",
        "nop1",
        False,
    )
    table = run(home, "status", "--period", "2026-03", "--committee", "db01")
    assert "1/3 đã nộp (33,33%)" in table.err


def test_the_version_in_use_and_how_many_there_are_are_told_alike_by_status_and_history(home: Path) -> None:
    book, asked = home / "so" / "CB01.xlsx", ("status", "--period", "2026-03")
    run(home, "submit", book)
    assert "bản 1, có" not in run(home, *asked).out.decode()
    first = book.read_bytes()
    book.write_bytes(a_book(hours=2, ends="15:50"))
    run(home, "submit", book)
    assert "bản 2, có 2 bản" in run(home, *asked).out.decode()
    book.write_bytes(first)
    run(home, "submit", book, "--period", "2026-03", "--again")
    assert "bản 1, có 2 bản" in run(home, *asked).out.decode()
    assert "bản 1, có 2 bản." in run(home, "history", "CB01", "--period", "2026-03").err
    row = run(home, *asked, "--format", "json").data()[0]
    assert (row["version"], row["version_in_use"]) == (2, 1)


def test_people_see_each_units_own_day_and_how_it_stands_against_it(home: Path) -> None:
    run(home, "submit", home / "so" / "CB01.xlsx", user="nop1")
    (home / "so" / "CB02.xlsx").write_bytes(a_book("CB02", rows=FEBRUARY_ROW))
    handed_in = run(home, "submit", home / "so" / "CB02.xlsx", "--period", "2026-03").out.decode()
    assert "đã nộp sổ trống" in handed_in
    assert "Sổ chưa ghi gì của kỳ 2026-03" in " ".join(handed_in.split())
    run(home, "period", "except", "2026-03", "CB03", "--until", "20/04/2026", "--reason", "mới tách")
    lines = run(home, "status", "--period", "2026-03").out.decode().splitlines()
    first, second, third = (next(line for line in lines if line.startswith(f"CB0{n}")) for n in (1, 2, 3))
    assert "05/04/2026" in first
    assert "đúng hạn" in first
    assert "đã nộp sổ trống" in second, "nothing waits for a review"
    assert "thẩm định" not in second
    assert "gia hạn đến 20/04/2026" in third
    assert "còn 17 ngày" in third
    assert "gia hạn đến 20/04/2026" in run(home, "who-is-missing", "--period", "2026-03").out.decode()
    run(home, "period", "close", "2026-03")
    assert "đã khóa, chưa thẩm định" in run(home, "status", "--period", "2026-03").out.decode()


def test_a_refusal_at_the_prompt_names_the_command_that_leads_on(home: Path) -> None:
    run(home, "period", "close", "2026-03")
    refused = run(home, "submit", home / "so" / "CB01.xlsx", "--period", "2026-03", "--format", "csv").rows()
    assert "Lệnh: chibo period open 2026-03" in refused[0]["why"]
    assert "Lệnh: chibo period open 2026-05" in run(home, "status", "--period", "2026-05").err


def test_a_book_goes_back_with_its_reasons_and_comes_again(home: Path) -> None:
    run(home, "submit", home / "so", user="ban")
    sent = run(home, "return", "CB01", "--period", "2026-03", "--at", "Sinh hoạt!E2=giờ kết thúc chưa khớp", user="xem")
    assert sent.exit_code == 0, sent.err
    assert step(home) == "returned"
    (home / "so" / "CB01.xlsx").write_bytes(a_book(hours=2, ends="15:45"))
    run(home, "submit", home / "so" / "CB01.xlsx", user="nop1")
    assert step(home) == "resubmitted"
    told = run(home, "history", "CB01", "--period", "2026-03", "--format", "json").data()
    assert [row["what"] for row in told] == ["nộp", "đã trả lại để sửa", "nộp"]
    assert told[1]["reason"] == "Sinh hoạt!E2: giờ kết thúc chưa khớp"
    assert [row["in_use"] for row in told] == ["", "", "x"]


def test_what_was_mended_in_another_period_is_taken_in_and_told_as_that(home: Path) -> None:
    book, rows = home / "so" / "CB01.xlsx", f"{FEBRUARY_ROW}\n{MARCH_ROW}"
    asked = ("submit", book, "--period", "2026-03")
    for hours, ends in enumerate(("15:30", "15:40")):
        book.write_bytes(a_book(rows=rows, ends=ends, hours=hours))
        told = " ".join(run(home, *asked, user="nop1").out.decode().split())
    assert "đã nhận, phần của kỳ như cũ" in told
    assert "không có gì mới" not in told
    run(home, "return", "CB01", "--period", "2026-03", "--reason", "xem lại", user="xem")
    book.write_bytes(a_book(rows=rows, ends="15:50", hours=2))
    (row,) = run(home, *asked, "--format", "json", user="nop1").data()
    assert (row["result"], row["receipt"], row["state"]) == ("unchanged", 3, "returned")
    assert row["why"].startswith(
        "Đã nhận tệp, nhưng phần của kỳ 2026-03 trong tệp này vẫn như bản đã bị trả lại: kỳ này vẫn chờ sửa."
    )


def test_a_file_that_only_says_the_same_as_the_accepted_one_is_told_from_it(home: Path) -> None:
    book = home / "so" / "CB01.xlsx"
    run(home, "submit", book, user="nop1")
    run(home, "verify", "CB01", "--period", "2026-03", user="xem")
    run(home, "accept", "CB01", "--period", "2026-03")
    asked = ("submit", book, "--period", "2026-03", "--format", "json")
    assert [(row["result"], row["why"]) for row in run(home, *asked, user="nop1").data()] == [("unchanged", "")]
    book.write_bytes(a_book(hours=2))
    (told,) = run(home, *asked, user="nop1").data()
    assert told["receipt"] == 1
    assert told["why"].startswith("Tệp này không phải tệp đã nộp, nhưng về kỳ 2026-03 thì nói y như biên nhận 1 («CB01")


def test_what_an_edition_changed_is_shown_cell_by_cell_and_logged(home: Path) -> None:
    run(home, "submit", home / "so")
    assert (
        "Chưa có bản nào khác"
        in run(home, "history", "CB02", "--period", "2026-03", "--changes", "--reason", "xem").err
    )
    (home / "so" / "CB01.xlsx").write_bytes(a_book(hours=2, ends="15:45"))
    run(home, "submit", home / "so" / "CB01.xlsx")
    asked = ("history", "CB01", "--period", "2026-03", "--changes")
    assert run(home, *asked).exit_code == 2
    shown = run(home, *asked, "--reason", "đối chiếu", "--format", "json").data()
    assert [(row["before"], row["after"]) for row in shown] == [("15:30", "15:45")]
    log = run(home, "audit", "list", "--about", "2026-03 · CB01", "--format", "json").data()
    assert [row["act"] for row in log] == ["submitted", "submitted", "file-given-out", "file-given-out"]
    assert log[-1]["reason"] == "đối chiếu"


def test_the_file_comes_out_as_it_went_in(home: Path, tmp_path: Path) -> None:
    run(home, "submit", home / "so")
    out = tmp_path / "ra.xlsx"
    run(home, "history", "CB01", "--period", "2026-03", "--out", out, "--reason", "in lại")
    assert out.read_bytes() == (home / "so" / "CB01.xlsx").read_bytes()
    again = run(home, "history", "CB01", "--period", "2026-03", "--out", out, "--reason", "in lại")
    assert (again.exit_code, "--force" in again.err) == (2, True)
    other = tmp_path / "khac.xlsx"
    refused = run(home, "history", "CB02", "--period", "2026-03", "--out", other, "--reason", "x", user="nop1")
    assert refused.exit_code == 1


def test_the_ladder_is_kept_by_the_commands(home: Path) -> None:
    run(home, "submit", home / "so", user="ban")
    assert run(home, "accept", "CB01", "--period", "2026-03").exit_code == 1
    assert run(home, "verify", "CB01", "--period", "2026-03", user="xem").exit_code == 0
    own = run(home, "accept", "CB01", "--period", "2026-03")
    assert "phải là người khác" in own.err
    assert run(home, "return", "CB01", "--period", "2026-03", user="xem").exit_code == 1
    assert run(home, "return", "CB01", "--period", "2026-03", "--at", "không rõ", user="xem").exit_code == 2
    assert run(home, "verify", "CB99", "--period", "2026-03", user="xem").exit_code == 1
    assert run(home, "verify", "CB01", "--period", "2026-02", user="xem").exit_code == 1
    run(home, "period", "close", "2026-03")
    assert step(home) == "locked"
    assert run(home, "reopen", "CB01", "--period", "2026-03", "--reason", "nhầm").exit_code == 0
    assert step(home) == "reopened"


def test_who_is_missing_as_a_message_to_be_sent(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(home, "submit", home / "so")
    monkeypatch.setattr(remembering, "now", Noon(date(2026, 4, 10)))
    said = run(home, "who-is-missing", "--period", "2026-03", "--message").out.decode()
    assert "- CB03 Chi bộ Phòng số 3, quá hạn 3 ngày" in said
    rows = run(home, "who-is-missing", "--period", "2026-03", "--format", "json").data()
    assert [(row["unit"], row["days_overdue"], row["contact"]) for row in rows] == [
        ("CB03", 3, "Đồng chí xem số máy của xem")
    ]


def test_a_unit_with_an_empty_book_is_counted_apart_from_those_that_sent_none(tmp_path: Path, home: Path) -> None:
    empty = tmp_path / "CB02.xlsx"
    empty.write_bytes(a_book("CB02", rows=FEBRUARY_ROW))
    run(home, "submit", empty, "--period", "2026-03")
    told = run(home, "who-is-missing", "--period", "2026-03").err
    assert "Kỳ 2026-03: còn 3 đơn vị: 2 chưa nộp, 1 nộp sổ trống." in told


def test_without_files_and_office_consolidate_says_what_it_wants(tmp_path: Path, home: Path) -> None:
    out = tmp_path / "x.xlsx"
    wanted = ("consolidate", "--period", "2026-03", "--return", "thang", "--out", out)
    assert chibo(*wanted).exit_code == 2
    assert run(home, "consolidate", "--period", "2025-03", "--return", "thang", "--out", out).exit_code == 1
    assert not out.exists()


def test_where_a_period_takes_nothing_more_the_message_says_what_can_be_done(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("who-is-missing", "--period", "2026-03")
    run(home, "submit", home / "so" / "CB01.xlsx")
    run(home, "period", "except", "2026-03", "CB03", "--until", "20/06/2026", "--reason", "mới tách")
    monkeypatch.setattr(remembering, "now", Noon(date(2026, 6, 10)))
    taken, shut = run(home, *asked, "--message").out.decode().split("Kỳ 2026-03, các chi bộ chưa nộp")[1:]
    assert "- CB03" in taken
    assert "Đề nghị các đồng chí nộp sớm" in taken
    assert "- CB02" in shut
    assert "nộp sớm" not in shut
    assert "xin Ban Tổ chức gia hạn" in shut
    assert "Liên hệ: Đồng chí ban số máy của ban." in shut
    run(home, "period", "close", "2026-03")
    closed = run(home, *asked, "--message").out.decode()
    assert "nộp sớm" not in closed
    assert "xin Ban Tổ chức mở lại kỳ" in closed
    assert "xin Ban Tổ chức mở lại kỳ" in run(home, *asked).err


def test_a_book_with_another_name_than_its_code_has_is_told_once(home: Path) -> None:
    open_period_of(home, 2)
    (home / "so" / "CB01.xlsx").write_bytes(a_book(rows=f"{FEBRUARY_ROW}\n{MARCH_ROW}"))
    said = run(home, "submit", home / "so" / "CB01.xlsx").err
    told = [line for line in said.splitlines() if "CB01" in line and "danh bạ" in line]
    assert len(told) == 1, "both periods know the unit by one name"
    assert "sổ ghi «Chi bộ Phòng số 01», còn trong danh bạ mã CB01 là «Chi bộ Phòng số 1»" in told[0]
    (home / "so" / "CB01.xlsx").write_bytes(renamed(a_book(), "Chi bộ  phòng số 1"))
    assert "danh bạ" not in run(home, "submit", home / "so" / "CB01.xlsx").err, "another way of writing it"


def test_one_refusal_stands_for_all_periods_of_which_it_is_true(home: Path) -> None:
    open_period_of(home, 2)
    book = home / "so" / "CB01.xlsx"
    book.write_bytes(a_book("CB77", rows=f"{FEBRUARY_ROW}\n{MARCH_ROW}"))
    shown = run(home, "submit", book)
    assert shown.exit_code == 1
    text = " ".join(shown.out.decode().split())
    assert text.count("không nhận") == 1
    assert text.count("Danh bạ không có") == 1
    assert "2026-02, 2026-03" in text
    rows = run(home, "submit", book, "--format", "json").data()
    assert [(row["period"], row["result"]) for row in rows] == [("2026-02", "refused"), ("2026-03", "refused")]


def test_refusals_that_name_their_period_are_told_together_with_all_of_them(home: Path) -> None:
    open_period_of(home, 2)
    book = home / "so" / "CB01.xlsx"
    book.write_bytes(a_book(rows=f"{FEBRUARY_ROW}\n{MARCH_ROW}"))
    run(home, "submit", book, user="nop1")
    for period in ("2026-02", "2026-03"):
        assert run(home, "verify", "CB01", "--period", period, user="xem").exit_code == 0
        assert run(home, "accept", "CB01", "--period", period).exit_code == 0
    changed = FEBRUARY_ROW.replace("t:15:30", "t:15:40")
    book.write_bytes(a_book(rows=f"{changed}\n{MARCH_ROW}", ends="15:45", hours=2))
    text = " ".join(run(home, "submit", book, user="nop1").out.decode().split())
    assert text.count("Ban Tổ chức mở lại") == 1
    assert "CB01 kỳ 2026-02, 2026-03 đã chấp nhận" in text
    assert "chibo reopen CB01 --period KỲ" in text


def open_period_of(home: Path, month: int) -> None:
    assert run(home, "period", "open", f"2026-{month:02}", "--due", "05/04/2026").exit_code == 0


def renamed(data: bytes, name: str) -> bytes:
    """The book with another name of its cell."""
    book = openpyxl.load_workbook(BytesIO(data))
    for cell in (cell for row in book["Thông tin"].iter_rows() for cell in row):
        if str(cell.value).startswith("Chi bộ"):
            cell.value = name
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_blanks_around_an_account_make_no_other_account(home: Path) -> None:
    run(home, "submit", home / "so" / "CB01.xlsx", user=" nop1 ")
    (row,) = (one for one in run(home, "status", "--period", "2026-03", "--format", "json").data() if one["receipt"])
    assert row["submitted_by"] == "nop1"


def test_a_clock_that_is_behind_the_log_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(home, "submit", home / "so" / "CB01.xlsx")
    assert "sớm hơn mục cuối của nhật ký" not in run(home, "status", "--period", "2026-03").err
    monkeypatch.setattr(remembering, "now", Noon(date(2026, 3, 1)))
    told = run(home, "status", "--period", "2026-03", "--format", "json")
    assert "Máy đang chỉ ngày 01/03/2026, sớm hơn mục cuối của nhật ký (ngày 03/04/2026)" in told.err
    assert told.data()[0]["unit"] == "CB01", "the answer is given all the same"
