"""A backup of a whole office: the rows of its store at one moment, the kept files they name, and its own folder."""

from __future__ import annotations

import os
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path, PurePosixPath

from attrs import frozen

from chibo.audit import Entry, Head, first_fault
from chibo.errors import ChiboError, OutputError, why_not_written
from chibo.store import audit_log
from chibo.store.archive import ArchiveReader, ArchiveWriter
from chibo.store.dumping import dumped_rows, dumped_tables
from chibo.store.migrating import LATEST
from chibo.store.places import DATA_FOLDER
from chibo.store.sessions import Store
from chibo.store.submissions import kept_hashes
from chibo.store.trash import kept_or_destroyed

OWN_FILES = ("sheets", "notebooks", ".chibo-copies.json", ".chibo-key", ".chibo-kept")
"""What of the office folder belongs to it beside its memory; workbooks that lie about in it do not."""
_ROWS, _FILES, _HOME = "store", "files", "home"


@frozen
class BackupAccount:
    """What is in a backup: the head of the log, and how many kept files, rows and files of the folder."""

    head: Head
    files: int
    tables: int
    own: int


def write_backup(store: Store, home: Path, target: Path, passphrase: str = "") -> BackupAccount:
    """Write a backup to `target`, whole or not at all, and read it again before it takes the name.

    Others may go on writing meanwhile: it is of the moment at which it begins. Raises OutputError where it cannot be
    written, ChiboError where the office or the new file is damaged.
    """
    aside = target.with_name(f"~${secrets.token_hex(8)}.tmp")
    try:
        with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as archive:
            aside.chmod(0o600)  # names of people will stand in it, and the office's key
            _write(store, home, ArchiveWriter.begin(archive, passphrase))
        account = check_backup(aside, passphrase)
        with aside.open("rb+") as stream:
            os.fsync(stream.fileno())
        aside.replace(target)
        return account
    except OSError as error:
        why = why_not_written(target, error)
        raise OutputError(f"Không ghi được bản sao lưu «{target}»: {why}. Hãy chọn nơi khác.") from None
    finally:
        with suppress(OSError):
            aside.unlink()


def check_backup(path: Path, passphrase: str = "") -> BackupAccount:
    """Read every member of a backup and follow its log. Raises ChiboError where something in it is damaged."""
    with closing(ArchiveReader(path, passphrase)) as archive:
        head = Head(*archive.about["head"])
        for name in (*archive.names(_ROWS), *archive.names(_FILES), *archive.names(_HOME)):
            archive.read(name)
        if first_fault(_log_of(archive), {head.count: head.hash} if head.count else None) is not None:
            raise ChiboError(f"Nhật ký trong bản sao lưu «{path.name}» không nguyên vẹn.")
        counts = (len(archive.names(part)) for part in (_FILES, _ROWS, _HOME))
        return BackupAccount(head, *counts)


def _write(store: Store, home: Path, archive: ArchiveWriter) -> None:
    with store.reading() as reading:
        connection = reading.connection
        head = audit_log.head_of(connection)
        for table in dumped_tables(connection):
            rows = "".join(f"{line}\n" for line in dumped_rows(connection, table))
            archive.add(f"{_ROWS}/{table.name}.jsonl", rows.encode())
        for digest in kept_hashes(reading):
            found = kept_or_destroyed(store, digest)
            if isinstance(found, bytes):
                archive.add(f"{_FILES}/{digest}", found)
    for path in _own_files(home):
        archive.add(f"{_HOME}/{path.relative_to(home).as_posix()}", path.read_bytes())
    archive.finish({"form": LATEST, "head": [head.count, head.hash], "made_at": store.clock().isoformat()})


def _own_files(home: Path) -> Iterator[Path]:
    for name in OWN_FILES:
        place = home / name
        yield from sorted(path for path in ([place] if place.is_file() else place.rglob("*")) if path.is_file())


def _log_of(archive: ArchiveReader) -> Iterator[Entry]:
    yield from audit_log.entries_of_lines(archive.lines(f"{_ROWS}/audit.jsonl"))


def rows_of(archive: ArchiveReader, order: list[str]) -> Iterator[tuple[str, str]]:
    """Table and row of everything in a backup, tables in this order."""
    for table in order:
        for line in archive.lines(f"{_ROWS}/{table}.jsonl"):
            yield table, line


def tables_of(archive: ArchiveReader) -> list[str]:
    """The tables in a backup."""
    return [PurePosixPath(name).stem for name in archive.names(_ROWS)]


def kept_files(archive: ArchiveReader) -> Iterator[bytes]:
    """The kept files in a backup."""
    for name in archive.names(_FILES):
        yield archive.read(name)


def own_files(archive: ArchiveReader) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The files of the office folder in a backup by their paths in it; none outside it, none of its memory."""
    for name in archive.names(_HOME):
        path = PurePosixPath(name).relative_to(_HOME)
        if ".." not in path.parts and not path.is_absolute() and path.parts[0] != DATA_FOLDER:
            yield path, archive.read(name)
