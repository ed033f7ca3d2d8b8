"""Words that lost letters to question marks or U+FFFD are told from all that people write with question marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.legacy_text import is_certain, lost_words

NAMES = (
    "Nguyễn Văn Hùng",
    "Trần Thị Ánh Tuyết",
    "Lê Quốc Đạt",
    "Đặng Hữu Phước",
    "Hoàng Đức Thắng",
    "Dương Thị Ngọc Bích",
    "Chi bộ Khối Đại hội – Thừa Thiên-Huế",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_written_in_the_alphabet_of_western_europe(name: str) -> None:
    left = name.encode("cp1252", "replace").decode("cp1252")
    assert is_certain(set(lost_words(left))), left


@pytest.mark.parametrize("lossy", ["latin-1", "ascii", "cp1258", "cp437"])
def test_names_written_in_a_poorer_alphabet(lossy: str) -> None:
    left = "; ".join(NAMES).encode(lossy, "replace").decode(lossy)
    assert is_certain(set(lost_words(left))), left


@pytest.mark.parametrize("name", NAMES)
def test_a_name_read_in_a_wrong_encoding(name: str) -> None:
    assert is_certain(set(lost_words(name.encode().decode("ascii", "replace"))))


def test_the_words_are_named_as_they_stand() -> None:
    assert lost_words("Đồng chí Nguy?n V?n Hùng, ??ng viên?") == ["Nguy?n", "V?n", "??ng"]


@pytest.mark.parametrize(
    "text",
    [
        "Có ý kiến gì không?",
        "Ai dự? Ai vắng??? Vì sao?!",
        "Có?Không",
        "http://sotay.example.vn/trang.php?ma=2",
        "DV01?",
        "?",
        "??? ???",
        "wh?t ever th?s is",
        "2026-0?",
        "A?C",
    ],
)
def test_question_marks_that_people_type(text: str) -> None:
    assert not is_certain(set(lost_words(text)))


def test_one_word_alone_is_not_certain() -> None:
    assert not is_certain(set(lost_words("m?n và m?n")))


@given(st.text(st.characters(exclude_characters="?\ufffd")))
def test_nothing_is_lost_where_no_sign_stands(text: str) -> None:
    assert lost_words(text) == []


@given(st.lists(st.sampled_from(" ".join(NAMES).split()), min_size=1, max_size=8))
def test_questions_about_healthy_names_are_left_in_peace(words: list[str]) -> None:
    assert not is_certain(set(lost_words("? ".join(words) + "?")))
