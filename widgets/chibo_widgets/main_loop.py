"""Back from other threads to the kernel's main loop, where alone widgets are changed.

Outside a kernel (in tests, in a script) there is no such loop; the work is then done where it is asked for.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_REST = 4.0
"""A redraw that takes long is followed by a rest of so many times its length, so that the page answers meanwhile."""


class MainLoop:
    """The loop that was running where this was made."""

    def __init__(self) -> None:
        try:
            self._loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None

    @property
    def runs(self) -> bool:
        """Whether there is a loop that has to be kept free for the page."""
        return self._loop is not None

    def call(self, work: Callable[[], None], delay: float = 0.0) -> None:
        """Do `work` on the main loop, `delay` seconds from now at the earliest. May be called from any thread."""
        if self._loop is None:
            work()
        elif delay > 0:
            self._loop.call_soon_threadsafe(self._loop.call_later, delay, work)
        else:
            self._loop.call_soon_threadsafe(work)


class Redraw:
    """A redraw asked for from any thread, done on the main loop, many askings at once being one.

    Between two redraws lie at least `pause` seconds; it may be changed at any time.
    """

    def __init__(self, work: Callable[[], None], pause: float) -> None:
        self._work = work
        self.pause = pause
        self._loop = MainLoop()
        self._asked = False
        self._next_at = 0.0

    def ask(self) -> None:
        """See to it that what stands now is drawn before long."""
        self._loop.call(self._arrange)

    def now(self) -> None:
        """Draw at once; only to be called on the main loop."""
        started = time.monotonic()
        self._work()
        ended = time.monotonic()
        self._next_at = ended + max(self.pause, _REST * (ended - started))

    def _arrange(self) -> None:
        if self._asked:
            return
        self._asked = True
        wait = self._next_at - time.monotonic()
        if wait > 0:
            self._loop.call(self._draw, wait)
        else:
            self._draw()

    def _draw(self) -> None:
        self._asked = False
        self.now()
