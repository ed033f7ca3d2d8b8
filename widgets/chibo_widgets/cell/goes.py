"""What the browser may ask to look at, or to have handed out: none of it changes the work."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from chibo.definitions.language import Language
from chibo_widgets.cell.message import Line, Message, MonthNumber, Short, checked
from chibo_widgets.sheet_look import LookAt, LookAway
from chibo_widgets.uploads import UploadProblem


class GoLanguage(Message):
    """Show the page in another language."""

    go: Literal["language"]
    language: Annotated[Language, Field(strict=False)]


class GoStep(Message):
    """Go to one of the steps; `other` puts the book away to open another one."""

    go: Literal["step"]
    step: Annotated[int, Field(ge=1, le=5)]
    other: bool = False


class GoMonth(Message):
    """Look at a month."""

    go: Literal["month"]
    month: MonthNumber


class GoMeeting(Message):
    """Look at a meeting, at one of its fields (step 2) or criteria (step 3)."""

    go: Literal["meeting"]
    meeting: Short
    step: Annotated[int, Field(ge=2, le=3)] | None = None
    field: Short = ""


class GoRegister(Message):
    """Open or close the form that registers a meeting."""

    go: Literal["register"]
    off: bool = False


class GoSample(Message):
    """Open the invented book."""

    go: Literal["sample"]


class GoNew(Message):
    """Start a new book from what was typed into its form."""

    go: Literal["new"]
    form: Annotated[dict[Short, Annotated[str, StringConstraints(max_length=100_000)]], Field(max_length=40)]


class GoNotTaken(Message):
    """The browser did not send what was dropped or chosen; `name` is that of the file, or of the first few."""

    go: Literal["not-taken"]
    name: Line
    problem: Annotated[UploadProblem, Field(strict=False)]


class GoPrint(Message):
    """Show the score sheet (of another meeting than the one looked at, where one is named), or put it away."""

    go: Literal["print"]
    meeting: Short = ""
    off: bool = False


class GoDownload(Message):
    """Hand the workbook out."""

    go: Literal["download"]


class GoPeriod(Message):
    """Look at another reporting period."""

    go: Literal["period"]
    period: Short


class GoCompare(Message):
    """See what the book changes against the version in use, or put that away."""

    go: Literal["compare"]
    off: bool = False


class GoMerge(Message):
    """Join the version in use of a period, which somebody else handed in meanwhile, into the book."""

    go: Literal["merge"]
    period: Short


class GoHandIn(Message):
    """Hand the book in for the period looked at; `again` is for it to be used though another edition is newer."""

    go: Literal["hand-in"]
    period: Short
    again: bool = False


class GoReceipt(Message):
    """Show a receipt of the period looked at on paper."""

    go: Literal["receipt"]
    number: Annotated[int, Field(ge=1, lt=2**31)]


class GoSentCopy(Message):
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

_GO: TypeAdapter[Go] = TypeAdapter(Annotated[Go, Field(discriminator="go")])


def go_of(content: Any) -> Go | None:
    """What is asked for by a message, None where it is none of ours."""
    go: Go | None = checked(_GO, content, "go")
    return go
