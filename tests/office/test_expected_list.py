"""Lists of the cells expected to report, as people really hand them in: what cannot be read says what to do."""

from __future__ import annotations

import pytest

from chibo.errors import ChiboError
from chibo.office.expected_list import read_expected
from chibo.office.new_book import new_book, new_info
from chibo.workbook import write_book
from desks import library

UNCLOSED = 'Mã chi bộ,Tên chi bộ\nCB01,"' + "Chi bộ " * 30_000
"""A quotation mark that is never closed makes one cell of all the rest, larger than a CSV cell may be."""

BOOK = {"cell_code": "CB01", "cell_name": "Văn phòng", "cell_kind": "Cơ quan hành chính", "year": "2026"}


def codes(text: str) -> list[str]:
    return [cell.cell_code for cell in read_expected(text.encode(), "ds.csv", 2026, library())]


def test_an_unclosed_quotation_is_told_with_what_to_do() -> None:
    with pytest.raises(ChiboError, match=r"«ds\.csv».*lưu lại thành \.xlsx"):
        codes(UNCLOSED)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_end_of_line_is_taken(end: str) -> None:
    assert codes(end.join(["Mã chi bộ,Tên chi bộ", "CB01,Văn phòng", "CB02,Tổ chức"])) == ["CB01", "CB02"]


@pytest.mark.parametrize("text", ["Mã chi bộ\n", "Mã chi bộ,Tên chi bộ\n,Văn phòng\n"])
def test_a_list_without_a_single_cell_is_refused(text: str) -> None:
    with pytest.raises(ChiboError, match="chưa có chi bộ nào"):
        codes(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mã chi bộ,Tên chi bộ\nCB01,Văn phòng\nTổng cộng,1\n", "«Tổng cộng»"),
        ("Mã chi bộ,Tên chi bộ\nCB01,Văn phòng\nNăm *,2026\n", r"«Năm \*»"),
        ("Mã chi bộ\nCB01\n05/03/2026\n", "«05/03/2026»"),
        ("Danh sách chi bộ\nCB01\n", "«Danh sách chi bộ»"),
        ("Mã chi bộ\nNgày 3 tháng 4 năm 2026\n", "«Ngày 3 tháng 4 năm 2026»"),
    ],
)
def test_what_cannot_be_a_code_is_named_and_no_cell_is_invented(text: str, named: str) -> None:
    with pytest.raises(ChiboError, match=f"{named}.*cột «Mã chi bộ»"):
        codes(text)


def test_codes_of_any_ordinary_form_are_taken() -> None:
    assert codes("Mã chi bộ\nCB01\nCB 02\n3\nĐUK\nvp-tu\n") == ["CB01", "CB 02", "3", "ĐUK", "vp-tu"]


def test_the_book_of_a_cell_is_no_list_and_is_told_so() -> None:
    book = write_book(new_book(new_info(BOOK, library())), library())
    with pytest.raises(ChiboError, match=r"«CB01-2026\.xlsx» là sổ của một chi bộ.*cột «Mã chi bộ»"):
        read_expected(book, "CB01-2026.xlsx", 2026, library())
