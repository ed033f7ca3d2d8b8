"""What takes a moment to find out about an open unit, found beside the main loop so that the page answers meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from chibo.errors import Words
from chibo_widgets.main_loop import MainLoop

Answer = TypeVar("Answer")


_LOG = logging.getLogger(__name__)

FAILED = Words(
    "Trang gặp lỗi khi làm việc này. Hãy thử lại; nếu vẫn lỗi, báo người quản trị.",
    "The page failed at this. Try again; if it still fails, tell the administrator.",
)
"""Why there is no answer, where that is a fault of ours."""


class Seeking(Generic[Answer]):
    """One question at a time: only the answer to the one asked last is kept. `redraw` is called when it is there."""

    def __init__(self, redraw: Callable[[], None]) -> None:
        self._redraw = redraw
        self._loop = MainLoop()
        self._one_at_a_time = threading.Lock()
        self._question: Hashable = None
        self._answers: tuple[Answer, ...] = ()

    def ask(self, question: Hashable, find: Callable[[], Answer], failed: Answer) -> tuple[Answer, ...]:
        """The answer alone, or nothing while `find` is at work on it in another thread; `failed` where it breaks."""
        if question != self._question:
            self._question, self._answers = question, ()
            if self._loop.runs:
                threading.Thread(target=self._work, args=(question, find, failed), daemon=True).start()
            else:
                self._answers = (_found(find, failed),)
        return self._answers

    def forget(self) -> None:
        """Hold no answer any longer, nor wait for one."""
        self._question, self._answers = None, ()

    def _work(self, question: Hashable, find: Callable[[], Answer], failed: Answer) -> None:
        with self._one_at_a_time:
            if question != self._question:
                return
            answer = _found(find, failed)
        self._loop.call(lambda: self._take(question, answer))

    def _take(self, question: Hashable, answer: Answer) -> None:
        if question == self._question:
            self._answers = (answer,)
            self._redraw()


def _found(find: Callable[[], Answer], failed: Answer) -> Answer:
    try:
        return find()
    except Exception:
        _LOG.exception("nothing could be found out")
        return failed
