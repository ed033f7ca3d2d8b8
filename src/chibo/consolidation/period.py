"""A period out of a consolidation: one row per cell, under its base organisation, the silent cells among them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from chibo.consolidation.duplicates import cell_key
from chibo.consolidation.fold import Consolidation
from chibo.consolidation.outcome import BookOutcome
from chibo.findings import Severity
from chibo.model import CellIdentity, CellInPeriod, CommitteeGroup, LeftOut, MeetingCode, Period, PeriodTable


def period_table(consolidation: Consolidation, period: Period, expected: Iterable[CellIdentity] = ()) -> PeriodTable:
    """Every cell of the accepted books and of the `expected` list, with its meetings of the period.

    A cell of which only refused books of the period's year came in has a row too, without meetings: no unit that sent
    something is left out of the count. What a book says of its cell's name and base organisation wins over the list;
    of several years' books the one of the period's year, else the latest. Cells stand in the order of their codes, the
    groups too; cells straight under the bloc are the last group.
    """
    books: defaultdict[str, list[BookOutcome]] = defaultdict(list)
    for outcome in consolidation.accepted:
        if outcome.identity is not None:
            books[cell_key(outcome.identity.cell_code)].append(outcome)
    refused = _refused_of(consolidation, period)
    cells = {key: _cell(found, period, refused.get(key, ())) for key, found in books.items()}
    for key, found in refused.items():
        cells.setdefault(key, _refused_cell(found))
    for identity in expected:
        cells.setdefault(cell_key(identity.cell_code), CellInPeriod(identity=identity, has_book=False))
    return PeriodTable(period=period, groups=_groups(list(cells.values())))


def unexpected_cells(table: PeriodTable, expected: Iterable[CellIdentity]) -> tuple[CellInPeriod, ...]:
    """The cells of the table that the list of expected cells does not name."""
    listed = {cell_key(identity.cell_code) for identity in expected}
    return tuple(cell for cell in table.cells if cell_key(cell.identity.cell_code) not in listed)


def _refused_of(consolidation: Consolidation, period: Period) -> Mapping[str, Sequence[BookOutcome]]:
    """The refused books of the period's year of which it is known whose they are, by their cell."""
    known = ((outcome.identity, outcome) for outcome in consolidation.refused if outcome.identity is not None)
    found: defaultdict[str, list[BookOutcome]] = defaultdict(list)
    for identity, outcome in known:
        if identity.year == period.year:
            found[cell_key(identity.cell_code)].append(outcome)
    return found


def _refused_cell(books: Sequence[BookOutcome]) -> CellInPeriod:
    """The cell of these books, of which none can be used."""
    identity = next(book.identity for book in books if book.identity is not None)
    return CellInPeriod(identity=identity, has_book=False, refused_files=tuple(book.file for book in books))


def _cell(books: Sequence[BookOutcome], period: Period, refused: Sequence[BookOutcome]) -> CellInPeriod:
    """The cell of these books, which are of one cell and different years, and of the refused ones of this year."""
    identities = [book.identity for book in books if book.identity is not None]
    identity = max(identities, key=lambda known: (known.year == period.year, known.year))
    records = sorted(
        (record for book in books for record in book.records_within(period)),
        key=lambda record: record.facts.meeting_code,
    )
    has_book = any(known.year == period.year for known in identities)
    return CellInPeriod(
        identity=identity,
        records=tuple(records),
        has_book=has_book,
        refused_files=() if has_book else tuple(book.file for book in refused),
        left_out=tuple(_left_out(books, period, {record.facts.meeting_code for record in records})),
    )


def _left_out(books: Sequence[BookOutcome], period: Period, counted: Container[MeetingCode]) -> Iterator[LeftOut]:
    """The meetings of the period that a blocking finding took out, by the first finding on each."""
    told: set[MeetingCode] = set()
    for finding in (finding for book in books for finding in book.findings):
        code = finding.meeting
        if finding.severity is Severity.BLOCK and code is not None and code in period and code not in counted:
            if code not in told:
                yield LeftOut(meeting_code=code, place=finding.place, seen=finding.seen)
            told.add(code)


def _groups(cells: Sequence[CellInPeriod]) -> tuple[CommitteeGroup, ...]:
    members: defaultdict[str, list[CellInPeriod]] = defaultdict(list)
    for cell in sorted(cells, key=lambda cell: (cell.identity.cell_code, cell.identity.cell_name)):
        members[cell.identity.committee_code.casefold()].append(cell)
    groups = [
        CommitteeGroup(
            committee_code=min(cell.identity.committee_code for cell in found),
            committee_name=_usual_name(found),
            cells=tuple(found),
        )
        for found in members.values()
    ]
    return tuple(sorted(groups, key=lambda group: (not group.committee_code, group.committee_code)))


def _usual_name(cells: Sequence[CellInPeriod]) -> str:
    """The name that most cells give their base organisation, the first in the alphabet among equals."""
    names: Mapping[str, int] = Counter(cell.identity.committee_name for cell in cells if cell.identity.committee_name)
    return min(names, key=lambda name: (-names[name], name)) if names else ""
