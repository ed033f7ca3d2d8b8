"""Where many books come from: what a cell or an office has to know of it, beside everything else found in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from chibo.consolidation import BookOutcome
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource
from chibo.engine.reading_bytes import BookBytes, book_bytes
from chibo.engine.single_book import trace_sealed
from chibo.findings import Finding
from chibo.office.lineage import kinds
from chibo.office.lineage.provenance import lineage_of

_TOLD = frozenset(
    {
        kinds.SEAL_FORGED,
        kinds.SEAL_OF_OTHER_UNIT,
        kinds.EDITED_OUTSIDE,
        kinds.EDITED_OUTSIDE_AT,
        kinds.OLDER_COPY,
        kinds.STALE_BRANCH,
    }
)
"""What is told unasked: that all is as it was, or that there is no seal, asks nothing of anybody."""


def with_lineage(
    outcomes: Iterable[BookOutcome], books: Sequence[BookSource], library: Library
) -> tuple[BookOutcome, ...]:
    """The outcomes with what is to be told of where their books come from; refused books stay as they are."""
    sources = {source.label: source for source in books}
    with book_bytes(library.intake.file) as reader:
        return tuple(_traced(outcome, sources, reader, library) for outcome in outcomes)


def _traced(
    outcome: BookOutcome, sources: Mapping[str, BookSource], reader: BookBytes, library: Library
) -> BookOutcome:
    source = sources.get(outcome.file)
    data = reader.read(source) if source is not None and outcome.accepted else None
    if source is None or not isinstance(data, bytes):
        return outcome
    for finding in origin_of(data, source.name, library):
        if finding.kind in _TOLD:
            outcome = outcome.with_finding(finding)
    return outcome


def origin_of(data: bytes, file: str, library: Library) -> tuple[Finding, ...]:
    """What the seal of a workbook tells of where it comes from; nothing where it has none."""
    traced = trace_sealed(data, file, library)
    if traced.seal is None or traced.reading.book is None:
        return ()
    return lineage_of(traced.seal, file, traced.reading.book, library).findings
