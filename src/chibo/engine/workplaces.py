"""What the assignments of a run share on a machine of a cluster: a library, and limited processes that wait for books.

It is given up a while after the last of them, and nothing of it stays on the disk.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import define, field

from chibo.definitions.library import Library
from chibo.engine.bench import Bench
from chibo.engine.idle_clock import wind

Files = tuple[tuple[str, bytes], ...]
"""Definition files that are the office's own, by their path inside its folder."""

_IDLE_SECONDS = 60.0


@define(eq=False)
class Workplace:
    """A library with the files of its own, as of one day."""

    library: Library
    today: date
    folder: TemporaryDirectory[str] | None = None
    bench: Bench = field(factory=Bench)
    _users: int = field(default=0, init=False)
    _clock: threading.Timer | None = field(default=None, init=False)

    def close(self) -> None:
        """End the waiting processes, and remove the files."""
        self.bench.clear()
        if self.folder is not None:
            self.folder.cleanup()


@define(eq=False)
class Workplaces:
    """The workplaces in use or lately so. Every method may be called from any thread."""

    idle_seconds: float = _IDLE_SECONDS
    _kept: dict[tuple[Files, date], Workplace] = field(factory=dict, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    @contextmanager
    def at(self, definitions: Files, today: date, folder: Path) -> Iterator[Workplace]:
        """The workplace of these, for as long as it is used; files of its own lie below `folder`.

        Raises OSError where they cannot be written.
        """
        key = definitions, today
        with self._lock:
            if key not in self._kept:
                self._kept[key] = _made(definitions, today, folder)
            place = self._kept[key]
            place._users += 1
            if place._clock is not None:
                place._clock.cancel()
        try:
            yield place
        finally:
            with self._lock:
                place._users -= 1
                place._clock = wind(self.idle_seconds, partial(self._give_up, key, place))
                may_wait = place._clock is not None
            if not may_wait:
                self._give_up(key, place)

    def _give_up(self, key: tuple[Files, date], place: Workplace) -> None:
        with self._lock:
            if place._users or self._kept.get(key) is not place:
                return
            del self._kept[key]
        place.close()


def _made(definitions: Files, today: date, folder: Path) -> Workplace:
    if not definitions:
        return Workplace(Library(), today)
    own = TemporaryDirectory(prefix="chibo-", dir=folder)
    try:
        for name, data in definitions:
            path = Path(own.name) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError:
        own.cleanup()
        raise
    return Workplace(Library(Path(own.name)), today, own)
