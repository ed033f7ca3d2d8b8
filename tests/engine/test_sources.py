"""Where books come from: files, folders, archives, uploads."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from io import FileIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from chibo.definitions.intake_limits import shipped_limits
from chibo.engine import archives, reading_bytes
from chibo.engine.book_source import SkipReason, Sources
from chibo.engine.reading_bytes import book_bytes
from chibo.engine.sources import find_sources, find_uploads

FOLDER = {
    "b.xlsx": b"b",
    "a.XLSX": b"a",
    "con/c.xlsm": b"c",
    "con/d.XLS": b"d",
    "con/~$c.xlsm": b"lock",
    "con/.~lock.c.xlsm#": b"lock",
    ".ẩn.xlsx": b"hidden",
    ".git/d.xlsx": b"hidden",
    "đọc tôi.docx": b"other",
    "cũ.xlsb": b"other",
    "gói.zip": b"other",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as offices have it."""
    for name, data in FOLDER.items():
        path = tmp_path / "sổ" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "sổ"


def labels(sources: Sources) -> list[str]:
    return [book.label for book in sources.books]


def contents(sources: Sources) -> dict[str, bytes | object]:
    """What each book holds, by its label."""
    with book_bytes(shipped_limits().file) as reader:
        return {book.label: reader.read(book) for book in sources.books}


def a_zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_a_folder_gives_every_workbook_in_it_and_below_in_order(folder):
    found = find_sources([folder])
    assert labels(found) == ["a.XLSX", "b.xlsx", "con/c.xlsm", "con/d.XLS"]
    assert contents(found) == {"a.XLSX": b"a", "b.xlsx": b"b", "con/c.xlsm": b"c", "con/d.XLS": b"d"}


@pytest.mark.parametrize(("above", "kept"), [(-1, -1), (0, 0), (1, 1), (5000, 1)])
def test_a_file_that_grows_while_it_is_read_is_cut_just_above_the_limit(tmp_path, monkeypatch, above, kept):
    path = tmp_path / "a.xlsx"
    limits = shipped_limits().file.model_copy(update={"megabytes": 1})
    path.write_bytes(b"x" * (limits.size + above))
    source = find_sources([path]).books[0]
    before = os.stat_result([path.stat().st_mode, 0, 0, 0, 0, 0, 3, 0, 0, 0])
    monkeypatch.setattr(reading_bytes, "os", SimpleNamespace(open=os.open, fstat=lambda _file: before))
    with book_bytes(limits) as reader:
        assert reader.read(source) == b"x" * (limits.size + kept)


def test_a_file_that_shrinks_or_comes_in_small_pieces_is_read_to_its_end(tmp_path, monkeypatch):
    class Faltering(FileIO):
        """Gives seven bytes at a time, as the disk of another machine may."""

        def read(self, size=-1):
            return super().read(min(size, 7))

        def readinto(self, room):
            return super().readinto(memoryview(room)[:7])

    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(range(100)))
    source = find_sources([path]).books[0]
    before = os.stat_result([path.stat().st_mode, 0, 0, 0, 0, 0, 300, 0, 0, 0])
    monkeypatch.setattr(reading_bytes, "open", lambda path, *_, **__: Faltering(path), raising=False)
    for seen in (os, SimpleNamespace(open=os.open, fstat=lambda _file: before)):
        monkeypatch.setattr(reading_bytes, "os", seen)
        with book_bytes(shipped_limits().file) as reader:
            assert reader.read(source) == bytes(range(100))


def test_what_is_no_book_is_passed_over_and_counted(folder):
    found = find_sources([folder])
    assert found.skipped_by_reason == {
        SkipReason.LOCK_FILE: 2,
        SkipReason.HIDDEN: 2,
        SkipReason.OTHER_KIND: 2,
        SkipReason.ARCHIVE: 1,
    }
    assert found.count == 4


def test_a_file_that_is_named_is_always_tried(folder):
    assert labels(find_sources([folder / "đọc tôi.docx"])) == ["đọc tôi.docx"]


def test_a_file_reached_in_two_ways_counts_once(folder):
    assert len(find_sources([folder, folder / "b.xlsx", folder / "con"]).books) == 4


def test_the_file_about_to_be_written_is_no_book(folder):
    found = find_sources([folder], output=folder / "b.xlsx")
    assert labels(found) == ["a.XLSX", "con/c.xlsm", "con/d.XLS"]
    assert found.skipped_by_reason[SkipReason.OUTPUT] == 1


def test_books_of_one_name_are_told_apart(tmp_path):
    for name in ("mot", "hai"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "so.xlsx").write_bytes(name.encode())
    found = find_sources([tmp_path / "mot", tmp_path / "hai"])
    assert labels(found) == ["mot/so.xlsx", "hai/so.xlsx"]
    by_file = find_sources([tmp_path / "mot/so.xlsx", tmp_path / "hai/so.xlsx"])
    assert len(set(labels(by_file))) == 2
    assert [book.name for book in by_file.books] == ["so.xlsx", "so.xlsx"]


