"""The look at the cell of a finding, as the browser meets it: a finding is named by number, its cells come back."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from builders import a_book, a_meeting
from chibo.definitions.library import Library
from chibo.engine.in_process import InProcess
from chibo.engine.sources import find_uploads
from chibo.errors import Words
from chibo.office.looking import Looked
from chibo.workbook import write_book
from chibo_widgets.board import BoardPage
from ends_before_it_begins import SHEETS
from golden_office import golden_office
from old_excel import xls
from tables import xlsx

TODAY = date(2026, 4, 10)
PATIENCE = 60.0
BOOK = golden_office()["GD01 Tổng hợp.xlsx"]


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> BoardPage:
    monkeypatch.delenv("CHIBO_HOME", raising=False)
    monkeypatch.delenv("CHIBO_LANG", raising=False)
    return BoardPage(Library(), today=TODAY, engine=InProcess())


def take(board: BoardPage, **books: bytes) -> None:
    board._run.add(find_uploads([(name.replace("_", "."), data) for name, data in books.items()]))
    assert board._run.wait(PATIENCE)
    go(board.setting, month=3, year=2026)


def go(widget: Any, **message: object) -> None:
    widget.received({"go": message}, [])


def unit(board: BoardPage, key: str = "") -> dict[str, Any]:
    """The open unit; the first one where none is named."""
    go(board.table, open=key or board.board.units[0].key)
    return board.unit.view


def look(board: BoardPage, finding: int = 0, place: int = 0, number: int | None = None) -> dict[str, Any]:
    of = board.unit.view["list"] if number is None else number
    go(board.unit, go="look", list=of, finding=finding, place=place)
    return board.look.view


def cells(view: dict[str, Any]) -> list[tuple[int, str]]:
    """The marked cells: row number and text."""
    found = [(row["n"], cell) for row in view["grid"]["rows"] for cell in row["cells"] if isinstance(cell, dict)]
    return [(number, cell["text"]) for number, cell in found if cell.get("here")]


def test_a_finding_opens_at_its_cell(board: BoardPage) -> None:
    take(board, GD01_xlsx=BOOK)
    rows = unit(board)["rows"]
    assert board.look.view == {}
    [row] = [row for row in rows if row["references"] == ["'Chấm điểm'!E14"]]
    view = look(board, row["number"])
    assert (view["file"], view["label"]) == ("GD01.xlsx", "Trang Chấm điểm, ô E14")
    assert (view["title"], view["text"], view["mend"]) == (row["title"], row["text"], row["mend"])
    assert cells(view) == [(14, "1")]
    assert view["here"] == "Ô E14 đang ghi: «1»"
    assert view["grid"]["columns"] == ["A", "B", "C", "D", "E"]
    assert view["grid"]["heading"]["cells"][0] == "Mã tiêu chí"
    assert view["total"] == len(rows)


def test_every_finding_of_every_golden_book_opens_at_its_very_place(board: BoardPage) -> None:
    take(board, **{name.replace(".", "_"): data for name, data in golden_office().items()})
    opened = 0
    for key in [one.key for one in board.board.units]:
        go(board.table, open=key)
        go(board.unit, others=True)
        for row in board.unit.view.get("rows", []):
            for spot, reference in zip(row["spots"], row["references"], strict=True):
                view = look(board, row["number"], spot)
                assert view["reference"] == reference
                assert view["title"] == row["title"]
                marked = cells(view) if view["grid"] else []
                assert bool(marked) == ("ô " in view["label"]), view["label"]
                opened += bool(marked)
    assert opened > 30


def test_a_finding_of_several_places_opens_at_each(board: BoardPage) -> None:
    take(board, so_xlsx=xlsx(SHEETS))
    [row] = [row for row in unit(board)["rows"] if len(row["references"]) == 1 and "E2, D2" in row["places"][0]]
    first, second = look(board, row["number"]), look(board, row["number"], 1)
    assert first["places"] == second["places"] == ["Trang Sinh hoạt, ô E2", "Trang Sinh hoạt, ô D2"]
    assert (cells(first), cells(second)) == ([(2, "14:00")], [(2, "15:30")])


def test_books_of_old_excel_and_books_from_an_archive_open_too(board: BoardPage) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("sở A/so.xlsx", xlsx(SHEETS))
        archive.writestr("sở B/so.xls", xls({**SHEETS, "Thông tin": SHEETS["Thông tin"].replace("CB01", "CB02")}))
        archive.writestr("sở C/so.xlsx", xlsx({**SHEETS, "Thông tin": SHEETS["Thông tin"].replace("CB01", "CB03")}))
    take(board, thang_zip=packed.getvalue())
    assert len(board.board.units) == 3
    for one in board.board.units:
        row = next(row for row in unit(board, one.key)["rows"] if "E2, D2" in row["places"][0])
        assert cells(look(board, row["number"])) == [(2, "14:00")], one.key


def test_what_concerns_the_whole_file_says_so(board: BoardPage) -> None:
    other = write_book(a_book(a_meeting("2026-03", present=3)), Library(), TODAY)
    take(board, mot_xlsx=write_book(a_book(a_meeting("2026-03")), Library(), TODAY), hai_xlsx=other)
    row = next(row for row in unit(board)["rows"] if row["code"] == "CELL_TWICE")
    view = look(board, row["number"])
    assert view["grid"] is None
    assert view["label"] == "Cả tệp"
    assert view["say"]
    assert view["reference"] == ""


def test_a_refused_file_says_why_nothing_opens(board: BoardPage) -> None:
    take(board, bien_xlsx=b"khong phai so Excel")
    assert unit(board)["rows"][0]["places"] == ["Tệp bien.xlsx"]
    view = look(board)
    assert view["grid"] is None
    assert "bị từ chối" in view["say"]


def test_a_book_that_was_let_go_is_asked_for_again(board: BoardPage, monkeypatch: pytest.MonkeyPatch) -> None:
    take(board, GD01_xlsx=BOOK)
    unit(board)
    monkeypatch.setattr(board._run, "sources_of", lambda _labels: ())
    view = look(board)
    assert view["grid"] is None
    assert "Hãy đưa tệp vào trang một lần nữa" in view["say"]


@pytest.mark.parametrize(
    ("finding", "place", "away"), [(99_999, 0, 0), (0, 99, 0), (0, 0, 1), (-1, 0, 0), ("0", 0, 0), (True, 0, 0)]
)
def test_a_number_that_is_none_opens_nothing(board: BoardPage, finding: Any, place: Any, away: int) -> None:
    take(board, GD01_xlsx=BOOK)
    unit(board)
    assert look(board, finding, place, board.unit.view["list"] + away) == {}


def test_a_path_opens_nothing(board: BoardPage) -> None:
    take(board, GD01_xlsx=BOOK)
    of = unit(board)["list"]
    for more in ({"file": "/etc/passwd"}, {"sheet": "Sinh hoạt"}, {"label": "GD01.xlsx"}):
        go(board.unit, go="look", list=of, finding=0, place=0, **more)
    assert board.look.view == {}


def test_what_is_open_stays_while_its_list_changes_and_goes_when_it_is_closed(board: BoardPage) -> None:
    take(board, GD01_xlsx=BOOK)
    before = unit(board)["list"]
    seen = look(board)
    go(board.unit, others=True)
    assert board.unit.view["list"] != before
    assert board.look.view == seen
    assert look(board, 1, number=before)["finding"] == 1
    go(board.look, go="look-away")
    assert board.look.view == {}
    assert look(board, 0, number=before) == {}


def test_clearing_the_page_closes_the_look(board: BoardPage) -> None:
    take(board, GD01_xlsx=BOOK)
    unit(board)
    assert look(board)
    board.intake.received({"act": {"clear": True}}, [])
    assert board.look.view == {}


def test_no_cells_are_read_before_they_are_asked_for(board: BoardPage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "chibo_widgets.board.page.look_on_board", lambda label, *_: asked.append(label) or Looked(problem=Words("…"))
    )
    take(board, GD01_xlsx=BOOK)
    unit(board)
    assert asked == []
    look(board)
    board._redraw.now()
    assert asked == ["GD01.xlsx"]
