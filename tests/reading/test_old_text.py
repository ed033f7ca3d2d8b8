"""Cell workbooks in TCVN3 and VNI are read like any other; what was converted is said, what is doubtful is asked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chibo.definitions.language import Language
from chibo.legacy_text import Answer, Encoding
from chibo.workbook import Reading, read_book
from old_excel import xls
from old_text import typed
from tables import INFO, LIBRARY, MEETINGS, MEMBERS, SheetTable, a_workbook, read_workbook, xlsx

SHEETS: dict[str, str | SheetTable] = {"Thông tin": INFO, "Đảng viên": MEMBERS, "Sinh hoạt": MEETINGS}
FONT = {Encoding.TCVN3: ".VnTime", Encoding.VNI: "VNI-Times"}


def in_old_text(encoding: Encoding) -> dict[str, str | SheetTable]:
    return {typed(name, encoding): typed(str(text), encoding) for name, text in SHEETS.items()}


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


@pytest.mark.parametrize("encoding", Encoding)
def test_a_whole_book_in_an_old_encoding(encoding: Encoding) -> None:
    reading = read_book(xlsx(in_old_text(encoding)), "so.xlsx", LIBRARY)

    assert set(codes(reading)) == {"TEXT_CONVERTED"}
    assert reading.book is not None
    assert reading.book == read_workbook().book


@pytest.mark.parametrize("encoding", Encoding)
def test_the_same_from_an_xls_with_its_fonts(encoding: Encoding) -> None:
    data = xls(SHEETS, font=FONT[encoding], write=lambda text: typed(text, encoding))
    reading = read_book(data, "so.xls", LIBRARY)

    assert set(codes(reading)) == {"TEXT_CONVERTED"}
    assert reading.book == read_workbook().book


def test_the_conversion_is_counted_and_shown() -> None:
    (finding, *_) = read_book(xlsx(in_old_text(Encoding.TCVN3)), "so.xlsx", LIBRARY).findings

    assert finding.severity.value == "note"
    assert typed(finding.expected, Encoding.TCVN3) == finding.seen
    assert int(finding.values["cells"]) > 10
    assert finding.values["encoding"].startswith("TCVN3")


def test_a_capital_font_gives_capitals() -> None:
    data = xls(
        {**SHEETS, "Đảng viên": MEMBERS},
        font=lambda row, column: ".VnTimeH" if (row, column) == (2, 3) else ".VnTime",
        write=lambda text: typed(text, Encoding.TCVN3),
    )
    book = read_book(data, "so.xls", LIBRARY).book

    assert book is not None
    assert [member.full_name for member in book.members] == ["NGƯỜI MỘT", "Người Hai", "Người Ba"]


def test_one_sheet_in_an_old_encoding_among_others() -> None:
    reading = read_workbook({"Đảng viên": typed(MEMBERS, Encoding.TCVN3)})

    assert [(finding.code, finding.place.sheet) for finding in reading.findings] == [("TEXT_CONVERTED", "Đảng viên")]
    assert reading.book == read_workbook().book


DOUBTFUL = """
    | TT | Mã đảng viên | Họ và tên  | Chức vụ Đảng | Chính thức/Dự bị | Tình trạng | Ghi chú |
    | n:1 | DV01        | Người Một  | Bí thư       | Chính thức       | Sinh hoạt  | QuyÕt xy¶z |
    | n:2 | DV02        | Người Hai  | Đảng viên    | Chính thức       | Sinh hoạt  | §¶ng kq¶w ®iÒu bµz |
"""


def test_doubtful_text_stays_and_is_asked_until_somebody_answers() -> None:
    data = a_workbook({"Đảng viên": DOUBTFUL})

    asked = read_book(data, "so.xlsx", LIBRARY)
    kept = read_book(data, "so.xlsx", LIBRARY, Answer.UNICODE)
    settled = read_book(data, "so.xlsx", LIBRARY, Answer.TCVN3)

    assert codes(asked) == ["TEXT_UNDECIDED"]
    assert asked.findings[0].values["tcvn3"].startswith("Quyết")
    assert asked.book is not None
    assert asked.book.members[0].note == "QuyÕt xy¶z"
    assert (codes(kept), kept.book) == ([], asked.book)
    assert settled.book is not None
    assert settled.book.members[0].note.startswith("Quyết")


LOST = """
    | TT  | Mã đảng viên | Họ và tên       | Chức vụ Đảng | Chính thức/Dự bị | Tình trạng | Ghi chú |
    | n:1 | DV01         | Nguy?n V?n Một  | Bí thư       | Chính thức       | Sinh hoạt  | có mặt? |
    |     |              |                 |              |                  |            |         |
    | n:2 | DV02         | Tr?n Thị Hai    | Đảng viên    | Chính thức       | Sinh hoạt  |         |
"""


def test_letters_that_are_lost_are_told_at_their_cells() -> None:
    reading = read_workbook({"Đảng viên": LOST})

    (finding,) = [finding for finding in reading.findings if finding.code == "TEXT_LOST"]
    places = [finding.place, *finding.other_places]
    assert [(place.sheet, place.address) for place in places] == [("Đảng viên", "C2"), ("Đảng viên", "C4")]
    assert (finding.seen, finding.values["cells"]) == ("Nguy?n V?n Một", "2")
    assert reading.book is not None
    assert reading.book.members[0].full_name == "Nguy?n V?n Một"
    for language in Language:
        message = LIBRARY.catalogue.message(finding, language)
        assert "Nguy?n" in message.text
        assert message.mend


def test_old_text_is_converted_before_letters_are_missed() -> None:
    assert "TEXT_LOST" not in codes(read_book(xlsx(in_old_text(Encoding.VNI)), "so.xlsx", LIBRARY))


_INITIALS = ["", "b", "c", "d", "đ", "h", "l", "m", "n", "ng", "nh", "ph", "t", "th", "tr", "v", "x"]
_RIMES = ["a", "à", "á", "ã", "ô", "ố", "ân", "ấn", "ê", "ến", "ù", "ú", "ì", "í", "ó", "õi", "ươn", "ước", "iện"]
_syllables = st.builds("{}{}".format, st.sampled_from(_INITIALS), st.sampled_from(_RIMES)).map(str.capitalize)
_names = st.lists(_syllables, min_size=2, max_size=4).map(" ".join)


@settings(max_examples=40)
@given(st.lists(_names, min_size=1, max_size=12), st.sampled_from(["Arial", ".VnTime", "VNI-Times"]))
def test_names_in_unicode_are_kept_whatever_their_font(names: list[str], font: str) -> None:
    rows = "".join(f"| DV{n:02d} | {name} | Chính thức | Sinh hoạt |\n" for n, name in enumerate(names, start=1))
    header = "| Mã đảng viên | Họ và tên | Tư cách | Tình trạng |\n"
    book = read_book(xls({**SHEETS, "Đảng viên": header + rows}, font=font), "so.xls", LIBRARY).book

    assert book is not None
    assert [member.full_name for member in book.members] == names
