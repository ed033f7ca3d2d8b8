"""An outcome as it is kept: in front what a run asks of every book, behind it the records, packed.

Of thousands of unchanged books a run makes values of the front alone: what was found, the codes of the meetings, their
facts as lines of CSV. Only what asks for more, as a return does, has the records made.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import accumulate

from attrs import define
from zlib_ng import zlib_ng as zlib

from chibo.consolidation import BookOutcome
from chibo.consolidation.kept_records import KeptRecords
from chibo.engine.plain_values import dump_apart, dump_values, load_apart, load_values
from chibo.model import MeetingRecord
from chibo.model.facts import in_order_of_codes
from chibo.model.facts_rows import facts_lines

_LENGTH = struct.Struct(">I")
_LEVEL = 1


@define(eq=False)
class PackedRecords(KeptRecords):
    """Records as compressed bytes: how long each is, then each by itself but for what the first one has as well."""

    body: bytes

    @classmethod
    def of(cls, records: Sequence[MeetingRecord]) -> PackedRecords:
        """These records, packed."""
        if isinstance(records, PackedRecords):
            return records
        codes = tuple(record.facts.meeting_code for record in records)
        lines = facts_lines(in_order_of_codes(record.facts for record in records))
        parts = dump_apart(records)
        lengths = struct.pack(f">{len(parts)}I", *map(len, parts))
        return cls(codes, "".join(lines), tuple(map(len, lines)), zlib.compress(lengths + b"".join(parts), _LEVEL))

    def make(self, numbers: Sequence[int]) -> tuple[MeetingRecord, ...]:
        """The records of these numbers."""
        if not numbers:
            return ()
        data, lengths = zlib.decompress(self.body), struct.Struct(f">{len(self)}I")
        starts = list(accumulate(lengths.unpack_from(data), initial=lengths.size))
        first, *others = load_apart([data[slice(*starts[at : at + 2])] for at in (0, *filter(None, numbers))])
        following = iter(others)
        return tuple(next(following) if number else first for number in numbers)


def packed(outcome: BookOutcome) -> bytes:
    """An outcome as bytes, for `unpacked`, but for what the asker knows: the file, and what the outcome rests on."""
    records = PackedRecords.of(outcome.records)
    asked_of_all = (
        outcome.accepted,
        outcome.identity,
        outcome.findings,
        outcome.digest,
        records.codes,
        records.csv,
        records.line_lengths,
    )
    front = zlib.compress(dump_values(asked_of_all), _LEVEL)
    return _LENGTH.pack(len(front)) + front + records.body


def unpacked(data: bytes, file: str) -> BookOutcome:
    """The outcome that these bytes stand for, of this file. Raises whatever it may be where they stand for none."""
    (length,) = _LENGTH.unpack_from(data)
    end = _LENGTH.size + length
    accepted, identity, findings, digest, codes, csv, lengths = load_values(zlib.decompress(data[_LENGTH.size : end]))
    return BookOutcome(
        file=file,
        accepted=accepted,
        identity=identity,
        records=PackedRecords(codes, csv, lengths, data[end:]),
        findings=findings,
        digest=digest,
    )
