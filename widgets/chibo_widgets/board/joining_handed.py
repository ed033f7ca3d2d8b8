"""Two versions that the office has of one book, joined on the board into one that somebody hands in or takes away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import evolve

from chibo.definitions.library import Library
from chibo.errors import ChiboError
from chibo.office.board.board import Unit
from chibo.office.board.files import BoardFile
from chibo.office.board.joining import Joined, join_two, joined_file
from chibo.office.lineage.comparison import Three
from chibo_widgets.board import messages
from chibo_widgets.board.beside_view import (
    BesideAsked,
    beside_view,
    handed_view,
    handed_words,
    joined_view,
    names_of,
)
from chibo_widgets.board.wording import Tongue
from chibo_widgets.main_loop import MainLoop
from chibo_widgets.office_door import Door

if TYPE_CHECKING:
    from chibo.office.memory import Memory
    from chibo.office.memory.beside import Beside
    from chibo.office.memory.consolidating import FromOffice

Message = messages.JoinTwo | messages.PartAgain | messages.TakeJoined | messages.HandInJoined


class JoiningHanded:
    """Joins two versions that were handed in, and hands in what came of it; the board goes by what the office has.

    `deliver` hands out a file under the name of what is being made; `handed` is called when something was handed in;
    `redraw` draws the page.
    """

    def __init__(
        self,
        library: Library,
        door: Door,
        *,
        deliver: Callable[[str, Callable[[], BoardFile]], None],
        handed: Callable[[], None],
        redraw: Callable[[], None],
    ) -> None:
        self._library = library
        self._door = door
        self._deliver = deliver
        self._handed = handed
        self._redraw = redraw
        self._loop = MainLoop()
        self._asked = BesideAsked()
        self._said: tuple[str, str] = ("", "")

    def view(self, unit: Unit, given: FromOffice, tongue: Tongue) -> dict[str, Any]:
        """What there is to be shown of a unit: two versions of it, what they were joined into, what was handed in."""
        two, layout = _two_of(unit, given), self._library.layout
        asked, (whose, said) = self._asked_of(two), self._said
        if two is not None and asked.found is not None and asked.chosen:
            return {"twice": None, "in_place": joined_view(asked, asked.found, tongue, layout)}
        return {
            "twice": beside_view(two, asked, tongue, layout) if two is not None else None,
            "in_place": handed_view(said) if whose == unit.key else None,
        }

    def hear(self, message: Message, unit: Unit, given: FromOffice, tongue: Tongue) -> None:
        """Do what somebody wants with the two versions; what fits neither is left alone."""
        two = _two_of(unit, given)
        asked = self._asked_of(two)
        if two is None or asked.busy:
            return
        match message:
            case messages.JoinTwo(join=""):
                self._asked = BesideAsked()
            case messages.JoinTwo(join=file, kept=True) if asked.found is not None and file in asked.found.files:
                self._choose(two, file, asked.found, tongue)
            case messages.JoinTwo(join=file, kept=False) if file in names_of(two, tongue):
                self._begin(two, file, tongue)
            case messages.PartAgain():
                self._asked = BesideAsked()
            case messages.TakeJoined() if asked.found is not None and asked.chosen:
                self._deliver(tongue("joined_take"), partial(joined_file, asked.found, self._library))
            case messages.HandInJoined() if asked.found is not None and asked.chosen:
                self._asked = evolve(asked, busy=tongue("beside_handing"), problem="")
                self._work(partial(self._hand_in, two, asked.found, unit.key, tongue), two, tongue)

    def forget(self) -> None:
        """The board is made of other books now."""
        self._asked, self._said = BesideAsked(), ("", "")

    def _asked_of(self, two: Beside | None) -> BesideAsked:
        return self._asked if two is not None and self._asked.two == two else BesideAsked()

    def _begin(self, two: Beside, file: str, tongue: Tongue) -> None:
        """Open the two and join them; where both changed the same, it is for somebody to choose."""
        self._said = ("", "")
        self._asked = BesideAsked(two, busy=tongue("twice_joining"))
        self._work(partial(self._opened, two, file, names_of(two, tongue)), two, tongue)

    def _choose(self, two: Beside, file: str, found: Joined, tongue: Tongue) -> None:
        """Keep the values of this one; nothing is opened, nor logged, once more."""
        if file == found.files[0]:
            self._asked = BesideAsked(two, found=found, chosen=True)
            return
        self._asked = BesideAsked(two, found=found, busy=tongue("twice_joining"))
        turned = Three(found.three.base, found.three.theirs, found.three.mine)
        self._work(partial(self._joined, two, turned, found.files[::-1], chosen=True), two, tongue)

    def _opened(self, two: Beside, file: str, names: tuple[str, str]) -> Callable[[], None]:
        from chibo.office.memory.beside import open_both  # noqa: PLC0415 - only with a memory

        three = open_both(self._memory(), two)
        if file == names[0]:
            return self._joined(two, three, names)
        return self._joined(two, Three(three.base, three.theirs, three.mine), names[::-1])

    def _joined(self, two: Beside, three: Three, names: tuple[str, str], *, chosen: bool = False) -> Callable[[], None]:
        """Join the two, the first one of the `names` written into; what is to be done then."""
        joined = evolve(join_two(three, self._library), files=names)

        def end() -> None:
            self._asked = BesideAsked(two, found=joined, chosen=chosen or not joined.merge.conflicts)

        return end

    def _hand_in(self, two: Beside, joined: Joined, unit: str, tongue: Tongue) -> Callable[[], None]:
        """Hand the joined book in, in a thread."""
        from chibo.office.memory.beside import hand_in_joined  # noqa: PLC0415 - only with a memory

        handing = hand_in_joined(self._memory(), two, joined.name, joined.data, joined.three.mine)
        said = handed_words(handing, two, tongue)

        def end() -> None:
            self._asked, self._said = BesideAsked(), (unit, said)
            self._handed()

        return end

    def _memory(self) -> Memory:
        memory = self._door()
        if memory is None:
            raise ChiboError("Không còn mở được văn phòng.")
        return memory

    def _work(self, do: Callable[[], Callable[[], None]], two: Beside, tongue: Tongue) -> None:
        """Do it beside the main loop; what is to be done at its end comes back from it."""

        def work() -> None:
            end: Callable[[], None] | None = None
            problem = ""
            try:
                end = do()
            except ChiboError as error:
                problem = tongue("beside_failed", why=error.words.told(tongue.language))
            finally:  # whatever happened: nothing is being worked on for ever
                self._loop.call(lambda: self._end(two, end, problem))

        thread = threading.Thread(target=work, daemon=True)
        if self._loop.runs:
            thread.start()
        else:
            thread.run()

    def _end(self, two: Beside, end: Callable[[], None] | None, problem: str) -> None:
        if self._asked.two != two:  # other books are looked at by now
            return
        if end is not None:
            end()
        else:
            self._asked = evolve(self._asked, busy="", problem=problem)
        self._redraw()


def _two_of(unit: Unit, given: FromOffice) -> Beside | None:
    return given.beside.get(unit.identity.cell_code) if unit.identity is not None else None
