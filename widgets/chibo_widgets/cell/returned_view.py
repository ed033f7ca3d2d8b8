"""A file that came back with marks: that it did, what was asked for then, and what to do next."""

from __future__ import annotations

from collections import Counter
from typing import Any

from chibo.findings import Severity
from chibo.model import Place
from chibo.office.desk.desk import Desk
from chibo.workbook.marking import Mark
from chibo_widgets.cell.wording import Tongue
from chibo_widgets.findings_list import place_label

_MOST_MARKS = 200


def returned_view(desk: Desk, tongue: Tongue) -> dict[str, Any] | None:
    """What the opened file had been returned with; None for one that had not been.

    What a person asked for stands open: nothing else of the page may say it. What Chibo had found is folded, since
    what there still is of it is among the findings below.
    """
    if not desk.marks:
        return None
    counts = Counter(mark.severity for mark in desk.marks)
    asked = [tongue(f"open_findings_{kind.value}", n=counts[kind]) for kind in Severity if counts[kind]]
    own = [mark for mark in desk.marks if not mark.is_of_person]
    more = len(own) - _MOST_MARKS
    return {
        "title": tongue("returned_title", what=", ".join(asked)),
        "lead": tongue("returned_hand_in" if tongue.library.office else "returned_download"),
        "asked": [_row(mark, desk, tongue) for mark in desk.marks if mark.is_of_person],
        "list": tongue("returned_list", n=len(own)) if own else "",
        "rows": [_row(mark, desk, tongue) for mark in own[:_MOST_MARKS]],
        "more": tongue("returned_more", n=more) if more > 0 else "",
    }


def _row(mark: Mark, desk: Desk, tongue: Tongue) -> dict[str, str]:
    return {"place": place_label(Place(desk.file, mark.sheet, mark.address), tongue.texts), "text": mark.text}
