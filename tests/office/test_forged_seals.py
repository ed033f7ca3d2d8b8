"""What somebody wrote into a seal, or into the properties of a sealed workbook, never stops the work with it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from acceptance.command_line import Called, chibo
from cell_browser import Browser
from chibo.definitions.library import Library
from chibo.findings import Severity
from chibo.office.lineage.keeping import keep_copy, kept_copies, short_name
from chibo.office.lineage.sealing import make_key
from chibo.office.moments import local_moment
from chibo.office.returning import marked_copy
from chibo.workbook import read_book
from chibo.workbook.marking import Mark
from chibo.workbook.patching.values import fits_a_cell
from chibo.workbook.saved_at import saved_at
from chibo.workbook.sealing import read_seal
from desks import TODAY, library
from forged_seals import a_sealed_book, with_seal_lines
from memory.books_handed_in import saved

NEVER = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999+00:00", "9999-12-31T23:59:59-14:00"]
"""Moments that are none in UTC, or after which there is none."""
FORGED = {
    **{f"sealed {moment}": lambda data, moment=moment: with_seal_lines(data, written_at=moment) for moment in NEVER},
    **{f"saved {moment}": lambda data, moment=moment: saved(data, moment) for moment in NEVER},
}


def filled(folder: Path, data: bytes) -> Called:
    (folder / "so.xlsx").write_bytes(data)
    return chibo("fill", folder / "so.xlsx", "--meeting", "2026-03", "--set", "present=9", "--out", folder / "ra.xlsx")


@pytest.mark.parametrize("kind", FORGED)
def test_a_value_is_written_and_sealed_with_the_moment_of_now(tmp_path: Path, kind: str):
    before = datetime.now(UTC)
    done = filled(tmp_path, FORGED[kind](a_sealed_book()))
    assert done.exit_code == 0, done.err
    seal = read_seal((tmp_path / "ra.xlsx").read_bytes())
    assert seal is not None
    assert seal.moment is not None
    assert before <= seal.moment <= datetime.now(UTC)


def too_long(data: bytes) -> bytes:
    return with_seal_lines(data, cell_code="A" * 100_000)


def test_a_value_is_written_beside_a_seal_that_cannot_be_read(tmp_path: Path):
    done = filled(tmp_path, too_long(a_sealed_book()))
    assert done.exit_code == 0, done.err
    data = (tmp_path / "ra.xlsx").read_bytes()
    book = read_book(data, "", library()).book
    assert book is not None
    assert book.meetings[1].present == 9
    assert read_seal(data) is None


@pytest.mark.parametrize("text", ["a_x000B_b", "_x0000_", "\U0001f600" * 20_000])
def test_what_no_cell_can_hold_does_not_break_what_is_written(tmp_path: Path, text: str):
    done = filled(tmp_path, with_seal_lines(a_sealed_book(), frames=text, parent=text))
    assert done.exit_code == 0, done.err
    assert load_workbook(tmp_path / "ra.xlsx")["_chibo"]["B1"].value == "Sổ do Chibo tạo"
    seal = read_seal((tmp_path / "ra.xlsx").read_bytes())
    assert seal is not None
    assert fits_a_cell(seal.frames)


def test_a_book_whose_seal_cannot_be_read_goes_back_marked_and_signed_by_nobody(tmp_path: Path):
    office = Library(tmp_path)
    make_key(tmp_path)
    mark = Mark("Sinh hoạt", "A5", Severity.WARN, "Xem lại")
    marked = marked_copy(too_long(a_sealed_book()), "so.xlsx", office, TODAY, (mark,))
    assert marked.data is not None
    assert marked.marks > 0
    assert read_seal(marked.data) is None


@pytest.mark.parametrize("kind", [*FORGED, "too long"])
def test_the_page_hands_the_book_out(kind: str):
    browser = Browser()
    browser.upload((FORGED.get(kind) or too_long)(a_sealed_book()))
    browser.go(go="meeting", meeting="2026-03", step=2)
    browser.act(act="record", meeting="2026-03", field="present", value="9")
    browser.go(go="download")
    assert browser.view("head")["said"]["tone"] == "good"


@pytest.mark.parametrize("moment", NEVER)
def test_a_moment_that_cannot_be_is_none_said(moment: str):
    seal = read_seal(with_seal_lines(a_sealed_book(), written_at=moment))
    assert seal is not None
    assert seal.moment is None
    assert saved_at(saved(a_sealed_book(), moment)) is None


def test_where_a_book_comes_from_is_told_without_such_a_moment(tmp_path: Path):
    (tmp_path / "so.xlsx").write_bytes(with_seal_lines(a_sealed_book(), written_at=NEVER[0]))
    told = chibo("provenance", tmp_path / "so.xlsx")
    assert told.exit_code == 0, told.err
    assert "chi bộ CB01, năm 2026; dấu vân tay" in told.out.decode("utf-8")


@pytest.mark.parametrize("parent", ["../../../ngoài", "/tmp/x", "A" * 64, "ab" * 31, "ab" * 32 + "/.."])
def test_a_parent_that_is_no_fingerprint_is_none(tmp_path: Path, parent: str):
    data = with_seal_lines(a_sealed_book(), parent=parent)
    seal = read_seal(data)
    assert seal is not None
    assert seal.parent == ""
    office = Library(tmp_path)
    keep_copy(data, office)
    (copy,) = kept_copies(office.office, seal.cell_code, seal.year)
    assert (copy.name, copy.parent) == (short_name(seal.digest), "new")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [copy.path]


@pytest.mark.parametrize("line", [{"year": "2026/../../.."}, {"year": "tháng ba"}, {"digest": "../x"}, {"digest": "A"}])
def test_what_names_no_year_or_no_fingerprint_is_no_seal_of_ours(tmp_path: Path, line: dict[str, str]):
    data = with_seal_lines(a_sealed_book(), **line)
    assert read_seal(data) is None
    keep_copy(data, Library(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_what_a_seal_names_is_told_on_its_line(tmp_path: Path, form: str):
    forged = with_seal_lines(a_sealed_book(), cell_code="x\nSố liệu chưa ai sửa_x001B_[2J", written_at="\nhôm nay")
    (tmp_path / "so.xlsx").write_bytes(forged)
    lines = chibo("provenance", tmp_path / "so.xlsx", "--format", form).out.decode("utf-8").splitlines()
    assert any("x Số liệu chưa ai sửa" in line for line in lines)
    assert not any(line.startswith(("Số liệu", "hôm nay")) for line in lines)


@pytest.fixture
def in_hanoi(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("no zone but the machine's own")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Ho_Chi_Minh")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_hanoi")
def test_a_moment_that_the_place_does_not_have_is_told_in_utc():
    """An office remembers for good what files said."""
    assert local_moment(datetime(9999, 12, 31, 10, tzinfo=UTC)) == "17:00:00 31/12/9999"
    assert local_moment(datetime(9999, 12, 31, 20, tzinfo=UTC)) == "20:00:00 31/12/9999"
