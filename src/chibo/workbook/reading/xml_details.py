"""What an .xlsx keeps of a cell besides its value: asked of few cells, so answered from the XML when it comes up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from xml.etree import ElementTree

from attrs import define, frozen

from chibo.legacy_text import Run
from chibo.model import column_letters
from chibo.workbook.intake.addresses import column_number
from chibo.workbook.intake.package import Package

_PERCENT_FORMATS = {9, 10}
"""The built-in formats 0% and 0.00%."""

_FORMULA = rb"""<(?:[\w.-]++:)?+c\b(?>[^>]*?\br=["'])([A-Z]++)(\d++)["'][^>]*+><(?:[\w.-]++:)?+f\b"""
_CELL_START = rb"""<(?:[\w.-]+:)?c\b[^>]*\br=["']"""
_CELL_END = rb"""["'](?:[^>]*/>|[^>]*>.*?</(?:[\w.-]+:)?c>)"""
_STYLED = re.compile(rb"""<(?:[\w.-]+:)?c\b(?=[^>]*?\br=["']([A-Z]+\d+)["'])(?=[^>]*?\bs=["'](\d+)["'])""")


@define(eq=False)
class XmlDetails:
    """The XML behind one sheet of a package."""

    package: Package
    part: str
    formulas: Callable[[], Sequence[tuple[int, int]]] | None = None
    """Gives the places (row, column) of all cells with a formula, where they are known already."""
    _xml: bytes = b""
    _styles: _Styles | None = None
    _style_of: dict[str, int] | None = None

    @property
    def is_1904(self) -> bool:
        """Whether dates count from 1904."""
        return self.package.is_1904

    def formula_cells(self) -> frozenset[tuple[int, int]]:
        """The places (row, column) of all cells that hold a formula."""
        if self.formulas is not None:
            return frozenset(self.formulas())
        found = re.findall(_FORMULA, self._content())
        return frozenset((int(row), column_number(letters.decode("ascii"))) for letters, row in found)

    def stored_number(self, row: int, column: int) -> float | None:
        """The number a cell stores, whatever its format makes of it."""
        content = self._cell(row, column)
        found = re.search(rb"<(?:[\w.-]+:)?v>\s*([-+0-9.eE]+)\s*<", content)
        try:
            return float(found[1]) if found else None
        except ValueError:
            return None

    def is_percent(self, row: int, column: int) -> bool:
        """Whether a cell is formatted as a percentage: then 95% is stored as 0.95."""
        found = re.match(rb"""<[^>]*\bs=["'](\d+)["']""", self._cell(row, column))
        return found is not None and int(found[1]) in self._all_styles().percent

    def percents(self, places: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        """Of these places those that are formatted as a percentage, by one pass over the XML."""
        asked = list(places)
        percent = self._all_styles().percent if asked else ()
        return frozenset(place for place in asked if self._style_at(*place) in percent) if percent else frozenset()

    def runs(self, row: int, column: int, text: str) -> tuple[Run, ...]:
        """The text of a cell in one run, in the font of the cell."""
        style = self._style_at(row, column)
        fonts = self._all_styles().fonts
        return (Run(text, fonts[style] if style < len(fonts) else ""),)

    def _style_at(self, row: int, column: int) -> int:
        if self._style_of is None:
            found = _STYLED.findall(self._content())
            self._style_of = {reference.decode("ascii"): int(style) for reference, style in found}
        return self._style_of.get(f"{column_letters(column)}{row}", 0)

    def _cell(self, row: int, column: int) -> bytes:
        reference = f"{column_letters(column)}{row}".encode("ascii")
        found = re.search(_CELL_START + reference + _CELL_END, self._content(), re.DOTALL)
        return found[0] if found else b""

    def _content(self) -> bytes:
        if not self._xml:
            self._xml = self.package.parts.read(self.part)
        return self._xml

    def _all_styles(self) -> _Styles:
        if self._styles is None:
            styles = self.package.styles
            self._styles = self.package.parts.gather(styles, _styles_in) if styles else _Styles()
        return self._styles


@frozen
class _Styles:
    """Of the cell formats, by their numbers: which show a percentage, and the names of their fonts."""

    percent: frozenset[int] = frozenset()
    fonts: tuple[str, ...] = ()


def _styles_in(styles: ElementTree.Element, _part: str) -> _Styles:
    percent = set(_PERCENT_FORMATS)
    names: list[str] = []
    formats: list[tuple[int, int]] = []
    for element in styles:
        tag = element.tag.rpartition("}")[2]
        if tag == "numFmts":
            percent |= {int(f.get("numFmtId", "-1")) for f in element if "%" in f.get("formatCode", "")}
        elif tag == "fonts":
            names = [next((e.get("val", "") for e in font if e.tag.endswith("}name")), "") for font in element]
        elif tag == "cellXfs":
            formats = [(int(xf.get("numFmtId", "0")), int(xf.get("fontId", "0"))) for xf in element]
    return _Styles(
        frozenset(index for index, (number_format, _) in enumerate(formats) if number_format in percent),
        tuple(names[font] if font < len(names) else "" for _, font in formats),
    )
