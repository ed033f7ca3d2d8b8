"""Writing values into spreadsheet cells of a workbook: what else must change with them, and nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

from attrs import evolve, frozen

from chibo.model import Place
from chibo.workbook.intake.addresses import split_address
from chibo.workbook.patching.merged_cells import refuse_covered
from chibo.workbook.patching.package_edit import PackageEdit
from chibo.workbook.patching.results import Results
from chibo.workbook.patching.row_heights import with_heights
from chibo.workbook.patching.shared_formulas import formula_of, freed_for
from chibo.workbook.patching.sheet_cells import Address, SheetCells, with_cells
from chibo.workbook.patching.stale import Dependencies, Target
from chibo.workbook.patching.styles import Shows, StyleTable
from chibo.workbook.patching.tables import widen_tables
from chibo.workbook.patching.values import CellEdit, Keep, Result, Value
from chibo.workbook.patching.workbook_part import calculate_on_opening, drop_calculation_chain

Edits = Mapping[str, Mapping[Address, CellEdit]]
"""By sheet, row and column, what becomes of the cells."""


@frozen
class Written:
    """What writing came to: the formulas whose stored results were taken out because nobody here can know them."""

    without_result: frozenset[Target] = frozenset()


def edits_of(values: Mapping[Place, Value]) -> dict[str, dict[Address, CellEdit]]:
    """Edits from values by their places; a place without the address of one cell is passed over."""
    edits: dict[str, dict[Address, CellEdit]] = {}
    for place, value in values.items():
        address = split_address(place.address)
        if address is not None:
            edits.setdefault(place.sheet, {})[address] = CellEdit(value)
    return edits


def write_cells(edit: PackageEdit, edits: Edits, results: Results | None = None) -> Written:
    """Write values into cells; each keeps its style, but for a day in a cell that shows none.

    `results` are the results of formulas that change by it, as far as somebody knows them. Where nobody does, the
    stored result of a formula that depends on the cells is taken out, and the workbook is calculated when it is opened.
    Raises OutputError for what no cell can hold.
    """
    changed = {
        (sheet, row, column)
        for sheet, cells in edits.items()
        for (row, column), one in cells.items()
        if not isinstance(one.value, Keep | Result)
    }
    unknown = _unknown(edit, changed, results)
    known = results.known if results else {}
    stored: dict[str, dict[Address, CellEdit]] = {}
    for sheet, row, column in (unknown | known.keys()) - changed:
        target = (sheet, row, column)
        stored.setdefault(sheet, {})[row, column] = CellEdit(Result(None if target in unknown else known[target]))
    heights = results.heights if results else {}
    lost = []
    for sheet in {**stored, **edits}:
        here = {**stored.get(sheet, {}), **edits.get(sheet, {})}
        lost.append(_write_sheet(edit, sheet, here, heights.get(sheet, {})))
    if any(lost):
        drop_calculation_chain(edit)
    if unknown:
        calculate_on_opening(edit)
    return Written(unknown)


def _unknown(edit: PackageEdit, changed: set[Target], results: Results | None) -> frozenset[Target]:
    """The formulas that depend on what changes and whose results nobody knows."""
    if not changed or (results is not None and not results.of_others):
        return frozenset()
    dependencies = Dependencies.of(edit)
    touched = dependencies.reached_from(changed) - changed
    if results is None:
        return touched
    unsure = results.of_others & touched
    return touched & (unsure | dependencies.reached_from(unsure)) if unsure else frozenset()


def _write_sheet(edit: PackageEdit, sheet: str, edits: Mapping[Address, CellEdit], heights: Mapping[int, str]) -> bool:
    """Write into one sheet, and let the rows have the height that they need; whether a formula was overwritten."""
    part = edit.sheet_part(sheet)
    original = SheetCells(edit.read(part))
    overwritten = {address for address, one in edits.items() if not isinstance(one.value, Keep | Result)}
    refuse_covered(original, sheet, {address for address in overwritten if edits[address].value not in {None, ""}})
    cells = freed_for(original, overwritten)
    lost = _holds_formula(cells, overwritten)
    written = with_cells(cells, _styled(edit, cells, edits), edit.package.is_1904)
    edit.write(part, with_heights(written, {row: heights[row] for row, _ in edits if row in heights}))
    if overwritten:
        widen_tables(edit, part, overwritten)
    return lost


def _holds_formula(sheet: SheetCells, addresses: set[Address]) -> bool:
    if b"<" + sheet.prefix + b"f" not in sheet.xml:
        return False
    return any(formula_of(cell, sheet.prefix) for cell in sheet.find(addresses).values())


def _styled(edit: PackageEdit, sheet: SheetCells, edits: Mapping[Address, CellEdit]) -> dict[Address, CellEdit]:
    """The edits, with another style where the cell's own would show the value as something else."""
    wanted = {
        address
        for address, one in edits.items()
        if isinstance(one.value, int | float | Decimal | Fraction | date | time)
    }
    part = edit.related(edit.workbook, "styles")
    if not wanted or not part:
        return {address: _as_text(one) for address, one in edits.items()}
    table = StyleTable(edit.read(part))
    before = {address: cell.style for address, cell in sheet.find(wanted).items()}
    styled = dict(edits)
    shown: dict[int, Shows] = {}
    for address in wanted:
        one = edits[address]
        style = before.get(address, 0) if one.style is None else one.style
        shows = shown.get(style) or shown.setdefault(style, table.shows(style))
        styled[address] = _fitting(one, style, shows, table)
    edit.write(part, table.xml)
    return styled


def _as_text(one: CellEdit) -> CellEdit:
    """A workbook without styles shows no days: they are written as people write them."""
    match one.value:
        case date():
            return evolve(one, value=f"{one.value:%d/%m/%Y}")
        case time():
            return evolve(one, value=f"{one.value:%H:%M}")
        case _:
            return one


def _fitting(one: CellEdit, style: int, shows: Shows, table: StyleTable) -> CellEdit:
    match one.value:
        case bool():
            return one
        case date() if shows is not Shows.DATE:
            return evolve(one, style=table.for_day(style))
        case time() if shows is not Shows.DATE:
            return evolve(one, style=table.for_time(style))
        case int() | float() | Decimal() | Fraction() if shows is Shows.DATE:
            return evolve(one, style=table.for_number(style))
        case _:
            return one
