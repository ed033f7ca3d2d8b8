"""The office keeps a copy of a workbook once a command has saved it, and none of one that could not be saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from attrs import evolve

from acceptance.command_line import chibo
from builders import a_book, a_meeting, some_members
from chi_bo import FOREIGN_SHEETS
from chibo.comparing import fingerprint_of
from chibo.errors import OutputError
from chibo.model import CellBook
from chibo.office.lineage.branches import common_bases, lines_of, open_copy
from chibo.office.lineage.keeping import KeptCopy, kept_copies, short_name
from chibo.workbook import read_book, write_book
from desks import library
from tables import xlsx

NEW_BOOK = ("--code", "CB01", "--name", "Chi bộ Văn phòng", "--kind", "Cơ quan hành chính", "--year", "2026")
BASE = a_book(a_meeting("2026-02"), a_meeting(), members=some_members(3))

Command = Callable[[Path], tuple[object, ...]]
"""The arguments of a command that writes a workbook; what it needs is put into a folder."""


def changed(**values: object) -> CellBook:
    """The book with these values in its March meeting."""
    return evolve(BASE, meetings=(BASE.meetings[0], evolve(BASE.meetings[1], **values)))


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def book_in(path: Path, book: CellBook = BASE) -> Path:
    return put(path, write_book(book, library()))


def three(folder: Path) -> tuple[Path, ...]:
    books = {"goc": BASE, "minh": changed(ends_at=time(15, 40)), "kia": changed(venue="Phòng 2")}
    return tuple(book_in(folder / f"{name}.xlsx", book) for name, book in books.items())


COMMANDS: dict[str, Command] = {
    "new": lambda _folder: ("new", *NEW_BOOK),
    "fill": lambda folder: ("fill", book_in(folder / "so.xlsx"), "--meeting", "2026-03", "--set", "venue=Phòng 1"),
    "migrate": lambda folder: ("migrate", put(folder / "cu.xlsx", xlsx(FOREIGN_SHEETS))),
    "mark": lambda folder: ("mark", put(folder / "cu.xlsx", xlsx(FOREIGN_SHEETS))),
    "merge": lambda folder: ("merge", *three(folder)),
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "vp"
    made.mkdir()
    return made


def copies_of(home: Path, book: CellBook) -> tuple[KeptCopy, ...]:
    return kept_copies(home, book.info.cell_code, book.info.year)


def full(*_: object) -> None:
    raise OutputError("đĩa đầy")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_copy_is_kept_of_what_was_saved_alone(
    name: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "ra.xlsx"
    arguments = (*COMMANDS[name](tmp_path), "--out", out, "--home", home)
    with monkeypatch.context() as disk:
        disk.setattr(f"chibo.cli.{name}_command.save_atomically", full)
        failed = chibo(*arguments)
    assert (failed.exit_code, "đĩa đầy" in failed.err) == (1, True)
    assert list(home.iterdir()) == []
    saved = chibo(*arguments)
    assert saved.exit_code == 0, saved.err
    book = read_book(out.read_bytes(), out.name, library()).book
    assert book is not None
    copies = copies_of(home, book)
    assert {copy.name for copy in copies} == {short_name(fingerprint_of(book))}
    assert {copy.path.read_bytes() for copy in copies} == {out.read_bytes()}


def test_a_later_merge_finds_the_newest_book_that_both_grew_from(home: Path, tmp_path: Path) -> None:
    def filled(file: Path, out: str, setting: str) -> Path:
        made = tmp_path / out
        said = chibo(
            "fill", file, "--meeting", "2026-03", "--set", setting, "--register", "--out", made, "--home", home
        )
        assert said.exit_code == 0, said.err
        return made

    first, merged = tmp_path / "moi.xlsx", tmp_path / "gop.xlsx"
    assert chibo("new", *NEW_BOOK, "--out", first, "--home", home).exit_code == 0
    mine, theirs = filled(first, "minh.xlsx", "present=0"), filled(first, "kia.xlsx", "venue=Phòng 2")
    assert base_of(home, mine, theirs) == digest(first)
    assert chibo("merge", first, mine, theirs, "--out", merged, "--home", home).exit_code == 0
    gone_on = filled(theirs, "kia nữa.xlsx", "chair=Người 1")
    assert base_of(home, merged, gone_on) == digest(theirs), "the merged book grew from theirs too"
    assert base_of(home, merged, filled(mine, "minh nữa.xlsx", "chair=Người 2")) == digest(mine)


def book_of(file: Path) -> CellBook:
    book = read_book(file.read_bytes(), file.name, library()).book
    assert book is not None
    return book


def digest(file: Path) -> str:
    return fingerprint_of(book_of(file))


def base_of(home: Path, mine: Path, theirs: Path) -> str:
    """The digest of the nearest common base of two workbooks, which the office can open."""
    lines = lines_of(home, book_of(mine), ())
    nearest, *_ = common_bases(lines.parents, digest(mine), digest(theirs))
    return fingerprint_of(open_copy(lines.copies[nearest], library()).book)


def test_where_nothing_was_taken_the_merged_workbook_is_a_file_that_somebody_had(home: Path, tmp_path: Path) -> None:
    goc, minh, _ = three(tmp_path)
    out = tmp_path / "ra.xlsx"
    assert chibo("merge", goc, minh, goc, "--out", out, "--home", home).exit_code == 0
    assert out.read_bytes() == minh.read_bytes()
    assert copies_of(home, BASE) == ()
