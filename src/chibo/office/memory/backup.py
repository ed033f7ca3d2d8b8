"""Backups of the office, and the office of a backup."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from chibo.access import Act
from chibo.audit import AuditAct, Head
from chibo.errors import ChiboError
from chibo.office.memory.remembering import Memory
from chibo.store.backups import BackupAccount, write_backup
from chibo.store.restoring import restore_backup


def back_up(memory: Memory, target: Path, passphrase: str = "") -> BackupAccount:
    """Write a backup of the office, verified, with a word in the log. Raises ChiboError where it cannot be done."""
    home = memory.library.office
    if home is None:
        raise ChiboError("Chưa biết văn phòng nào.")
    with memory.reading() as (_, standing):
        standing.require(Act.BACK_UP)
    account = write_backup(memory.store, home, target, passphrase)
    with target.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    with memory.writing() as (writing, _):
        writing.note(AuditAct.BACKED_UP, target.name, after=digest)
    return account


def backup_file(memory: Memory, passphrase: str = "") -> tuple[str, bytes, BackupAccount]:
    """A backup to be handed out: its name, its content, what is in it. Raises ChiboError where it cannot be made."""
    name = f"chibo-sao-luu-{memory.today:%Y-%m-%d}.zip"
    with tempfile.TemporaryDirectory(prefix="chibo-") as folder:
        target = Path(folder) / name
        account = back_up(memory, target, passphrase)
        return name, target.read_bytes(), account


def restore(source: Path, home: Path, user: str, *, passphrase: str = "", address: str = "") -> Head:
    """Make a new office folder of a backup; the head of its log. Raises ChiboError where it cannot be done."""
    return restore_backup(source, home, user, passphrase=passphrase, address=address)
