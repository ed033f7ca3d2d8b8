"""Restoring an office from a backup into a new folder: the folder is there whole, or not at all."""

from __future__ import annotations

import secrets
import shutil
from contextlib import closing
from pathlib import Path

from chibo.audit import AuditAct, Entry, Head
from chibo.errors import ChiboError, OutputError, why_refused
from chibo.file_names import printable
from chibo.store import audit_log
from chibo.store.archive import ArchiveReader
from chibo.store.backups import kept_files, own_files, rows_of, tables_of
from chibo.store.database import WRITES, make_engine
from chibo.store.dumping import restore_rows
from chibo.store.files import KeptFiles
from chibo.store.heads import HeadsFile
from chibo.store.migrating import version_of
from chibo.store.opening import make_sqlite_file
from chibo.store.places import OfficeData
from chibo.store.sessions import Clock, now, said_calmly
from chibo.workbook.saving import save_atomically


def restore_backup(
    source: Path, home: Path, actor: str, *, passphrase: str = "", address: str = "", clock: Clock = now
) -> Head:
    """Make the office folder `home` of a backup; the head of its log.

    `address` names the PostgreSQL that takes the rows, "" a file in the folder. Raises ChiboError where `home` holds
    something already, the database is not empty, or the backup is damaged.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise ChiboError(f"«{home}» đã có nội dung. Khôi phục vào một thư mục mới, rồi dùng thư mục ấy.")
    aside = home.with_name(f"~${secrets.token_hex(8)}")
    try:
        with closing(ArchiveReader(source, passphrase)) as archive:
            head = _restored(
                archive,
                OfficeData(aside),
                address,
                Entry(at=clock(), actor=actor, act=AuditAct.STORE_RESTORED, subject=printable(source.name)),
            )
        if home.exists():
            home.rmdir()
        aside.rename(home)
        return head
    except OSError as error:
        raise OutputError(f"Không khôi phục được vào «{home}»: {why_refused(error)}.") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _restored(archive: ArchiveReader, data: OfficeData, address: str, said: Entry) -> Head:
    data.folder.mkdir(mode=0o700, parents=True)
    files = KeptFiles(data.files)
    for content in kept_files(archive):
        files.keep(content)
    for path, content in own_files(archive):
        target = data.home / path
        target.parent.mkdir(parents=True, exist_ok=True)
        save_atomically(target, content)
    if address:
        data.write_address(address)
    else:
        make_sqlite_file(data.database_file)
    heads = HeadsFile(data.heads_file)
    heads.add(Head(*archive.about["head"]))
    engine = make_engine(data.address)
    try:
        with said_calmly(), engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            if version_of(connection):
                raise ChiboError("Cơ sở dữ liệu ấy đã có dữ liệu của một văn phòng. Nêu một cơ sở dữ liệu trống.")
            restore_rows(connection, str(archive.about["form"]), rows_of(archive, _order(archive)))
            head = audit_log.append(connection, audit_log.head_of(connection), said)
    finally:
        engine.dispose()
    heads.add(head)
    return head


def _order(archive: ArchiveReader) -> list[str]:
    """Tables in an order in which none points to one that comes later: periods before all that is of a period."""
    return sorted(tables_of(archive), key=lambda name: (name != "periods", name))
