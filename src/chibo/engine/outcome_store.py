"""Outcomes of books judged before, in a SQLite file in the user's cache folder; it may be deleted at any time.

Every process opens the file for a moment only, so that many may use it and none carries it through a fork. Whatever is
wrong with the file or the disk costs the memory, never a run: a damaged or foreign file is made anew. What is read from
it are plain values (`chibo.engine.kept_outcomes`), each bound to its key by a digest under the secret of the file.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from attrs import define, field, frozen
from platformdirs import user_cache_path

from chibo.consolidation import Basis, BookOutcome
from chibo.engine.kept_outcomes import packed, unpacked
from chibo.engine.keyed_digest import DIGEST_BYTES, SECRET_BYTES, KeyedDigest, new_secret
from chibo.engine.known_rules import KnownRules
from chibo.engine.messages import dump_values, load_values
from chibo.errors import OutputError, why_refused

T = TypeVar("T")

FOLDER_VARIABLE = "CHIBO_CACHE"
"""The environment variable that names another folder for the file."""
MOST_BYTES = 256 * 2**20
"""On the disk, some 60,000 books; the longest unused fifth is dropped above that."""

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
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
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


def usual_folder() -> Path:
    """Where the file lies: what CHIBO_CACHE names, else the user's cache folder for this program."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else user_cache_path("chibo", appauthor=False)


@define(eq=False)
class OutcomeStore:
    """An `OutcomeCache` in a file below `folder`."""

    folder: Path = field(factory=usual_folder)
    most_bytes: int = MOST_BYTES

    @property
    def path(self) -> Path:
        """The file itself; SQLite may put two more beside it."""
        return self.folder / "outcomes.sqlite"

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        total = 0
        for path in self._files():
            with suppress(OSError):
                total += path.stat().st_size
        return total

    @property
    def count(self) -> int:
        """The number of outcomes."""
        if not self.path.exists():
            return 0
        return self._attempt(lambda kept: int(kept.file.execute("SELECT count(*) FROM outcome").fetchone()[0]), 0)

    def refusal(self) -> OSError | None:
        """Why nothing can be remembered here, None where it can be. The file is made, where there is none yet."""
        try:
            self._touch()
        except _ForeignFileError:
            return None  # it is made anew when something is to be remembered
        except sqlite3.Error as error:
            code = _primary(error)
            return None if code in _DAMAGED else OSError(_SYSTEM_CODES.get(code, errno.EIO), str(error))
        except OSError as error:
            return error
        return None

    def _touch(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, str(self.folder))
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.path.is_dir():
            raise IsADirectoryError(errno.EISDIR, str(self.path))
        with _opened(self.path):
            pass

    def secret(self) -> bytes:
        """As old as the file, and like no other's; one of the moment where there can be no file."""
        return self._attempt(lambda kept: kept.secret, new_secret())

    def recall(self, asked: Sequence[tuple[bytes, str]], day: date) -> list[BookOutcome | None]:
        """The outcome under each key, of the file beside it, where one is known that holds on this day."""
        nothing: dict[bytes, bytes] = {}
        known = self._attempt(lambda kept: kept.outcomes([key for key, _ in asked], day), nothing)
        return [_read(known.get(key), partial(unpacked, file=file)) for key, file in asked]

    def keep(self, outcomes: Mapping[bytes, BookOutcome]) -> None:
        """Keep outcomes; those unused for the longest go where there are too many."""
        bodies = {key: packed(outcome) for key, outcome in outcomes.items()}

        def write(kept: _Kept) -> None:
            rows = [kept.row(key, outcome.basis, bodies[key]) for key, outcome in outcomes.items() if outcome.basis]
            kept.file.executemany("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?)", rows)
            _drop_above(self.most_bytes, kept.file)

        self._attempt(write, None)

    def recall_rules(self, sources: bytes) -> KnownRules | None:
        """What came of these sources, where that is known."""
        return self._attempt(lambda kept: kept.rules(sources), None)

    def keep_rules(self, sources: bytes, known: KnownRules) -> None:
        """Keep what came of them, and of the last ones before."""
        body = dump_values((known.digest, known.megabytes))

        def write(kept: _Kept) -> None:
            kept.file.execute("INSERT OR REPLACE INTO rules VALUES (?, ?)", (sources, kept.sealed(body, sources)))
            kept.file.execute("DELETE FROM rules WHERE rowid <= (SELECT max(rowid) FROM rules) - ?", (_MOST_RULES,))

        self._attempt(write, None)

    def clear(self) -> None:
        """Forget everything. Raises OutputError where the file cannot be removed."""
        for path in self._files():
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise OutputError(f"không xóa được «{path}»: {why_refused(error)}.") from None

    def _files(self) -> tuple[Path, ...]:
        return tuple(self.path.with_name(self.path.name + ending) for ending in ("", "-wal", "-shm"))

    def _attempt(self, work: Callable[[_Kept], T], otherwise: T) -> T:
        """What comes of the work on the file, in one transaction; a damaged file is made anew and tried once more."""
        for _ in range(2):
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                with _opened(self.path) as kept:
                    return work(kept)
            except _ForeignFileError:
                pass
            except sqlite3.Error as error:
                if _primary(error) not in _DAMAGED:
                    return otherwise
            except OSError:
                return otherwise
            with suppress(OutputError):
                self.clear()
        return otherwise


