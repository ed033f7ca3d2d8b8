"""Which formulas of a workbook depend on cells that change: their stored results no longer hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import product

from attrs import define, field

from chibo.workbook.intake.addresses import split_address
from chibo.workbook.patching.formula_cells import Formula, FormulaCell, UnclearFormulasError, formula_cells
from chibo.workbook.patching.package_edit import PackageEdit
from chibo.workbook.patching.references import Area, areas_of, names_in
from chibo.workbook.patching.shared_formulas import formulas
from chibo.workbook.patching.sheet_cells import SheetCells
from chibo.workbook.patching.workbook_part import defined_names
from chibo.workbook.patching.xml_bytes import attribute, element, prefix_of

Target = tuple[str, int, int]
"""Sheet, row and column."""

_WIDE = 64
"""Columns from which on an area is looked up as a whole."""


@define(eq=False)
class _Group:
    """The cells of one sheet that hold the same formula, by how far each stands from the first of them.

    `left` are those not found yet on the way from what changed: what a cell leads to is followed only once.
    """

    sheet: str
    first: tuple[int, int]
    cells: set[tuple[int, int]] = field(factory=set)
    left: set[tuple[int, int]] = field(factory=set)

    def span(self, axis: int) -> tuple[int, int]:
        """How far the cells reach downwards (0) or to the right (1)."""
        steps = [cell[axis] for cell in self.cells]
        return min(steps), max(steps)


@define(eq=False)
class _Reader:
    """What the formula of a group reads: the area as the first of its cells means it, and how far all of it reaches."""

    area: Area
    group: _Group
    rows: tuple[int, int]
    columns: tuple[int, int]
    top: int = field(init=False)
    bottom: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.top = self.area.top + self.rows[0] * self.area.moves[0]
        self.bottom = self.area.bottom + self.rows[1] * self.area.moves[2]

    def take(self, row: int, column: int) -> list[Target]:
        """The cells of the group whose formulas read this cell; they are found from then on."""
        area = self.area
        rows = _steps(row, (area.top, area.moves[0]), (area.bottom, area.moves[2]), self.rows)
        columns = _steps(column, (area.left, area.moves[1]), (area.right, area.moves[3]), self.columns)
        left = self.group.left
        if len(rows) * len(columns) < len(left):
            near = [cell for cell in product(rows, columns) if cell in left]
        else:
            near = [cell for cell in left if cell[0] in rows and cell[1] in columns]
        left.difference_update(near)
        first = self.group.first
        return [(self.group.sheet, first[0] + down, first[1] + along) for down, along in near]


def _steps(at: int, first: tuple[int, bool], last: tuple[int, bool], span: tuple[int, int]) -> range:
    """How far a formula may stand from its first cell for its area, from `first` to `last`, to reach over `at`."""
    least, most = span
    if first[1]:
        most = min(most, at - first[0])
    elif at < first[0]:
        return range(0)
    if last[1]:
        least = max(least, at - last[0])
    elif at > last[0]:
        return range(0)
    return range(least, most + 1)


@define(eq=False)
class Dependencies:
    """Which formulas of a workbook read which cells: readers by the column that they reach, wide ones apart.

    What a formula finds only while it is calculated (INDIRECT, OFFSET) cannot be told; opening in Excel calculates it.
    """

    _by_column: dict[tuple[str, int], list[_Reader]] = field(factory=dict)
    _wide: list[_Reader] = field(factory=list)
    _groups: set[_Group] = field(factory=set)

    @classmethod
    def of(cls, edit: PackageEdit) -> Dependencies:
        """Those of a workbook as it is now."""
        found = cls()
        for reader in _all_readers(edit):
            found._add(reader)
        return found

    def _add(self, reader: _Reader) -> None:
        self._groups.add(reader.group)
        area = reader.area
        first = area.left + reader.columns[0] * area.moves[1]
        last = area.right + reader.columns[1] * area.moves[3]
        if not area.sheet or last - first >= _WIDE:
            self._wide.append(reader)
            return
        for column in range(first, last + 1):
            self._by_column.setdefault((area.sheet, column), []).append(reader)

    def reached_from(self, changed: Collection[Target]) -> frozenset[Target]:
        """The cells with formulas that depend on the changed ones, straight or through others."""
        for group in self._groups:
            group.left = set(group.cells)
        waiting_readers: dict[tuple[str, int], list[_Reader]] = {}
        found: set[Target] = set()
        waiting = list(changed)
        while waiting:
            name, row, column = waiting.pop()
            sheet = name.lower()
            readers = waiting_readers.get((sheet, column))
            if readers is None:
                readers = waiting_readers[sheet, column] = self._reaching(sheet, column)
            reached = [
                target
                for reader in readers
                if reader.top <= row <= reader.bottom and reader.group.left
                for target in reader.take(row, column)
            ]
            if reached:
                found.update(reached)
                waiting += reached
                readers[:] = [reader for reader in readers if reader.group.left]
        return frozenset(found)

    def _reaching(self, sheet: str, column: int) -> list[_Reader]:
        wide = [reader for reader in self._wide if reader.area.sheet in {"", sheet}]
        return [*self._by_column.get((sheet, column), ()), *wide]


def _all_readers(edit: PackageEdit) -> Iterator[_Reader]:
    named = _named_areas(edit)
    for part in edit.package.sheets:
        groups: dict[str, tuple[_Group, str]] = {}
        for cell in _formulas(edit.read(part.part)):
            formula = cell.formula
            group, _ = groups.setdefault(formula.relative, (_Group(part.name, formula.first), formula.text))
            group.cells.add((cell.row - group.first[0], cell.column - group.first[1]))
        for group, text in groups.values():
            rows, columns = group.span(0), group.span(1)
            for area in dict.fromkeys(_areas(text, group, named)):
                yield _Reader(area, group, rows, columns)


def _areas(text: str, group: _Group, named: Mapping[str, tuple[Area, ...]]) -> Iterator[Area]:
    """What the formula reads, by addresses and by names; a name is told as it reads in cell A1."""
    yield from areas_of(text, group.sheet)
    if named:
        for name in names_in(text) & named.keys():
            yield from (area.moved(group.first[0] - 1, group.first[1] - 1) for area in named[name])


def _formulas(xml: bytes) -> Iterator[FormulaCell]:
    try:
        yield from list(formula_cells(xml))
    except UnclearFormulasError:
        for cell, text in formulas(SheetCells(xml)):
            yield FormulaCell(cell.row, cell.column, Formula(text, (cell.row, cell.column)))


def _named_areas(edit: PackageEdit) -> Mapping[str, tuple[Area, ...]]:
    """What defined names and tables stand for, by name in lower case."""
    named = {name: tuple(areas_of(text, "")) for name, text in defined_names(edit).items()}
    for sheet in edit.package.sheets:
        for relation in edit.relations(edit.name(sheet.part)):
            if relation.kind != "table" or not edit.name(relation.target):
                continue
            xml = edit.read(relation.target)
            found = element(xml, prefix_of(xml) + b"table")
            if found is None:
                continue
            first, _, last = (attribute(found.attributes, b"ref") or "").partition(":")
            corners = split_address(first), split_address(last or first)
            if corners[0] and corners[1]:
                area = Area(sheet.name.lower(), *corners[0], *corners[1])
                for key in (b"name", b"displayName"):
                    named[(attribute(found.attributes, key) or "").lower()] = (area,)
    return {name: areas for name, areas in named.items() if name and areas}
