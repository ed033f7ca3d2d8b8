"""Floor 2: Excel workbooks, read and written. Only this package imports Excel libraries.

Each part is loaded when it is first asked for: a run over many books, and each of its workers, only reads; where all
books are known from before, nothing is read.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chibo.workbook.patching.write_back import WrittenBack, can_be_written_into, write_back
    from chibo.workbook.reading import Reading, read_book
    from chibo.workbook.writing import (
        Loss,
        NotMoved,
        in_present_form,
        lost_with_file,
        not_moved,
        what_is_lost,
        write_book,
    )

__all__ = [
    "Loss",
    "NotMoved",
    "Reading",
    "WrittenBack",
    "can_be_written_into",
    "in_present_form",
    "lost_with_file",
    "not_moved",
    "read_book",
    "what_is_lost",
    "write_back",
    "write_book",
]

_LOADED_LATER = {
    **dict.fromkeys(("Reading", "read_book"), "chibo.workbook.reading"),
    **dict.fromkeys(("WrittenBack", "can_be_written_into", "write_back"), "chibo.workbook.patching.write_back"),
    **dict.fromkeys(
        ("Loss", "NotMoved", "in_present_form", "lost_with_file", "not_moved", "what_is_lost", "write_book"),
        "chibo.workbook.writing",
    ),
}


def __getattr__(name: str) -> object:
    if name in _LOADED_LATER:
        return getattr(import_module(_LOADED_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
