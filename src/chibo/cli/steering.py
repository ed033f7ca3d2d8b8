"""Text from files that is printed must not steer the terminal: it could wipe, colour or forge what is said there."""

from __future__ import annotations

import re

from chibo.file_names import printable

_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"  # control signs, but for the tab and the end of a line
    r"|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"  # those that turn or break a line
)
_LINE_BREAKING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Control signs, tab and line break among them, and Unicode's own ends of lines."""
_NOT_SHOWN = re.compile(f"{_LINE_BREAKING.pattern}|{_STEERING.pattern}")


def unsteered(text: str) -> str:
    """The text with a question mark for every sign that would steer the terminal."""
    return _STEERING.sub("?", text)


def breaks_its_line(text: str) -> bool:
    """Whether the text holds a control sign or an end of a line."""
    return _LINE_BREAKING.search(text) is not None


def spelled_out(text: str) -> str:
    """The text on one line: the code, such as `[U+000A]`, of every sign that would break it or steer the terminal."""
    return printable(_NOT_SHOWN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text))
