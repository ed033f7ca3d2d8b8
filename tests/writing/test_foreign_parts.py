"""What a workbook holds that one written anew would not carry."""

import io
import subprocess
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from builders import a_book
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.office.demo import demo_book, demo_cells
from chibo.workbook import what_is_lost, write_book
from tables import a_workbook

LIBRARY = Library()


@pytest.fixture(scope="module")
def own():
    return write_book(demo_book(demo_cells(1)[0], 1, 2026, LIBRARY), LIBRARY, date(2026, 11, 1))


def saved_again(data, change):
    """The workbook as another program would save it after a change."""
    workbook = load_workbook(io.BytesIO(data))
    change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_our_own_book_loses_nothing(own):
    assert what_is_lost(own, LIBRARY) == ()
    assert what_is_lost(write_book(a_book(), LIBRARY), LIBRARY) == ()


@pytest.fixture(scope="module")
def changed(own):
    """The workbook after somebody added things of their own to it, of every kind."""

    def change(book):
        book.create_sheet("Sổ tay")
        members, meetings, scores = book["Đảng viên"], book["Sinh hoạt"], book["Chấm điểm"]
        header = next(row for row in members.iter_rows() if any(str(c.value).startswith("Mã đảng viên") for c in row))
        members.cell(header[0].row, 20, "Ngày vào Đảng")
        members.cell(header[0].row + 1, 20, date(2001, 5, 1))
        members["C6"].comment = Comment("Nhớ hỏi lại", "Người Một")
        members["C60"] = "Người Chưa Có Mã"
        meetings["D60"] = "Nhắc đồng chí Hai gửi báo cáo"
        meetings["O7"] = "mùng năm"
        meetings["P7"] = "14h30"
        bars = BarChart()
        bars.add_data(Reference(scores, min_col=4, min_row=6, max_row=12))
        scores.add_chart(bars, "Z5")

    return what_is_lost(saved_again(own, change), LIBRARY)


@pytest.fixture(scope="module")
def lost(changed):
    return " ".join(loss.vietnamese for loss in changed)


def test_saving_in_another_program_loses_nothing_that_matters(own):
    lost = what_is_lost(saved_again(own, lambda book: None), LIBRARY)
    assert not any("Ghi chú riêng" in loss.vietnamese for loss in lost)


@pytest.mark.parametrize(
    "named",
    [
        pytest.param("«Sổ tay»", id="a sheet of somebody's own"),
        pytest.param("«Ngày vào Đảng»", id="a column of somebody's own"),
        pytest.param("Ghi chú riêng", id="a note"),
        pytest.param("«Nhắc đồng chí Hai gửi báo cáo» (D60)", id="words outside the tables"),
        pytest.param("«Người Chưa Có Mã» (C60)", id="a row without its code"),
        pytest.param("«mùng năm» (O7)", id="a value not understood"),
        pytest.param("Biểu đồ", id="a chart"),
    ],
)
def test_what_is_somebodys_own_is_named(lost, named):
    assert named in lost


def test_a_value_understood_in_another_spelling_is_not_lost(lost):
    assert "14h30" not in lost


def test_losses_are_said_in_english_too_with_the_names_as_they_stand(changed):
    assert "Sheets of your own: «Sổ tay»." in [loss.said(Language.ENGLISH) for loss in changed]


def test_a_book_not_made_by_us_says_so(own):
    def unmark(book):
        del book["_chibo"]

    lost = what_is_lost(saved_again(own, unmark), LIBRARY)
    assert any("không do Chibo tạo" in loss.vietnamese for loss in lost)
    assert any("Chibo did not make this book" in loss.said(Language.ENGLISH) for loss in lost)


def test_no_workbook_loses_nothing_that_could_be_named():
    assert what_is_lost(b"%PDF-1.7", LIBRARY) == ()


@pytest.mark.libreoffice
def test_a_book_saved_by_libreoffice_is_still_ours(own, tmp_path):
    (tmp_path / "so.xlsx").write_bytes(own)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(tmp_path / "out"), str(tmp_path / "so.xlsx")], check=True, capture_output=True)
    assert what_is_lost((tmp_path / "out" / "so.xlsx").read_bytes(), LIBRARY) == ()


def test_a_score_sheet_in_a_book_not_made_by_us_is_somebodys_own():
    lost = what_is_lost(a_workbook({"Phiếu đánh giá": "| Tổng điểm | n:95 |"}), LIBRARY)
    assert "Trang riêng: «Phiếu đánh giá»." in [loss.vietnamese for loss in lost]
