"""Backups: an office comes back as it was, on either database, and a damaged or broken-off backup does no harm."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from chibo.audit import first_fault
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.store import Store, backups, open_store, restoring
from chibo.store.audit_log import entries
from chibo.store.backups import check_backup, write_backup
from chibo.store.restoring import restore_backup
from chibo.store.submissions import add_step, read_submission
from chibo.submissions import Step, StepKind
from postgres import new_database
from stores import TestClock, a_store, all_rows

MARCH = Period(2026, 3, 3)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "vp"


@pytest.mark.parametrize("passphrase", ["", "một câu dài dễ nhớ"])
@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_an_office_comes_back_as_it_was(
    filled: Store, home: Path, tmp_path: Path, passphrase: str, into: str, request: pytest.FixtureRequest
) -> None:
    (home / "sheets").mkdir()
    (home / "sheets" / "khung.toml").write_text("của văn phòng")
    account = write_backup(filled, home, tmp_path / "sao-luu.zip", passphrase)
    assert (account.files, account.own) == (2, 1)
    address = "" if into == "sqlite" else new_database(request.getfixturevalue("postgresql"))
    head = restore_backup(
        tmp_path / "sao-luu.zip", tmp_path / "moi", "an", passphrase=passphrase, address=address, clock=TestClock()
    )
    again = open_store(tmp_path / "moi", "an")
    before, after = all_rows(filled), all_rows(again)
    assert after.pop("audit")[:-1] == before.pop("audit")
    assert after == before
    assert (tmp_path / "moi" / "sheets" / "khung.toml").read_text() == "của văn phòng"
    with again.reading() as reading:
        assert first_fault(entries(reading.connection), again.heads()) is None
        assert read_submission(reading, "CB01", MARCH).state == "verified"
    assert again.heads()[head.count] == head.hash
    with again.writing("an") as writing:
        more = Step(kind=StepKind.LOCKED, actor="an", day=date(2026, 5, 1), at=writing.at, part="a" * 64)
        add_step(writing, read_submission(writing, "CB01", MARCH), more)
    again.close()


def test_a_backup_is_read_with_plain_tools(filled: Store, home: Path, tmp_path: Path) -> None:
    write_backup(filled, home, tmp_path / "sao-luu.zip")
    with zipfile.ZipFile(tmp_path / "sao-luu.zip") as archive:
        assert "Chi bộ «Một»" in archive.read("store/expected_units.jsonl").decode()


def test_a_sealed_backup_shows_nothing_and_wants_its_passphrase(filled: Store, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "sao-luu.zip"
    write_backup(filled, home, file, "đúng")
    with zipfile.ZipFile(file) as archive:
        assert all(b"CB01" not in archive.read(name) for name in archive.namelist())
    for passphrase, said in (("", "có mật khẩu"), ("sai", "Mật khẩu không đúng")):
        with pytest.raises(ChiboError, match=said):
            restore_backup(file, tmp_path / "moi", "an", passphrase=passphrase)
    assert not (tmp_path / "moi").exists()


def changed(file: Path, member: str, data: bytes | None) -> None:
    """The archive with one member changed, or left out."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members.pop(member)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        if data is not None:
            archive.writestr(member, data)


@pytest.mark.parametrize("member", ["store/audit.jsonl", "store/editions.jsonl", "manifest.json"])
@pytest.mark.parametrize("data", [None, b"{}"])
def test_a_damaged_backup_is_told_and_restores_nothing(
    tmp_path: Path, member: str, data: bytes | None, home: Path
) -> None:
    store = a_store(home)
    file = tmp_path / "sao-luu.zip"
    write_backup(store, home, file)
    changed(file, member, data)
    with pytest.raises(ChiboError, match="hỏng"):
        check_backup(file)
    with pytest.raises(ChiboError, match="hỏng"):
        restore_backup(file, tmp_path / "moi", "an")
    assert {path.name for path in tmp_path.iterdir()} == {"vp", "sao-luu.zip"}


def test_a_backup_that_breaks_off_leaves_the_old_one(
    filled: Store, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sao-luu.zip"
    write_backup(filled, home, file)
    old = file.read_bytes()

    def full(*_args: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(backups.ArchiveWriter, "finish", full)
    with pytest.raises(ChiboError, match="đĩa đã đầy"):
        write_backup(filled, home, file)
    assert file.read_bytes() == old
    assert {path.name for path in tmp_path.iterdir()} == {"vp", "sao-luu.zip"}


def test_a_restore_that_breaks_off_leaves_no_folder(
    filled: Store, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sao-luu.zip"
    write_backup(filled, home, file)

    def broken(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "restore_rows", broken)
    with pytest.raises(KeyboardInterrupt):
        restore_backup(file, tmp_path / "moi", "an")
    assert {path.name for path in tmp_path.iterdir()} == {"vp", "sao-luu.zip"}


def test_nothing_is_restored_over_something(filled: Store, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "sao-luu.zip"
    write_backup(filled, home, file)
    with pytest.raises(ChiboError, match="đã có nội dung"):
        restore_backup(file, home, "an")


def test_a_file_that_is_no_backup_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"nothing")
    with pytest.raises(ChiboError, match="không phải tệp sao lưu"):
        check_backup(tmp_path / "x.zip")
