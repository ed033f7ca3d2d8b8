"""Numbers of which no format makes a day or a time: the value reader breaks over some, and guesses at others.

They are given to it as plain numbers, and what stands for no finite number as text: so a single cell is unreadable,
where something is to be read from it, and the book is read as any other.
"""

from __future__ import annotations

import re
from math import isfinite

MOST_DAYS = 999_999_999
"""No length of time has so many days."""

_CELL = re.compile(
    rb"<((?:[A-Za-z_][\w.-]*:)?)c(\s[^<>]*)>"
    rb"((?:<\1f\b[^<>]*/>|<\1f\b[^<>]*>[^<]*</\1f>)?)"
    rb"<\1v>(\s*(?:-|\+?[\d.]*[eE]|\+?\d{9}|\+?[iInN])[^<>]*)</\1v>"
)
"""A cell with a value that may be such a number: below zero, of many digits, or in words."""
_KIND = re.compile(rb"""\st=(?:"([^"<>]*)"|'([^'<>]*)')""")
_STYLE = re.compile(rb"""\ss=(?:"[^"<>]*"|'[^'<>]*')""")


def is_no_moment(serial: float) -> bool:
    """Whether a number is no day, time or length of time, however it is shown."""
    return serial < 0 or serial >= MOST_DAYS


def with_plain_numbers(xml: bytes) -> bytes:
    """A sheet whose numbers of that kind are in no format."""
    return _CELL.sub(_plain, xml)


def _plain(cell: re.Match[bytes]) -> bytes:
    prefix, attributes, formula, value = cell.groups()
    kind = _KIND.search(attributes)
    if kind is not None and (kind[1] or kind[2]) != b"n":
        return cell[0]
    try:
        number = float(value)
    except ValueError:
        return cell[0]
    if not isfinite(number):
        attributes = _KIND.sub(b"", attributes) + b' t="str"'
    elif not is_no_moment(number):
        return cell[0]
    return b"<%sc%s>%s<%sv>%s</%sv>" % (prefix, _STYLE.sub(b"", attributes), formula, prefix, value, prefix)
