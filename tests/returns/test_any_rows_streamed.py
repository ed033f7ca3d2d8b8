"""Whatever rows a return has, both ways of writing it give the same workbook, and every text stays the text it is."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from chibo.definitions.loading import parse_definition
from chibo.definitions.returns.definition import ReturnDefinition
from chibo.model import Period, Place
from chibo.returns.fields import Value
from chibo.returns.paper import paper_of
from chibo.returns.table import Figure, ReturnRow, ReturnTable, RowKind, Source
from chibo.workbook.returns.formats import cell_text
from chibo.workbook.returns.workbook import write_return
from scored import LIBRARY
from sheet_looks import looks_of

DAY = date(2026, 4, 5)
HOSTILE = (
    "=1+1",
    "+84 24",
    "-",
    "@SUM(A1)",
    "<r><t>không phải thẻ</t></r>",
    "</t></is></c></row></sheetData>",
    "&lt; & &amp;",
    "]]>",
    "_x000D_",
    "_x005F_",
    "\r\n",
    "\x00\x01\x1f\x7f\x85",
    "\ufffe\uffff\ud800",
    "\N{PAPERCLIP}\N{PARTY POPPER}\N{CJK UNIFIED IDEOGRAPH-20000}",
    " đầu",
    "cuối ",
    "\ttab\t",
    "\n",
    " ",
    "",
    "1234",
    "2026-03-01",
    "TRUE",
)
OTHERS = ("_x005F_x0041_", "\N{PARTY POPPER}" * 17_000, "x" * 32_768)
"""Long ones, and one of which xlsxwriter makes another."""
FILES = st.sampled_from(["so.xlsx", "=sổ<1>.xlsx", " _x0041_.xlsx"])
TEXTS = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=()), max_size=20)
NUMBERS = st.integers(-(10**6), 10**6) | st.decimals(-1000, 1000, places=3) | st.just(Decimal("-0"))
VALUES: st.SearchStrategy[Value] = st.none() | TEXTS | NUMBERS | st.dates(date(1900, 3, 1), date(9999, 12, 31))
COLUMNS = (
    {"code": "ordinal", "label": "STT", "figure": "ordinal"},
    {"code": "name", "label": "Tên", "figure": "cell_name", "align": "left", "width": 30},
    {"code": "part", "label": "Có mặt", "group": "Số", "aggregate": {"kind": "sum", "of": "present"}, "total": "sum"},
    {"code": "whole", "label": "Phải dự", "group": "Số", "aggregate": {"kind": "sum", "of": "owed"}, "total": "mean"},
    {"code": "rate", "label": "%", "percent": {"of": "part", "over": "whole"}, "number_format": "0.0"},
    {"code": "listed", "label": "Kể", "aggregate": {"kind": "list", "of": "held_on"}, "total": "count"},
)


def definition(size: float) -> ReturnDefinition:
    document = {
        "schema": 1,
        "id": "rieng",
        "title": "Biểu riêng",
        "periods": ["month"],
        "effective": {"from": date(2026, 1, 1)},
        "heading": {"subject": "biểu riêng {period}"},
        "notes": ["Một ghi chú."],
        "print": {"size": size},
        "columns": COLUMNS,
    }
    return parse_definition(ReturnDefinition, document, Path("rieng.toml"))


# A row of 10 points is as high as a row without a height of its own.
DEFINITIONS = [LIBRARY.returns["thang"], definition(10), definition(12)]


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    source = st.builds(Source, TEXTS, VALUES, st.builds(Place, FILES, TEXTS, st.just("B12")), TEXTS)
    return Figure(draw(VALUES), tuple(draw(st.lists(source, max_size=2))))


@st.composite
def tables(draw: st.DrawFn) -> ReturnTable:
    """Tables with any values, in groups and without, and totals that say anything."""
    made = draw(st.sampled_from(DEFINITIONS))

    def row(kind: RowKind) -> ReturnRow:
        calculated = st.builds(Figure, st.none() | NUMBERS)
        held = [
            draw(figures() if kind is RowKind.ROW and not column.percent else calculated) for column in made.columns
        ]
        return ReturnRow(kind=kind, title=draw(TEXTS), ordinal=draw(TEXTS), code=draw(TEXTS), figures=tuple(held))

    rows: list[ReturnRow] = []
    for size in draw(st.lists(st.integers(0, 3), max_size=3)):
        grouped = draw(st.booleans())
        rows += [row(RowKind.GROUP)] * grouped
        rows += [row(RowKind.ROW) for _ in range(size)]
        rows += [row(RowKind.SUBTOTAL)] * grouped
    return ReturnTable(
        definition=made,
        period=Period.parse("2026-03"),
        rows=(*rows, row(RowKind.TOTAL)),
        notes=tuple(draw(st.lists(TEXTS.filter(str.strip), max_size=2))),
    )


@settings(max_examples=60)
@given(tables())
def test_both_ways_give_the_same_workbook(table: ReturnTable):
    paper = paper_of(table, LIBRARY.issuer, DAY)
    kept, streamed = write_return(paper), write_return(paper, held_rows=0)
    expected, found = looks_of(kept), looks_of(streamed)
    assert found.keys() == expected.keys()
    for what in expected:
        assert found[what] == expected[what], what
    assert calamine_rows(streamed) == calamine_rows(kept)


@settings(max_examples=60)
@given(st.lists(TEXTS | st.sampled_from(OTHERS), min_size=1))
def test_every_text_is_read_back_as_it_is(texts: list[str]):
    sources = tuple(Source(text, text, Place("so.xlsx", text, "B12"), text) for text in texts)
    columns = DEFINITIONS[0].columns
    row = ReturnRow(kind=RowKind.ROW, figures=(Figure(1, sources), *[Figure()] * (len(columns) - 1)))
    total = ReturnRow(kind=RowKind.TOTAL, title="Tổng cộng", figures=(Figure(),) * len(columns))
    table = ReturnTable(definition=DEFINITIONS[0], period=Period.parse("2026-03"), rows=(row, total))
    _, found = calamine_rows(write_return(paper_of(table, LIBRARY.issuer, DAY), held_rows=0))
    for line, text in zip_longest(found[1:], texts):
        assert [line[column] for column in (3, 4, 5, 7)] == [cell_text(text)] * 4


def calamine_rows(data: bytes) -> list[list[list[object]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
