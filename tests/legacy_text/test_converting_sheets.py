"""Sheets of text: old text is found and converted, Unicode is never touched, what is doubtful is left and asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.legacy_text import Answer, Encoding, Run, TextCell
from chibo.legacy_text.converting import convert_cells, evidence_of
from chibo.legacy_text.evidence import Evidence, Verdict
from old_text import typed

NAMES = ["Nguyễn Lá Biếc", "Trần Mây Trắng", "Lê Đá Cuội", "Phạm Suối Trong", "Đặng Cầu Vồng", "Vũ Tre Ngà"]
NOTES = ["chuyển sinh hoạt tạm thời", "miễn công tác và sinh hoạt", "đã đóng đảng phí", "vắng có lý do"]
FONT = {Encoding.TCVN3: ".VnTime", Encoding.VNI: "VNI-Times"}


def column(texts: Sequence[str], number: int = 1, font: str = "") -> list[TextCell]:
    return [TextCell(row, number, (Run(text, font),)) for row, text in enumerate(texts, start=1)]


def result(cells: Sequence[TextCell], answer: Answer | None = None) -> list[str]:
    done = convert_cells(cells, evidence_of(cells), answer)
    return [done.changed.get((cell.row, cell.column), cell.text) for cell in cells]


@pytest.mark.parametrize("encoding", Encoding)
def test_a_sheet_in_an_old_encoding_is_converted_by_its_words_alone(encoding: Encoding) -> None:
    texts = [*NAMES, *NOTES]

    assert result(column([typed(text, encoding) for text in texts])) == texts


def test_the_letter_that_unicode_calls_a_soft_hyphen() -> None:
    assert (
        result(column(["Tæ tr\u00adëng", "ph\u00ad¬ng h\u00adíng", "Th\u00ad ký", "D\u00ad luËn"]))[1] == "phương hướng"
    )


def test_a_capital_font_and_capitals_among_capitals() -> None:
    cells = [
        *column([typed(name, Encoding.TCVN3) for name in NAMES], font=".VnTime"),
        TextCell(20, 1, (Run(typed("Danh sách đảng viên", Encoding.TCVN3), ".VnTimeH"),)),
        TextCell(21, 1, (Run("TæNG Sè", ".VnTime"),)),
        TextCell(22, 1, (Run("NguyÔn ¸nh", ".VnTime"),)),
    ]

    assert result(cells)[-3:] == ["DANH SÁCH ĐẢNG VIÊN", "TỔNG SỐ", "Nguyễn Ánh"]


@pytest.mark.parametrize("encoding", Encoding)
def test_one_column_in_an_old_encoding_beside_unicode(encoding: Encoding) -> None:
    old = column([typed(name, encoding) for name in NAMES], 2)
    new = column([*NOTES, "Tô Hà", "Lê Ân"], 3)

    assert result([*old, *new]) == [*NAMES, *NOTES, "Tô Hà", "Lê Ân"]


def test_a_column_half_converted_is_read_word_by_word_and_by_fonts() -> None:
    texts = ["Nguyễn Mây", "NguyÔn L¸", "Trần Đá", "TrÇn §¸", "§Æng BÕn", "Hµ Sè"]
    cells = [
        TextCell(row, 1, (Run(text, ".VnTime" if "Ô" in text or text.startswith(("TrÇ", "§", "Hµ")) else "Arial"),))
        for row, text in enumerate(texts, start=1)
    ]

    assert result(cells) == ["Nguyễn Mây", "Nguyễn Lá", "Trần Đá", "Trần Đá", "Đặng Bến", "Hà Số"]


def test_a_word_half_of_which_is_in_unicode_is_mended() -> None:
    cells = column([*[typed(name, Encoding.TCVN3) for name in NAMES], "QuyÕt ®ịnh", "Khu ®ịa ®iÓm"])

    assert result(cells)[-2:] == ["Quyết định", "Khu địa điểm"]


@pytest.mark.parametrize(
    "texts",
    [
        ["20 µm ± 5°", "30 µm", "40 µm", "£100"],
        ["Müller", "Café Noël", "naïve", "Jürgen Weiß", "São Paulo", "Škoda"],
        ["Tô Hà", "Lê Ân", "Hà Tú", "Sô Cô La"],
        ["«Bí thư»", "½ ngày", "Chi bộ 1 · Tổ 2", "m²"],
        ["µ"],
        [],
    ],
)
@pytest.mark.parametrize("font", ["", ".VnTime", "Times New Roman"])
def test_text_that_tells_of_nothing_old_stays(texts: list[str], font: str) -> None:
    assert result(column(texts, font=font)) == texts


def test_one_cell_is_never_decided_alone_without_a_font() -> None:
    assert result(column(["Häm"])) == ["Häm"]
    assert evidence_of(column(["Néi"])).verdict is not Verdict.LEGACY


def test_what_is_doubtful_is_asked_and_an_answer_settles_it() -> None:
    cells = column(["Hµ Néi", "xyzµ kq¶w", "pt®"], font=".VnTime")

    done = convert_cells(cells, evidence_of(cells))

    assert done.changed == {}
    assert [cell.text for cell in done.undecided] == ["Hµ Néi"]
    assert result(cells, Answer.TCVN3)[0] == "Hà Nội"
    assert result(cells, Answer.UNICODE) == [cell.text for cell in cells]


def test_the_answer_unicode_takes_a_conversion_back() -> None:
    cells = column([typed(name, Encoding.TCVN3) for name in NAMES])

    assert result(cells, Answer.UNICODE) == [cell.text for cell in cells]


def test_a_sheet_with_two_words_follows_its_workbook() -> None:
    book = evidence_of(column([typed(name, Encoding.VNI) for name in NAMES]))
    cells = column([typed("Tổng số", Encoding.VNI)])

    assert convert_cells(cells, book).changed == {(1, 1): "Tổng số"}
    assert convert_cells(cells, Evidence(Verdict.UNICODE)).changed == {}


_INITIALS = ["", "b", "c", "d", "đ", "h", "l", "m", "n", "ng", "nh", "ph", "t", "th", "tr", "v", "x"]
_RIMES = [
    "a",
    "à",
    "á",
    "ã",
    "ô",
    "ố",
    "ân",
    "ấn",
    "ê",
    "ến",
    "ù",
    "ú",
    "ì",
    "í",
    "ó",
    "õi",
    "ươn",
    "ước",
    "ăng",
    "iện",
]
syllables = st.builds(lambda initial, rime: initial + rime, st.sampled_from(_INITIALS), st.sampled_from(_RIMES))
words = syllables.flatmap(lambda word: st.sampled_from([word, word.capitalize(), word.upper()]))
phrases = st.lists(words, min_size=1, max_size=5).map(" ".join)


@given(st.lists(phrases, max_size=30), st.sampled_from(["", ".VnTime", ".VnTimeH", "VNI-Times", "Arial"]))
def test_unicode_is_never_altered_whatever_the_fonts_say(texts: list[str], font: str) -> None:
    assert result(column(texts, font=font)) == texts


@given(st.lists(phrases, max_size=20), st.sampled_from(list(Encoding)))
def test_unicode_columns_stay_beside_an_old_one(texts: list[str], encoding: Encoding) -> None:
    old = column([typed(name, encoding) for name in NAMES], 2, FONT[encoding])

    assert result([*old, *column(texts, 3, "Times New Roman")]) == [*NAMES, *texts]
