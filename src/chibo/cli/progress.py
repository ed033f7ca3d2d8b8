"""How far a command has come, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from chibo.cli.output import is_terminal

_DELAY = 1.0
"""Seconds of work before a progress bar is worth showing."""


@contextmanager
def progress_of(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar, as `progress`, whose function is told how many of how many are done: they become known late."""
    with ExitStack() as stack:
        advance: Callable[[str], None] | None = None

        def told(_done: int, total: int) -> None:
            nonlocal advance
            advance = advance or stack.enter_context(progress(label, total))
            advance("")

        yield told


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error for `total` steps; the function given is called with a word after each step.

    It shows on a terminal only, and only once the work has lasted a second.
    """
    watched, begun, done = is_terminal(sys.stderr), time.monotonic(), 0
    with ExitStack() as stack:
        show: Callable[[int, str], None] | None = None

        def advance(item: str = "") -> None:
            nonlocal done, show
            done = min(done + 1, total)  # what had to be done twice is told twice
            if show is None and watched and time.monotonic() - begun >= _DELAY:
                from chibo.cli.drawn_bar import bar  # noqa: PLC0415 - most work is done sooner than that is loaded

                show = stack.enter_context(bar(label, total))
            if show is not None:
                show(done, item)

        yield advance
