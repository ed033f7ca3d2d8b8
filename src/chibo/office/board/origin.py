"""Where the books of a unit on the board come from, as their seals tell it."""

from __future__ import annotations

from collections.abc import Collection

from chibo.definitions.library import Library
from chibo.engine.reading_bytes import book_bytes
from chibo.findings import Finding
from chibo.office.board.run import BoardRun
from chibo.office.lineage.kinds import NOTHING_TO_KNOW
from chibo.office.lineage.tracing import origin_of


def origins_of(files: Collection[str], run: BoardRun, library: Library) -> tuple[Finding, ...]:
    """What is to be known of where these books of the run come from; nothing of one without a seal or let go by now."""
    found: list[Finding] = []
    with book_bytes(library.intake.file) as reader:
        for source in run.sources_of(files):
            data = reader.read(source)
            if isinstance(data, bytes):
                found.extend(origin_of(data, source.name, library))
    return tuple(finding for finding in found if finding.kind not in NOTHING_TO_KNOW)
