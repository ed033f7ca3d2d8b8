"""The trash on the page: which files lie in it, from when on they may be destroyed, and one taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chibo.access import Act
from chibo_widgets.admin.section import Section, View
from chibo_widgets.admin.wording import Tongue, show_day
from chibo_widgets.period_words import period_name

if TYPE_CHECKING:
    from chibo.office.memory import Memory
    from chibo.office.memory.trash import TrashedFile


def trash_view(memory: Memory, tongue: Tongue) -> View | None:
    """What lies in the trash; None for somebody who may not see it."""
    from chibo.office.memory.trash import list_trash  # noqa: PLC0415 - the database, once it is needed

    takes_back = Section.may(memory, Act.DISCARD)
    if not (takes_back or Section.may(memory, Act.EMPTY_TRASH)):
        return None
    lying = [one for one in list_trash(memory) if one.discarded.destroyed_on is None]
    return {"takes_back": takes_back, "rows": [_row(one, tongue) for one in lying]}


def take_back(memory: Memory, content_hash: str, reason: str, tongue: Tongue) -> str:
    """Take a file out of the trash; what it is called. Raises ChiboError where that cannot be."""
    from chibo.office.memory.trash import restore_from_trash  # noqa: PLC0415 - the database, once it is needed

    [one] = restore_from_trash(memory, [content_hash], reason.strip())
    names = _names(one, tongue)
    return " · ".join(str(names[name]) for name in ("file", "unit", "period") if names[name]) or content_hash[:12]


def _names(one: TrashedFile, tongue: Tongue) -> View:
    """What a file is known by, its periods in the words of the page."""
    from chibo.office.memory.file_names import names_of  # noqa: PLC0415

    periods = dict.fromkeys(period_name(naming.period, tongue) for naming in one.namings)
    return {**names_of(one), "period": "; ".join(periods)}


def _row(one: TrashedFile, tongue: Tongue) -> View:
    names, laid = _names(one, tongue), one.discarded
    return {
        **names,
        "file": names["file"] or tongue("trash_without_name"),
        "put": tongue("trash_put_by", day=show_day(laid.day), user=laid.actor),
        "reason": laid.reason,
        "until": show_day(laid.empties_on),
    }
