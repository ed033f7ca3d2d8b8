"""Worksheets whose formulas are stored as they are given; a block of like formulas is stored once (shared formula)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xlsxwriter.utility import xl_range

from chibo.workbook.text_book import TextSheet
from chibo.workbook.writing.cells import Cached, stored_result, write_formula


class _Shared(str):
    """The formula of a block: its text in the first cell, a sign of its number in all others."""

    __slots__ = ("attributes",)
    attributes: str

    @classmethod
    def of(cls, formula: str, attributes: str) -> _Shared:
        shared = cls(formula)
        shared.attributes = attributes
        return shared


class FormulaSheet(TextSheet):
    """A worksheet whose formulas are taken as they are: none of ours uses a function younger than Excel 2010.

    The library looks through each formula for thirty younger functions, which would take most of the time.
    """

    _shared = 0

    def write_shared(self, block: tuple[int, int, int, int], formula: str, value: Callable[[int, int], Cached]) -> None:
        """Write one formula (without its `=`, as it stands in the first cell) into a block of cells.

        `block` is first row, first column, last row, last column. `value` gives the value that we computed for a cell.
        The formula may name no cell of another sheet: Excel knows no shared formulas that do; defined names may.
        """
        top, left, bottom, right = block
        if (top, left) == (bottom, right):
            write_formula(self, top, left, formula, value(top, left))
            return
        follower = _Shared.of("=", f't="shared" si="{self._shared}"')
        cell = _Shared.of(f"={formula}", f'{follower.attributes} ref="{xl_range(*block)}"')
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self.write_formula(row, column, cell, None, stored_result(value(row, column)))
                cell = follower
        self._shared += 1

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula if isinstance(formula, _Shared) else formula.removeprefix("=")

    def _xml_formula_element(self, formula: str, result: object, attributes: Sequence[tuple[str, object]] = ()) -> None:
        if not isinstance(formula, _Shared):
            super()._xml_formula_element(formula, result, attributes)
            return
        cell = "".join(f' {name}="{self._escape_attributes(value)}"' for name, value in attributes)
        text = self._escape_data(formula[1:])
        stored = f"<f {formula.attributes}>{text}</f>" if text else f"<f {formula.attributes}/>"
        self.fh.write(f"<c{cell}>{stored}<v>{self._escape_data(result)}</v></c>")
