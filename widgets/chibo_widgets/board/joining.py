"""Two books of a unit: compared, joined or one of them chosen; what was decided, and what is being worked on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from attrs import evolve

from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource
from chibo.errors import ChiboError, Words
from chibo.model import CellBook, CellIdentity
from chibo.office.board.board import Unit
from chibo.office.board.files import BoardFile
from chibo.office.board.joining import InPlace, Joined, join_two, joined_file, open_two
from chibo.office.board.run import BoardRun
from chibo.office.board.twice import NotCompared, Relation, Twice, compare_twice, files_of_twice
from chibo.office.lineage.branches import Lines, lines_of, open_copy
from chibo.office.lineage.comparison import OpenBook, Three
from chibo_widgets.board import messages
from chibo_widgets.board.twice_view import Asked, comparing_view, in_place_view, not_compared_view, twice_view
from chibo_widgets.board.wording import Tongue
from chibo_widgets.main_loop import MainLoop
from chibo_widgets.office_door import Door
from chibo_widgets.seeking import FAILED, Seeking

Message = messages.CompareAgain | messages.JoinTwo | messages.UseOnly | messages.PartAgain | messages.TakeJoined


class Joining:
    """Compares and joins books in threads of its own, and remembers which book stands for which.

    `deliver` hands out a file under the name of what is being made; `settled` is called with the label of a book that
    counts from now on, so that its unit can be shown; `redraw` draws the page.
    """

    def __init__(
        self,
        run: BoardRun,
        library: Library,
        door: Door,
        *,
        deliver: Callable[[str, Callable[[], BoardFile]], None],
        settled: Callable[[str], None],
        redraw: Callable[[], None],
    ) -> None:
        self._run = run
        self._library = library
        self._door = door
        self._deliver = deliver
        self._settled = settled
        self._redraw = redraw
        self._loop = MainLoop()
        self._twice: Seeking[Twice | NotCompared | None] = Seeking(redraw)
        self._in_place: dict[str, InPlace] = {}
        self._asked = Asked()

    def view(self, unit: Unit, tongue: Tongue) -> dict[str, Any]:
        """What there is to be shown of a unit: two books of it, or the one that stands for others."""
        layout, found = self._library.layout, self._twice_of(unit)
        in_place = next(filter(None, map(self._in_place.get, unit.files)), None)
        shown: dict[str, Any] | None = None
        if files_of_twice(unit) is not None and not found:
            shown = comparing_view(tongue)
        match found:
            case (NotCompared() as why_not,):
                shown = not_compared_view(why_not, tongue)
            case (Twice() as twice,):
                shown = twice_view(twice, self._asked_of(twice), tongue, layout)
        return {"twice": shown, "in_place": in_place_view(in_place, tongue, layout) if in_place else None}

    def hear(self, message: Message, unit: Unit, tongue: Tongue) -> None:
        """Do what somebody wants with the books of a unit; what is none of them is left alone."""
        twice = next(iter(self._twice_of(unit)), None)
        match message:
            case messages.CompareAgain() if isinstance(twice, NotCompared):
                self._twice.forget()
            case messages.JoinTwo() if isinstance(twice, Twice):
                self._join(message, twice)
            case messages.UseOnly(only=file) if isinstance(twice, Twice) and file in twice.files:
                self._use_only(file, twice)
            case messages.PartAgain(part=file) if file in unit.files:
                self._part(file)
            case messages.TakeJoined(joined=file) if file in unit.files:
                one = self._in_place.get(file)
                if one is not None and one.joined is not None:
                    self._deliver(tongue("joined_take"), partial(joined_file, one.joined, self._library))

    @property
    def all_in_place(self) -> tuple[InPlace, ...]:
        """Every book that stands for others now."""
        stood_for = {other for one in self._in_place.values() for other in one.others}
        return tuple(one for one in self._in_place.values() if one.file not in stood_for)

    def forget(self) -> None:
        """All books were dropped."""
        self._twice.forget()
        self._in_place.clear()
        self._asked = Asked()

    def _twice_of(self, unit: Unit) -> tuple[Twice | NotCompared | None, ...]:
        """The unit's book beside another one of its cell; nothing while they are compared, or where there is none."""
        files = files_of_twice(unit)
        if files is None:
            return ()
        find = partial(compare_twice, files, self._run, self._library, self._known)
        return self._twice.ask(self._run.versions(files), find, NotCompared(FAILED))

    def _asked_of(self, twice: Twice) -> Asked:
        return self._asked if self._asked.files == set(twice.files) else Asked()

    def _known(self, book: CellBook) -> Lines:
        """What the office knows of the lines of a book. Raises ChiboError where the user may not see its unit's."""
        memory = self._door()
        if memory is None:
            return lines_of(self._library.office, book, ())
        from chibo.office.memory.joining import lines_in_office  # noqa: PLC0415 - only with a memory

        return lines_in_office(memory, book)

    def _join(self, message: messages.JoinTwo, twice: Twice) -> None:
        """Join the two books; where both changed the same, only once somebody has seen it and chose."""
        files = frozenset(twice.files)
        if self._asked.busy or twice.relation is not Relation.BRANCHES:
            return
        if message.join not in files:
            self._asked = Asked()
            return
        found = self._asked.found if self._asked.files == files else None
        if found is not None and message.kept and found.files[0] == message.join:
            self._take(found)
            return
        (other,) = files - {message.join}
        self._asked = Asked(files, busy=True)
        make = partial(self._joined, twice, (message.join, other), found)
        work = threading.Thread(target=self._work, args=(make, files, message.kept), daemon=True)
        if self._loop.runs:
            work.start()
        else:
            work.run()

    def _use_only(self, file: str, twice: Twice) -> None:
        """Let this one of the two books count."""
        others = tuple(other for other in twice.files if other != file)
        if len(others) == 1:
            one = self._in_place.get(file, InPlace(file=file, identity=CellIdentity.of(twice.books[0].info)))
            self._in_place[file] = evolve(one, others=(*one.others, *others))
            self._run.stand_in(file, others)
            self._settled(file)

    def _part(self, file: str) -> None:
        """Let the books count again that this one stands for."""
        gone = self._in_place.pop(file, None)
        if gone is not None:
            self._run.part(file)
            self._settled(gone.others[0])

    def _base(self, book: CellBook, name: str) -> OpenBook:
        """The common base, from the office: logged there, and only for those who may see it."""
        memory = self._door()
        if memory is None:
            return open_copy(lines_of(self._library.office, book, ()).copies[name], self._library)
        from chibo.office.memory.joining import common_base  # noqa: PLC0415 - only with a memory

        return common_base(memory, book, name)

    def _joined(self, twice: Twice, files: tuple[str, str], found: Joined | None) -> Joined:
        """The two books joined into the first of these; what was `found` of them is not opened once more."""
        if found is None:
            return join_two(open_two(files, twice.base, self._run, self._library, self._base), self._library)
        return join_two(Three(found.three.base, found.three.theirs, found.three.mine), self._library)

    def _work(self, make: Callable[[], Joined], files: frozenset[str], kept: bool) -> None:
        joined, problem = None, None
        try:
            joined = make()
        except ChiboError as error:
            problem = error.words
        finally:  # whatever happened: nothing is being worked on for ever
            self._loop.call(lambda: self._end(files, joined, problem, kept=kept))

    def _end(self, files: frozenset[str], joined: Joined | None, problem: Words | None, *, kept: bool) -> None:
        if self._asked.files != files:  # all books were dropped in the meantime
            return
        if joined is None:
            self._asked = Asked(files, problem=problem)
        elif joined.merge.conflicts and not kept:
            self._asked = Asked(files, found=joined)
        else:
            self._take(joined)
        self._redraw()

    def _take(self, joined: Joined) -> None:
        """Let the joined book count in the place of the two."""
        self._asked = Asked()
        label = self._run.add_in_place(BookSource(joined.name, joined.name, data=joined.data), joined.files)
        identity = CellIdentity.of(joined.three.mine.book.info)
        self._in_place[label] = InPlace(file=label, identity=identity, others=joined.files, joined=joined)
        self._settled(label)
