"""The SQLite file in which outcomes of books are kept: its tables, its secret, and one transaction in it at a time.

What is kept are bodies that mean nothing here, each bound to what it is kept under by a digest under the secret of the
file: whoever writes into the file without knowing that cannot have anything recalled from it.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from attrs import field, frozen

from chibo.engine.keyed_digest import DIGEST_BYTES, SECRET_BYTES, KeyedDigest, new_secret

_APPLICATION = 0x43484942
"""Marks the file as ours, in the field that SQLite has for it."""
_SCHEMA = 3
_TABLES = """
CREATE TABLE outcome (key BLOB, first INTEGER, last INTEGER, used INTEGER, value BLOB, PRIMARY KEY (key, first));
CREATE INDEX by_use ON outcome (used);
CREATE TABLE rules (sources BLOB PRIMARY KEY, value BLOB);
CREATE TABLE secret (value BLOB);
"""
_PAGE_BYTES = 8192
"""An outcome fits into one, as a rule, and is read in two thirds of the time that two of the usual size take."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""The last one is what SQLite says where a table or a column is missing."""
_SYSTEM_CODES = {
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EROFS,
}
"""What the system says where SQLite has a code of its own."""
_MOST_RULES = 64
"""So many ways to judge are known at once, of offices, and of definitions that come and go while they are changed."""
_SECONDS_TO_WAIT = 5.0
"""For another process that writes."""
_SECONDS_A_DAY = 86_400


class UnusableFileError(Exception):
    """The file is damaged, or of another program or another version of this one: it is to be made anew."""


class Kept(NamedTuple):
    """A body, the key that it is kept under, and the days on which it holds."""

    key: bytes
    first: date
    last: date
    body: bytes


@contextmanager
def opened(path: Path) -> Iterator[OutcomeFile]:
    """The file for one transaction, made where there is none.

    Raises UnusableFileError, and OSError where the system or another process does not let it be used.
    """
    _make_private(path)
    try:
        with closing(sqlite3.connect(path, timeout=_SECONDS_TO_WAIT, isolation_level=None)) as file:
            yield from _transaction(file)
    except sqlite3.Error as error:
        code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF  # without what SQLite adds to it
        if code in _DAMAGED:
            raise UnusableFileError from error
        raise OSError(_SYSTEM_CODES.get(code, errno.EIO), str(error)) from error


def _transaction(file: sqlite3.Connection) -> Iterator[OutcomeFile]:
    file.execute(f"PRAGMA page_size = {_PAGE_BYTES}")  # of a file that is yet to be made
    file.execute("PRAGMA journal_mode = WAL")
    file.execute("PRAGMA synchronous = NORMAL")  # a crash of the machine may cost the last outcomes, not the file
    file.execute("BEGIN IMMEDIATE")
    try:
        yield OutcomeFile(file, _prepared(file))
    except BaseException:
        file.execute("ROLLBACK")
        raise
    file.execute("COMMIT")


@frozen
class OutcomeFile:
    """The file while it is open, in one transaction, and its secret."""

    _file: sqlite3.Connection
    secret: bytes
    _digest: KeyedDigest = field(init=False)

    @_digest.default
    def _of_the_secret(self) -> KeyedDigest:
        return KeyedDigest(self.secret)

    @property
    def count(self) -> int:
        """The number of outcomes."""
        return int(self._file.execute("SELECT count(*) FROM outcome").fetchone()[0])

    def outcomes(self, keys: Sequence[bytes], day: date) -> dict[bytes, bytes]:
        """The bodies of the outcomes under these keys that hold on this day."""
        today, now = day.toordinal(), _now()
        these = f"key IN ({', '.join('?' * len(keys))})"
        rows = self._file.execute(
            f"SELECT key, first, last, used, value FROM outcome WHERE {these} AND first <= ? AND last >= ?",  # noqa: S608
            (*keys, today, today),
        ).fetchall()
        if any(used != now for _, _, _, used, _ in rows):
            self._file.execute(f"UPDATE outcome SET used = ? WHERE {these} AND used < ?", (now, *keys, now))  # noqa: S608
        bodies = {key: self._unsealed(value, key, first, last) for key, first, last, _, value in rows}
        return {key: body for key, body in bodies.items() if body is not None}

    def keep(self, outcomes: Iterable[Kept]) -> None:
        """Keep bodies of outcomes in the place of those under the same keys."""
        days = ((one, one.first.toordinal(), one.last.toordinal()) for one in outcomes)
        rows = [
            (one.key, first, last, _now(), self._sealed(one.body, one.key, first, last)) for one, first, last in days
        ]
        self._file.executemany("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?)", rows)

    def drop_above(self, most_bytes: int) -> None:
        """Drop the fifth that was not used for the longest, where there is more than so many bytes."""
        pages, free, page = (self._pragma(name) for name in ("page_count", "freelist_count", "page_size"))
        if (pages - free) * page > most_bytes:
            self._file.execute(
                "DELETE FROM outcome WHERE rowid IN (SELECT rowid FROM outcome ORDER BY used, rowid"
                " LIMIT 1 + (SELECT count(*) FROM outcome) / 5)"
            )

    def rules(self, sources: bytes) -> bytes | None:
        """The body kept of these sources of rules."""
        row = self._file.execute("SELECT value FROM rules WHERE sources = ?", (sources,)).fetchone()
        return self._unsealed(row[0], sources) if row else None

    def keep_rules(self, sources: bytes, body: bytes) -> None:
        """Keep what came of these sources, and of the last ones before."""
        self._file.execute("INSERT OR REPLACE INTO rules VALUES (?, ?)", (sources, self._sealed(body, sources)))
        self._file.execute("DELETE FROM rules WHERE rowid <= (SELECT max(rowid) FROM rules) - ?", (_MOST_RULES,))

    def _pragma(self, name: str) -> int:
        return int(self._file.execute(f"PRAGMA {name}").fetchone()[0])

    def _sealed(self, body: bytes, *about: object) -> bytes:
        """A value to be kept under what it is `about`."""
        return self._digest.of(repr(about).encode() + body) + body

    def _unsealed(self, value: object, *about: object) -> bytes | None:
        """What was sealed, None where this is not what was kept under that."""
        body = value[DIGEST_BYTES:] if isinstance(value, bytes) else b""
        return body if value == self._sealed(body, *about) else None


def _make_private(path: Path) -> None:
    """Nobody else may read what is remembered, nor the secret, whatever the rights of a folder that was named."""
    if not path.exists():
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _prepared(file: sqlite3.Connection) -> bytes:
    """The secret of the file, which is set up where it is empty."""
    application, schema = (file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if (application, schema) == (_APPLICATION, _SCHEMA):
        return _secret(file)
    if file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise UnusableFileError
    for statement in _TABLES.split(";"):
        file.execute(statement)
    file.execute(f"PRAGMA application_id = {_APPLICATION}")
    file.execute(f"PRAGMA user_version = {_SCHEMA}")
    file.execute("INSERT INTO secret VALUES (?)", (new_secret(),))
    return _secret(file)


def _secret(file: sqlite3.Connection) -> bytes:
    row = file.execute("SELECT value FROM secret").fetchone()
    if row is None or not isinstance(row[0], bytes) or len(row[0]) != SECRET_BYTES:
        raise UnusableFileError
    return row[0]


def _now() -> int:
    """The day, counted in days: how long an outcome was not used matters in days only."""
    return int(time.time()) // _SECONDS_A_DAY
