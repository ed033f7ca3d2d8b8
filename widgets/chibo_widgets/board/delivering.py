"""Making the return and the facts on the page, beside the main loop, and handing them out as files."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from attrs import evolve, frozen

from chibo.errors import ChiboError, Words
from chibo.office.board.board import Board
from chibo.office.board.files import BoardFile, FileKind
from chibo.office.board.returned import Tell
from chibo_widgets.board import messages
from chibo_widgets.board.taking import Read
from chibo_widgets.board.widgets import Downloads
from chibo_widgets.board.wording import Tongue
from chibo_widgets.main_loop import MainLoop

Make = Callable[[FileKind, bool, Tell], BoardFile]
"""Makes a file of the board as it stands; the second value says whether the places of the figures go with it."""


@frozen
class _Said:
    """What the last making came to; `asked` is the file wanted while books are unread, which is made if asked again."""

    asked: str = ""
    making: str = ""
    step: tuple[int, int] = (0, 0)
    done: str = ""
    clock: str = ""
    problem: Words | None = None


class Delivering:
    """The downloads of the board. Only one file is made at a time.

    `read` says how far reading has come: a file that would miss books is made only when asked for twice, and named so.
    """

    def __init__(self, tongue: Tongue, make: Make, read: Callable[[], Read], redraw: Callable[[], None]) -> None:
        self._tongue = tongue
        self._make = make
        self._read = read
        self._redraw = redraw
        self._loop = MainLoop()
        self._sources = True
        self._said = _Said()
        self.widget = Downloads(tongue.texts, self._hear)

    def show(self, tongue: Tongue, board: Board, returning: int) -> None:
        """Draw the bar: how many have reported, how many books are still unread, how many go back, the last file."""
        self._tongue = tongue
        read = self._read()
        if not read.unread:
            self._said = evolve(self._said, asked="")
        self.widget.texts = dict(tongue.texts)
        self.widget.view = {
            "ready": bool(board.table.cells or returning),
            "returning": returning,
            "step": list(self._said.step),
            "reported": board.reported,
            "total": len(board.table.cells),
            "month": board.month.number,
            "year": board.month.year,
            "books": read.total,
            "unread": read.unread,
            "asked": self._said.asked,
            "sources": self._sources,
            "making": self._said.making,
            "done": self._said.done,
            "clock": self._said.clock,
            "problem": self._said.problem.told(tongue.language) if self._said.problem else "",
        }

    def forget(self) -> None:
        """What was said of an earlier file is no longer true of what is looked at now."""
        if not self._said.making:
            self._said = _Said()

    def _hear(self, message: Any) -> None:
        match message:
            case messages.WithSources(sources=wanted):
                self._sources = wanted
            case messages.Make(make=what, partial=told):
                self._asked_for(FileKind(what), told)
        self._redraw()

    def _asked_for(self, kind: FileKind, told: bool) -> None:
        partial, sources = self._read().unread > 0, self._sources
        if partial and not told:
            if not self._said.making:
                self._said = _Said(asked=kind.value)
            return

        def make() -> BoardFile:
            made = self._make(kind, sources, self._tell)
            return evolve(made, name=self._partial_name(made.name)) if partial else made

        self.deliver(self._tongue(f"download_{kind.value}"), make)

    def _partial_name(self, name: str) -> str:
        stem, dot, suffix = name.rpartition(".")
        return f"{stem} ({self._tongue('download_partial')}){dot}{suffix}"

    def deliver(self, name: str, make: Callable[[], BoardFile]) -> None:
        """Make a file beside the main loop and hand it out; `name` says what is being made. One at a time."""
        if not self._said.making:
            self._said = _Said(making=name)
            threading.Thread(target=self._work, args=(make,), daemon=True).start()

    def _work(self, make: Callable[[], BoardFile]) -> None:
        try:
            made = make()
        except ChiboError as error:
            problem = error.words
            self._loop.call(lambda: self._end(_Said(problem=problem)))
            return
        self._loop.call(lambda: self._hand_out(made))

    def _tell(self, done: int, total: int) -> None:
        self._loop.call(lambda: self._end(evolve(self._said, step=(done, total))))

    def _hand_out(self, made: BoardFile) -> None:
        """Let the browser save the file; many copies take a while to keep, beside the main loop as the making did."""
        self.widget.offer_download(made.name, made.data, made.media_type)
        self._end(_Said(done=made.name, clock=f"{datetime.now():%H:%M}"))
        threading.Thread(target=made.keep).start()

    def _end(self, said: _Said) -> None:
        self._said = said
        self._redraw()
