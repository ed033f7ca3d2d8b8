"""Outcomes of books judged before, in a SQLite file in the user's cache folder; it may be deleted at any time.

Every process opens the file for a moment only, so that many may use it and none carries it through a fork. Whatever is
wrong with the file or the disk costs the memory, never a run: a damaged or foreign file is made anew. What is read from
it are plain values (`chibo.engine.kept_outcomes`), each bound to its key by a checksum.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from attrs import define, field
from platformdirs import user_cache_path

from chibo.consolidation import BookOutcome
from chibo.engine.kept_outcomes import packed, unpacked
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
_SCHEMA = 2
_TABLES = """
CREATE TABLE outcome (key BLOB, first INTEGER, last INTEGER, used INTEGER, value BLOB, PRIMARY KEY (key, first));
CREATE INDEX by_use ON outcome (used);
CREATE TABLE rules (sources BLOB PRIMARY KEY, value BLOB);
"""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_CHECK_BYTES = 16
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
        return self._attempt(lambda file: int(file.execute("SELECT count(*) FROM outcome").fetchone()[0]), 0)

    def recall(self, keys: Sequence[bytes], day: date) -> Mapping[bytes, BookOutcome]:
        """The outcomes under these keys that hold on this day."""
        return self._attempt(lambda file: dict(_recalled(file, keys, day)), {})

    def keep(self, outcomes: Mapping[bytes, BookOutcome]) -> None:
        """Keep outcomes; those unused for the longest go where there are too many."""
        rows = list(_rows(outcomes))

        def write(file: sqlite3.Connection) -> None:
            file.executemany("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?)", rows)
            _drop_above(self.most_bytes, file)

        self._attempt(write, None)

    def recall_rules(self, sources: bytes) -> KnownRules | None:
        """What came of these sources, where that is known."""
        return self._attempt(lambda file: _recalled_rules(file, sources), None)

    def keep_rules(self, sources: bytes, known: KnownRules) -> None:
        """Keep what came of them, and of the last ones before."""
        value = _sealed(sources, dump_values((known.digest, known.megabytes)))

        def write(file: sqlite3.Connection) -> None:
            file.execute("INSERT OR REPLACE INTO rules VALUES (?, ?)", (sources, value))
            file.execute("DELETE FROM rules WHERE rowid <= (SELECT max(rowid) FROM rules) - ?", (_MOST_RULES,))

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

    def _attempt(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What comes of the work on the file, in one transaction; a damaged file is made anew and tried once more."""
        for _ in range(2):
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                with _opened(self.path) as file:
                    return work(file)
            except _ForeignFileError:
                pass
            except sqlite3.Error as error:
                if (getattr(error, "sqlite_errorcode", 0) & 0xFF) not in _DAMAGED:
                    return otherwise
            except OSError:
                return otherwise
            with suppress(OutputError):
                self.clear()
        return otherwise


class _ForeignFileError(Exception):
    """The file is a database of another program, or of another version of this one."""


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=_SECONDS_TO_WAIT, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")  # a crash of the machine may cost the last outcomes, not the file
        file.execute("BEGIN IMMEDIATE")
        try:
            _prepare(file)
            yield file
        except BaseException:
            file.execute("ROLLBACK")
            raise
        file.execute("COMMIT")


def _prepare(file: sqlite3.Connection) -> None:
    application, schema = (file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if (application, schema) == (_APPLICATION, _SCHEMA):
        return
    if file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise _ForeignFileError
    for statement in _TABLES.split(";"):
        file.execute(statement)
    file.execute(f"PRAGMA application_id = {_APPLICATION}")
    file.execute(f"PRAGMA user_version = {_SCHEMA}")


def _recalled(file: sqlite3.Connection, keys: Sequence[bytes], day: date) -> Iterator[tuple[bytes, BookOutcome]]:
    today = day.toordinal()
    for key in keys:
        where = (key, today, today)
        row = file.execute("SELECT value FROM outcome WHERE key = ? AND first <= ? AND last >= ?", where).fetchone()
        outcome = _read(key, row[0], unpacked) if row else None
        if outcome is not None:
            file.execute("UPDATE outcome SET used = ? WHERE key = ? AND used < ?", (_now(), key, _now()))
            yield key, outcome


def _rows(outcomes: Mapping[bytes, BookOutcome]) -> Iterator[tuple[bytes, int, int, int, bytes]]:
    for key, outcome in outcomes.items():
        if outcome.basis is not None:
            first, last = outcome.basis.first.toordinal(), outcome.basis.last.toordinal()
            yield key, first, last, _now(), _sealed(key, packed(outcome))


def _drop_above(most: int, file: sqlite3.Connection) -> None:
    pages, free, page = (
        file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    if (pages - free) * page > most:
        file.execute(
            "DELETE FROM outcome WHERE rowid IN (SELECT rowid FROM outcome ORDER BY used, rowid"
            " LIMIT 1 + (SELECT count(*) FROM outcome) / 5)"
        )


def _recalled_rules(file: sqlite3.Connection, sources: bytes) -> KnownRules | None:
    row = file.execute("SELECT value FROM rules WHERE sources = ?", (sources,)).fetchone()
    return _read(sources, row[0], lambda body: KnownRules(*load_values(body))) if row else None


def _read(key: bytes, value: object, read: Callable[[bytes], T]) -> T | None:
    """What `read` makes of a kept value, None where this is not what was kept under this key."""
    if not isinstance(value, bytes):
        return None
    check, body = value[:_CHECK_BYTES], value[_CHECK_BYTES:]
    if check != _checksum(key, body):
        return None
    try:
        return read(body)
    except Exception:  # made by something else than this version, whatever it raises
        return None


def _sealed(key: bytes, body: bytes) -> bytes:
    return _checksum(key, body) + body


def _checksum(key: bytes, body: bytes) -> bytes:
    return blake2b(body, key=key, digest_size=_CHECK_BYTES).digest()


def _now() -> int:
    """The day, counted in days: how long an outcome was not used matters in days only."""
    return int(time.time()) // _SECONDS_A_DAY
