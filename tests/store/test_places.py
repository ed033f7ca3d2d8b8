"""Where the store lies: in the office folder on a disk, or in a PostgreSQL that is named; never SQLite on a share."""

from __future__ import annotations

import sqlite3
from pathlib import Path, PurePosixPath

import pytest

from chibo.errors import ChiboError, OutputError
from chibo.store import open_store, places
from chibo.store.places import DATABASE_VARIABLE, OfficeData
from chibo.store.shares import lies_on_share

MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:41 / /mnt/chung rw,relatime shared:2 - cifs //may-chu/chung rw
41 22 0:42 / /home rw,relatime - nfs4 may-chu:/home rw
42 41 8:2 / /home/may-nay rw,relatime - ext4 /dev/sdb1 rw
43 22 0:43 / /mnt/\303\264\040m\341\272\241ng rw - fuse.sshfs an@may:/ rw
44 22 8:3 / /mnt/de rw - ext4 /dev/sdc1 rw
45 22 0:44 / /mnt/de rw - nfs may-chu:/de rw
""".strip()


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/vp", "disk"),
        ("/mnt/chung/vp", "share"),
        ("/mnt/chung-khac/vp", "disk"),
        ("/home/an/vp", "share"),
        ("/home/may-nay/vp", "disk"),
        ("/mnt/de/vp", "share"),
    ],
)
def test_the_mount_a_folder_lies_on_decides(folder: str, kind: str) -> None:
    assert lies_on_share(PurePosixPath(folder), MOUNTS) == (kind == "share")


def test_a_mount_point_with_blanks_is_known() -> None:
    point = "/mnt/\303\264 m\341\272\241ng/vp"
    assert lies_on_share(PurePosixPath(point), MOUNTS)


def test_a_disk_that_takes_no_new_database_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(sqlite3.Connection):
        def execute(self, *_said: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("database or disk is full")

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path: connect(path, factory=Full))
    with pytest.raises(OutputError, match=r"office\.db».*còn chỗ"):
        open_store(tmp_path, "an")
    assert not list(OfficeData(tmp_path).folder.iterdir())


def test_sqlite_on_a_share_is_refused_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "is_on_share", lambda _folder: True)
    with pytest.raises(ChiboError, match=r"ổ mạng.*PostgreSQL"):
        open_store(tmp_path, "an")
    assert not list(tmp_path.iterdir())


def test_an_address_that_is_written_down_holds_and_the_environment_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = OfficeData(tmp_path)
    data.folder.mkdir()
    data.write_address("postgresql://an:mk@may/vp")
    assert data.address == "postgresql+psycopg://an:mk@may/vp"
    monkeypatch.setenv(DATABASE_VARIABLE, "postgres://khac/vp")
    assert data.address == "postgresql+psycopg://khac/vp"


@pytest.mark.parametrize("address", ["mysql://may/vp", "postgresql", "C:\\vp.db", "postgresql://"])
def test_a_database_of_another_kind_is_refused(tmp_path: Path, address: str) -> None:
    data = OfficeData(tmp_path)
    data.folder.mkdir()
    with pytest.raises(ChiboError, match="postgresql://"):
        data.write_address(address)


def test_a_server_that_does_not_answer_is_told_calmly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATABASE_VARIABLE, f"postgresql://an@/vp?host={tmp_path}")
    with pytest.raises(ChiboError, match="máy chủ đang chạy"):
        open_store(tmp_path, "an")


def test_a_file_that_is_no_database_is_told_calmly(tmp_path: Path) -> None:
    folder = OfficeData(tmp_path).folder
    folder.mkdir()
    (folder / "office.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(ChiboError, match="bị hỏng"):
        open_store(tmp_path, "an")
