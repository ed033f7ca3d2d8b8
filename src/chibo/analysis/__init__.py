"""The flat face for analysts: `import chibo as cb`, then `cb.facts(folder)` and its like."""

from chibo.analysis.books import (
    BookRefusedError,
    OpenBook,
    RefusedBooksWarning,
    check,
    consolidate,
    facts,
    open_book,
)
from chibo.analysis.papers import write_return
from chibo.analysis.scores import score
from chibo.analysis.suppose import what_if
from chibo.analysis.workplace import Office, SampleBooksWarning, open_office
from chibo.definitions.library import Library

__all__ = [
    "BookRefusedError",
    "Library",
    "Office",
    "OpenBook",
    "RefusedBooksWarning",
    "SampleBooksWarning",
    "check",
    "consolidate",
    "facts",
    "open_book",
    "open_office",
    "score",
    "what_if",
    "write_return",
]
