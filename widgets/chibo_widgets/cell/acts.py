"""The acts that the browser may ask for: each changes the work and is noted in the draft."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from chibo.legacy_text import Answer
from chibo.model import MeetingKind
from chibo_widgets.cell.message import Line, Message, MonthNumber, Short, Typed, checked


class ReadText(Message):
    """Say what text from before Unicode is that could not be decided, or was converted wrongly."""

    act: Literal["read-text"]
    answer: Annotated[Answer, Field(strict=False)]


class Register(Message):
    """Register a meeting; day and time as typed."""

    act: Literal["register"]
    month: MonthNumber
    kind: Annotated[MeetingKind, Field(strict=False)]
    planned_on: Line = ""
    starts_at: Line = ""
    like_last: bool = False


class Unregister(Message):
    """Take a registration back."""

    act: Literal["unregister"]
    meeting: Short


class ClearRecord(Message):
    """Empty a meeting of everything but its registration."""

    act: Literal["clear-record"]
    meeting: Short


class Record(Message):
    """Record one column of a meeting, as typed; several values come as a list."""

    act: Literal["record"]
    meeting: Short
    field: Short
    value: Typed | Annotated[list[Short], Field(max_length=50)]


class MarkMember(Message):
    """Mark one member in the roll call; no mark takes it away."""

    act: Literal["mark"]
    meeting: Short
    member: Line
    mark: Short | None


class AllPresent(Message):
    """Everybody without a mark is present."""

    act: Literal["all-present"]
    meeting: Short


class ClearMarks(Message):
    """Take all marks of a meeting away."""

    act: Literal["clear-marks"]
    meeting: Short


class PasteMarks(Message):
    """Take a column copied from Excel."""

    act: Literal["paste"]
    meeting: Short
    text: Typed


class Score(Message):
    """Give points to a criterion, as typed; none leaves it unscored."""

    act: Literal["score"]
    meeting: Short
    criterion: Short
    points: Short | None


class Explain(Message):
    """Say why a criterion is scored as it is."""

    act: Literal["explain"]
    meeting: Short
    criterion: Short
    text: Typed


class BeginScoring(Message):
    """Set what the facts decide, in a meeting without points."""

    act: Literal["begin-scoring"]
    meeting: Short


class FillByFacts(Message):
    """Set every unscored criterion that the facts decide."""

    act: Literal["fill-by-facts"]
    meeting: Short


class Move(Message):
    """Move the book of an earlier form into a new workbook, and go on with that."""

    act: Literal["move"]


class Merge(Message):
    """Join the version `theirs` of a period, which somebody else changed since `base`, into the book.

    The browser asks for it by `GoMerge`; the page notes in the draft what it merged.
    """

    act: Literal["merge"]
    period: Short
    theirs: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    base: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")]


class Undo(Message):
    """Take the last act back."""

    act: Literal["undo"]


Act = (
    Register
    | Unregister
    | ClearRecord
    | Record
    | MarkMember
    | AllPresent
    | ClearMarks
    | PasteMarks
    | Score
    | Explain
    | BeginScoring
    | FillByFacts
    | ReadText
    | Move
    | Merge
    | Undo
)

_ACT: TypeAdapter[Act] = TypeAdapter(Annotated[Act, Field(discriminator="act")])


def act_of(content: Any) -> Act | None:
    """The act of a message, None where it is none of ours."""
    act: Act | None = checked(_ACT, content, "act")
    return act


def noted_act(entry: Any) -> tuple[Act, date] | None:
    """An act of a draft with the day it was done on; None for anything else."""
    if not isinstance(entry, dict) or not isinstance(entry.get("on"), str):
        return None
    try:
        day = date.fromisoformat(entry["on"])
        return _ACT.validate_python({key: value for key, value in entry.items() if key != "on"}), day
    except ValueError:
        return None
