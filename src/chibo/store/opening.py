"""Opening the store of an office: made where there is none yet, brought up to date where it is older."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import sqlalchemy as sa

from chibo.audit import AuditAct, Entry
from chibo.errors import ChiboError, OutputError, why_refused
from chibo.store import audit_log
from chibo.store.database import WRITES, make_engine
from chibo.store.files import KeptFiles
from chibo.store.heads import HeadsFile
from chibo.store.migrating import LATEST, migrate, version_of
from chibo.store.places import OfficeData
from chibo.store.sessions import Clock, Store, now, said_calmly


def open_store(home: Path, actor: str, clock: Clock = now) -> Store:
    """The store of the office folder `home`, made in the name of `actor` where there is none.

    Raises ChiboError where it cannot be opened: a SQLite file on a share, a server that does not answer, a database of
    a newer Chibo, one that is gone or empty though the office has a log.
    """
    data = OfficeData(home)
    address = data.address
    heads = HeadsFile(data.heads_file)
    try:
        data.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if address.startswith("sqlite") and not data.database_file.exists():
            _check_new(heads)
            make_sqlite_file(data.database_file)
    except OSError as error:
        raise OutputError(f"Không tạo được «{data.folder}»: {why_refused(error)}.") from None
    engine = make_engine(address)
    with said_calmly():
        _bring_up_to_date(engine, heads, actor, clock)
    return Store(engine, KeptFiles(data.files), heads, clock)


def _bring_up_to_date(engine: sa.Engine, heads: HeadsFile, actor: str, clock: Clock) -> None:
    with engine.connect() as connection:
        if version_of(connection) == LATEST:
            return
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        before = version_of(connection)  # another process may have been faster
        if before == LATEST:
            return
        if not before:
            _check_new(heads)
        migrate(connection)
        act = AuditAct.STORE_MIGRATED if before else AuditAct.STORE_MADE
        said = Entry(at=clock(), actor=actor, act=act, subject=LATEST)
        head = audit_log.append(connection, audit_log.head_of(connection), said)
    heads.add(head)


def _check_new(heads: HeadsFile) -> None:
    """Raise ChiboError where the office has a log already: its database is gone, and a new one would hide that."""
    if written := heads.read():
        raise ChiboError(
            f"Văn phòng này đã có nhật ký đến mục {max(written)} nhưng cơ sở dữ liệu không còn hoặc trống, nên chưa "
            "ghi gì. Giữ nguyên thư mục văn phòng; nhờ người quản trị máy đặt lại cơ sở dữ liệu cũ, hoặc khôi phục bản "
            "sao lưu gần nhất vào một thư mục mới.",
            command="chibo restore TỆP --home THƯ_MỤC_MỚI",
        )


def make_sqlite_file(path: Path) -> None:
    """An empty database whose log is written ahead; made aside, so that of two processes one has nothing to do.

    Raises OutputError where the disk is full or takes no file, which SQLite has words of its own for.
    """
    aside = path.with_name(f"~${secrets.token_hex(8)}.db")
    try:
        with closing(sqlite3.connect(aside)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        with suppress(FileExistsError):
            os.link(aside, path)
    except sqlite3.Error as error:
        raise OutputError(
            f"Không tạo được cơ sở dữ liệu của văn phòng «{path}». Kiểm tra ổ đĩa còn chỗ và thư mục cho ghi, rồi làm "
            "lại."
        ) from error
    finally:
        with suppress(OSError):
            aside.unlink()
