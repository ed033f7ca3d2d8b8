"""A draft as the browser kept it: what the work began from, and the acts since, to be done again one by one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from chibo_widgets.cell.acts import Act, noted_act
from chibo_widgets.cell.steps import HAND_IN

MOST_ACTS = 20_000
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Standing(BaseModel):
    """Where on the page somebody was: the step, the month and the meeting, "" for none."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    step: Annotated[int, Field(ge=1, le=HAND_IN)]
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    meeting: Annotated[str, StringConstraints(max_length=40)] = ""


class Draft(BaseModel):
    """What the browser gives back. The acts are checked one by one, so that a strange one spoils no other."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    origin: Literal["file", "new", "sample"]
    name: Annotated[str, StringConstraints(max_length=400)]
    form: dict[str, str] | None
    day: Annotated[date, Field(strict=False)]
    acts: Annotated[list[Any], Field(max_length=MOST_ACTS)]
    handed: Annotated[list[Digest], Field(max_length=MOST_ACTS)] = []
    """The digests of what was downloaded of this work, in order: newer copies of its file that are its own."""
    at: Any = None
    """Where somebody was last; what is none of ours spoils nothing."""
    copied: bool = False
    """Whether another window works on the draft, so that this is a second one with the same work in it."""

    def noted(self) -> list[tuple[Act, date] | None]:
        """The acts with their days; None for each that is not one of ours."""
        return [noted_act(entry) for entry in self.acts]

    @property
    def standing(self) -> Standing | None:
        """Where somebody was last, None where that is not known."""
        try:
            return Standing.model_validate(self.at)
        except ValidationError:
            return None


def draft_of(content: Any) -> Draft | None:
    """The draft of a message, None where it is none."""
    try:
        return Draft.model_validate(content)
    except ValidationError:
        return None
