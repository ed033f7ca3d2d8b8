"""One spreadsheet cell as XML: its attributes and extensions stay, its value becomes another."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from chibo.errors import OutputError
from chibo.workbook.patching.values import CellEdit, Constant, Keep, Result, checked_text, number_text, serial, text_xml
from chibo.workbook.patching.xml_bytes import with_attribute


@lru_cache(maxsize=64)
def _parts(prefix: bytes) -> dict[str, re.Pattern[bytes]]:
    """How the value, the inline text and the formula of a cell are found."""

    def whole(tag: bytes) -> re.Pattern[bytes]:
        name = prefix + tag
        return re.compile(rb"\s*<" + name + rb"(?=[\s/>])(?:[^>]*/>|[^>]*>.*?</" + name + rb"\s*>)", re.DOTALL)

    return {"v": whole(b"v"), "is": whole(b"is"), "f": whole(b"f")}


def edited_cell(prefix: bytes, attributes: bytes, body: bytes, edit: CellEdit, is_1904: bool) -> bytes:
    """The element of a cell after an edit; `attributes` hold its address, `body` is what stood in it."""
    if edit.style is not None:
        attributes = with_attribute(attributes, b"s", str(edit.style) if edit.style else None)
    value = edit.value
    if isinstance(value, Keep):
        return _element(prefix, attributes, body)
    parts = _parts(prefix)
    body = parts["is"].sub(b"", parts["v"].sub(b"", body))
    if isinstance(value, Result):
        formula = parts["f"].search(body)
        kind, stored = _result(prefix, value)
        at = formula.end() if formula else 0
        return _element(prefix, with_attribute(attributes, b"t", kind), body[:at] + stored + body[at:])
    body = parts["f"].sub(b"", body)
    # What a dynamic array or a linked value had to say of the cell ends with them.
    for name in (b"cm", b"vm"):
        attributes = with_attribute(attributes, name, None)
    kind, stored = _constant(prefix, value, is_1904)
    return _element(prefix, with_attribute(attributes, b"t", kind), stored + body)


def _element(prefix: bytes, attributes: bytes, body: bytes) -> bytes:
    attributes = attributes.rstrip()
    if not body.strip():
        return b"<%sc%s/>" % (prefix, attributes)
    return b"<%sc%s>%s</%sc>" % (prefix, attributes, body, prefix)


def _result(prefix: bytes, result: Result) -> tuple[str | None, bytes]:
    value = result.value
    match value:
        case None:
            return None, b""
        case bool():
            return "b", _v(prefix, str(int(value)))
        case str():
            return "str", b"<%sv>%s</%sv>" % (prefix, text_xml(value), prefix)
        case _:
            return None, _v(prefix, number_text(value))


def _constant(prefix: bytes, value: Constant, is_1904: bool) -> tuple[str | None, bytes]:
    match value:
        case None | "":
            return None, b""
        case bool():
            return "b", _v(prefix, str(int(value)))
        case str():
            text = text_xml(checked_text(value))
            return "inlineStr", b'<%sis><%st xml:space="preserve">%s</%st></%sis>' % (
                prefix,
                prefix,
                text,
                prefix,
                prefix,
            )
        case date() | time():
            number = serial(value, is_1904)
            if number < 0:
                raise OutputError(
                    f"Excel không giữ được ngày {value:%d/%m/%Y}. Hãy xem lại ngày ấy.",
                    english=f"Excel cannot hold the day {value:%d/%m/%Y}. See whether that day is right.",
                )
            return None, _v(prefix, number_text(number))
        case int() | float() | Decimal() | Fraction():
            return None, _v(prefix, number_text(value))


def _v(prefix: bytes, text: str) -> bytes:
    return b"<%sv>%s</%sv>" % (prefix, text.encode("ascii"), prefix)
