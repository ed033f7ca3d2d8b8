"""The copies that an office keeps: from what a book grew, and what never takes the place of a good one."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from builders import a_book, a_meeting
from chibo.comparing import fingerprint_of
from chibo.definitions.library import Library
from chibo.engine.in_process import InProcess
from chibo.engine.sources import find_uploads
from chibo.office.board.returned import marked_copies, marked_file
from chibo.office.board.run import BoardRun
from chibo.office.lineage.branches import open_copy
from chibo.office.lineage.keeping import KEPT_FOLDER, keep_copy, kept_copies, short_name
from chibo.office.lineage.sealing import make_key, seal_workbook
from chibo.office.returning import keep_marked, marked_copy
from chibo.workbook import write_book
from chibo.workbook.sealing import read_seal
from desks import TODAY, library
from handed_books import handed_over
from memory.books_handed_in import a_book as book_handed_in

BOOK = a_book(a_meeting())
MINE, THEIRS = "a" * 64, "b" * 64


@pytest.fixture
def office(tmp_path: Path) -> Library:
    return Library(tmp_path)


def a_workbook(office: Library, parent: str = "") -> bytes:
    return seal_workbook(write_book(BOOK, office), office, parent=parent)


def parents(office: Library) -> set[str]:
    copies = kept_copies(office.office, BOOK.info.cell_code, BOOK.info.year)
    assert {copy.name for copy in copies} <= {short_name(fingerprint_of(BOOK))}
    return {copy.parent for copy in copies}


def test_a_sealed_workbook_is_kept_only_when_it_is_said_to_be_out(office: Library) -> None:
    data = a_workbook(office)
    assert parents(office) == set()
    keep_copy(data, office)
    assert parents(office) == {"new"}


def test_a_merged_workbook_grew_from_two(office: Library) -> None:
    keep_copy(a_workbook(office, THEIRS), office, MINE)
    assert parents(office) == {short_name(MINE), short_name(THEIRS)}


def test_no_book_grew_from_itself(office: Library) -> None:
    keep_copy(a_workbook(office, THEIRS), office, fingerprint_of(BOOK))
    assert parents(office) == {short_name(THEIRS)}


def test_nothing_is_kept_without_an_office_or_a_seal(office: Library) -> None:
    keep_copy(a_workbook(office), library())
    keep_copy(write_book(BOOK, office), office)
    keep_copy(b"no workbook", office)
    assert not (office.office / KEPT_FOLDER).exists()  # type: ignore[operator]


def test_without_room_for_a_copy_the_workbook_is_out_all_the_same(
    office: Library, caplog: pytest.LogCaptureFixture
) -> None:
    (office.office / KEPT_FOLDER).write_bytes(b"a file in the way")  # type: ignore[operator]
    keep_copy(a_workbook(office), office)
    assert "no copy was kept" in caplog.text


@pytest.mark.parametrize("command", [["mark"], ["fill", "--meeting", "2026-03", "--set", "venue=Hội trường"]])
def test_a_command_that_can_keep_no_copy_does_its_work_without_a_line_of_a_log(
    office: Library, tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / KEPT_FOLDER).write_bytes(b"a file in the way")
    (tmp_path / "so.xlsx").write_bytes(a_workbook(office))
    called = subprocess.run(
        [sys.executable, "-m", "chibo", *command, "so.xlsx", "--out", "ra.xlsx", "--home", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (called.returncode, (tmp_path / "ra.xlsx").exists()) == (0, True)
    assert "«ra.xlsx»" in called.stderr
    assert "no copy was kept" not in called.stderr


def test_books_that_go_back_are_kept_once_somebody_has_the_archive(office: Library, tmp_path: Path) -> None:
    run = BoardRun(office, TODAY, lambda: None, InProcess())
    books = [(f"{code}.xlsx", book_handed_in(code, ends="13:00")) for code in ("CB01", "CB02")]
    run.add(find_uploads(books))
    assert run.wait(60)
    packed = marked_copies(run, office, TODAY)
    assert list(tmp_path.iterdir()) == []
    packed.keep()
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        returned = {archive.read(name) for name in archive.namelist()}
    kept = [copy for code in ("CB01", "CB02") for copy in kept_copies(tmp_path, code, 2026)]
    assert len(returned) == len(kept) == 2
    assert {copy.path.read_bytes() for copy in kept} == returned
    (tmp_path / KEPT_FOLDER).rename(tmp_path / "other")
    one = marked_file("CB02.xlsx", run, office, TODAY)
    assert kept_copies(tmp_path, "CB02", 2026) == ()
    one.keep()
    (copy,) = kept_copies(tmp_path, "CB02", 2026)
    assert copy.path.read_bytes() == one.data


def test_a_marked_workbook_that_holds_no_book_takes_the_place_of_no_good_copy(office: Library) -> None:
    data = handed_over(write_book(BOOK, office), office)
    (copy,) = kept_copies(office.office, BOOK.info.cell_code, BOOK.info.year)
    make_key(office.office)  # type: ignore[arg-type]
    workbook, stream = load_workbook(io.BytesIO(data)), io.BytesIO()
    del workbook["Thông tin"]
    workbook.save(stream)
    marked = marked_copy(stream.getvalue(), "so.xlsx", office, TODAY)
    assert marked.marks
    assert marked.data is not None
    keep_marked(marked, office)
    assert fingerprint_of(open_copy(copy, office).book) == fingerprint_of(BOOK)
    seal = read_seal(marked.data)
    assert seal is not None
    assert seal.signature == "", "the office signs no values that the workbook does not hold"
