from collections.abc import Callable
from typing import Any

class SheetCells:
    rows: dict[int, list[Any]]
    broken: dict[tuple[int, int], tuple[bool, bytes, bytes]]
    hidden_rows: set[int]
    formulas: list[tuple[int, int]]
    moments: list[tuple[int, int, float, int]]
    cells: int
    values: int
    errors: int

def sheet_cells(
    xml: bytes,
    begin: int,
    end: int,
    strings: list[str],
    formats: bytes,
    unescape: Callable[[str], str | None],
    *,
    characters: int,
    cells: int,
    area: int,
) -> SheetCells | None: ...
def shared_texts(xml: bytes, begin: int, unescape: Callable[[str], str | None]) -> list[str] | None: ...
