"""A sheet in the usual form and the same sheet parsed element by element tell the same; odd forms are understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.definitions.intake_limits import shipped_limits
from chibo.model import column_letters
from chibo.workbook.intake.exact_scan import scan_exactly
from chibo.workbook.intake.marks import BrokenCell, SheetCounts
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.intake.sheet_scan import scan_sheet

LIMITS = shipped_limits().sheet
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"

CONTENTS = (
    b"/>",
    b"><v>8.5</v></c>",
    b' t="str"><f>A1&amp;"x"</f><v></v></c>',
    b' t="str"><f>A1</f><v>x</v></c>',
    b' t="str"><f>A1</f><v/></c>',
    b' t="str"><f>A1</f></c>',
    b' t="str"><f t="shared" si="0"/></c>',
    b"></c>",
    b"><f>SUM(A1:A9)</f></c>",
    b"><f>SUM(A1:A9)</f><v/></c>",
    b'><f t="shared" si="0"/><v>1</v></c>',
    b'><f t="shared" si="0"/></c>',
    b' t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    b' t="e"><v>#N/A</v></c>',
    b' t="b"><v>1</v></c>',
    b' t="s"><v>1</v></c>',
    b' t="inlineStr"><is><t>Ng\xc6\xb0\xe1\xbb\x9di</t></is></c>',
)
ROWS = st.dictionaries(
    st.integers(1, 40),
    st.dictionaries(st.integers(1, 30), st.tuples(st.sampled_from(CONTENTS), st.booleans()), max_size=5),
    max_size=6,
)


def sheet(rows: str | bytes) -> bytes:
    return HEAD + (rows.encode() if isinstance(rows, str) else rows) + TAIL


def written(rows: dict[int, dict[int, tuple[bytes, bool]]], hidden: set[int]) -> bytes:
    """The rows as Excel writes them."""
    lines = []
    for number, cells in sorted(rows.items()):
        line = b'<row r="%d"%s>' % (number, b' hidden="1"' if number in hidden else b"")
        for column, (content, styled) in sorted(cells.items()):
            style = b' s="3"' if styled else b""
            line += b'<c r="%s%d"%s%s' % (column_letters(column).encode(), number, style, content)
        lines.append(line + b"</row>")
    merges = b'<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>'
    return HEAD + b"".join(lines) + b"</sheetData>" + merges + b"</worksheet>"


@given(ROWS, st.sets(st.integers(1, 40)))
def test_both_ways_tell_the_same(rows: dict[int, dict[int, tuple[bytes, bool]]], hidden: set[int]) -> None:
    xml = written(rows, hidden)

    assert scan_sheet(xml, "Trang", LIMITS, strings=2) == scan_exactly(xml, "Trang", LIMITS).marks()


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c><v>1</v></c><c t='e'><v>#REF!</v></c></row><row><c><f>A1</f></c></row>",
        "<row r='1'><c r='A1'><v>1</v></c><c r='B1' t='e'><v>#REF!</v></c></row>"
        "<row r='2'><c r='A2'><f>A1</f></c></row>",
        '<row r="2"><c r="A2"><f>A1</f></c></row>'
        '<row r="1"><c r="B1" t="e"><v>#REF!</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1">\n <c r="A1">\n <v>1</v>\n </c> <c s="1" r="B1" t="e"> <v>#REF!</v> </c> </row>'
        '\n<row r="2"> <c r="A2"> <f>A1</f> </c></row>',
    ],
)
def test_unusual_forms_are_understood(rows: str) -> None:
    marks = scan_sheet(sheet(rows), "Trang", LIMITS)

    assert marks.counts == SheetCounts(values=1, errors=1, valueless=1)
    assert marks.broken == {(1, 2): BrokenCell("#REF!"), (2, 1): BrokenCell(formula="A1")}


def test_prefixed_elements_are_understood() -> None:
    rows = b'<row r="3"><c r="B3" t="e"><v>#N/A</v></c></row>'
    prefixed = sheet(rows).replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:")

    assert scan_sheet(prefixed.replace(b"xmlns=", b"xmlns:x="), "Trang", LIMITS).broken == {(3, 2): BrokenCell("#N/A")}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('<row r="1"><c r="A5"><v>1</v></c></row>', "CELL_REF"),
        ('<row r="1"><c r="A2"/></row><row r="2"><c r="B2"/></row>', "CELL_REF"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "CELL_REF"),
        ('<row r="1"/><row r="1"/>', "CELL_REF"),
        ('<row r="0"/>', "CELL_REF"),
        ('<row r="1048577"/>', "CELL_REF"),
        ('<row r="1"><c r="XFE1"/></row>', "CELL_REF"),
        ('<row r="1"><c r="a1"/></row>', "CELL_REF"),
        ('<row r="1"><c r="A1" t="d"><v>2026-13-45</v></c></row>', "CELL_BAD"),
        ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "CELL_BAD"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>-1e309</v></c></row>', "CELL_BAD"),
        ('<row r="1"><c r="A1"><f>1/0</f><v>INF</v></c></row>', "CELL_BAD"),
        ('<row r="1"><c r="A1" t="n"><v>NaN</v></c></row>', "CELL_BAD"),
        ('<row r="1"><c r="A1"><v>' + "9" * 400 + "</v></c></row>", "CELL_BAD"),
        ('<row r="1"><c r="A1" t="s"><v>0.5</v></c></row>', "CELL_BAD"),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>' + "x" * 32768 + "</t></is></c></row>", "CELL_TOO_LONG"),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="A9"><v>1</c></v></row><!-- -->', "XML_BROKEN"),
    ],
)
def test_what_no_program_writes_is_refused(rows: str, code: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        scan_sheet(sheet(rows), "Trang", LIMITS, strings=7)

    assert refusal.value.kind.code == code
