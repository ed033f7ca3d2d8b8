"""What was typed and could not be taken: it stays in its field with what is wrong, and is told before the download."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from chibo.model import CellBook, MeetingCode
from chibo.office.desk.desk import ActRefusedError
from chibo_widgets.cell import acts
from chibo_widgets.cell.saying import field_name, refusal_sentence
from chibo_widgets.cell.steps import RECORD, SCORE
from chibo_widgets.cell.wording import Tongue, first_up

_SHOWN = 24
"""Letters of a text by which somebody knows it again."""


@frozen
class Untaken:
    """A text that was not taken, and why."""

    typed: str
    refusal: ActRefusedError

    def said(self, tongue: Tongue) -> str:
        """What is wrong with it."""
        return refusal_sentence(self.refusal, tongue)


Place = tuple[int, str, str]
"""The step of the page, the code of the meeting, and the column (recording) or criterion (scoring)."""
UntakenTexts = Mapping[Place, Untaken]


def place_of(act: acts.Act) -> Place | None:
    """The field that an act writes into, None for an act that does not write what was typed into one."""
    match act:
        case acts.Record():
            return RECORD, act.meeting, act.field
        case acts.Explain():
            return SCORE, act.meeting, act.criterion
        case _:
            return None


def typed_in(act: acts.Act) -> str:
    """What was typed, as its field shows it."""
    match act:
        case acts.Record():
            return act.value if isinstance(act.value, str) else "; ".join(act.value)
        case acts.Explain():
            return act.text
        case _:
            return ""


def untaken_lines(untaken: UntakenTexts, book: CellBook, tongue: Tongue) -> list[dict[str, Any]]:
    """Each text that the book lacks, with its meeting and field, and the way there."""
    lines = []
    for (step, meeting, code), left in untaken.items():
        parsed = MeetingCode.parse(meeting)
        row = book.meeting(parsed) if parsed is not None else None
        if row is not None:
            what = field_name(code, tongue) if step == RECORD else tongue("untaken_reason", criterion=code)
            seen = left.typed if len(left.typed) <= _SHOWN else f"{left.typed[:_SHOWN]}…"
            text = tongue("untaken_line", meeting=first_up(tongue.meeting(row)), what=what, seen=seen)
            lines.append({"text": text, "go": {"go": "meeting", "meeting": meeting, "step": step, "field": code}})
    return lines


def untaken_tag(untaken: UntakenTexts, book: CellBook, tongue: Tongue) -> dict[str, Any] | None:
    """How many texts the book lacks, with the way to the first; None where it lacks none."""
    lines = untaken_lines(untaken, book, tongue)
    return {"label": tongue("untaken_count", n=len(lines)), "go": lines[0]["go"]} if lines else None
