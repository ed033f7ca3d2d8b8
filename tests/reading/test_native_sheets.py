"""The compiled way of reading gives the answers of the other way, or none: held together over drawn and real sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.model import column_letters
from chibo.workbook.intake.marks import SheetMarks
from chibo.workbook.intake.package import Package, open_package
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.reading.calamine_sheets import read_by_calamine
from chibo.workbook.reading.native_sheets import INSTALLED, read_natively
from chibo.workbook.reading.number_formats import MOMENT, NUMBER, SPAN, kinds_of_formats, moment_of
from chibo.workbook.reading.plain_package import made_package
from chibo.workbook.reading.sheet import Row
from chibo.workbook.reading.usual_xml import resolved
from chibo.workbook.reading.xml_details import XmlDetails
from corpus_files import real_workbooks, sample
from mutants import mutant
from tables import a_workbook

pytestmark = pytest.mark.skipif(not INSTALLED, reason="chibo_native is not compiled here")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FORMATS = (14, 0, 46, 20, 22, 10, 170, 171)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/>'
    f'<numFmt numFmtId="171" formatCode="[h]:mm"/></numFmts><cellXfs>'
    + "".join(f'<xf numFmtId="{number}"/>' for number in FORMATS)
    + "</cellXfs></styleSheet>"
).encode()
STRINGS = (
    f'<sst xmlns="{MAIN}"><si><t>Nguyễn &amp; Lê</t></si><si/><si><t xml:space="preserve"> hai </t></si>'
    "<si><r><rPr><b/></rPr><t>đậm</t></r><r><t>, nhạt</t></r></si></sst>"
).encode()
TEXTS = (
    "x",
    "Tổng &amp; số",
    "a&#10;b",
    "  cách  ",
    "=1+1",
    "12",
    "ọ̣",
    "&#x1F600;",
    "a_x000D_b",
    "a\r\nb",
    "&lt;v&gt;",
    "]]",
)
NUMBERS = st.one_of(
    st.integers(-5, 3_000_000).map(str),
    st.floats(-10, 60_000, allow_nan=False).map(repr),
    st.sampled_from(
        ["1E3", "+5", ".5", "5.", "-0", "1e400", "0.999999999", "2958465", "2958466", "nan", "abc", " 1 ", "3e9"]
    ),
)
CONTENTS = st.one_of(
    NUMBERS.map("><v>{}</v></c>".format),
    NUMBERS.map("><f>A1*2</f><v>{}</v></c>".format),
    st.sampled_from(TEXTS).map(' t="str"><f aca="false">A1</f><v>{}</v></c>'.format),
    st.sampled_from(TEXTS).map(' t="inlineStr"><is><t>{}</t></is></c>'.format),
    st.sampled_from(TEXTS).map(' t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'.format),
    st.integers(0, 4).map(' t="s"><v>{}</v></c>'.format),
    st.sampled_from([' t="b"><v>1</v></c>', ' t="b"><v>0</v></c>', ' t="b"><v>true</v></c>', "/>", " />", "></c>"]),
    st.sampled_from(['><f t="shared" si="0"/></c>', "><f>SUM(A1)</f><v/></c>", "><f>SUM(A1)</f><v /></c>"]),
    st.sampled_from([' t="str"><f>A1</f><v></v></c>', ' t="str"><f>A1</f></c>', ' t="str"><f>A1</f><v/></c>']),
    st.sampled_from([' t="e"><f>1/0</f><v>#DIV/0!</v></c>', ' t="e"><v>#N/A</v></c>', ' t="d"><v>2026-03-01</v></c>']),
)  # fmt: skip
STYLE = st.one_of(st.just(""), st.integers(0, len(FORMATS)).map(' s="{}"'.format))
CELLS = st.dictionaries(st.integers(1, 30), st.tuples(CONTENTS, STYLE), max_size=6)
ROWS = st.dictionaries(
    st.integers(1, 40), st.tuples(CELLS, st.sampled_from(["", ' hidden="1"', ' ht="15"'])), max_size=6
)


def packed(rows: str, *, is_1904: bool = False, tail: str = "") -> Package:
    """A workbook of one sheet."""
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{tail}</worksheet>'
    return open_package(made_package([xml.encode()], STYLES, STRINGS, is_1904=is_1904))


def exact(rows: dict[int, Row]) -> dict[int, list[tuple[type, str]]]:
    """The rows with the type of every value, without the empty cells at their ends."""
    kept = {}
    for number, row in rows.items():
        values = [(type(value), repr(value)) for value in row]
        while values and values[-1] == (str, "''"):
            values.pop()
        if values:
            kept[number] = values
    return kept


def read_both_ways(package: Package) -> list[str]:
    """Hold both ways together over every sheet; which sheets the compiled way could read."""
    names = []
    for part in package.sheets:
        found = _answer(read_natively, package, part.name)
        if found is None:
            continue
        other = _answer(read_by_calamine, package, part.name)
        if isinstance(found, str) or isinstance(other, str) or other is None:
            assert found == other
            continue
        assert exact(found[0]) == exact(other[0])
        assert found[1] == other[1]
        formulas = XmlDetails(package, part.part, found[1].formulas).formula_cells()
        assert formulas == XmlDetails(package, part.part).formula_cells()
        assert {*(found[1].texts or ())} == {v for row in found[0].values() for v in row if isinstance(v, str) and v}
        names.append(part.name)
    return names


def _answer(read: object, package: Package, name: str) -> tuple[dict[int, Row], SheetMarks] | str | None:
    part = next(part for part in package.sheets if part.name == name)
    try:
        return read(package, [part]).get(name)  # type: ignore[operator]
    except RefusedError as refusal:
        return refusal.kind.code


@pytest.mark.parametrize("in_format", ["si", "x:si"])
def test_what_looks_like_a_text_in_the_format_of_a_run_is_left_to_the_other_way(in_format: str) -> None:
    strings = STRINGS.replace(b"<rPr><b/></rPr>", f"<rPr><{in_format}/></rPr>".encode())
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
    package = open_package(made_package([xml.encode()], STYLES, strings, is_1904=False))

    assert strings != STRINGS
    assert read_natively(package, package.sheets) == {}


@given(ROWS, st.booleans())
def test_both_ways_read_the_same(rows: dict[int, tuple[dict[int, tuple[str, str]], str]], is_1904: bool) -> None:
    lines = [
        f'<row r="{number}"{attributes}>'
        + "".join(
            f'<c r="{column_letters(column)}{number}"{style}{content}'
            for column, (content, style) in sorted(cells.items())
        )
        + "</row>"
        for number, (cells, attributes) in sorted(rows.items())
    ]
    tail = '<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>'

    read_both_ways(packed("".join(lines), is_1904=is_1904, tail=tail))


def test_a_book_of_ours_is_read_whole_in_the_compiled_way() -> None:
    package = open_package(a_workbook())

    assert read_both_ways(package) == [sheet.name for sheet in package.sheets]


def test_mutants_are_read_alike_or_not_at_all() -> None:
    book, random = a_workbook(), Random(20261129)
    read = 0
    for _ in range(150):
        try:
            package = open_package(mutant(book, random))
        except RefusedError:
            continue
        read += len(read_both_ways(package))

    assert read > 100


@pytest.mark.corpus
def test_real_workbooks_are_read_alike() -> None:
    read = 0
    for path in sample(real_workbooks(".xlsx", ".xlsm"), 60):
        try:
            package = open_package(path.read_bytes())
        except RefusedError:
            continue
        read += len(read_both_ways(package))

    assert read > 50


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"/>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1048577"/>',
        '<row r="01"/>',
        '<row r="1"><c r="A1" r="B1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>4</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>&lol;</v></c></row>',
        '<row r="1"><c r="A1"><f>A2&B2</f><v>1</v></c></row>',
        '<row r="1"><c r="A1"><f ref="&">A2</f><v>1</v></c></row>',
        '<row r="1"><!-- --><c r="A1"/></row>',
        '<row r="1"><c r="A1"',
        '<row r="1',
        "<",
    ],
)
def test_what_is_not_in_the_usual_form_is_left_to_the_other_way(rows: str) -> None:
    package = packed(rows)

    assert read_natively(package, package.sheets) == {}


@pytest.mark.parametrize(
    "tail", ["<headerFooter><oddFooter>&amp;L&a</oddFooter></headerFooter>", '<pageSetup id="a&b"/>', "<x>&none;</x>"]
)
def test_a_reference_after_the_rows_that_is_none_is_left_to_the_other_way(tail: str) -> None:
    package = packed('<row r="1"><c r="A1"><v>1</v></c></row>', tail=tail)

    assert read_natively(package, package.sheets) == {}


@pytest.mark.parametrize("merge", ["", "A1", "$A$1:$B$2", "1:2", "A0:B1", "A1:B2:C3", "A1 B2"])
def test_an_odd_merged_range_is_left_to_the_other_way(merge: str) -> None:
    tail = f'<mergeCells count="1"><mergeCell ref="{merge}"/></mergeCells>'
    package = packed('<row r="1"><c r="A1"><v>1</v></c></row>', tail=tail)

    assert read_natively(package, package.sheets) == {}


@pytest.mark.parametrize("head", [">t>Điểm</t></si>", " t=s>", '"A>', "><!-- --> "])
def test_shared_texts_behind_a_strange_beginning_are_left_to_the_other_way(head: str) -> None:
    strings = f'<sst xmlns="{MAIN}"{head}<si><t>Họ và tên</t></si></sst>'.encode()
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>'
    )
    package = open_package(made_package([sheet.encode()], STYLES, strings, is_1904=False))

    assert read_natively(package, package.sheets) == {}


def test_a_sheet_too_wide_or_with_too_long_a_text_is_left_to_the_other_way() -> None:
    wide = "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 400))
    long = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 32_768}</t></is></c></row>'

    for package in (packed(wide), packed(long)):
        assert read_natively(package, package.sheets) == {}


@pytest.mark.parametrize("encoding", ["foo", "31/02/2026"])
def test_a_part_that_claims_another_encoding_is_left_to_the_other_way(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    package = open_package(made_package([xml.encode()], STYLES, STRINGS, is_1904=False))

    assert read_natively(package, package.sheets) == {}


def test_formats_are_told_by_the_value_reader() -> None:
    kinds = kinds_of_formats(STYLES)

    assert kinds == bytes((MOMENT, NUMBER, SPAN, MOMENT, MOMENT, NUMBER, MOMENT, SPAN))
    assert moment_of(1.5, SPAN, False) == timedelta(days=1, hours=12)
    assert moment_of(3e9, SPAN, False) == 3e9
    assert kinds_of_formats(b"no styles") is None
    assert kinds_of_formats(b"<xf" * 70_000) is None
    assert kinds_of_formats(b" " * (1 << 21)) is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [("a &amp;&lt;&#39;&#x27;", "a &<''"), ("a & b", None), ("&nbsp;", None), ("&#1114112;", None), ("&#xD800;", None)],
)
def test_references_are_resolved_or_left(text: str, plain: str | None) -> None:
    assert resolved(text) == plain


@given(st.from_regex(r"-?[0-9]{1,17}(\.[0-9]{1,17})?", fullmatch=True))
def test_a_number_is_the_nearest_double(number: str) -> None:
    package = packed(f'<row r="1"><c r="A1"><v>{number}</v></c></row>')

    rows, _ = read_natively(package, package.sheets)[package.sheets[0].name]

    assert rows == {1: [float(number)]}


def test_what_stands_around_the_rows_is_told_of_each_sheet() -> None:
    row = '<row r="1"><c r="A1"><v>{}</v></c></row>'
    merge = '<mergeCells count="1"><mergeCell ref="{}:C9"/></mergeCells>'
    sheets = [packed(row.format(value), tail=merge.format(place)) for value in (1, 2) for place in ("A2", "B2", "A2")]

    found = [read_natively(package, package.sheets)[package.sheets[0].name] for package in sheets]

    assert [(rows[1][0], marks.merges[0].left) for rows, marks in found] == [
        *((1, 1), (1, 2), (1, 1)),
        *((2, 1), (2, 2), (2, 1)),
    ]


@pytest.mark.parametrize("bounds", [(-1, 3), (2, 1), (0, 99)])
def test_bounds_outside_the_bytes_are_refused(bounds: Sequence[int]) -> None:
    from chibo_native.usual import Common, sheet_cells  # noqa: PLC0415 - not everywhere

    common = Common([], b"", resolved, moment_of, is_1904=False, characters=9, cells=9, area=9)
    with pytest.raises(ValueError, match="within the bytes"):
        sheet_cells(b"<row/>", *bounds, common)