def test_an_archive_gives_its_books_without_being_unpacked(folder, tmp_path):
    path = tmp_path / "gói.zip"
    path.write_bytes(a_zip({f"sổ/{name}": data for name, data in FOLDER.items()}))
    before = set(tmp_path.rglob("*"))
    found = find_sources([path])
    assert contents(found) == {
        "gói.zip/sổ/a.XLSX": b"a",
        "gói.zip/sổ/b.xlsx": b"b",
        "gói.zip/sổ/con/c.xlsm": b"c",
        "gói.zip/sổ/con/d.XLS": b"d",
    }
    assert found.skipped_by_reason == {SkipReason.LOCK_FILE: 2, SkipReason.HIDDEN: 2, SkipReason.OTHER_KIND: 2}
    assert [refusal.label for refusal in found.refused] == ["gói.zip/sổ/gói.zip"]
    assert set(tmp_path.rglob("*")) == before


def test_member_names_are_never_used_as_paths(tmp_path):
    path = tmp_path / "goi.zip"
    path.write_bytes(a_zip({"../../ngoài.xlsx": b"x", "/etc/so.xlsx": b"y", "C:\\so.xlsx": b"z"}))
    found = find_sources([path])
    assert contents(found) == {"goi.zip/C:/so.xlsx": b"z", "goi.zip/etc/so.xlsx": b"y", "goi.zip/ngoài.xlsx": b"x"}
    assert not found.skipped


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("upload", [False, True])
def test_two_members_of_one_name_are_two_books(tmp_path, upload):
    path = tmp_path / "goi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("so.xlsx", b"x")
        archive.writestr("so.xlsx", b"y")
    found = find_uploads([(path.name, path.read_bytes())]) if upload else find_sources([path])
    assert contents(found) == {"goi.zip/so.xlsx": b"x", "goi.zip/so.xlsx (2)": b"y"}


