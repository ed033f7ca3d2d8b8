"""How often Python looks for objects that only hold each other: books bring few of them, and a look costs time."""

import gc

_NEW_OBJECTS = 20_000
"""After so many it looks for them."""


def collect_nothing_yet() -> None:
    """Let this process load its modules without a look: nearly all that they make stays. `collect_seldom` ends that."""
    gc.disable()


def collect_seldom() -> None:
    """Let this process look seldom from now on, at what it makes of books, and never at what it has by now."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)
    gc.enable()


def collects_nothing_yet() -> bool:
    """Whether this process looks for nothing until it has loaded what it needs."""
    return not gc.isenabled()


def collect_no_more() -> None:
    """Let this process end without a last look, which takes a tenth of a second and more: what is left goes with it."""
    gc.freeze()
