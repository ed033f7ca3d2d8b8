"""The account of a merge, row by row: what clashed, what is gone, and what was taken from which cell of THEIRS."""

from __future__ import annotations

from collections.abc import Mapping

from chibo.comparing import Merge, differences, is_emptied
from chibo.model.row_text import Row as TextRow
from chibo.office.lineage.comparison import Three
from chibo.office.lineage.wording import ComparisonText


def account_of(merge: Merge, books: Three, told: ComparisonText) -> list[TextRow]:
    """The rows of the report of a merge, the conflicts first; what was emptied stands with what is gone."""
    places = _places_of_changes(books, told)
    taken = (told.taken(found) for found in merge.taken if not is_emptied(found))
    return [
        *map(told.conflict, merge.conflicts),
        *map(told.removal, merge.removals),
        *({**row, "place_theirs": row["place_theirs"] or places.get(_name(row, "theirs"), "")} for row in taken),
    ]


def _places_of_changes(books: Three, told: ComparisonText) -> Mapping[tuple[object, ...], object]:
    """Where in THEIRS its changes of the BASE stand, by what is told of each; nowhere if two are told alike."""
    places: dict[tuple[object, ...], object] = {}
    for row in map(told.difference, differences(books.base.book, books.theirs.book)):
        name = _name(row, "after")
        places[name] = "" if name in places else row["place_after"]
    return places


def _name(row: TextRow, value: str) -> tuple[object, ...]:
    return tuple(row[column] for column in ("sheet", "row", "column", value))
