"""Cell styles: what kind of value a style shows, and styles that differ from another in one thing only."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from functools import cached_property

from attrs import define, field

from chibo.errors import OutputError
from chibo.workbook.patching.xml_bytes import (
    Element,
    attribute,
    element,
    elements,
    escaped,
    prefix_of,
    spliced,
    with_attribute,
)

_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_BUILT_IN_PERCENT = {9, 10}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DAY_FORMAT = "dd/mm/yyyy"
_TIME_FORMAT_ID = 20
_FIRST_OWN_FORMAT = 164


class Shows(StrEnum):
    """What a number format makes of a number."""

    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"


@define(eq=False, slots=False)
class StyleTable:
    """The part of the styles; new styles are put behind those that are there, so that no index changes."""

    xml: bytes
    _made: dict[tuple[int, str], int] = field(factory=dict)
    _listed: dict[bytes, list[bytes]] = field(factory=dict)
    """The items of the lists that were asked for, until the part changes: thousands of cells ask for them."""

    @cached_property
    def prefix(self) -> bytes:
        """The namespace prefix of the part's elements."""
        return prefix_of(self.xml)

    def _list(self, name: bytes) -> Element | None:
        return element(self.xml, self.prefix + name)

    def _items(self, list_name: bytes, tag: bytes) -> list[bytes]:
        if list_name not in self._listed:
            found = self._list(list_name)
            spans = elements(self.xml, self.prefix + tag, found.inner_start, found.inner_end) if found else ()
            self._listed[list_name] = [self.xml[one.start : one.end] for one in spans]
        return self._listed[list_name]

    def _change(self, xml: bytes) -> None:
        self.xml = xml
        self._listed.clear()

    @property
    def cell_styles(self) -> list[bytes]:
        """The elements of cellXfs, by the index that cells name."""
        return self._items(b"cellXfs", b"xf")

    @property
    def fills(self) -> list[bytes]:
        """The elements of the fills, by index."""
        return self._items(b"fills", b"fill")

    def attribute(self, style: int, name: bytes) -> str:
        """An attribute of a style, "" where it has none."""
        styles = self.cell_styles
        if not 0 <= style < len(styles):
            return ""
        return attribute(styles[style].partition(b">")[0] + b" ", name) or ""

    def fill_of(self, style: int) -> bytes:
        """The fill of a style as an element, b"" for none."""
        number = self.attribute(style, b"fillId")
        fills = self.fills
        return fills[int(number)] if number.isdecimal() and 0 < int(number) < len(fills) else b""

    def differ_in_fill(self, one: int, other: int) -> bool:
        """Whether two styles are the same but for their fill."""
        styles = self.cell_styles
        if not (0 <= one < len(styles) and 0 <= other < len(styles)):
            return False

        def rest(xf: bytes) -> bytes:
            return _with(_with(xf, b"fillId", None), b"applyFill", None)

        return rest(styles[one]) == rest(styles[other])

    def shows(self, style: int) -> Shows:
        """What a style makes of a number."""
        number = self.attribute(style, b"numFmtId")
        identifier = int(number) if number.isdecimal() else 0
        if identifier in _BUILT_IN_PERCENT:
            return Shows.PERCENT
        if identifier in _BUILT_IN_DATES:
            return Shows.DATE
        code = self._own_formats().get(identifier, "")
        plain = _LITERAL.sub("", code)
        if _ELAPSED.search(code) or re.search(r"[dmyhs]", plain.partition(";")[0], re.IGNORECASE):
            return Shows.DATE if "general" not in plain.lower() else Shows.NUMBER
        return Shows.PERCENT if "%" in plain else Shows.NUMBER

    def _own_formats(self) -> dict[int, str]:
        found = {}
        for item in self._items(b"numFmts", b"numFmt"):
            number, code = attribute(item, b"numFmtId"), attribute(item, b"formatCode")
            if number and number.isdecimal():
                found[int(number)] = code or ""
        return found

    # ── new styles ────────────────────────────────────────────────────────────────────────────────────────────────

    def for_day(self, style: int) -> int:
        """A style like this one that shows a number as a day."""
        return self._like(style, "day", lambda xf: self._formatted(xf, self._format_of(_DAY_FORMAT)))

    def for_time(self, style: int) -> int:
        """A style like this one that shows a number as a time of day."""
        return self._like(style, "time", lambda xf: self._formatted(xf, _TIME_FORMAT_ID))

    def for_number(self, style: int) -> int:
        """A style like this one that shows a number as it is."""
        return self._like(style, "number", lambda xf: self._formatted(xf, 0))

    def filled(self, style: int, fill: bytes) -> int:
        """A style like this one with another fill, b"" for none."""

        def change(xf: bytes) -> bytes:
            number = self.fill_number(fill)
            return _with(_with(xf, b"fillId", str(number)), b"applyFill", "1")

        return self._like(style, f"fill {fill!r}", change)

    def style(self, xf: bytes) -> int:
        """A style of its own, written with `~` for the prefix."""
        return self._own(b"cellXfs", b"xf", xf)

    def font(self, font: bytes) -> int:
        """A font, written with `~` for the prefix."""
        return self._own(b"fonts", b"font", font)

    def border(self, border: bytes) -> int:
        """A border, written with `~` for the prefix."""
        return self._own(b"borders", b"border", border)

    def _own(self, list_name: bytes, tag: bytes, item: bytes) -> int:
        item = item.replace(b"~", self.prefix)
        known = self._items(list_name, tag)
        return known.index(item) if item in known else self._append(list_name, item, len(known))

    def _like(self, style: int, what: str, change: Callable[[bytes], bytes]) -> int:
        known = self._made.get((style, what))
        if known is None:
            styles = self.cell_styles
            base = styles[style] if 0 <= style < len(styles) else b"<%sxf/>" % self.prefix
            wanted = change(base)
            styles = self.cell_styles
            known = styles.index(wanted) if wanted in styles else self._append(b"cellXfs", wanted, len(styles))
            self._made[style, what] = known
        return known

    def _formatted(self, xf: bytes, number: int) -> bytes:
        return _with(_with(xf, b"numFmtId", str(number)), b"applyNumberFormat", "1")

    def _format_of(self, code: str) -> int:
        own = self._own_formats()
        for number, known in own.items():
            if known.lower() == code:
                return number
        number = max((*own, _FIRST_OWN_FORMAT - 1)) + 1
        item = b'<%snumFmt numFmtId="%d" formatCode="%s"/>' % (self.prefix, number, escaped(code, quote=True))
        if own:
            self._append(b"numFmts", item, len(own))
        else:  # the list may stand there all the same, with nothing in it
            root, listed = element(self.xml, self.prefix + b"styleSheet"), self._list(b"numFmts")
            at = root.inner_start if root else 0
            start, end = (listed.start, listed.end) if listed else (at, at)
            tag = self.prefix + b"numFmts"
            self._change(self.xml[:start] + b'<%s count="1">%s</%s>' % (tag, item, tag) + self.xml[end:])
        return number

    def fill_number(self, fill: bytes) -> int:
        """The number of a fill, which is added where the workbook has it not; 0 for none."""
        if not fill:
            return 0
        fills = self.fills
        return fills.index(fill) if fill in fills else self._append(b"fills", fill, len(fills))

    def _append(self, list_name: bytes, item: bytes, count: int) -> int:
        """Put an item at the end of a list; its index. Raises OutputError for a list that is not as Excel writes it.

        Any other answer would be the style of number 0, by which a day shows as a number.
        """
        found = self._list(list_name)
        if found is None or not count:
            raise OutputError(
                "Bảng kiểu ô trong tệp không đúng dạng. Hãy mở tệp bằng Excel, lưu lại rồi thử lại.",
                english="The table of styles in the file has not the right form. Open the file in Excel, save it and "
                "try again.",
            )
        start = found.start + len(b"<" + self.prefix + list_name)
        attributes = with_attribute(found.attributes, b"count", str(count + 1))
        pieces = [(start, start + len(found.attributes), attributes), (found.inner_end, found.inner_end, item)]
        self._change(spliced(self.xml, pieces))
        return count


def _with(xf: bytes, name: bytes, value: str | None) -> bytes:
    """An element with one attribute of its opening tag set."""
    head, close, rest = xf.partition(b">")
    slash = b"/" if head.endswith(b"/") else b""
    tag, space, attributes = head.removesuffix(b"/").partition(b" ")
    return tag + with_attribute(space + attributes, name, value) + slash + close + rest
