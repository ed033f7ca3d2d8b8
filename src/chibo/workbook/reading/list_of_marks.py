"""Text that people typed on the list of marks of a returned workbook: nothing reads it, and it goes with the list."""

from __future__ import annotations

from chibo.findings import Finding
from chibo.workbook.reading import kinds
from chibo.workbook.reading.opening import OpenBook

INDEX_SHEET = "Lỗi cần sửa"
"""The sheet with the list of what is to be mended."""
MEMORY_SHEET = "_chibo_marks"
"""Very hidden beside it: which cells were marked, and what they looked like before."""


def typed_on_list_findings(data: bytes, opened: OpenBook, file: str) -> list[Finding]:
    """A finding for each cell of the list that is none of ours; none for a sheet of somebody's own of that name."""
    if not any(part.name == MEMORY_SHEET or part.name.startswith(INDEX_SHEET) for part in opened.sheets):
        return []
    from chibo.workbook.marking import typed_on_list  # noqa: PLC0415 - brings what writes with it

    return [kinds.TYPED_ON_LIST.at(place, seen=text) for place, text in typed_on_list(data, file)]
