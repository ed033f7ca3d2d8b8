"""The page on the Excel workbook says what its verdicts leave out, and names what can be found by name."""

from __future__ import annotations

import re
from io import BytesIO

from openpyxl import load_workbook

from builders import a_book
from chibo.definitions.folders import project_data
from chibo.definitions.library import Library
from chibo.workbook import write_book
from chibo.workbook.writing.outside import OUTSIDE

PAGE = (project_data("docs") / "so-excel.md").read_text(encoding="utf-8")


def test_every_finding_outside_the_verdicts_is_named() -> None:
    table = PAGE[PAGE.index("| Vì sao | Mã |") : PAGE.index("Riêng *Tự chấm")]
    assert set(re.findall(r"`([A-Z_]+)`", table)) == set(OUTSIDE)


def test_every_name_that_the_page_gives_is_in_the_workbook() -> None:
    names = load_workbook(BytesIO(write_book(a_book(), Library()))).defined_names
    given = re.findall(r"`(chibo\.[a-z_0-9.]+)`", PAGE)
    assert given
    assert [name for name in given if name not in names] == []
