"""What a worker answers about one single file, by what was to be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from chibo.engine.receiving import ReceivedBook
from chibo.findings import Finding
from chibo.model import Place
from chibo.workbook import Reading

if TYPE_CHECKING:
    from chibo.workbook.marking import Mark, MarksLeft
    from chibo.workbook.sealing.seal import Seal
    from chibo.workbook.writing import NotMoved
    from chibo.workbook.writing.losses import Loss


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
    """A book of an earlier form as it was read, and what a new workbook has no place for: values, and other things."""

    reading: Reading
    left: tuple[NotMoved, ...] = ()
    lost: tuple[Loss, ...] = ()


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