def _primary(error: sqlite3.Error) -> int:
    """The code of SQLite without what it adds to it."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


@frozen
class _Kept:
    """The file while it is open, in one transaction, and its secret."""

    file: sqlite3.Connection
    secret: bytes
    digest: KeyedDigest = field(init=False)

    @digest.default
    def _digest(self) -> KeyedDigest:
        return KeyedDigest(self.secret)

    def outcomes(self, keys: Sequence[bytes], day: date) -> dict[bytes, bytes]:
        """The bodies of the outcomes under these keys that hold on this day."""
        today, now = day.toordinal(), _now()
        these = f"key IN ({', '.join('?' * len(keys))})"
        rows = self.file.execute(
            f"SELECT key, first, last, used, value FROM outcome WHERE {these} AND first <= ? AND last >= ?",  # noqa: S608
            (*keys, today, today),
        ).fetchall()
        if any(used != now for _, _, _, used, _ in rows):
            self.file.execute(f"UPDATE outcome SET used = ? WHERE {these} AND used < ?", (now, *keys, now))  # noqa: S608
        opened = {key: self.unsealed(value, key, first, last) for key, first, last, _, value in rows}
        return {key: body for key, body in opened.items() if body is not None}

    def row(self, key: bytes, basis: Basis, body: bytes) -> tuple[bytes, int, int, int, bytes]:
        """The row of an outcome that rests on this."""
        first, last = basis.first.toordinal(), basis.last.toordinal()
        return key, first, last, _now(), self.sealed(body, key, first, last)

    def rules(self, sources: bytes) -> KnownRules | None:
        """What is known of rules from these sources."""
        row = self.file.execute("SELECT value FROM rules WHERE sources = ?", (sources,)).fetchone()
        return _read(self.unsealed(row[0], sources), lambda body: KnownRules(*load_values(body))) if row else None

    def sealed(self, body: bytes, *about: object) -> bytes:
        """A value to be kept under what it is `about`."""
        return self.digest.of(repr(about).encode() + body) + body

    def unsealed(self, value: object, *about: object) -> bytes | None:
        """What was sealed, None where this is not what was kept under that."""
        body = value[DIGEST_BYTES:] if isinstance(value, bytes) else b""
        return body if value == self.sealed(body, *about) else None


class _ForeignFileError(Exception):
    """The file is a database of another program, or of another version of this one."""


@contextmanager
def _opened(path: Path) -> Iterator[_Kept]:
    _make_private(path)
    with closing(sqlite3.connect(path, timeout=_SECONDS_TO_WAIT, isolation_level=None)) as file:
        file.execute(f"PRAGMA page_size = {_PAGE_BYTES}")  # of a file that is yet to be made
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")  # a crash of the machine may cost the last outcomes, not the file
        file.execute("BEGIN IMMEDIATE")
        try:
            yield _Kept(file, _prepared(file))
        except BaseException:
            file.execute("ROLLBACK")
            raise
        file.execute("COMMIT")


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
        raise _ForeignFileError
    for statement in _TABLES.split(";"):
        file.execute(statement)
    file.execute(f"PRAGMA application_id = {_APPLICATION}")
    file.execute(f"PRAGMA user_version = {_SCHEMA}")
    file.execute("INSERT INTO secret VALUES (?)", (new_secret(),))
    return _secret(file)


def _secret(file: sqlite3.Connection) -> bytes:
    row = file.execute("SELECT value FROM secret").fetchone()
    if row is None or not isinstance(row[0], bytes) or len(row[0]) != SECRET_BYTES:
        raise _ForeignFileError
    return row[0]


def _drop_above(most: int, file: sqlite3.Connection) -> None:
    pages, free, page = (
        file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    if (pages - free) * page > most:
        file.execute(
            "DELETE FROM outcome WHERE rowid IN (SELECT rowid FROM outcome ORDER BY used, rowid"
            " LIMIT 1 + (SELECT count(*) FROM outcome) / 5)"
        )


def _read(body: bytes | None, read: Callable[[bytes], T]) -> T | None:
    """What `read` makes of a kept body, None where there is none or it is of another version."""
    if body is None:
        return None
    try:
        return read(body)
    except Exception:  # whatever it raises
        return None


def _now() -> int:
    """The day, counted in days: how long an outcome was not used matters in days only."""
    return int(time.time()) // _SECONDS_A_DAY
