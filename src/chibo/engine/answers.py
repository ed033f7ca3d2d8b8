"""What a worker answers about one single file, by what was to be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from chibo.engine.errands import Work
from chibo.engine.receiving import ReceivedBook
from chibo.findings import Finding
from chibo.model import Place
from chibo.workbook import Loss, NotMoved, Reading
from chibo.workbook.excerpt import Excerpt
from chibo.workbook.inspection import Inspection
from chibo.workbook.marking import Mark, MarksLeft
from chibo.workbook.register.reading import RegisterReading
from chibo.workbook.sealing import Seal


@frozen
class OpenedBook:
    """A book as it was received, and as it was read before anything was taken out; its bytes without marks of ours.

    `seal` is that of the bytes as they came; `lost` is what a new workbook would not carry of them where it is not
    `writable`, so that nothing can be written into it. `marks` are those that the bytes came with.
    """

    received: ReceivedBook
    reading: Reading | None = None
    data: bytes = b""
    seal: Seal | None = None
    writable: bool = False
    lost: tuple[Loss, ...] = ()
    marks: tuple[Mark, ...] = ()


@frozen
class TracedBook:
    """A book as it was read, the seal of its workbook, and its bytes without Excel's default password if it has one."""

    reading: Reading
    seal: Seal | None = None
    plain: bytes = b""


@frozen
class HandedBook:
    """A book that is handed in, as it was received; its seal; when it was last written (ISO).

    `values` is the fingerprint of all that was read of it, what is blocked too, as in a seal; "" where it is refused.
    """

    received: ReceivedBook
    seal: Seal | None = None
    saved_at: str = ""
    values: str = ""


@frozen
class MovedBook:
    """A book of an earlier form as it was read, and what a new workbook has no place for: values, and other things.

    `seal` is that of its workbook.
    """

    reading: Reading
    left: tuple[NotMoved, ...] = ()
    lost: tuple[Loss, ...] = ()
    seal: Seal | None = None


@frozen
class UnmarkedBook:
    """A workbook without our marks, and what somebody typed on their list, which is gone with it.

    `left` are marks that could not be taken off; `remembered` is whether the file still said how cells looked before.
    """

    data: bytes
    typed: tuple[tuple[Place, str], ...] = ()
    left: tuple[MarksLeft, ...] = ()
    remembered: bool = True


@frozen
class MarkedBook:
    """A workbook with a mark on everything to be mended; `marks` is how many there are.

    `data` is None where the file cannot be written into. It is `sealed`, but not signed, where marks were written and a
    book can be read from it; else a seal that it may have is an earlier one, of values that it may no longer hold.
    """

    data: bytes | None
    marks: int
    findings: tuple[Finding, ...]
    sealed: bool = False


ANSWERS: Mapping[Work, Any] = {
    Work.RECEIVE: ReceivedBook,
    Work.READ: Reading,
    Work.OPEN: OpenedBook,
    Work.LIST: list[list[str]],
    Work.INSPECT: Inspection,
    Work.REGISTER: RegisterReading,
    Work.FRAME: str,
    Work.HAND_IN: HandedBook,
    Work.TRACE: TracedBook,
    Work.TRACE_SEALED: TracedBook,
    Work.MOVE: MovedBook,
    Work.LOSSES: tuple[Loss, ...],
    Work.MARK: MarkedBook,
    Work.UNMARK: UnmarkedBook,
    Work.LOOK: tuple[Excerpt, ...],
}
"""The type of the answer to each errand; any may be answered by the finding that says why there is none."""
