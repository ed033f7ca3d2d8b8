"""A value is read whole where a comment, raw text, an instruction or a reference stands in it."""

from __future__ import annotations

import pytest

from chibo.workbook.intake.package import open_package
from chibo.workbook.reading.plain_package import made_package
from chibo.workbook.reading.sheets import read_sheets

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRINGS = f'<sst xmlns="{MAIN}"><si><t>Không</t></si><si><t>Có</t></si>{"<si/>" * 9}<si><t>Hoãn</t></si></sst>'.encode()
WHOLE = '<c r="A1"><v>21</v></c><c r="B1" t="s"><v>11</v></c><c r="C1" t="str"><v>hai mốt</v></c>'


def values(cells: str, head: str = "") -> list[object]:
    xml = f'{head}<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'.encode()
    package = open_package(made_package([xml], None, STRINGS, is_1904=False))
    (sheet,) = read_sheets("so.xlsx", package, package.sheets).values()
    return list(sheet.rows[1])


@pytest.mark.parametrize("between", ["<!-- ghi chú -->", "<?chu?>"])
def test_what_is_no_value_does_not_end_one(between: str) -> None:
    for pair in ("21", "11", "hai"):
        assert values(WHOLE.replace(pair, f"{pair[0]}{between}{pair[1:]}")) == [21, "Hoãn", "hai mốt"]


@pytest.mark.parametrize("one", ["<![CDATA[1]]>", "&#49;", "&#x31;"])
def test_a_sign_may_be_written_in_any_way(one: str) -> None:
    assert values(WHOLE.replace("1</v>", f"{one}</v>")) == [21, "Hoãn", "hai mốt"]
    assert values(WHOLE.replace("<v>11", f"<v>{one}1")) == [21, "Hoãn", "hai mốt"]


def test_a_comment_before_everything_changes_nothing() -> None:
    assert values(WHOLE, '<?xml version="1.0"?><!-- do phần mềm kế toán lập -->') == [21, "Hoãn", "hai mốt"]
