"""Names of files as they are told: on one line, and as nothing but text."""

from __future__ import annotations

import unicodedata

_STEERING = {"Cc", "Cf", "Zl", "Zp"}
"""Unicode categories: control and formatting signs (those that turn the direction of text among them), line ends."""


def printable(name: str) -> str:
    """A name or path as it can be printed and written to a workbook: what is no letter becomes a question mark.

    That is bytes of another encoding, and signs that would steer a terminal or break its line.
    """
    if name.isprintable():  # as nearly all are
        return name
    text = name.encode("utf-8", "replace").decode("utf-8")
    return "".join("?" if unicodedata.category(sign) in _STEERING else sign for sign in text)
