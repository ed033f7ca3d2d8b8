"""A file that cannot be read: intake and reader stop by raising a RefusedError, which becomes one finding."""

from __future__ import annotations

from chibo.findings import Finding, FindingKind
from chibo.model import Place, column_letters

_WHOLE_BOOK = "xl/workbook.xml"
"""The part to name where the book as a whole could not be opened."""


class RefusedError(Exception):
    """Inside intake and reader only: the file is refused, and this is why.

    `sheet` and `part` say where in the package, `cell` (row, column) where on the sheet; `seen` is what was found and
    `limit` what may be at most.
    """

    def __init__(
        self,
        kind: FindingKind,
        *,
        sheet: str = "",
        part: str = "",
        cell: tuple[int, int] | None = None,
        seen: object = "",
        limit: object = "",
    ) -> None:
        self.kind = kind
        self.sheet = sheet
        self.part = part
        self.address = f"{column_letters(cell[1])}{cell[0]}" if cell else ""
        self.seen = str(seen)
        self.limit = str(limit)
        super().__init__(f"{kind.code} {sheet or part} {seen}")

    def finding(self, file: str) -> Finding:
        """The finding that refuses the whole file."""
        place = Place(file, self.sheet, self.address)
        part = self.part or self.sheet or _WHOLE_BOOK
        return self.kind.at(place, seen=self.seen, expected=self.limit, of_book=True, part=part)
