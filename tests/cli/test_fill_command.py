"""`chibo fill` writes one meeting's values into a copy of the workbook, everything else staying as it is."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click import UsageError
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from chibo.cli.main import cli
from chibo.cli.manual import manual
from chibo.cli.refused_acts import refusal_words
from chibo.cli.set_values import settable_columns, typed_pairs
from chibo.definitions.layouts import Column
from chibo.errors import ChiboError
from chibo.legacy_text import Encoding
from chibo.model import MeetingCode
from chibo.office.desk.desk import ActRefusedError, Reason
from chibo.workbook import read_book
from desks import library
from old_excel import locked
from old_layout import OLD_BOOK, with_earlier
from old_text import typed
from tables import INFO, MEETINGS, MEMBERS, a_workbook, with_array_formula, xlsx

MARCH = MeetingCode.parse("2026-03")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "so.xlsx"
    grid = """
        | Mã tiêu chí | Tiêu chí | Điểm tối đa | 2026-03 |
        | 4b          | Nội dung | n:15        | n:3     |
    """
    marks = """
        | Mã đảng viên | Họ và tên | 2026-03 |
        | DV01         | Người Một | X       |
    """
    path.write_bytes(a_workbook({"Chấm điểm": grid, "Điểm danh": marks}))
    return path


def fill(book: Path, *more: str) -> Result:
    arguments = ["fill", str(book), "--meeting", "2026-03", "--out", str(book.with_name("ra.xlsx")), *more]
    return CliRunner().invoke(cli, arguments)


def test_values_go_into_their_cells(book: Path) -> None:
    before = book.read_bytes()
    result = fill(book, "--set", "4b=12,5", "--set", "present=3", "--set", "DV01=P", "--set", "venue==1+1")
    assert result.exit_code == 0, result.output
    read = read_book(book.with_name("ra.xlsx").read_bytes(), "ra.xlsx", library()).book
    assert read is not None and MARCH is not None  # noqa: PT018
    meeting = read.meeting(MARCH)
    assert meeting is not None
    assert (meeting.present, meeting.venue) == (3, "=1+1")
    assert str(read.self_scores.of(MARCH)["4b"]) == "12.5"
    assert read.roll_call.of(MARCH)["DV01"].value == "P"
    assert book.read_bytes() == before


def test_a_column_goes_by_its_heading_too_and_letter_case_does_not_matter(book: Path) -> None:
    result = fill(book, "--set", "Có mặt=3", "--set", "GIỜ BẮT ĐẦU=14h15", "--set", "dv01=p")
    assert result.exit_code == 0, result.output
    read = read_book(book.with_name("ra.xlsx").read_bytes(), "ra.xlsx", library()).book
    assert read is not None and MARCH is not None  # noqa: PT018
    meeting = read.meeting(MARCH)
    assert meeting is not None
    assert (meeting.present, str(meeting.starts_at)) == (3, "14:15:00")
    assert read.roll_call.of(MARCH)["DV01"].value == "P"


def test_of_a_member_and_a_criterion_of_one_code_the_value_says_which_is_meant(tmp_path: Path) -> None:
    book = tmp_path / "so.xlsx"
    members = MEMBERS.replace("DV02", "1   ")
    grid = "| Mã tiêu chí | Tiêu chí | 2026-03 |\n| 1 | Thời gian | n:5 |"
    marks = "| Mã đảng viên | Họ và tên | 2026-03 |\n| 1 | Người Hai | X |"
    book.write_bytes(a_workbook({"Đảng viên": members, "Chấm điểm": grid, "Điểm danh": marks}))
    read = []
    for setting in ("1=P", "1=4"):
        result = fill(book, "--set", setting, "--force")
        assert result.exit_code == 0, result.output
        done = read_book(book.with_name("ra.xlsx").read_bytes(), "ra.xlsx", library()).book
        assert done is not None and MARCH is not None  # noqa: PT018
        read.append((done.roll_call.of(MARCH)["1"].value, str(done.self_scores.of(MARCH)["1"])))
    assert read == [("P", "5"), ("X", "4")]


def test_one_thing_set_to_two_values_is_wrong_usage(book: Path) -> None:
    result = fill(book, "--set", "4b=1", "--set", "4b=2")
    assert result.exit_code == 2
    assert "«4b» hai lần khác nhau: «1» và «2»" in result.output
    assert not book.with_name("ra.xlsx").exists()


@pytest.mark.parametrize(
    ("first", "second"),
    [("Có mặt=2", "present=3"), ("present=2", "CÓ MẶT=3"), ("4b=1", "4B=2"), ("DV01=P", "dv01=X")],
)
def test_one_thing_named_in_two_ways_takes_one_value(book: Path, first: str, second: str) -> None:
    result = fill(book, "--set", first, "--set", second)
    assert result.exit_code == 2
    assert f"«{first}» và «{second}» là hai giá trị cho cùng một chỗ" in result.stderr
    assert not book.with_name("ra.xlsx").exists()


@pytest.mark.parametrize("column", settable_columns(library()), ids=lambda column: column.code)
def test_every_column_goes_by_its_name_and_its_code_as_the_manual_lists_them(column: Column) -> None:
    assert f"| {column.label} | `{column.code}` |" in manual()
    with pytest.raises(UsageError, match="hai giá trị cho cùng một chỗ"):
        typed_pairs([f"{column.label}=1", f"{column.code}=2"], library())


@pytest.mark.parametrize("more", [[], ["--set", "4b=5"], ["--set", "1=5", "--set", "4b="]])
def test_a_day_is_not_taken_away_from_points(book: Path, more: list[str]) -> None:
    result = fill(book, "--set", "held_on=", *more)
    assert isinstance(result.exception, ChiboError)
    left = "1" if "4b=" in more else "4b"
    assert str(result.exception).endswith(f"hoặc xóa cả điểm trong cùng lệnh: --set {left}=")
    assert not book.with_name("ra.xlsx").exists()


def test_a_day_is_taken_away_with_the_points_of_its_meeting(book: Path) -> None:
    result = fill(book, "--set", "Ngày sinh hoạt=", "--set", "4b=")
    assert result.exit_code == 0, result.output
    read = read_book(book.with_name("ra.xlsx").read_bytes(), "ra.xlsx", library()).book
    assert read is not None
    assert read.meetings[0].held_on is None
    assert not read.self_scores.of(read.meetings[0].meeting_code)


@pytest.mark.parametrize(
    "typed", ["venue=\udcff\udcfe", "venue=Phòng \udce1", "venue=\u200b", "venue=\ufeff", "ven\udcffue=Phòng 2"]
)
def test_what_is_no_text_takes_nothing_away(book: Path, typed: str) -> None:
    result = fill(book, "--set", typed)
    assert result.exit_code == 2
    assert "có ký tự hỏng hoặc không nhìn thấy được. Hãy gõ lại." in result.stderr
    assert not book.with_name("ra.xlsx").exists()


def test_one_value_given_under_both_names_of_its_column_is_written_once(book: Path) -> None:
    result = fill(book, "--set", "Có mặt=2", "--set", "present=2")
    assert result.exit_code == 0, result.output
    assert "Đã ghi 1 giá trị" in result.stderr


def test_a_call_that_names_nothing_to_be_written_writes_no_copy(book: Path) -> None:
    result = fill(book)

    assert (result.exit_code, "--set" in result.stderr) == (2, True)
    assert not book.with_name("ra.xlsx").exists()


def test_a_meeting_can_be_registered_first(book: Path) -> None:
    out = ["--out", str(book.with_name("ra.xlsx"))]
    typed = ["--meeting", "2026-05", "--register", "--set", "planned_on=05/05/2026"]
    result = CliRunner().invoke(cli, ["fill", str(book), *typed, *out])
    assert result.exit_code == 0, result.output
    read = read_book(book.with_name("ra.xlsx").read_bytes(), "ra.xlsx", library()).book
    assert read is not None
    assert [str(meeting.meeting_code) for meeting in read.meetings] == ["2026-03", "2026-05"]
    assert "Đã đăng ký buổi 2026-05, ghi 1 giá trị" in result.stderr
    bare = fill(book, "--meeting", "2026-05", "--register", "--force")
    assert "Đã đăng ký buổi 2026-05 vào" in bare.stderr


@pytest.mark.parametrize("setting", ["4b=99", "4b=nhiều", "DV01=?", "present=ba", "zz=1"])
def test_a_value_that_cannot_be_is_refused_and_nothing_is_written(book: Path, setting: str) -> None:
    result = fill(book, "--set", setting)
    assert isinstance(result.exception, ChiboError)
    assert not book.with_name("ra.xlsx").exists()


def test_where_a_book_cannot_be_written_into_there_is_a_new_one_that_says_what_it_lacks(book: Path) -> None:
    book.write_bytes(with_array_formula())
    result = fill(book, "--set", "present=2")
    assert result.exit_code == 0, result.output
    assert "Đây là sổ mới" in result.output
    assert "F2:F3" in result.output
    assert "- Sổ không do Chibo tạo" in result.output
    read = read_book(book.with_name("ra.xlsx").read_bytes(), "ra.xlsx", library()).book
    assert read is not None
    assert [meeting.present for meeting in read.meetings] == [2, 3]


def test_that_the_marks_of_a_returned_workbook_are_not_in_the_new_one_is_told(book: Path) -> None:
    assert "Lỗi cần sửa" not in fill(book, "--set", "present=3").stderr
    marked, out = book.with_name("trả lại.xlsx"), book.with_name("lần hai.xlsx")
    assert CliRunner().invoke(cli, ["mark", str(book), "--out", str(marked)]).exit_code == 0
    typed = load_workbook(marked)
    typed["Lỗi cần sửa"]["B40"] = "Chi ủy đã họp"
    typed.save(marked)
    told = fill(marked, "--set", "present=3", "--out", str(out)).stderr
    assert "và trang «Lỗi cần sửa» chỉ còn ở tệp gốc." in told
    assert f'chibo mark "{out}"' in told
    assert "[Lỗi cần sửa B40]" in told
    assert "Lỗi cần sửa" not in load_workbook(out).sheetnames


def test_the_original_is_never_written_over(book: Path) -> None:
    result = CliRunner().invoke(cli, ["fill", str(book), "--meeting", "2026-03", "--out", str(book)])
    assert result.exit_code == 2
    assert "--out trùng" in result.output


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("presnt=18", "không phải tiêu chí"),
        ("presnt=18", "Có phải «Có mặt» (mã present)?"),
        ("Giờ băt đầu=14h", "Có phải «Giờ bắt đầu» (mã starts_at)?"),
        ("zzz=1", "mã đảng viên trong sổ."),
        ("presnt=abc", "không phải tiêu chí"),
        ("present=abc", "Viết số nguyên từ 0 đến 9999, như 12."),
        ("present=-3", "Viết số nguyên từ 0 đến 9999, như 12."),
        ("Mã kỳ=2026-05", "mã kỳ không đổi bằng lệnh này. Buổi nào được ghi là do --meeting chọn."),
        ("meeting_code=2026-05", "--meeting chọn."),
        ("starts_at=25h", "Viết giờ"),
        ("committee_minutes=chắc là có", "Có, Không"),
        ("state=Xong", "Đã tổ chức"),
        ("topics_covered=lạ", "NQTW4-XI"),
        ("4b=99", "một trong các mức: 0; 0,5; …; 15."),
        ("3c=1", "một trong các mức: 0; 2."),
        ("4c=1", "tiêu chí 4c có trong khung nhưng không chấm ở buổi 2026-03"),
    ],
)
def test_a_refusal_says_what_to_write_instead(book: Path, setting: str, told: str) -> None:
    result = fill(book, "--set", "held_on=05/03/2026", "--set", setting)
    assert isinstance(result.exception, ChiboError)
    assert str(result.exception).startswith(f"{setting}: ")
    assert told in str(result.exception)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (("presnt=18",), "presnt=18: «presnt» is no criterion"),
        (("presnt=18",), "Is «Có mặt» meant (code present)?"),
        (("present=abc",), "present=abc: «abc» is not right. Write a whole number from 0 to 9999, like 12."),
        (("state=Xong",), "Choose one of: "),
        (("4b=99",), "the criterion 4b does not take 99 points. Write one of: 0; 0.5; …; 15."),
        (("4b=nhiều",), "4b=nhiều: that is no number. Write it like 12.5."),
        (("DV01=Q",), "DV01=Q: that is no sign of the roll call."),
        (("4b=99", "present=abc"), "2 values cannot be written, so nothing was:\n- "),
        (("held_on=",), "has points, and without its day they do not count"),
    ],
)
def test_a_refusal_is_told_in_english_too(book: Path, settings: tuple[str, ...], told: str) -> None:
    day = () if "held_on=" in settings else ("held_on=05/03/2026",)
    result = fill(book, *(word for setting in (*day, *settings) for word in ("--set", setting)))
    assert isinstance(result.exception, ChiboError)
    assert told in result.exception.english


def test_what_was_written_is_told_in_english_too(book: Path) -> None:
    day = fill(book, "--lang", "en", "--set", "held_on=05/03/2026", "--set", "present=3")
    assert "Wrote 2 values of the meeting 2026-03 in «" in day.output
    new = ("--force", "--lang", "en", "--register", "--set", "present=3")
    registered = fill(book, "--meeting", "2026-04", *new)
    assert "Registered the meeting 2026-04 and wrote 1 value of it in «" in registered.output
    refused = fill(book, "--meeting", "2027-04", *new).exception
    assert isinstance(refused, ChiboError)
    assert refused.english.startswith("The meeting 2027-04 cannot be written: this is the workbook of 2026.")


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("4b=1e30", "không phải là số. Viết như 12.5 hoặc 12,5."),
        ("4b=1e999999999", "không phải là số. Viết như 12.5 hoặc 12,5."),
        ("4b=1e-999999999", "không phải là số. Viết như 12.5 hoặc 12,5."),
        (f"4b={'9' * 5000}", "không phải là số. Viết như 12.5 hoặc 12,5."),
        ("4b=1000", "tiêu chí 4b không nhận 1000 điểm."),
        (f"present={'9' * 5000}", "Viết số nguyên từ 0 đến 9999, như 12."),
    ],
)
def test_a_number_that_nothing_here_has_is_refused_at_once(book: Path, setting: str, told: str) -> None:
    result = fill(book, "--set", "held_on=05/03/2026", "--set", setting)
    assert isinstance(result.exception, ChiboError)
    assert told in str(result.exception)
    assert len(str(result.exception)) < 250
    assert not book.with_name("ra.xlsx").exists()


@pytest.mark.parametrize("more", [[], ["--register"]])
def test_of_a_meeting_of_another_year_the_year_of_the_book_is_told(book: Path, more: list[str]) -> None:
    result = fill(book, "--meeting", "2025-03", "--set", "present=3", *more)
    assert isinstance(result.exception, ChiboError)
    assert "buổi 2025-03: sổ này của năm 2026. Xem lại --meeting" in str(result.exception)
    assert "--register" not in str(result.exception)


def test_all_values_that_cannot_be_written_are_told_at_once(book: Path) -> None:
    typed = ["4b=99", "present=ba", "DV01=?", "venue=Hội trường", "DV02=nghỉ", "presnt=3"]
    result = fill(book, *(word for setting in typed for word in ("--set", setting)))
    assert isinstance(result.exception, ChiboError)
    first, *lines = str(result.exception).splitlines()
    assert first == "5 giá trị không ghi được nên chưa ghi gì:"
    told = {line.removeprefix("- ").split(":")[0]: line for line in lines}
    assert set(told) == {"4b=99", "present=ba", "DV01=?, DV02=nghỉ", "presnt=3"}
    assert "0; 0,5; …; 15." in told["4b=99"]
    assert "Viết số nguyên" in told["present=ba"]
    assert not book.with_name("ra.xlsx").exists()


def test_points_that_only_wait_for_a_day_that_is_wrong_are_not_told_besides(book: Path) -> None:
    wrong = ["--set", "Ngày sinh hoạt=45/05/2026", "--set", "4b=9", "--set", "present=ba"]
    result = fill(book, "--meeting", "2026-05", "--register", *wrong)
    assert isinstance(result.exception, ChiboError)
    assert "45/05/2026" in str(result.exception)
    assert "present=ba" in str(result.exception)
    assert "4b" not in str(result.exception)


def test_all_settings_that_are_none_are_told_at_once(book: Path) -> None:
    result = fill(book, "--set", "4b", "--set", "=3", "--set", "venue=A", "--set", "venue=B")
    assert result.exit_code == 2
    assert all(told in result.stderr for told in ("«4b»", "«=3»", "«venue» hai lần"))


def test_points_wait_for_the_day_of_the_meeting_in_whatever_order_they_are_named(book: Path) -> None:
    day = ["--set", "Ngày sinh hoạt=05/05/2026"]
    registered = ["--meeting", "2026-05", "--register"]
    early = fill(book, *registered, "--set", "4b=9")
    assert isinstance(early.exception, ChiboError)
    assert "chưa ghi ngày sinh hoạt" in str(early.exception)
    assert fill(book, *registered, "--set", "4b=9", *day).exit_code == 0
    filled = book.with_name("ra.xlsx")
    emptied = ["--set", "Ngày sinh hoạt=", "--set", "4b=", "--out", str(book.with_name("bỏ.xlsx"))]
    assert fill(filled, "--meeting", "2026-05", *emptied).exit_code == 0


def test_the_day_that_is_asked_for_is_one_of_the_month_of_the_meeting(book: Path) -> None:
    result = fill(book, "--meeting", "2026-11", "--register", "--set", "4b=3")
    assert isinstance(result.exception, ChiboError)
    assert "--set «Ngày sinh hoạt=05/11/2026»" in str(result.exception)


@pytest.mark.parametrize("reason", Reason)
def test_every_refusal_has_words(reason: Reason) -> None:
    names = "meeting", "year", "field", "seen", "member", "mark", "criterion", "points", "takes", "most", "why"
    refusal = ActRefusedError(reason, expected="expected_number", **dict.fromkeys(names, "?"))
    words = refusal_words(refusal, library())
    assert words.vietnamese != words.english
    for said in words:
        assert "expected" not in said
        assert reason.value not in said


def test_yes_no_and_several_values_are_typed_as_they_stand_in_the_book(book: Path) -> None:
    result = fill(book, "--set", "committee_minutes=có", "--set", "topics_covered=NQTW4-XI; KL01")
    assert result.exit_code == 0, result.output
    read = read_book(book.with_name("ra.xlsx").read_bytes(), "ra.xlsx", library()).book
    assert read is not None and MARCH is not None  # noqa: PT018
    meeting = read.meeting(MARCH)
    assert meeting is not None
    assert (meeting.committee_minutes, meeting.topics_covered) == (True, ("NQTW4-XI", "KL01"))


def test_a_file_that_stands_there_is_written_over_only_when_asked_for(book: Path) -> None:
    other = book.with_name("ra.xlsx")
    other.write_bytes(b"another book")
    refused = fill(book, "--set", "present=3")
    assert (refused.exit_code, other.read_bytes()) == (2, b"another book")
    assert fill(book, "--set", "present=3", "--force").exit_code == 0
    assert other.read_bytes() != b"another book"


def test_a_file_under_the_default_password_is_filled_like_any_other(book: Path) -> None:
    book.write_bytes(locked(book.read_bytes()))
    result = fill(book, "--set", "4b=12,5")
    assert result.exit_code == 0, result.output
    read = read_book(book.with_name("ra.xlsx").read_bytes(), "ra.xlsx", library()).book
    assert read is not None and MARCH is not None  # noqa: PT018
    assert str(read.self_scores.of(MARCH)["4b"]) == "12.5"


def test_of_a_book_of_an_old_form_the_way_on_has_the_office_and_the_one_cause(tmp_path: Path) -> None:
    office, file = tmp_path / "văn phòng", tmp_path / "mau-cu.xlsx"
    with_earlier(office)
    file.write_bytes(xlsx(OLD_BOOK))
    refused = fill(file, "--set", "3a=3", "--home", str(office)).exception
    assert isinstance(refused, ChiboError)
    assert "«mau-cu.xlsx»: sổ theo mẫu cũ. " in str(refused)
    arguments = shlex.split(refused.command)[1:]
    assert arguments[-2:] == ["--home", str(office)]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    assert fill(Path(arguments[3]), "--set", "3a=3", "--home", str(office)).exit_code == 0


OLD_TEXT = {
    "Thông tin": INFO,
    "Đảng viên": MEMBERS,
    "Sinh hoạt": MEETINGS,
    "Nhiệm vụ": typed("| Mã kỳ | Nhiệm vụ |\n| 2026-03 | Hoàn thiện hồ sơ kết nạp đảng viên mới |", Encoding.TCVN3),
}


def test_of_old_text_only_the_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(xlsx(OLD_TEXT))
    refused = fill(file, "--set", "present=3").exception
    assert isinstance(refused, ChiboError)
    assert "«so.xlsx»: chữ theo bảng mã cũ. " in str(refused)
