"""`--text` of the commands that read books: text whose encoding is not clear is read as somebody says, file by file."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from chibo.cli.main import cli
from chibo.definitions.library import Library
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.office.memory import remembering
from chibo.office.memory.periods import open_period
from chibo.workbook import read_book
from memory.offices_in_memory import Noon, a_register, an_office, as_user
from tables import INFO, a_workbook

LIBRARY = Library()
NAME = "Chi bộ Văn phòng"
DOUBTFUL = "QuyÕt xy¶z §¶ng kq¶w ®iÒu bµz"
"""Three words of TCVN3, and three that make no sense in any encoding."""
SETTLED = "Quyết xyảz"
DAY = date(2026, 4, 3)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook in which the name of the cell may or may not be in TCVN3."""
    return a_doubtful(tmp_path / "so.xlsx")


def a_doubtful(path: Path, cell: str = "CB01") -> Path:
    path.write_bytes(a_workbook({"Thông tin": INFO.replace(NAME, DOUBTFUL).replace("CB01", cell)}))
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def rows(result: Result) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(result.stdout)
    return found


def names(result: Result) -> list[str]:
    return [row["cell_name"] for row in rows(result)]


def test_the_books_of_a_run_are_read_as_somebody_says(book: Path) -> None:
    said = {
        answer: {row["code"] for row in rows(run("check", book, "--format", "json", *options))}
        for answer, options in {"": (), "tcvn3": ("--text", "tcvn3"), "unicode": ("--text", "unicode")}.items()
    }

    assert {answer: {code for code in codes if code.startswith("TEXT_")} for answer, codes in said.items()} == {
        "": {"TEXT_UNDECIDED"},
        "tcvn3": {"TEXT_CONVERTED"},
        "unicode": set(),
    }


def test_each_file_has_its_own_answer(tmp_path: Path) -> None:
    for folder, cell in (("cu", "CB01"), ("moi", "CB02"), ("nua", "CB03")):
        (tmp_path / folder).mkdir()
        a_doubtful(tmp_path / folder / "so.xlsx", cell)
    run("facts", tmp_path)  # remembered as it was read then

    told = run("facts", tmp_path, "--format", "json", "--text", "unicode", "--text", "moi/so.xlsx=tcvn3")

    assert [name.startswith(SETTLED) for name in names(told)] == [False, True, False]


@pytest.mark.parametrize("said", ["latin1", "khac.xlsx=vni", "o.xlsx=vni"])
def test_what_is_no_answer_to_any_file_is_wrong_usage(book: Path, said: str) -> None:
    for command in (("check", book), ("inspect", book), ("diff", book, book)):
        assert run(*command, "--text", said).exit_code == 2


def test_one_book_alone(book: Path) -> None:
    inspected = json.loads(run("inspect", book, "--format", "json", "--text", "tcvn3").stdout)
    scored = run("score", book, "--meeting", "2026-03", "--text", "so.xlsx=tcvn3")

    assert [finding["code"] for finding in inspected["findings"]] == ["TEXT_CONVERTED"]
    assert SETTLED in scored.stdout


def test_nothing_is_filled_into_old_text(tmp_path: Path) -> None:
    old = tmp_path / "cu.xlsx"
    old.write_bytes(a_workbook({"Thông tin": INFO.replace(NAME, "QuyÕt §¶ng ®iÒu kho¶n")}))

    refused = run("fill", old, "--meeting", "2026-03", "--set", "present=3", "--out", tmp_path / "ra.xlsx")

    assert isinstance(refused.exception, ChiboError)
    assert "chibo migrate" in refused.exception.command


def test_only_what_is_left_open_is_marked(book: Path, tmp_path: Path) -> None:
    asked = run("mark", book, "--out", tmp_path / "1.xlsx")
    settled = run("mark", book, "--out", tmp_path / "2.xlsx", "--text", "unicode")

    assert _marks(asked) - _marks(settled) == 1


def _marks(result: Result) -> int:
    found = re.search(r"Đã đánh dấu (\d+) chỗ", result.stderr)
    return int(found[1]) if found else 0


def test_books_are_compared_and_merged_as_they_are_read(book: Path, tmp_path: Path) -> None:
    kept = a_doubtful(tmp_path / "kia.xlsx")
    told = rows(run("diff", kept, book, "--format", "json", "--text", "so.xlsx=tcvn3"))
    out = tmp_path / "gop.xlsx"
    merged = run("merge", kept, kept, book, "--out", out, "--text", "so.xlsx=tcvn3")

    assert [(row["before"], row["after"][: len(SETTLED)]) for row in told] == [(DOUBTFUL, SETTLED)]
    assert merged.exit_code == 0, merged.output
    written = read_book(out.read_bytes(), out.name, LIBRARY).book
    assert written is not None
    assert written.info.cell_name.startswith(SETTLED)


def test_a_book_is_handed_in_as_it_is_read(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, out = tmp_path / "vp", tmp_path / "thang-3.xlsx"
    memory, _ = an_office(home, DAY, a_register())
    open_period(as_user(memory, "ban"), Period(2026, 3, 3))
    memory.close()
    monkeypatch.setattr(remembering, "now", Noon(DAY))
    office = ("--home", home, "--as", "ban")

    handed = run("submit", book, "--text", "tcvn3", *office, "--format", "json")
    assert [row["result"] for row in rows(handed)] == ["new"], handed.output
    given = ("--period", "2026-03", "--return", "thang", "--out", out)
    assert run("consolidate", *given, *office).exit_code == 0
    assert run("consolidate", *given, *office, "--text", "vni").exit_code == 2
    from_office = out.read_bytes()
    assert run("consolidate", book, *given, "--text", "tcvn3").exit_code == 0
    assert SETTLED in _text(from_office)
    assert SETTLED in _text(out.read_bytes())


def _text(data: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(data))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
