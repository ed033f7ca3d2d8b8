"""Lists of the cells expected to report, as people really hand them in: what cannot be read says what to do."""

from __future__ import annotations

import pytest

from chibo.errors import ChiboError
from chibo.office.expected_list import read_expected
from desks import library

UNCLOSED = 'Mã chi bộ,Tên chi bộ\nCB01,"' + "Chi bộ " * 30_000
"""A quotation mark that is never closed makes one cell of all the rest, larger than a CSV cell may be."""


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
