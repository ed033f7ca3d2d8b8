"""The way from a page to the office's memory: opened when it is first needed, in the name of the local user."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from chibo.definitions.library import Library

if TYPE_CHECKING:
    from chibo.office.memory import Memory

Door = Callable[[], "Memory | None"]
"""Gives the memory of the page's office; None where the office has no register of units yet."""


def local_door(library: Library) -> Door:
    """The door of the office that the page is opened in. What it gives raises ChiboError where it cannot be opened.

    The database is not touched, nor its library loaded, before somebody asks: most pages are opened for other work.
    """
    opened: list[Memory] = []

    def memory() -> Memory | None:
        from chibo.office.memory import open_local_memory  # noqa: PLC0415 - see above
        from chibo.office.memory.remembering import has_memory  # noqa: PLC0415
        from chibo.office.memory.units import has_units  # noqa: PLC0415

        if not opened and library.office is not None and has_memory(library.office):
            opened.append(open_local_memory(library))
        return opened[0] if opened and has_units(opened[0]) else None

    return memory


def office_memory(library: Library) -> Callable[[], Memory]:
    """The memory of the office that the page is opened in, made where it has none yet: for those who set it up.

    What it gives raises ChiboError where no office is named, or its memory cannot be opened.
    """
    opened: list[Memory] = []

    def memory() -> Memory:
        from chibo.office.memory import open_local_memory  # noqa: PLC0415 - see above

        if not opened:
            opened.append(open_local_memory(library))
        return opened[0]

    return memory
