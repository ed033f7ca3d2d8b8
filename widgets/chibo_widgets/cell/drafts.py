"""A draft as the browser kept it: what the work began from, and the acts since, to be done again one by one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from chibo_widgets.cell.acts import Act, noted_act

MOST_ACTS = 20_000
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


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
    copied: bool = False
    """Whether another window works on the draft, so that this is a second one with the same work in it."""

    def noted(self) -> list[tuple[Act, date] | None]:
        """The acts with their days; None for each that is not one of ours."""
        return [noted_act(entry) for entry in self.acts]


def draft_of(content: Any) -> Draft | None:
    """The draft of a message, None where it is none."""
    try:
        return Draft.model_validate(content)
    except ValidationError:
        return None
