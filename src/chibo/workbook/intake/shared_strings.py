"""The texts that the sheets of a workbook share: how many there are, and none longer than a cell may hold."""

from __future__ import annotations

import re
from xml.parsers import expat

from chibo.definitions.intake_limits import SheetLimits
from chibo.workbook.intake import kinds
from chibo.workbook.intake.refusal import RefusedError

_ITEM = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?si[ >/\r\n\t]")
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?sst\b[^>]*>")
_CLAIM = re.compile(rb"""\s(?:count|uniqueCount)\s*=\s*(?:"[^"]*"|'[^']*')""")


def count_strings(xml: bytes, part: str, limits: SheetLimits) -> int:
    """How many texts there are; RefusedError where there are too many, or one is too long."""
    count = items_in(xml)
    refuse_much_text(count, xml, part, limits)
    return count


def refuse_much_text(count: int, xml: bytes, part: str, limits: SheetLimits) -> None:
    """RefusedError where so many texts are too many, or one is too long."""
    if count > limits.shared_strings:
        raise RefusedError(kinds.SHEET_TOO_BIG, part=part, seen=count, limit=limits.shared_strings)
    if has_long_text(xml, limits.characters):
        longest = max(map(len, string_texts(xml, part)), default=0)
        if longest > limits.characters:
            raise RefusedError(kinds.CELL_TOO_LONG, part=part, seen=longest, limit=limits.characters)


def has_long_text(xml: bytes, most: int) -> bool:
    """Whether some text may be longer than `most`: then a stretch of half that length holds no tag."""
    step = most // 2
    return any(xml.find(b"<", start, start + step) < 0 for start in range(0, len(xml) - step, step))


def items_in(xml: bytes) -> int:
    """How many elements `si` begin; most often each is written in one way."""
    usual = xml.count(b"<si>")
    return usual if usual == xml.count(b"<si") and b":si" not in xml else len(_ITEM.findall(xml))


def without_claims(xml: bytes) -> bytes:
    """The part without the counts in its head: a reader makes room for as many texts as they claim."""
    root = _ROOT.search(xml, 0, 4096)
    if root is None or not _CLAIM.search(root[0]):
        return xml
    return xml[: root.start()] + _CLAIM.sub(b"", root[0]) + xml[root.end() :]


def string_texts(xml: bytes, part: str) -> list[str]:
    """Every text in order, without its phonetic reading."""
    texts: list[str] = []
    pieces: list[str] | None = None
    skipping = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal pieces, skipping
        local = name.rpartition(":")[2]
        if local == "si":
            pieces = []
        elif local == "rPh":
            skipping += 1

    def end(name: str) -> None:
        nonlocal pieces, skipping
        local = name.rpartition(":")[2]
        if local == "si":
            texts.append("".join(pieces or ()))
            pieces = None
        elif local == "rPh":
            skipping -= 1

    def characters(text: str) -> None:
        if pieces is not None and not skipping:
            pieces.append(text)

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise RefusedError(kinds.XML_BROKEN, part=part, seen=f"dòng {error.lineno}") from None
    return texts
