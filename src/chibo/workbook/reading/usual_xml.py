"""XML in the usual form: how a part begins, and what references stand for."""

from __future__ import annotations

import re

USUAL_HEAD = re.compile(
    rb"""(?:\xef\xbb\xbf)?<(?:\?xml version="1\.0"(?: encoding="(?i:utf-8)")?(?: standalone="(?:yes|no)")? ?\?>|[^?])"""
)
"""A part that says to be in UTF-8, or nothing about it."""
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));|&")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def resolved(text: str) -> str | None:
    """A text with its references resolved, None where one of them is unknown."""
    try:
        return _REFERENCE.sub(_character, text)
    except LookupError:
        return None


def _character(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return _NAMED[name]
    if not (decimal or hexadecimal):
        raise LookupError
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        raise LookupError
    return chr(code)
