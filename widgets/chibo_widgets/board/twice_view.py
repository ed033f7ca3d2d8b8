"""Two books of one cell: what differs between them, and the ways on; afterwards what the one that counts stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import field, frozen

from chibo.comparing import is_emptied
from chibo.definitions.layouts import Layout
from chibo.errors import Words
from chibo.model.row_text import Row as TextRow
from chibo.office.board.joining import InPlace, Joined
from chibo.office.board.twice import NotCompared, Relation, Twice
from chibo.office.lineage.wording import ComparisonText
from chibo_widgets.board.wording import Tongue

View = dict[str, Any]

_MOST_CHANGES = 50


@frozen
class Asked:
    """What somebody asked to be joined: being worked on, or waiting for the word whose values are kept, or in vain."""

    files: frozenset[str] = frozenset()
    busy: bool = False
    found: Joined | None = field(default=None, repr=False)
    problem: Words | None = None


def comparing_view(tongue: Tongue) -> View:
    """The two files while they are compared."""
    return {"title": tongue("twice_comparing"), "changes": [], "more": "", "clashes": [], "ways": []}


def not_compared_view(found: NotCompared, tongue: Tongue) -> View:
    """Why the two files cannot be compared now, and the way to try again."""
    return {
        **comparing_view(tongue),
        "title": tongue("twice_not_compared"),
        "tone": "warn",
        "say": found.why.told(tongue.language),
        "busy": "",
        "ways": [way_on(tongue("twice_compare"), compare=True)],
    }


def twice_view(twice: Twice, asked: Asked, tongue: Tongue, layout: Layout) -> View:
    """The two files, the older one first, the differences, and what can be done: `ways` are buttons."""
    text = ComparisonText(layout, tongue.language, twice.books)
    first, second = twice.files
    count = len(twice.differences)
    view = {
        "title": tongue("unit_twice", n=count, first=first, second=second),
        "changes": [text.sentence(change) for change in twice.differences[:_MOST_CHANGES]],
        "more": tongue("unit_twice_more", n=count - _MOST_CHANGES) if count > _MOST_CHANGES else "",
        "tone": "",
        "clashes": [],
        "busy": tongue("twice_joining") if asked.busy else "",
    }
    if asked.problem is not None:
        why = asked.problem.told(tongue.language)
        return {**view, **_offered(twice, tongue), "tone": "warn", "say": tongue("twice_failed", why=why)}
    if asked.found is not None:
        return {**view, **choice_view(asked.found, tongue, layout)}
    return {**view, **_offered(twice, tongue)}


def _offered(twice: Twice, tongue: Tongue) -> View:
    """What can be done with the two, by how they stand to each other."""
    first, second = twice.files
    if twice.relation is Relation.BRANCHES:
        return {"say": tongue("twice_branches"), "ways": [way_on(tongue("twice_join"), join=first)]}
    if twice.relation is Relation.GREW:
        return {"say": tongue("twice_newer", older=first, newer=second), "ways": [_only(second, tongue)]}
    say = tongue("twice_withheld", why=twice.why.told(tongue.language)) if twice.why else tongue("twice_unknown")
    return {"say": say, "ways": [_only(first, tongue), _only(second, tongue)]}


def choice_view(found: Joined, tongue: Tongue, layout: Layout) -> View:
    """Where both changed the same: each place, and whose values are to be kept."""
    keep = [way_on(tongue("twice_keep", file=file), join=file, kept=True) for file in sorted(found.files)]
    return {
        "tone": "warn",
        "say": tongue("twice_clashes", n=len(found.merge.conflicts)),
        "clashes": _shortened(_clashes(found, tongue, layout), tongue),
        "ways": [*keep, way_on(tongue("twice_not_now"), join="")],
    }


def in_place_view(one: InPlace, tongue: Tongue, layout: Layout) -> View:
    """What a book that counts stands for: what the join took and kept, and the way back."""
    part = way_on(tongue("joined_part"), part=one.file)
    if one.joined is None:
        return {
            "title": tongue("joined_only", file=one.file, other=", ".join(one.others)),
            "lists": [],
            "hint": "",
            "ways": [part],
        }
    first, second = one.joined.files
    return {
        "title": tongue("joined_title", first=first, second=second),
        "lists": joined_lists(one.joined, tongue, layout),
        "hint": tongue("joined_hint"),
        "ways": [way_on(tongue("joined_take"), joined=one.file), part],
    }


def joined_lists(joined: Joined, tongue: Tongue, layout: Layout) -> list[View]:
    """What a join kept of the first book, took of the second, and left out: lists with their titles."""
    text, (first, second) = ComparisonText(layout, tongue.language, joined.books), joined.files
    taken = [str(text.taken(found)["text"]) for found in joined.merge.taken if not is_emptied(found)]
    gone = [_gone(text.removal(one)) for one in joined.merge.removals]
    lists = [
        (tongue("joined_clashes", n=len(joined.merge.conflicts), file=first), _clashes(joined, tongue, layout)),
        (tongue("joined_taken", n=len(taken), file=second), taken),
        (tongue("joined_gone", n=len(gone)), gone),
    ]
    return [{"title": title, "lines": _shortened(lines, tongue)} for title, lines in lists if lines]


def _clashes(found: Joined, tongue: Tongue, layout: Layout) -> list[str]:
    """Each place that both changed, with what each of the two has there."""
    text, (first, second) = ComparisonText(layout, tongue.language, found.books), found.files
    rows = [(clash, text.conflict(clash)) for clash in found.merge.conflicts]
    return [
        tongue(
            "twice_clash",
            where=_where(row),
            base=row["base"] or tongue("twice_blank"),
            first=first,
            second=second,
            one=row["mine"] or tongue("twice_blank" if clash.column else "twice_row_gone"),
            other=row["theirs"] or tongue("twice_blank" if clash.column else "twice_row_gone"),
        )
        for clash, row in rows
    ]


def _gone(row: TextRow) -> str:
    return ", ".join(part for part in (_where(row), str(row["base"])) if part)


def _where(row: TextRow) -> str:
    return ", ".join(str(part) for part in (row["sheet"], row["row"], row["column"] and f"«{row['column']}»") if part)


def _shortened(lines: Sequence[str], tongue: Tongue) -> list[str]:
    more = len(lines) - _MOST_CHANGES
    return [*lines[:_MOST_CHANGES], *([tongue("joined_more", n=more)] if more > 0 else [])]


def _only(file: str, tongue: Tongue) -> View:
    return way_on(tongue("twice_only", file=file), only=file)


def way_on(text: str, **message: object) -> View:
    """A button, and the message that it sends."""
    return {"text": text, "go": message}
