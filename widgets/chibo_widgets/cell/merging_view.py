"""A book that somebody else changed meanwhile: the way to merge both, and afterwards what was taken, what clashed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from chibo.comparing import Conflict, Merge, is_emptied
from chibo.model import CellBook
from chibo.model.row_text import Row as TextRow
from chibo.office.desk.desk import Desk, MergedWith
from chibo.office.lineage.wording import ComparisonText
from chibo_widgets.cell.finding_targets import target_of_value
from chibo_widgets.cell.wording import Tongue

if TYPE_CHECKING:
    from chibo.office.memory.offering import Offer

View = dict[str, Any]

_MOST = 500
_CONFLICT = ("sheet", "row", "column", "base", "mine", "theirs", "place_mine", "place_theirs")
_GONE = ("text", "place_base")
_TAKEN = ("sheet", "row", "column", "mine", "theirs", "place")


def to_merge_words(offer: Offer, tongue: Tongue) -> str:
    """What is said of a version in use that did not go into the open book, and is offered to be merged; "" else."""
    if offer.branch is None:
        return ""
    theirs = offer.branch.theirs
    at = f"{theirs.at.astimezone():%H:%M %d/%m/%Y}"
    return tongue("merge_text", n=theirs.receipt, who=theirs.submitted_by, at=at)


def merged_view(desk: Desk, offer: Offer | None, tongue: Tongue) -> View | None:
    """What was joined into the book last, place by place; None for a book that nothing was joined into.

    `offer` is the period looked at: whether the book is still to be handed in for it.
    """
    merged = desk.merged
    if merged is None:
        return None
    merge, text = merged.merge, ComparisonText(tongue.library.layout, tongue.language, merged.books)
    pending = offer is not None and offer.would.result.value in {"new", "changed"}
    taken = [_taken(text.taken(found), tongue) for found in merge.taken if not is_emptied(found)]
    conflicts = [text.conflict(found) for found in merge.conflicts]
    ways = [_way(found, desk.book) for found in merge.conflicts]
    asides = ["" if way else _aside(one, tongue) for one, way in zip(conflicts, ways, strict=True)]
    removals = [text.removal(gone) for gone in merge.removals]
    return {
        "title": tongue("merged_title", file=merged.their_file),
        "kept": tongue("merged_kept", name=desk.file),
        "next": tongue("merged_next") if pending else "",
        "clashes": {**_listed("conflicts", conflicts, _CONFLICT, tongue, ways), "asides": asides[:_MOST]},
        "keep": _kept(ways, tongue),
        "taken": _listed("taken", taken, _TAKEN, tongue),
        "gone": _listed("removals", removals, _GONE, tongue),
    }


def merged_sentence(merged: MergedWith, tongue: Tongue) -> tuple[str, str]:
    """The tone and the sentence after the act."""
    taken, clashes = how_much(merged.merge), len(merged.merge.conflicts)
    if clashes:
        return "warn", tongue("said_merged_some", n=taken, clashes=clashes)
    return "good", tongue("said_merged", n=taken)


def how_much(merge: Merge) -> int:
    """How many places were taken from the other version."""
    return sum(not is_emptied(found) for found in merge.taken)


def _taken(row: TextRow, tongue: Tongue) -> TextRow:
    """A place that was taken; a row that is new in the open book stood in theirs alone."""
    return {**row, "place": row["place_mine"] or tongue("merged_place_theirs", place=row["place_theirs"])}


def _way(found: Conflict, book: CellBook) -> View | None:
    """The way to the field that holds what both changed; None for what the page has no field of, or no more."""
    row = found.line.mine
    return target_of_value(found.sheet, row.values, found.column, book) if row is not None else None


def _aside(row: TextRow, tongue: Tongue) -> str:
    """Where in the workbook somebody changes what the page has no field of."""
    sheet, place = row["sheet"], str(row["place_mine"])
    address = place.rpartition("!")[2] if "!" in place else ""
    return tongue("merged_at_cell" if address else "merged_at_sheet", sheet=sheet, cell=address)


def _kept(ways: Sequence[View | None], tongue: Tongue) -> str:
    """That what both changed stays as in the open book, and how to have the other's; "" where nothing is such."""
    if not ways:
        return ""
    how = [key for key, there in (("merged_press", any(ways)), ("merged_in_excel", not all(ways))) if there]
    return " ".join(tongue(key) for key in ("merged_mine_kept", *how))


def _listed(
    name: str, rows: list[TextRow], keys: tuple[str, ...], tongue: Tongue, ways: Sequence[View | None] = ()
) -> View:
    """A list under its heading, which says how many there are; what a page cannot hold is counted.

    `ways` lead from the rows to their fields, where there are such.
    """
    more = len(rows) - _MOST
    return {
        "title": tongue(f"merged_{name}" if rows else f"merged_no_{name}", n=len(rows)),
        "fold": tongue(f"merged_see_{name}", n=len(rows)) if rows else "",
        "heads": [tongue(f"merged_column_{key}") for key in keys],
        "rows": [[row[key] or "–" for key in keys] for row in rows[:_MOST]],
        "ways": list(ways[:_MOST]),
        "link": keys.index("column") if ways else -1,
        "more": tongue("merged_more", n=more) if more > 0 else "",
    }
