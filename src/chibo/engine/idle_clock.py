"""The clock by which what waits for further work is given up after a while."""

from __future__ import annotations

import threading
from collections.abc import Callable


def wind(seconds: float, give_up: Callable[[], None]) -> threading.Timer | None:
    """Call `give_up` from a thread of its own after so many seconds, unless the clock is cancelled before.

    None where the system starts no thread now: nobody would ever end what waits, so it should not wait at all.
    """
    clock = threading.Timer(seconds, give_up)
    clock.daemon = True
    try:
        clock.start()
    except RuntimeError:  # what `threading` makes of it
        return None
    return clock
