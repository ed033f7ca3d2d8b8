"""What became of one book: accepted with its meetings, or refused with the findings that say why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import evolve, field, frozen

from chibo.consolidation.kept_records import KeptRecords
from chibo.findings import Finding, Severity
from chibo.model import CellIdentity, MeetingCode, MeetingFacts, MeetingRecord, Period
from chibo.model.facts import in_order_of_codes
from chibo.model.facts_rows import facts_lines


@frozen
class Basis:
    """What an outcome rests on: whoever asks the same of the same bytes gets the same outcome.

    `content_hash` is the SHA-256 of the file's bytes, `rules` stands for the code and the definitions by which it was
    judged; on the days from `first` to `last` the answer is the same.
    """

    content_hash: str
    rules: str
    first: date
    last: date


@frozen(kw_only=True)
class BookOutcome:
    """One book of a run. `file` is how people know it: its path below what was named, unlike that of any other.

    `digest` stands for the values of the book (`chibo.model.digest`), empty for one that could not be read, or that
    nobody asked to tell from another one. A refused book has at least one finding with `of_book`; its identity is known
    where it could be read. There is no basis where something else than the book decided: a limit of time or memory, a
    file that could not be opened.
    """

    file: str
    accepted: bool
    identity: CellIdentity | None = None
    records: Sequence[MeetingRecord] = field(default=(), repr=False)
    findings: tuple[Finding, ...] = ()
    digest: str = ""
    basis: Basis | None = field(default=None, eq=False, repr=False)

    @property
    def facts(self) -> tuple[MeetingFacts, ...]:
        """The facts of its meetings; none where it is refused."""
        return tuple(record.facts for record in self.records)

    @property
    def meeting_codes(self) -> tuple[MeetingCode, ...]:
        """The codes of its meetings, one to a record."""
        if isinstance(self.records, KeptRecords):
            return self.records.codes
        return tuple(record.facts.meeting_code for record in self.records)

    def records_within(self, period: Period) -> tuple[MeetingRecord, ...]:
        """The records whose meeting code belongs to the period."""
        if isinstance(self.records, KeptRecords):
            return self.records.within(period)
        return tuple(record for record in self.records if record.facts.meeting_code in period)

    def csv_within(self, period: Period | None) -> str:
        """The facts of the period, of any where it is None, as lines of CSV in the order of the meeting codes."""
        if isinstance(self.records, KeptRecords):
            return self.records.csv_within(period)
        wanted = (row for row in self.facts if period is None or row.meeting_code in period)
        return "".join(facts_lines(in_order_of_codes(wanted)))

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """Why the book is refused: its blocking findings, those of the whole book first."""
        blocks = [finding for finding in self.findings if finding.severity is Severity.BLOCK]
        return tuple(sorted(blocks, key=lambda finding: not finding.of_book)) if not self.accepted else ()

    @property
    def has_blocks(self) -> bool:
        """Whether something of the book, or all of it, was taken out."""
        return not self.accepted or any(finding.severity is Severity.BLOCK for finding in self.findings)

    @property
    def sort_key(self) -> tuple[str, str, bool, tuple[str, ...]]:
        """The order of outcomes in a consolidation, whatever order they came in."""
        return (self.file, self.digest, self.accepted, tuple(sorted(finding.code for finding in self.findings)))

    def with_finding(self, finding: Finding) -> BookOutcome:
        """The outcome with one more finding, behind those that weigh as much, as the others stand.

        A blocking one of the whole book refuses it, and its meetings go.
        """
        before = sum(one.severity.rank <= finding.severity.rank for one in self.findings)
        findings = (*self.findings[:before], finding, *self.findings[before:])
        if finding.of_book and finding.severity is Severity.BLOCK:
            return evolve(self, accepted=False, records=(), findings=findings)
        return evolve(self, findings=findings)
