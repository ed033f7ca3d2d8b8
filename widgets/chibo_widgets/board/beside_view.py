"""Two versions that the office has of one book: the offer to join them, and then what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from chibo.definitions.layouts import Layout
from chibo.office.board.joining import Joined
from chibo_widgets.board.twice_view import choice_view, joined_lists, way_on
from chibo_widgets.board.wording import Tongue
from chibo_widgets.period_words import period_inside

if TYPE_CHECKING:
    from chibo.office.memory.beside import Beside
    from chibo.office.memory.handed import Handing
    from chibo.submissions import Edition

View = dict[str, Any]


@frozen
class BesideAsked:
    """What somebody asked of two versions: `busy` with it, `found` and perhaps `chosen` whose values stay, or in vain.

    `busy` and `problem` are in the words of the page.
    """

    two: Beside | None = None
    busy: str = ""
    found: Joined | None = field(default=None, repr=False)
    chosen: bool = False
    problem: str = ""


def names_of(two: Beside, tongue: Tongue) -> tuple[str, str]:
    """What the version in use and the other one are called: as their files, with receipts where these have one name."""
    used, other = two.used, two.other
    if used.file_name != other.file_name:
        return used.file_name, other.file_name
    named = (tongue("beside_name", file=one.file_name, n=one.receipt) for one in (used, other))
    return next(named), next(named)


def beside_view(two: Beside, asked: BesideAsked, tongue: Tongue, layout: Layout) -> View:
    """The two versions, and what can be done: `ways` are buttons."""
    used, other = names_of(two, tongue)
    told = tongue("beside_text", used=_told(used, two.used, tongue), other=_told(other, two.other, tongue))
    view = {
        "title": tongue("beside_title", period=period_inside(two.period, tongue)),
        "changes": [],
        "more": "",
        "tone": "warn" if asked.problem else "",
        "say": asked.problem or told,
        "clashes": [],
        "ways": [way_on(tongue("beside_join"), join=used)],
        "busy": asked.busy,
    }
    return view if asked.found is None else {**view, **choice_view(asked.found, tongue, layout)}


def joined_view(asked: BesideAsked, joined: Joined, tongue: Tongue, layout: Layout) -> View:
    """What the two were joined into, which counts once it is handed in."""
    first, second = joined.files
    hint = asked.problem or tongue("beside_hint")
    return {
        "title": tongue("beside_joined", first=first, second=second),
        "lists": joined_lists(joined, tongue, layout),
        "hint": hint,
        "tone": "warn" if asked.problem else "",
        "ways": [
            way_on(tongue("beside_hand_in"), hand_in=True),
            way_on(tongue("joined_take"), joined=joined.name),
            way_on(tongue("beside_drop"), part=joined.name),
        ],
        "busy": asked.busy,
    }


def handed_view(said: str) -> View:
    """The word that the joined book was handed in."""
    return {"title": said, "lists": [], "hint": "", "ways": []}


def handed_words(handing: Handing, two: Beside, tongue: Tongue) -> str:
    """What became of the joined book: it is in use, and waits for its review."""
    receipt = handing.edition.receipt if handing.edition else 0
    key = "beside_unused" if handing.is_unused else "beside_done"
    return tongue(key, period=period_inside(two.period, tongue), n=receipt)


def _told(name: str, edition: Edition, tongue: Tongue) -> str:
    at = f"{edition.at.astimezone():%H:%M %d/%m/%Y}"
    return tongue("beside_one", file=name, n=edition.receipt, who=edition.submitted_by, at=at)
