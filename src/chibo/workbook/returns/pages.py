"""Where the pages of a return end: a group's heading keeps its first row, the signatures keep the last rows.

The sheet is printed one page wide, so its scale follows from the widths of its columns, and what fits on a page from
that scale. Breaks are set a little early: a page that is broken by the program before a break of ours looks worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from chibo.definitions.returns.definition import Print, ReturnDefinition

_POINTS_PER_MM = 72 / 25.4
_SHORT_MM, _LONG_MM = 210.0, 297.0
"""A4."""
_DIGIT = 2 / 3
"""Pixels of a digit per point of Times New Roman, by which widths of columns are counted."""
_PADDING_PIXELS = 5
_POINTS_PER_PIXEL = 0.75
_SURE = 0.97
"""How much of a page is filled: programs measure columns a little differently."""
_READABLE = 9.0
"""Points of the smallest letters that a paper is shrunk to, so as to save a page."""
_MOST_BREAKS = 1023
"""Breaks that Excel allows on a sheet."""


@frozen
class Strip:
    """One row of the sheet: its height in points, and whether it must stand on the page of the next one."""

    height: float
    keeps_next: bool = False


@frozen
class Pages:
    """How a sheet falls into pages: the rows (from 0) that begin a new one; or all of it on one page."""

    breaks: tuple[int, ...] = ()
    one_page: bool = False


def pages_of(definition: ReturnDefinition, strips: Sequence[Strip], repeated: float) -> Pages:
    """The pages of a sheet with these rows. `repeated` is the height of the heading rows that stand on every page."""
    setup = definition.print
    scale = _scale(definition)
    whole = _height(setup) * _SURE
    total = sum(strip.height for strip in strips)
    smallest = min(scale, _READABLE / setup.size)
    if total * smallest <= whole:
        return Pages(one_page=True)
    room = whole / scale
    # Headings that leave next to nothing of a page for rows are the definition's own trouble.
    later = max(room - repeated, room / 4)
    breaks = tuple(_breaks(strips, room, later))
    return Pages(breaks[-_MOST_BREAKS:])


def _scale(definition: ReturnDefinition) -> float:
    """How much the sheet is shrunk to become one page wide; never enlarged."""
    setup = definition.print
    digit = round(setup.size * _DIGIT)
    pixels = sum(column.width * digit + _PADDING_PIXELS for column in definition.columns)
    across = _SHORT_MM if setup.orientation == "portrait" else _LONG_MM
    return min(1.0, (across - setup.left - setup.right) * _POINTS_PER_MM / (pixels * _POINTS_PER_PIXEL))


def _height(setup: Print) -> float:
    """The height of what can be printed on a page, in points."""
    down = _LONG_MM if setup.orientation == "portrait" else _SHORT_MM
    return (down - setup.top - setup.bottom) * _POINTS_PER_MM


def _breaks(strips: Sequence[Strip], first: float, later: float) -> Iterable[int]:
    """The rows before which pages end, rows that belong together moving to the next page together."""
    left, room = first, first
    for start, height in _blocks(strips):
        # A block longer than a page is broken by the program where it likes.
        if height > left and left < room:
            yield start
            left = room = later
        left -= height
        while left < 0:
            left += later
            room = later


def _blocks(strips: Sequence[Strip]) -> Iterable[tuple[int, float]]:
    """The first row and the height of each run of rows that belong together."""
    start, height = 0, 0.0
    for row, strip in enumerate(strips):
        height += strip.height
        if not strip.keeps_next:
            yield start, height
            start, height = row + 1, 0.0
    if start < len(strips):
        yield start, height
