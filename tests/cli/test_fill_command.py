"""`chibo fill` writes one meeting's values into a copy of the workbook, everything else staying as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chibo.cli.main import cli
from chibo.errors import ChiboError
from chibo.model import MeetingCode
from chibo.workbook import read_book
from desks import library
from tables import a_workbook, with_array_formula

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


def test_a_meeting_can_be_registered_first(book: Path) -> None:
    out = ["--out", str(book.with_name("ra.xlsx"))]
    typed = ["--meeting", "2026-05", "--register", "--set", "planned_on=05/05/2026"]
    result = CliRunner().invoke(cli, ["fill", str(book), *typed, *out])
    assert result.exit_code == 0, result.output
    read = read_book(book.with_name("ra.xlsx").read_bytes(), "ra.xlsx", library()).book
    assert read is not None
    assert [str(meeting.meeting_code) for meeting in read.meetings] == ["2026-03", "2026-05"]


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


def test_the_original_is_never_written_over(book: Path) -> None:
    result = CliRunner().invoke(cli, ["fill", str(book), "--meeting", "2026-03", "--out", str(book)])
    assert result.exit_code == 2
    assert "--out trùng" in result.output
