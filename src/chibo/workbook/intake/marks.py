"""What the XML of a sheet tells besides its values: counts, cells without a value, merged and hidden parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import Factory, field, frozen


@frozen
class BrokenCell:
    """A cell that holds something, but no value: an error, or a formula that was never calculated."""

    error: str = ""
    formula: str = ""
    is_doubtful: bool = False
    """The formula shows a 0 that may stand for an empty text: its result is not known, though it may have been made."""

    def __str__(self) -> str:
        return self.error or f"={self.formula}"


@frozen
class Merge:
    """A merged range, 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@frozen
class SheetCounts:
    """How many cells of a sheet hold a value, an error (such as #REF!), and a formula without a stored value."""

    values: int = 0
    errors: int = 0
    valueless: int = 0


@frozen
class SheetMarks:
    """What the XML of a sheet tells besides its values; rows and columns are 1-based."""

    broken: Mapping[tuple[int, int], BrokenCell] = Factory(dict)
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    """Ranges of columns, first to last."""
    counts: SheetCounts = SheetCounts()
    formulas: Callable[[], Sequence[tuple[int, int]]] | None = field(default=None, eq=False)
    """Gives the places (row, column) of all cells with a formula, None where nobody looked for them."""
    texts: Sequence[str] | None = field(default=None, eq=False)
    """The different texts among the values, None where nobody collected them."""
