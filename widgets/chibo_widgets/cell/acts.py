"""What the browser may ask of the page, as strictly checked messages: anything else is not ours and is left alone.

An *act* changes the work and is noted in the draft; a *step* changes only what is looked at.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from chibo.definitions.language import Language
from chibo.legacy_text import Answer
from chibo.model import MeetingKind
from chibo_widgets.sheet_look import LookAt, LookAway
from chibo_widgets.uploads import UploadProblem

Short = Annotated[str, StringConstraints(max_length=60)]
Line = Annotated[str, StringConstraints(max_length=2_000)]
Typed = Annotated[str, StringConstraints(max_length=200_000)]
"""What people type or paste into a field: a text too long for its column is refused there, with its words kept."""
MONTH = Annotated[int, Field(ge=1, le=12)]


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ReadText(_Message):
    """Say what text from before Unicode is that could not be decided, or was converted wrongly."""

    act: Literal["read-text"]
    answer: Annotated[Answer, Field(strict=False)]


class Register(_Message):
    """Register a meeting; day and time as typed."""

    act: Literal["register"]
    month: MONTH
    kind: Annotated[MeetingKind, Field(strict=False)]
    planned_on: Line = ""
    starts_at: Line = ""
    like_last: bool = False


class Unregister(_Message):
    """Take a registration back."""

    act: Literal["unregister"]
    meeting: Short


class ClearRecord(_Message):
    """Empty a meeting of everything but its registration."""

    act: Literal["clear-record"]
    meeting: Short


class Record(_Message):
    """Record one column of a meeting, as typed; several values come as a list."""

    act: Literal["record"]
    meeting: Short
    field: Short
    value: Typed | Annotated[list[Short], Field(max_length=50)]


class MarkMember(_Message):
    """Mark one member in the roll call; no mark takes it away."""

    act: Literal["mark"]
    meeting: Short
    member: Line
    mark: Short | None


class AllPresent(_Message):
    """Everybody without a mark is present."""

    act: Literal["all-present"]
    meeting: Short


class ClearMarks(_Message):
    """Take all marks of a meeting away."""

    act: Literal["clear-marks"]
    meeting: Short


class PasteMarks(_Message):
    """Take a column copied from Excel."""

    act: Literal["paste"]
    meeting: Short
    text: Typed


class Score(_Message):
    """Give points to a criterion, as typed; none leaves it unscored."""

    act: Literal["score"]
    meeting: Short
    criterion: Short
    points: Short | None


class Explain(_Message):
    """Say why a criterion is scored as it is."""

    act: Literal["explain"]
    meeting: Short
    criterion: Short
    text: Typed


class BeginScoring(_Message):
    """Set what the facts decide, in a meeting without points."""

    act: Literal["begin-scoring"]
    meeting: Short


class FillByFacts(_Message):
    """Set every unscored criterion that the facts decide."""

    act: Literal["fill-by-facts"]
    meeting: Short


class Move(_Message):
    """Move the book of an earlier form into a new workbook, and go on with that."""

    act: Literal["move"]


class Merge(_Message):
    """Join the version `theirs` of a period, which somebody else changed since `base`, into the book.

    The browser asks for it by `GoMerge`; the page notes in the draft what it merged.
    """

    act: Literal["merge"]
    period: Short
    theirs: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    base: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")]


class Undo(_Message):
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


class GoLanguage(_Message):
    """Show the page in another language."""

    go: Literal["language"]
    language: Annotated[Language, Field(strict=False)]


class GoStep(_Message):
    """Go to one of the steps; `other` puts the book away to open another one."""

    go: Literal["step"]
    step: Annotated[int, Field(ge=1, le=5)]
    other: bool = False


class GoMonth(_Message):
    """Look at a month."""

    go: Literal["month"]
    month: MONTH


class GoMeeting(_Message):
    """Look at a meeting, at one of its fields (step 2) or criteria (step 3)."""

    go: Literal["meeting"]
    meeting: Short
    step: Annotated[int, Field(ge=2, le=3)] | None = None
    field: Short = ""


class GoRegister(_Message):
    """Open or close the form that registers a meeting."""

    go: Literal["register"]
    off: bool = False


class GoSample(_Message):
    """Open the invented book."""

    go: Literal["sample"]


class GoNew(_Message):
    """Start a new book from what was typed into its form."""

    go: Literal["new"]
    form: Annotated[dict[Short, Annotated[str, StringConstraints(max_length=100_000)]], Field(max_length=40)]


class GoNotTaken(_Message):
    """The browser did not send what was dropped or chosen; `name` is that of the file, or of the first few."""

    go: Literal["not-taken"]
    name: Line
    problem: Annotated[UploadProblem, Field(strict=False)]


class GoPrint(_Message):
    """Show the score sheet (of another meeting than the one looked at, where one is named), or put it away."""

    go: Literal["print"]
    meeting: Short = ""
    off: bool = False


class GoDownload(_Message):
    """Hand the workbook out."""

    go: Literal["download"]


class GoPeriod(_Message):
    """Look at another reporting period."""

    go: Literal["period"]
    period: Short


class GoCompare(_Message):
    """See what the book changes against the version in use, or put that away."""

    go: Literal["compare"]
    off: bool = False


class GoMerge(_Message):
    """Join the version in use of a period, which somebody else handed in meanwhile, into the book."""

    go: Literal["merge"]
    period: Short


class GoHandIn(_Message):
    """Hand the book in for the period looked at; `again` is for it to be used though another edition is newer."""

    go: Literal["hand-in"]
    period: Short
    again: bool = False


class GoReceipt(_Message):
    """Show a receipt of the period looked at on paper."""

    go: Literal["receipt"]
    number: Annotated[int, Field(ge=1, lt=2**31)]


class GoSentCopy(_Message):
    """Hand out the marked copy with which the book came back."""

    go: Literal["sent-copy"]


GoHanding = GoPeriod | GoCompare | GoMerge | GoHandIn | GoReceipt | GoSentCopy
"""What is done in the step that hands the book in."""
Go = (
    GoLanguage
    | GoStep
    | GoMonth
    | GoMeeting
    | GoRegister
    | GoSample
    | GoNew
    | GoNotTaken
    | GoPrint
    | GoDownload
    | GoHanding
    | LookAt
    | LookAway
)

_ACT: TypeAdapter[Act] = TypeAdapter(Annotated[Act, Field(discriminator="act")])
_GO: TypeAdapter[Go] = TypeAdapter(Annotated[Go, Field(discriminator="go")])


def act_of(content: Any) -> Act | None:
    """The act of a message, None where it is none of ours."""
    act: Act | None = _checked(_ACT, content, "act")
    return act


def go_of(content: Any) -> Go | None:
    """The step of a message, None where it is none of ours."""
    go: Go | None = _checked(_GO, content, "go")
    return go


def _checked(adapter: TypeAdapter[Any], content: Any, key: str) -> Any:
    if not isinstance(content, dict) or key not in content:
        return None
    try:
        return adapter.validate_python(content[key])
    except ValidationError:
        return None


def noted_act(entry: Any) -> tuple[Act, date] | None:
    """An act of a draft with the day it was done on; None for anything else."""
    if not isinstance(entry, dict) or not isinstance(entry.get("on"), str):
        return None
    try:
        day = date.fromisoformat(entry["on"])
        return _ACT.validate_python({key: value for key, value in entry.items() if key != "on"}), day
    except ValueError:
        return None
