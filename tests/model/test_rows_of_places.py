"""Row and column of a place, whatever somebody calls an address."""

from __future__ import annotations

import pytest

from chibo.model import Place


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("B4", (4, "B")),
        ("XFD1048576", (1048576, "XFD")),
        ("C5:C9", (5, "C")),
        ("", (0, "")),
        ("A", (0, "")),
        ("B²", (0, "")),
        ("A" + "9" * 5000, (0, "")),
    ],
)
def test_an_address_is_that_of_a_cell_or_of_none(address: str, expected: tuple[int, str]) -> None:
    assert Place("so.xlsx", "Sinh hoạt", address).row_and_column == expected
