"""The elements right under the root of a part, and where a new one goes among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chibo.errors import OutputError
from chibo.workbook.patching.xml_bytes import ATTRIBUTES, without_hidden_text

_TAG = re.compile(rb"<(/?)(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>])" + ATTRIBUTES + rb"(/?)>")


def place_before(xml: bytes, followers: tuple[bytes, ...]) -> int:
    """Where an element goes that stands before these: at the first of them, else at the end of the root."""
    end = 0
    for name, start in _children(xml):
        if name in followers:
            return start
        end = start
    if not end:
        raise OutputError(
            "Một phần của tệp không đúng dạng. Hãy mở tệp bằng Excel, lưu lại rồi thử lại.",
            english="A part of the file has not the right form. Open the file in Excel, save it and try again.",
        )
    return end


def _children(xml: bytes) -> Iterator[tuple[bytes, int]]:
    """Name and start of each child of the root, and of the root's end. The rows of a sheet are passed over at once."""
    searched = without_hidden_text(xml)
    depth, at = 0, 0
    while found := _TAG.search(searched, at):
        at = found.end()
        if found[1]:
            depth -= 1
            if depth == 0:
                yield b"/", found.start()
            continue
        if depth == 1:
            yield found[2], found.start()
            if found[2] == b"sheetData" and not found[3]:
                at = searched.rfind(b"sheetData>") + len(b"sheetData>")
                continue
        depth += not found[3]
