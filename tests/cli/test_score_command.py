"""`chibo score` explains each point: the fact, the band, the place in the workbook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import chibo as cb
from chibo.cli.main import cli
from chibo.errors import ChiboError, UnknownNameError
from tables import xlsx

INFO = """
Mã chi bộ | CB01
Tên chi bộ | Chi bộ Văn phòng
Loại hình | Cơ quan hành chính
Năm | n:2026
Có chi ủy | Có
Bí thư | Người Một
Bí thư là thủ trưởng đơn vị | Có
Phó bí thư | Người Hai
"""
MEMBERS = """
TT | Mã đảng viên | Họ và tên | Tư cách | Tình trạng
n:1 | DV01 | Người Một | Chính thức | Sinh hoạt
n:2 | DV02 | Người Hai | Chính thức | Sinh hoạt
n:3 | DV03 | Người Ba | Chính thức | Sinh hoạt
n:4 | DV04 | Người Bốn | Chính thức | Sinh hoạt
n:5 | DV05 | Người Năm | Chính thức | Sinh hoạt
"""
MEETINGS = """
Mã kỳ | Loại | Ngày họp | Bắt đầu | Kết thúc | Ngày họp chi ủy | Ngày báo cáo | Số người phát biểu | Biên bản
2026-03 | Thường kỳ | 05/03/2026 | 14:00 | 15:20 | 03/03/2026 | 06/03/2026 | n:2 | Có
2026-03-CĐ | Chuyên đề | 20/03/2026 | 14:00 | 15:30 | | | |
2026-04 | Thường kỳ | | | | | | |
"""
ROLL_CALL = """
Mã đảng viên | Họ và tên | 2026-03
DV01 | Người Một | X
DV02 | Người Hai | X
DV03 | Người Ba | X
DV04 | Người Bốn | X
DV05 | Người Năm | P
"""
SCORES = """
Mã tiêu chí | Tiêu chí | Điểm tối đa | 2026-03
1 | Thời gian | n:5 | n:4
2a | Tỷ lệ dự | n:4 | n:4
4b | Nội dung | n:15 | n:12.5
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return a_book(tmp_path, {})


def a_book(folder: Path, changes: dict[str, str]) -> Path:
    sheets = {
        "Thông tin": INFO,
        "Đảng viên": MEMBERS,
        "Sinh hoạt": MEETINGS,
        "Điểm danh": ROLL_CALL,
        "Chấm điểm": SCORES,
    }
    path = folder / "so.xlsx"
    path.write_bytes(xlsx({**sheets, **changes}))
    return path


def score(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["score", *map(str, arguments)])


def rows(result: Result) -> dict[str, str]:
    """The printed rows by criterion code."""
    return {line.split()[0]: line for line in result.stdout.splitlines() if line.strip()}


def test_each_point_is_explained_by_fact_band_and_place(book: Path) -> None:
    result = score(book, "--meeting", "2026-03")
    assert result.exit_code == 0, result.output
    flat = " ".join(result.stdout.split())
    assert "Chi bộ Văn phòng (CB01), buổi 2026-03 (Thường kỳ), khung hd42-thuong-ky" in flat
    assert "Họp 80 phút, cần 90 phút → 4 điểm" in flat
    assert "Có mặt 4/5 = 80% → 3 điểm" in flat
    assert "Sinh hoạt!D2, E2" in flat
    assert "Điểm danh!C1" in flat
    assert "chưa chấm đủ, mới có 20,5 điểm" in flat
    assert rows(result)["4c"].rstrip().endswith("không chấm ở buổi này")


def test_a_self_score_above_the_facts_is_pointed_out(book: Path) -> None:
    flat = " ".join(score(book, "--meeting", "2026-03").stdout.split())
    assert "tự chấm cao hơn dữ kiện 1 điểm" in flat
    assert "cần thuyết minh" in flat


def test_a_capped_rate_is_not_explained_by_its_band(tmp_path: Path) -> None:
    book = a_book(tmp_path, {"Điểm danh": ROLL_CALL.replace("| P", "| K")})
    flat = " ".join(score(book, "--meeting", "2026-03").stdout.split())
    assert "giới hạn" in flat
    assert "giới hạn" not in " ".join(score(a_book(tmp_path, {}), "--meeting", "2026-03").stdout.split())


def test_a_meeting_kept_out_by_an_error_is_not_called_unknown(tmp_path: Path) -> None:
    book = a_book(tmp_path, {"Sinh hoạt": MEETINGS.replace("14:00 | 15:20", "14:00 | 13:20")})
    result = score(book, "--meeting", "2026-03")
    assert isinstance(result.exception, ChiboError)
    assert "sửa xong lỗi" in str(result.exception)
    assert "Sinh hoạt · E2" in result.stderr
    with pytest.raises(UnknownNameError, match="Sinh hoạt · E2"):
        cb.score(book, "2026-03")


def test_english(book: Path) -> None:
    flat = " ".join(score(book, "--meeting", "2026-03", "--lang", "en").stdout.split())
    assert "Held 80 minutes, 90 needed → score 4" in flat
    assert "Self-score: not complete, 20.5 so far" in flat


def test_json_is_the_filled_form(book: Path) -> None:
    form = json.loads(score(book, "--meeting", "2026-03", "--format", "json").stdout)
    by_code = {item["code"]: item for group in form["groups"] for item in group["criteria"]}
    assert (form["file"], form["cell_code"], form["meeting"], form["frame"]) == (
        "so.xlsx",
        "CB01",
        "2026-03",
        "hd42-thuong-ky",
    )
    assert (by_code["2a"]["self"], by_code["2a"]["supported"], by_code["2a"]["fact"]["band"]) == (
        "4",
        "3",
        "≥ 75%, < 90%",
    )
    assert by_code["1"]["fact"]["places"][0] == {"file": "so.xlsx", "sheet": "Sinh hoạt", "address": "D2"}
    assert (form["self"]["total"], form["self"]["so_far"]) == (None, "20.5")


@pytest.mark.parametrize(
    ("meeting", "words"), [("2026-03-CĐ", "chưa chọn khung"), ("2026-04", "chưa tổ chức nên không chấm")]
)
def test_a_meeting_that_is_not_scored_says_why(book: Path, meeting: str, words: str) -> None:
    result = score(book, "--meeting", meeting)
    assert result.exit_code == 0
    assert words in result.stdout
    assert words in json.loads(score(book, "--meeting", meeting, "--format", "json").stdout)["reason"]


def test_an_unknown_meeting_lists_those_there_are(book: Path) -> None:
    result = score(book, "--meeting", "2026-09")
    assert isinstance(result.exception, UnknownNameError)
    assert "2026-03, 2026-03-CĐ, 2026-04" in str(result.exception)


def test_no_meeting_or_a_wrong_code_is_wrong_usage(book: Path) -> None:
    assert score(book).exit_code == 2
    assert score(book, "--meeting", "tháng ba").exit_code == 2
    assert score(book.with_name("khac.xlsx"), "--meeting", "2026-03").exit_code == 2


def test_a_book_that_cannot_be_taken_in_ends_with_one_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "hong.xlsx"
    path.write_bytes(b"not a workbook")
    result = score(path, "--meeting", "2026-03")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "hong.xlsx" in result.stderr
