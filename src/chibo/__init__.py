"""Chibo: read, check, score and consolidate the workbooks of party cells.

Analysts say `import chibo as cb` and find everything they need on it: `cb.open_office`, `cb.open_book`, `cb.facts`,
`cb.check`, `cb.score`, `cb.what_if`, `cb.consolidate`, `cb.write_return`, `cb.Library`. These come from
`chibo.analysis`, which is loaded when one of them is first asked for, so that `import chibo` costs nothing to those who
do not need pandas.
"""

from importlib import import_module

__version__ = "0.1.0"

_FACE = (
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
)


def __getattr__(name: str) -> object:
    if name in _FACE:
        # By name, not by an import statement: every floor imports `chibo`, and none may thereby reach the analysts'.
        return getattr(import_module("chibo.analysis"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *_FACE]
