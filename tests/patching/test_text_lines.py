"""The lines of a text of the list of marks: as many as it takes, none too many."""

from __future__ import annotations

import pytest

from chibo.workbook.marking.text_lines import lines_of

SENTENCE = (
    "Thời lượng dưới mức yêu cầu. Buổi 2026-03 kéo dài 55 phút, yêu cầu ít nhất 90 phút. Xem lại giờ nếu ghi nhầm; "
    "chi bộ được quy định thời lượng riêng thì ghi ở trang Thông tin kèm số văn bản."
)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("một\n\nba", 10, 3),
        (SENTENCE, 90, 2),
        (SENTENCE.upper(), 90, 3),
        ("0" * 90, 100, 1),
        ("0" * 91, 100, 2),
        ("W" * 90, 100, 2),
        ("một " + "x" * 200, 100, 4),
        ("字" * 46, 100, 2),
    ],
)
def test_a_text_takes_as_many_lines_as_its_letters_are_wide(text: str, width: int, lines: int) -> None:
    assert lines_of(text, width) == lines
