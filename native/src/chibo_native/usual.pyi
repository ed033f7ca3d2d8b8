from collections.abc import Callable
from typing import Any

class Common:
    def __init__(
        self,
        strings: list[str],
        formats: bytes,
        unescape: Callable[[str], str | None],
        moment_of: Callable[[float, int, bool], Any],
        *,
        is_1904: bool,
        characters: int,
        cells: int,
        area: int,
    ) -> None: ...

class SheetCells:
    rows: dict[int, Any]
    texts: list[str]
    broken: dict[tuple[int, int], tuple[bool, bytes, bytes]]
    hidden_rows: set[int]
    cells: int
    values: int
    errors: int
    def formulas(self) -> list[tuple[int, int]]: ...

def sheet_cells(xml: bytes, begin: int, end: int, common: Common) -> SheetCells | None: ...
def shared_texts(xml: bytes, begin: int, unescape: Callable[[str], str | None]) -> list[str] | None: ...
def is_sound(xml: bytes, unescape: Callable[[str], str | None]) -> bool: ...
