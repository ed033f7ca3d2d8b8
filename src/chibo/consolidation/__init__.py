"""Floor 1: the fold over many books. Any order and any grouping give the same result."""

from chibo.consolidation.duplicates import of_one_cell
from chibo.consolidation.fold import Consolidation, consolidate, is_copy
from chibo.consolidation.outcome import Basis, BookOutcome
from chibo.consolidation.period import period_table, unexpected_cells

__all__ = [
    "Basis",
    "BookOutcome",
    "Consolidation",
    "consolidate",
    "is_copy",
    "of_one_cell",
    "period_table",
    "unexpected_cells",
]
