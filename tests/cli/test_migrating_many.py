"""`chibo migrate` over a folder, an archive or several files: what needs it is moved, the rest stays as it is."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chibo.cli.main import cli
from chibo.workbook import read_book
from desks import library
from old_excel import xls
from old_layout import OLD_BOOK, with_earlier
from tables import INFO, MEETINGS, MEMBERS, a_workbook, xlsx

OLD_FILE = xls({"Thông tin": INFO, "Đảng viên": MEMBERS, "Sinh hoạt": MEETINGS})


@pytest.fixture
def books(tmp_path: Path) -> Path:
    folder = tmp_path / "so"
    put(folder / "DB01" / "CB01.xls", OLD_FILE)
    put(folder / "DB01" / "CB02.xlsx", a_workbook())
    put(folder / "CB03.xlsx", xlsx(OLD_BOOK))
    return folder


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def run(*arguments: Path | str) -> Result:
    return CliRunner().invoke(cli, ["migrate", *map(str, arguments)])


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_of_a_folder_what_is_in_an_old_form_is_moved_and_the_rest_stays(books: Path, tmp_path: Path) -> None:
    with_earlier(tmp_path / "office")
    before = {path: path.read_bytes() for path in books.rglob("*.xls*")}
    done = run(books, "--out", tmp_path / "moi" / "2026", "--home", tmp_path / "office")
    assert done.exit_code == 0, done.output
    assert files(tmp_path / "moi" / "2026") == ["CB03.xlsx", "DB01/CB01.xlsx"]
    assert "Xem 3 sổ: chuyển 2, 1 đã theo mẫu đang dùng nên để nguyên, 0 chưa chuyển được." in done.stderr
    assert done.stdout.startswith("CB03.xlsx:\n- trang «Danh sách», ô F2: «Quê quán»\n")
    assert {path: path.read_bytes() for path in books.rglob("*.xls*")} == before
    moved = read_book((tmp_path / "moi" / "2026" / "DB01" / "CB01.xlsx").read_bytes(), "so.xlsx", library())
    assert moved.book is not None
    assert len(moved.book.members) == 3


def test_a_book_that_cannot_be_read_stops_no_other(
    books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(books / "A.xls", b"%PDF-1.7")
    monkeypatch.setenv("CHIBO_LANG", "en")
    done = run(books, "--out", tmp_path / "moi", "--lang", "en")
    assert done.exit_code == 1
    assert files(tmp_path / "moi") == ["DB01/CB01.xlsx"]
    assert "A.xls: «A.xls» was not moved: Not an Excel workbook." in done.stderr
    assert "1 moved, 1 of the present layout" in done.stderr


def test_nothing_is_written_over_a_file_unless_asked_for_and_never_over_a_book_that_is_read(
    books: Path, tmp_path: Path
) -> None:
    with_earlier(tmp_path / "office")
    old = (books / "CB03.xlsx").read_bytes()
    home, there = ("--home", tmp_path / "office"), put(tmp_path / "moi" / "DB01" / "CB01.xlsx", b"x")
    held = run(books, "--out", tmp_path / "moi", *home)
    assert (held.exit_code, there.read_bytes()) == (1, b"x")
    assert "DB01/CB01.xls: đã có tệp" in held.stderr
    assert (tmp_path / "moi" / "CB03.xlsx").exists()
    assert run(books, "--out", tmp_path / "moi", "--force", *home).exit_code == 0
    assert there.read_bytes() != b"x"
    beside = run(books, "--out", books, "--force", *home)
    assert beside.exit_code == 1
    assert "là một sổ đang được đọc nên không ghi đè" in beside.stderr
    assert (books / "CB03.xlsx").read_bytes() == old


def test_books_of_an_archive_get_names_of_their_own_within_the_folder(tmp_path: Path) -> None:
    archive = tmp_path / "goi.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for name in ("../../ra.xls", "a/so.xls", "a/so.XLS", "b:c/so.xls"):
            packed.writestr(name, OLD_FILE)
    done = run(archive, "--out", tmp_path / "moi")
    assert done.exit_code == 0, done.output
    assert len(files(tmp_path / "moi")) == 4
    assert files(tmp_path) == ["goi.zip", *(f"moi/{name}" for name in files(tmp_path / "moi"))]


def test_many_books_are_no_one_file_and_one_book_is_still_one(books: Path, tmp_path: Path) -> None:
    one = books / "DB01" / "CB01.xls"
    for many in ([books], [one, one], [tmp_path / "goi.zip"]):
        (tmp_path / "goi.zip").touch()
        refused = run(*many, "--out", tmp_path / "moi.xlsx")
        assert refused.exit_code == 2
        assert "--out là một thư mục" in refused.stderr
    assert run(one, "--out", tmp_path / "moi").exit_code == 0
    assert files(tmp_path / "moi") == ["CB01.xlsx"]
    assert run(tmp_path / "moi.trong", "--out", tmp_path / "x").exit_code == 2
    (tmp_path / "trong").mkdir()
    assert "Không tìm thấy sổ nào" in run(tmp_path / "trong", "--out", tmp_path / "x").stderr
    assert not (tmp_path / "x").exists()
