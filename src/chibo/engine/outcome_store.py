"""Outcomes of books judged before, in a file in the user's cache folder; it may be deleted at any time.

Every process opens the file for a moment only, so that many may use it and none carries it through a fork. Whatever is
wrong with the file or the disk costs the memory, never a run: a damaged or foreign file is made anew. What is read from
it are plain values (`chibo.engine.kept_outcomes`).
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from attrs import define, field
from platformdirs import user_cache_path

from chibo.consolidation import BookOutcome
from chibo.engine.answer_forms import FORMS
from chibo.engine.kept_outcomes import packed, unpacked
from chibo.engine.keyed_digest import new_secret
from chibo.engine.known_rules import KnownRules
from chibo.engine.outcome_file import Kept, OutcomeFile, UnusableFileError, opened
from chibo.engine.typed_bytes import TypedBytes
from chibo.errors import OutputError, why_refused

T = TypeVar("T")

FOLDER_VARIABLE = "CHIBO_CACHE"
"""The environment variable that names another folder for the file."""
MOST_BYTES = 256 * 2**20
"""On the disk, some 60,000 books; the longest unused fifth is dropped above that."""
_RULES: TypedBytes[KnownRules] = TypedBytes(FORMS.of(KnownRules))
_SECONDS_TO_LET_BE = 60.0
"""After a transaction for which another process did not make way in its time."""


def usual_folder() -> Path:
    """Where the file lies: what CHIBO_CACHE names, else the user's cache folder for this program."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else user_cache_path("chibo", appauthor=False)


@define(eq=False)
class OutcomeStore:
    """An `OutcomeCache` in a file below `folder`."""

    folder: Path = field(factory=usual_folder)
    most_bytes: int = MOST_BYTES
    _let_be_until: float = field(default=0.0, init=False)
    """By the monotonic clock: whoever holds the file for long is not waited for again and again."""

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
        return self._attempt(lambda file: file.count, 0)

    def refusal(self) -> OSError | None:
        """Why nothing can be remembered here, None where it can be. The file is made, where there is none yet."""
        try:
            self._touch()
        except UnusableFileError:
            return None  # it is made anew when something is to be remembered
        except OSError as error:
            return error
        return None

    def _touch(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, str(self.folder))
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.path.is_dir():
            raise IsADirectoryError(errno.EISDIR, str(self.path))
        with opened(self.path):
            pass

    def secret(self) -> bytes:
        """As old as the file, and like no other's; one of the moment where there can be no file."""
        return self._attempt(lambda file: file.secret, new_secret())

    def recall(self, asked: Sequence[tuple[bytes, str]], day: date) -> list[BookOutcome | None]:
        """The outcome under each key, of the file beside it, where one is known that holds on this day."""
        nothing: dict[bytes, bytes] = {}
        known = self._attempt(lambda file: file.outcomes([key for key, _ in asked], day), nothing)
        return [_read(known.get(key), partial(unpacked, file=file)) for key, file in asked]

    def keep(self, outcomes: Mapping[bytes, BookOutcome]) -> None:
        """Keep outcomes; those unused for the longest go where there are too many."""
        based = ((key, one, one.basis) for key, one in outcomes.items())
        kept = [Kept(key, basis.first, basis.last, packed(one)) for key, one, basis in based if basis is not None]

        def write(file: OutcomeFile) -> None:
            file.keep(kept)
            file.drop_above(self.most_bytes)

        self._attempt(write, None)

    def recall_rules(self, sources: bytes) -> KnownRules | None:
        """What came of these sources, where that is known."""
        body = self._attempt(lambda file: file.rules(sources), None)
        return _read(body, _RULES.load)

    def keep_rules(self, sources: bytes, known: KnownRules) -> None:
        """Keep what came of them, and of the last ones before."""
        body = _RULES.dump(known)
        self._attempt(lambda file: file.keep_rules(sources, body), None)

    def clear(self) -> None:
        """Forget everything. Raises OutputError where the file cannot be removed."""
        for path in self._files():
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise OutputError(f"không xóa được «{path}»: {why_refused(error)}.") from None

    def _files(self) -> tuple[Path, ...]:
        return tuple(self.path.with_name(self.path.name + ending) for ending in ("", "-wal", "-shm"))

    def _attempt(self, work: Callable[[OutcomeFile], T], otherwise: T) -> T:
        """What comes of the work on the file, in one transaction; a damaged file is made anew and tried once more."""
        if time.monotonic() < self._let_be_until:
            return otherwise
        for _ in range(2):
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                with opened(self.path) as file:
                    return work(file)
            except UnusableFileError:
                with suppress(OutputError):
                    self.clear()
            except OSError as error:
                if error.errno == errno.EBUSY:
                    self._let_be_until = time.monotonic() + _SECONDS_TO_LET_BE
                return otherwise
        return otherwise


def _read(body: bytes | None, read: Callable[[bytes], T]) -> T | None:
    """What `read` makes of a kept body, None where there is none or it is of another version."""
    if body is None:
        return None
    try:
        return read(body)
    except Exception:  # whatever it raises
        return None
