"""Handing in: each file is kept as it came, its unit and periods are found, and a receipt is given for each period."""

from __future__ import annotations

from attrs import evolve

from chibo.engine.book_source import Sources
from chibo.engine.reading_bytes import book_bytes
from chibo.findings import Finding, Severity
from chibo.model import Period
from chibo.office.memory.book_parts import LookedAt, look_at
from chibo.office.memory.handed import HandedIn, Handing
from chibo.office.memory.handing_in import InHand, periods_for
from chibo.office.memory.not_taken import NotTakenError
from chibo.office.memory.remembering import Memory


def submit(
    memory: Memory, sources: Sources, period: Period | None = None, *, again: bool = False
) -> tuple[Handing, ...]:
    """Hand in every book; without a `period`, for each open one that the book tells of.

    One file that is refused stops no other. Handing in a file again changes nothing and gives the receipt it had;
    `again` is for it to be used though another is newer, or to stand by it as it came back.
    """
    found = [
        Handing(file=refusal.label, result=HandedIn.REFUSED, findings=(refusal.finding,)) for refusal in sources.refused
    ]
    with book_bytes(memory.library.intake.file) as reader:
        for source in sources.books:
            data = reader.read(source)
            if isinstance(data, Finding):
                found.append(Handing(file=source.label, result=HandedIn.REFUSED, findings=(data,)))
            else:
                looked = look_at(data, source.name, memory.library, memory.today, source.answer)
                found += hand_in(memory, source.label, looked, period, again=again)
    return tuple(found)


def hand_in(
    memory: Memory, label: str, looked: LookedAt, period: Period | None = None, *, again: bool = False
) -> list[Handing]:
    """Hand in one file that was looked at, known as `label`; see `submit`."""
    book = looked.book
    refused = Handing(file=label, result=HandedIn.REFUSED, findings=looked.received.findings)
    if book is None:
        blocks = tuple(one for one in refused.findings if one.severity is Severity.BLOCK)
        return [evolve(refused, findings=blocks)]
    memory.store.files.keep(looked.data)
    with memory.writing() as (writing, standing):
        writing.may_change_nothing = True
        try:
            chosen = periods_for(writing, standing, looked, book, period)
        except NotTakenError as why:
            return [evolve(refused, unit_code=book.info.cell_code, why=str(why), command=why.command)]
        in_hand = InHand(writing, standing, looked, book)
        found = [in_hand.for_period(writing, refused, one, again=again) for one in chosen]
        if any(one.edition is not None for one in found):
            memory.store.files.keep(looked.data)  # once more: whoever emptied the trash meanwhile may have taken it
        return found
