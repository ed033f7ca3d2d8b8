"""Worker processes that wait between the batches of a board, so that only the first batch waits for them to start.

A bench belongs to one brief: its workers hold the definitions and the day that they were started with. They end when
nobody has wanted them for a while, and with this process, whatever ends it, because their connections close.
"""

from __future__ import annotations

import threading
from weakref import finalize

from attrs import define, field

from chibo.engine.idle_clock import wind
from chibo.engine.worker_process import Worker

_IDLE_SECONDS = 60.0


@define(eq=False)
class Bench:
    """The waiting workers. Every method may be called from any thread."""

    idle_seconds: float = _IDLE_SECONDS
    _waiting: list[Worker] = field(factory=list, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)
    _clock: threading.Timer | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        finalize(self, _stop_all, self._waiting)

    def take(self) -> Worker | None:
        """A worker that waits, if there is one; those that died meanwhile are let go."""
        while True:
            with self._lock:
                self._stop_clock()
                if not self._waiting:
                    return None
                worker = self._waiting.pop()
            if worker.alive:
                return worker
            worker.stop()

    def put(self, worker: Worker) -> None:
        """Let a worker wait for the next batch; where no clock can be had to end the wait by, none waits."""
        with self._lock:
            self._stop_clock()
            self._waiting.append(worker)
            self._clock = wind(self.idle_seconds, self.clear)
            may_wait = self._clock is not None
        if not may_wait:
            self.clear()

    def clear(self) -> None:
        """Stop all that wait: nothing more comes, or the definitions have changed."""
        with self._lock:
            self._stop_clock()
            workers, self._waiting[:] = list(self._waiting), []
        _stop_all(workers)

    def _stop_clock(self) -> None:
        """Let nobody stop the waiting workers by the clock; the lock is held."""
        if self._clock is not None:
            self._clock.cancel()
        self._clock = None


def _stop_all(workers: list[Worker]) -> None:
    while workers:
        workers.pop().stop()
