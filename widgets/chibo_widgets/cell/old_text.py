"""Text from before Unicode in the file that was opened: what it was and what it became, and the choice that is left."""

from __future__ import annotations

from typing import Any

from chibo.legacy_text import Answer
from chibo.office.desk.desk import Desk
from chibo_widgets.cell.wording import Tongue


def old_text_view(desk: Desk, tongue: Tongue) -> dict[str, Any] | None:
    """A line for each sheet with old text, before and after, and the answers; None where there is none of it."""
    converted = [finding for finding in desk.reading if finding.code == "TEXT_CONVERTED"]
    undecided = [finding for finding in desk.reading if finding.code == "TEXT_UNDECIDED"]
    if not (converted or undecided or desk.answer):
        return None
    rows = [
        {
            "sheet": f.place.sheet,
            "cells": f.values["cells"],
            "before": f.seen,
            "after": f.expected,
            "as": f.values["encoding"],
        }
        for f in converted
    ]
    for finding in undecided:
        common = {"sheet": finding.place.sheet, "cells": finding.values["cells"], "before": finding.seen}
        rows += [
            {**common, "after": finding.values[answer.value], "as": tongue(f"text_as_{answer.value}")}
            for answer in (Answer.TCVN3, Answer.VNI)
        ]
    offered = list(Answer) if undecided or desk.answer else [Answer.UNICODE]
    return {
        "title": tongue("text_ask" if undecided else "text_done" if converted else "text_kept"),
        "rows": rows,
        "answers": [
            {"answer": answer.value, "label": tongue(f"text_answer_{answer.value}"), "chosen": answer is desk.answer}
            for answer in offered
        ],
    }