def test_names_that_would_steer_a_terminal_are_shown_harmless(tmp_path):
    path = tmp_path / "goi.zip"
    path.write_bytes(a_zip({"đỏ\x1b[31m\n.xlsx": b"x", "ngược\u202e.xlsx": b"y", "a\tb.xlsx": b"z"}))
    assert labels(find_sources([path])) == ["goi.zip/a?b.xlsx", "goi.zip/ngược?.xlsx", "goi.zip/đỏ?[31m?.xlsx"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are an affair of Unix")
def test_pipes_and_linked_folders_are_passed_over(tmp_path):
    (tmp_path / "so").mkdir()
    (tmp_path / "so" / "a.xlsx").write_bytes(b"a")
    os.mkfifo(tmp_path / "so" / "ong.xlsx")
    (tmp_path / "so" / "vong").symlink_to(tmp_path, target_is_directory=True)
    found = find_sources([tmp_path / "so"])
    assert contents(found) == {"a.xlsx": b"a"}
    assert found.skipped_by_reason == {SkipReason.OTHER_KIND: 1, SkipReason.LINK: 1}


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_linked_file_counts_once_and_one_that_leads_nowhere_is_refused_when_read(tmp_path):
    (tmp_path / "so").mkdir()
    (tmp_path / "so" / "b.xlsx").write_bytes(b"b")
    (tmp_path / "so" / "a.xlsx").symlink_to("b.xlsx")
    (tmp_path / "so" / "ngoài.xlsx").symlink_to("../ngoài.xlsx")
    (tmp_path / "ngoài.xlsx").write_bytes(b"outside")
    (tmp_path / "so" / "vòng.xlsx").symlink_to("vòng.xlsx")
    (tmp_path / "so" / "đứt.xlsx").symlink_to("không có")
    found = contents(find_sources([tmp_path / "so", tmp_path / "so" / ".." / "ngoài.xlsx"]))
    assert {name: data for name, data in found.items() if isinstance(data, bytes)} == {
        "so/a.xlsx": b"b",
        "so/ngoài.xlsx": b"outside",
    }
    assert {name: data.code for name, data in found.items() if not isinstance(data, bytes)} == {
        "so/vòng.xlsx": "FILE_UNREADABLE",
        "so/đứt.xlsx": "FILE_UNREADABLE",
    }


def test_folders_that_cannot_be_looked_into_are_refused_in_order(folder, monkeypatch):
    def locked(place):
        if Path(place) != folder:
            raise PermissionError(errno.EACCES, "no", str(place))
        return scandir(place)

    scandir = os.scandir
    (folder / "bốn").mkdir()
    monkeypatch.setattr(os, "scandir", locked)
    found = find_sources([folder])
    assert labels(found) == ["a.XLSX", "b.xlsx"]
    assert [(one.label, one.finding.code) for one in found.refused] == [
        ("bốn", "FOLDER_UNREADABLE"),
        ("con", "FOLDER_UNREADABLE"),
    ]


def test_names_in_unmarked_utf8_are_read_right(tmp_path):
    data = a_zip({"AAAA.xlsx": b"x"}).replace(b"AAAA", "Sổ".encode())
    path = tmp_path / "goi.zip"
    path.write_bytes(data)
    found = find_sources([path])
    assert [book.name for book in found.books] == ["Sổ.xlsx"]
    assert list(contents(found).values()) == [b"x"]


def test_a_broken_archive_is_refused_by_name(tmp_path):
    path = tmp_path / "hỏng.zip"
    path.write_bytes(a_zip({"a.xlsx": b"a" * 1000})[:60])
    found = find_sources([path])
    assert (found.books, found.count) == ((), 1)
    assert [(refusal.label, refusal.finding.code) for refusal in found.refused] == [("hỏng.zip", "ARCHIVE_BROKEN")]
    assert found.refused[0].finding.of_book


def test_a_broken_member_is_refused_alone(tmp_path):
    data = bytearray(a_zip({"a.xlsx": b"a" * 10, "b.xlsx": b"b" * 10}))
    data[data.index(b"a.xlsx") + 6] ^= 0xFF
    path = tmp_path / "goi.zip"
    path.write_bytes(bytes(data))
    got = contents(find_sources([path]))
    assert got["goi.zip/b.xlsx"] == b"b" * 10
    assert got["goi.zip/a.xlsx"].code == "ARCHIVE_BROKEN"


def test_a_member_with_a_password_is_refused_alone(tmp_path):
    data = bytearray(a_zip({"a.xlsx": b"a", "b.xlsx": b"b"}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    path = tmp_path / "goi.zip"
    path.write_bytes(bytes(data))
    found = find_sources([path])
    assert labels(found) == ["goi.zip/b.xlsx"]
    assert [(r.label, r.finding.code) for r in found.refused] == [("goi.zip/a.xlsx", "MEMBER_LOCKED")]


@pytest.mark.parametrize("upload", [False, True])
def test_an_archive_inside_an_archive_is_refused_by_name(tmp_path, upload):
    inner = {"trong.zip": a_zip({"a.xlsx": b"a"}), "b.xlsx": b"b", "c.RAR": b"c", "__MACOSX/._trong.zip": b"x"}
    path = tmp_path / "ngoài.zip"
    path.write_bytes(a_zip(inner))
    found = find_uploads([(path.name, path.read_bytes())]) if upload else find_sources([path])
    assert labels(found) == ["ngoài.zip/b.xlsx"]
    refused = [("ngoài.zip/c.RAR", "ARCHIVE_INSIDE"), ("ngoài.zip/trong.zip", "ARCHIVE_INSIDE")]
    assert [(one.label, one.finding.code) for one in found.refused] == refused
    assert found.skipped_by_reason == {SkipReason.HIDDEN: 1}


def test_an_archive_beyond_the_limits_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    path = tmp_path / "goi.zip"
    path.write_bytes(a_zip({f"{n}.xlsx": b"x" for n in range(3)}))
    assert [refusal.finding.code for refusal in find_sources([path]).refused] == ["ARCHIVE_TOO_BIG"]


def test_a_member_is_never_read_much_beyond_the_limit():
    with zipfile.ZipFile(io.BytesIO(a_zip({"a.xlsx": b"\0" * 100_000}))) as opened:
        data = archives.read_member(opened, 0, most=1000)
    assert data is not None
    assert len(data) == 1001


def test_the_offices_limit_holds_for_the_members_of_an_uploaded_archive():
    archive = ("goi.zip", a_zip({"a.xlsx": b"x" * 2**20, "b.xlsx": b"x" * (2**20 + 1)}))
    small, large = (shipped_limits().file.model_copy(update={"megabytes": n}) for n in (1, 2))
    found = find_uploads([archive], small)
    assert labels(found) == ["goi.zip/a.xlsx"]
    assert [(one.label, one.finding.expected) for one in found.refused] == [("goi.zip/b.xlsx", "1 MB")]
    assert labels(find_uploads([archive], large)) == ["goi.zip/a.xlsx", "goi.zip/b.xlsx"]


def test_uploads_are_books_and_archives():
    found = find_uploads(
        [("C:\\sổ\\a.xlsx", b"a"), ("goi.zip", a_zip({"b.xlsx": b"b", "c.txt": b"c"})), ("a.xlsx", b"d")]
    )
    assert contents(found) == {"a.xlsx": b"a", "goi.zip/b.xlsx": b"b", "a.xlsx (2)": b"d"}
    assert [book.name for book in found.books] == ["a.xlsx", "b.xlsx", "a.xlsx"]
    assert found.skipped_by_reason == {SkipReason.OTHER_KIND: 1}


def test_a_file_that_has_gone_is_refused_when_read(tmp_path):
    path = tmp_path / "so.xlsx"
    path.write_bytes(b"x")
    found = find_sources([path])
    path.unlink()
    (finding,) = contents(found).values()
    assert (finding.code, finding.of_book) == ("FILE_UNREADABLE", True)
