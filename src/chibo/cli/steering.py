"""Text from files that is printed must not steer the terminal: it could wipe, colour or forge what is said there."""

from __future__ import annotations

import re

_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"  # control signs, but for the tab and the end of a line
    r"|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"  # those that turn or break a line
)


def unsteered(text: str) -> str:
    """The text with a question mark for every sign that would steer the terminal."""
    return _STEERING.sub("?", text)
