"""What stands in a workbook and could not be read. It is unknown, not missing: no check builds on its emptiness."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import Factory, frozen

from chibo.findings import Finding
from chibo.model import MeetingCode, Place


@frozen
class Unread:
    """Cells, rows and headings that the reader could not make out; it told of each of them."""

    cells: frozenset[Place] = frozenset()
    rows: Mapping[str, frozenset[MeetingCode | None]] = Factory(dict)
    """By the layout's code of the sheet, the meetings that such rows are about; None for one that names none."""
    headings: frozenset[str] = frozenset()
    """The layout's codes of the grids with a column whose heading could not be made out."""

    def __bool__(self) -> bool:
        return bool(self.cells or self.rows or self.headings)

    def founds(self, finding: Finding) -> bool:
        """Whether a finding of the checks points at such a cell: they know nothing of it but that it has no value."""
        return finding.place in self.cells or any(place in self.cells for place in finding.other_places)


NOTHING_UNREAD = Unread()
