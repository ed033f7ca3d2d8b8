"""Two books of one cell: what differs between them, as sentences."""

from __future__ import annotations

from typing import Any

from chibo.definitions.layouts import Layout
from chibo.office.board.twice import Twice
from chibo.office.lineage.wording import ComparisonText
from chibo_widgets.board.wording import Tongue

_MOST_CHANGES = 50


def twice_view(twice: Twice, tongue: Tongue, layout: Layout) -> dict[str, Any]:
    """The two files, the earlier one first, and the differences."""
    text = ComparisonText(layout, tongue.language, twice.books)
    first, second = twice.files
    count = len(twice.differences)
    return {
        "title": tongue("unit_twice", n=count, first=first, second=second),
        "changes": [text.sentence(change) for change in twice.differences[:_MOST_CHANGES]],
        "more": tongue("unit_twice_more", n=count - _MOST_CHANGES) if count > _MOST_CHANGES else "",
    }
