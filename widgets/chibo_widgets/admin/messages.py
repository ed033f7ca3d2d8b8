"""What the browser may ask of the page `quan-tri`, as strictly checked messages."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chibo.definitions.language import Language
from chibo_widgets.board.messages import Message

Code = Annotated[str, StringConstraints(max_length=64)]
Line = Annotated[str, StringConstraints(max_length=500)]


class ChooseLanguage(Message):
    """Show the page in another language."""

    language: Annotated[Language, Field(strict=False)]


class ChooseTab(Message):
    """Look at another part of the page."""

    tab: Literal["register", "periods", "definitions", "health"]


class Export(Message):
    """Hand out the register as a workbook."""

    export: Literal[True]


class Replace(Message):
    """Whether the workbook replaces everything, so that records it does not name are taken out."""

    replace: bool


class Confirm(Message):
    """Bring in the workbook that was looked at; `moving` agrees to the spellings that go to another unit."""

    confirm: Literal[True]
    moving: bool = False


class Drop(Message):
    """Put away what was looked at."""

    drop: Literal[True]


class ChoosePeriod(Message):
    """Look at another period."""

    period: Code


class ReadDay(Message):
    """Say what is understood by what was typed into a field for a day."""

    read: Literal["due", "againDue", "until"]
    typed: Line


class OpenPeriod(Message):
    """Open a period, due on another day than the calendar's where one is typed; a closed one with a reason."""

    open: Code
    due: Line = ""
    reason: Line = ""


class ClosePeriod(Message):
    """Close a period."""

    close: Code
    reason: Line = ""


class ExceptUnit(Message):
    """Let one unit owe nothing for the period looked at, or give it more time."""

    unit: Code
    exempt: bool
    until: Line = ""
    reason: Line


class TakeFrame(Message):
    """Hand out a frame as the workbook that it can be changed in."""

    frame: Code


class Publish(Message):
    """Put the definition that was tried in force."""

    publish: Literal[True]
    reason: Line


class Withdraw(Message):
    """Take a definition of the office's own out."""

    withdraw: Annotated[str, StringConstraints(max_length=200)]
    reason: Line


class Verify(Message):
    """Look the log over."""

    verify: Literal[True]


class ExportOffice(Message):
    """Hand out everything that the office remembers, in open forms."""

    export_office: Literal[True]
    reason: Line = ""


class TakeBack(Message):
    """Take a file, named by its hash, out of the trash."""

    take_back: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    reason: Line = ""


class BackUp(Message):
    """Make a backup and hand it out, sealed where a passphrase is given."""

    backup: Literal[True]
    passphrase: Annotated[str, StringConstraints(max_length=1_000)] = ""
