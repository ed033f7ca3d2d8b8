"""A book of an earlier form: the way to move it into a new workbook, and afterwards what moved and what did not."""

from __future__ import annotations

from typing import Any

from chibo.findings import Finding
from chibo.model import CellBook
from chibo.office.desk.desk import Desk, MovedFrom, Provenance
from chibo.office.desk.moving import can_be_moved
from chibo.office.lineage.kinds import NOT_MOVED
from chibo.workbook import NotMoved
from chibo_widgets.cell.wording import Tongue

View = dict[str, Any]

_MOST_LEFT = 500
_LONGEST_VALUE = 300


def to_move_view(desk: Desk, tongue: Tongue) -> View | None:
    """What is said of a file that nothing is written into, and the button that moves its book; None for other books."""
    if desk.provenance is not Provenance.FOREIGN:
        return None
    old = next((finding for finding in desk.reading if finding.code == "LAYOUT_OLD"), None)
    form = "layout" if old is not None else "file"
    versions = {"old": old.seen, "present": old.expected} if old is not None else {}
    return {
        "title": tongue(f"move_{form}_title", **versions),
        "text": tongue(f"move_{form}_text", file=desk.file),
        "button": tongue(f"move_{form}_do"),
        "ready": can_be_moved(desk),
    }


def left_behind(desk: Desk) -> list[Finding]:
    """The places of the old file that did not move, as they can be looked at; none for a book that was not moved."""
    left = desk.moved.left[:_MOST_LEFT] if desk.moved else ()
    return [NOT_MOVED.at(one.place) for one in left]


def moved_view(desk: Desk, tongue: Tongue, first: int) -> View | None:
    """What the book was moved from, how much of it, and what is left in the old file; None for a book that was not.

    The places that are left are numbered from `first` on, as the list of what can be looked at has them.
    """
    moved = desk.moved
    if moved is None:
        return None
    left, count = moved.left[:_MOST_LEFT], len(moved.left) + len(moved.lost)
    more = len(moved.left) - len(left)
    return {
        "title": tongue("moved_title", name=desk.file),
        "line": _how_much(desk.read or desk.book, tongue),
        "kept": tongue("moved_kept", file=moved.file, name=desk.file),
        "left": tongue("moved_left", n=count) if count else tongue("moved_all"),
        "whole": not count,
        "rows": [{**_row(one, tongue), "number": first + number, "spots": [0]} for number, one in enumerate(left)],
        "more": tongue("moved_more", n=more) if more else "",
        "lost": [loss.said(tongue.language) for loss in moved.lost],
    }


def moved_sentence(moved: MovedFrom, name: str, tongue: Tongue) -> tuple[str, str]:
    """The tone and the sentence after the act."""
    count = len(moved.left) + len(moved.lost)
    return ("warn" if count else "good"), tongue("said_moved_some" if count else "said_moved", name=name, n=count)


def _how_much(book: CellBook, tongue: Tongue) -> str:
    counts = {
        "members": len(book.members),
        "meetings": len(book.meetings),
        "marks": sum(map(len, book.roll_call.marks.values())),
        "points": sum(len(one) for sheet in (book.self_scores, book.official_scores) for one in sheet.points.values()),
    }
    return tongue("moved_line", what=", ".join(tongue(f"moved_{name}", n=n) for name, n in counts.items() if n))


def _row(one: NotMoved, tongue: Tongue) -> dict[str, str]:
    """One place; without an address it is a whole sheet, whose `value` is the number of its filled cells."""
    place, value = one.place, one.value
    if not place.address:
        return {"sheet": place.sheet, "cell": tongue("moved_whole_sheet"), "value": tongue("moved_cells", n=value)}
    shown = value if len(value) <= _LONGEST_VALUE else value[:_LONGEST_VALUE] + "…"
    return {"sheet": place.sheet, "cell": place.address, "value": shown}
