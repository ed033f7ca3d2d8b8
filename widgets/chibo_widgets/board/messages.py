"""What the browser may ask of the board, as strictly checked messages: anything else is not ours and is left alone."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from chibo.definitions.language import Language

Key = Annotated[str, StringConstraints(max_length=500)]


class Message(BaseModel):
    """A message that is taken only as it is described: nothing missing, nothing besides."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ChooseBar(Message):
    """Show the units behind a part of a chart; an empty word is "all"."""

    group: Key
    part: Key


class ShowAll(Message):
    """Show all units again."""

    all: Literal[True]


class OpenUnit(Message):
    """Open a unit; an empty key closes it."""

    open: Key


class ShowOthers(Message):
    """Show the open unit's findings of other months too, or not."""

    others: bool


class ChooseMonth(Message):
    """Look at another month."""

    month: Annotated[int, Field(ge=1, le=12)]
    year: Annotated[int, Field(ge=1900, le=2999)]


class ChooseLanguage(Message):
    """Show the page in another language."""

    language: Annotated[Language, Field(strict=False)]


class Expect(Message):
    """So many files are going to be sent."""

    expect: Annotated[int, Field(ge=1, le=100_000)]


class Unsent(Message):
    """The names of those that were not sent: the sending was stopped, or the browser could not read them."""

    unsent: Annotated[list[Key], Field(min_length=1, max_length=100_000)]


class Stop(Message):
    """Stop reading."""

    stop: Literal[True]


class Resume(Message):
    """Go on reading."""

    resume: Literal[True]


class Clear(Message):
    """Drop every book."""

    clear: Literal[True]


class ReadFolder(Message):
    """Read a folder of the server's machine, as typed."""

    folder: Annotated[str, StringConstraints(max_length=200_000)]


class Forget(Message):
    """Drop the list of expected cells."""

    forget: Literal[True]


class Make(Message):
    """Make a file and hand it out; `partial` says that the reader has been told that it will not be complete."""

    make: Literal["return", "facts_csv", "facts_xlsx", "marked"]
    partial: bool = False


class MakeMarked(Message):
    """Hand out the workbook of the open unit with a mark at everything that is to be mended in it."""

    marked: Annotated[str, StringConstraints(max_length=1_000)]


class CompareAgain(Message):
    """Compare the two books of the open unit once more, which could not be read."""

    compare: Literal[True]


class JoinTwo(Message):
    """Join the two books of the open unit, into the one of this label; an empty one leaves them as they are.

    `kept` says that the reader has seen where both changed the same, and wants what this one says there.
    """

    join: Annotated[str, StringConstraints(max_length=1_000)]
    kept: bool = False


class UseOnly(Message):
    """Let one of the two books of the open unit count, and the other not."""

    only: Annotated[str, StringConstraints(max_length=1_000)]


class PartAgain(Message):
    """Let the books count again for which this one of the open unit stands."""

    part: Annotated[str, StringConstraints(max_length=1_000)]


class TakeJoined(Message):
    """Hand out the joined workbook of this label."""

    joined: Annotated[str, StringConstraints(max_length=1_000)]


class HandInJoined(Message):
    """Hand in what two versions were joined into that the office has of the open unit."""

    hand_in: Literal[True]


class WithSources(Message):
    """Whether the return carries the places of its figures."""

    sources: bool


class ChoosePeriod(Message):
    """Look at another reporting period of the office."""

    period: Annotated[str, StringConstraints(max_length=12)]


class TakeFromOffice(Message):
    """Consolidate what the office has of the period looked at, or go back to the books taken on the page.

    `newest` takes of a unit that handed in again after its review the book that nobody has reviewed yet.
    """

    office: bool
    newest: bool = False


class LookAgain(Message):
    """Look at the office again: others hand in meanwhile."""

    again: Literal[True]


M = TypeVar("M", bound=BaseModel)


def message_of(content: Any, *kinds: type[M]) -> M | None:
    """The message inside `{"go": …}` or `{"act": …}` as the first of `kinds` that it fits; None where it fits none."""
    if not isinstance(content, dict):
        return None
    inner = content.get("go", content.get("act"))
    for kind in kinds:
        try:
            return kind.model_validate(inner)
        except ValidationError:
            continue
    return None
