"""Every formula of a sheet: where it stands, how it reads, and its stored result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from html import unescape

from attrs import define, frozen

from chibo.workbook.intake.addresses import split_address
from chibo.workbook.patching.references import relative
from chibo.workbook.patching.xml_bytes import ATTRIBUTES, attribute, prefix_of, without_hidden_text


@define(eq=False, slots=False)
class Formula:
    """A formula that one cell holds or several share: how it reads in the first of them, at row and column `first`."""

    text: str
    first: tuple[int, int]

    @cached_property
    def relative(self) -> str:
        """How it reads wherever it stands."""
        return relative(self.text, *self.first)

    def is_same(self, other: Formula) -> bool:
        """Whether both calculate the same of their surroundings."""
        return (self.text, self.first) == (other.text, other.first) or self.relative == other.relative


@frozen
class FormulaCell:
    """A cell with a formula, and its stored result as written; a `kind` of None is a number."""

    row: int
    column: int
    formula: Formula
    kind: str | None = None
    value: bytes = b""


class UnclearFormulasError(Exception):
    """The formulas of a sheet are written in a way in which they cannot be told apart here."""


def formula_cells(xml: bytes) -> Iterator[FormulaCell]:
    """The formulas of a sheet, in the order of the file. Raises UnclearFormulasError where some cannot be found."""
    prefix = prefix_of(xml)
    if b"<" + prefix + b"f" not in xml:
        return
    searched = without_hidden_text(xml)
    whole, any_formula = _patterns(prefix)
    found = whole.findall(searched)
    if len(found) != len(any_formula.findall(searched)):
        raise UnclearFormulasError
    shared: dict[str, Formula] = {}
    for of_cell, of_formula, content, value in found:
        place = split_address(attribute(of_cell, b"r") or "")
        if place is None:
            raise UnclearFormulasError
        group = attribute(of_formula, b"si") if b"si" in of_formula else None
        formula = shared.get(group) if group is not None and not content else None
        if formula is None:
            formula = Formula(_text(content), place)
            if group is not None:
                shared[group] = formula
        yield FormulaCell(*place, formula, attribute(of_cell, b"t"), value)


def _text(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    return unescape(text) if "&" in text else text


@lru_cache(maxsize=16)
def _patterns(prefix: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """A cell that begins with its formula, and any formula."""
    p = re.escape(prefix)
    formula = rb"<" + p + rb"f(?=[\s/>])(" + ATTRIBUTES + rb")(?:/>|>([^<]*)</" + p + rb"f\s*>)"
    value = rb"(?:\s*<" + p + rb"v(?:\s[^>]*)?>([^<]*)</" + p + rb"v\s*>)?"
    cell = re.compile(rb"<" + p + rb"c(?=\s)(" + ATTRIBUTES + rb")>\s*" + formula + value)
    return cell, re.compile(rb"<" + p + rb"f[\s/>]")
