"""`chibo consolidate` without files: the return is made from what is in the office."""

from __future__ import annotations

from chibo.cli.output import say
from chibo.definitions.library import Library
from chibo.model import Period
from chibo.office.memory import local_user, open_memory
from chibo.office.memory.consolidating import FromOffice, Wanted, from_office, log_return

_NEWER = {
    Wanted.VERIFIED: (
        "Có bản nộp sau, chưa thẩm định ({count}): {units}. Biểu dùng bản đã thẩm định; muốn dùng bản mới nhất thì "
        "thêm --edition newest."
    ),
    Wanted.NEWEST: "Dùng bản nộp sau, chưa thẩm định, thay bản đã thẩm định ({count}): {units}.",
}


def tell_log(library: Library, user: str, period: Period, name: str, data: bytes) -> None:
    """A word in the log that the return is given out, before it is."""
    memory = open_memory(library, user.strip() or local_user())
    try:
        log_return(memory, period, name, data)
    finally:
        memory.close()


def gather(library: Library, user: str, period: Period, wanted: Wanted) -> FromOffice:
    """What the office has of a period, and a word on how much of it is verified."""
    memory = open_memory(library, user.strip() or local_user())
    try:
        found = from_office(memory, period, wanted)
    finally:
        memory.close()
    books = len(found.consolidation.accepted)
    say(f"Từ văn phòng, kỳ {period}: {books} sổ, {books - len(found.unverified)} đã thẩm định.")
    if found.unverified:
        say(f"Chưa thẩm định ({len(found.unverified)}): {', '.join(found.unverified)}.")
    if found.newer:
        say(_NEWER[wanted].format(count=len(found.newer), units=", ".join(found.newer)))
    return found
