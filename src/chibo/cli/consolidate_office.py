"""`chibo consolidate` without files: the return is made from what is in the office."""

from __future__ import annotations

from chibo.cli.output import say
from chibo.definitions.library import Library
from chibo.model import Period
from chibo.office.memory import local_user, open_memory
from chibo.office.memory.consolidating import FromOffice, from_office


def gather(library: Library, user: str, period: Period) -> FromOffice:
    """What the office has of a period, and a word on how much of it is verified."""
    memory = open_memory(library, user or local_user())
    try:
        found = from_office(memory, period)
    finally:
        memory.close()
    books = len(found.consolidation.accepted)
    say(f"Từ văn phòng, kỳ {period}: {books} sổ, {books - len(found.unverified)} đã thẩm định.")
    if found.unverified:
        say(f"Chưa thẩm định ({len(found.unverified)}): {', '.join(found.unverified)}.")
    return found
