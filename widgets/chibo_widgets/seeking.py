"""What takes a moment to find out about an open unit, found beside the main loop so that the page answers meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from chibo_widgets.main_loop import MainLoop

Answer = TypeVar("Answer")


class Seeking(Generic[Answer]):
    """One question at a time: only the answer to the one asked last is kept. `redraw` is called when it is there."""

    def __init__(self, redraw: Callable[[], None]) -> None:
        self._redraw = redraw
        self._loop = MainLoop()
        self._one_at_a_time = threading.Lock()
        self._question: Hashable = None
        self._answers: tuple[Answer, ...] = ()

    def ask(self, question: Hashable, find: Callable[[], Answer]) -> tuple[Answer, ...]:
        """The answer alone, or nothing while `find` is at work on it in another thread."""
        if question != self._question:
            self._question, self._answers = question, ()
            if self._loop.runs:
                threading.Thread(target=self._work, args=(question, find), daemon=True).start()
            else:
                self._answers = (find(),)
        return self._answers

    def forget(self) -> None:
        """Hold no answer any longer, nor wait for one."""
        self._question, self._answers = None, ()

    def _work(self, question: Hashable, find: Callable[[], Answer]) -> None:
        with self._one_at_a_time:
            if question != self._question:
                return
            answer = find()
        self._loop.call(lambda: self._take(question, answer))

    def _take(self, question: Hashable, answer: Answer) -> None:
        if question == self._question:
            self._answers = (answer,)
            self._redraw()
