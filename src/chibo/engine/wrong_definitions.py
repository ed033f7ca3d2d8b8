"""Whether a definition of ours is wrong, as a worker says: it has parsed what somebody sent, and may say anything."""

from __future__ import annotations

from chibo.definitions.library import Library
from chibo.workbook.reading.records import check_codes


def tell_what_is_wrong(library: Library) -> None:
    """Raises ChiboError where what books are judged by is wrong, as it was loaded or as it lies in the office now."""
    for one in (library, Library(library.office)):
        _ = one.judging
        for layout in one.layouts.values():
            check_codes(layout)
