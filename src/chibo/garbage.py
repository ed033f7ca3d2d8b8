"""How often Python looks for objects that only hold each other: books bring few of them, and a look costs time."""

import gc

_NEW_OBJECTS = 20_000
"""After so many it looks for them."""


def collect_seldom() -> None:
    """Let this process look for such objects seldom: commands and workers, which make many objects of books."""
    gc.set_threshold(_NEW_OBJECTS)


def collect_no_more() -> None:
    """Let this process end without a last look, which takes a tenth of a second and more: what is left goes with it."""
    gc.freeze()
