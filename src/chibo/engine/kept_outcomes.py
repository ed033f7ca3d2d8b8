"""An outcome as it is kept: in front what a run asks of every book, behind it the records, packed.

Of thousands of unchanged books a run makes values of the front alone: what was found, the codes of the meetings, their
facts as lines of CSV. Only what asks for more, as a return does, has the records made.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import accumulate

from attrs import define, frozen
from zlib_ng import zlib_ng as zlib

from chibo.consolidation import BookOutcome
from chibo.consolidation.kept_records import KeptRecords
from chibo.engine.answer_forms import FORMS
from chibo.engine.typed_bytes import TypedBytes
from chibo.errors import ChiboError
from chibo.findings import Finding
from chibo.model import CellIdentity, MeetingCode, MeetingRecord
from chibo.model.facts import in_order_of_codes
from chibo.model.facts_rows import facts_lines

_LENGTH = struct.Struct(">I")
_LEVEL = 1
_MOST_BYTES = 64 * 2**20
"""As long as the answer of a worker about a book may be: of what is longer nothing is unpacked."""

_RECORD: TypedBytes[MeetingRecord] = TypedBytes(FORMS.of(MeetingRecord))


@define(eq=False)
class PackedRecords(KeptRecords):
    """Records as compressed bytes: how long each is, then each by itself."""

    body: bytes

    @classmethod
    def of(cls, records: Sequence[MeetingRecord]) -> PackedRecords:
        """These records, packed."""
        if isinstance(records, PackedRecords):
            return records
        codes = tuple(record.facts.meeting_code for record in records)
        lines = facts_lines(in_order_of_codes(record.facts for record in records))
        parts = [_RECORD.dump(record) for record in records]
        lengths = struct.pack(f">{len(parts)}I", *map(len, parts))
        return cls(codes, "".join(lines), tuple(map(len, lines)), zlib.compress(lengths + b"".join(parts), _LEVEL))

    def make(self, numbers: Sequence[int]) -> tuple[MeetingRecord, ...]:
        """The records of these numbers. Raises ChiboError where what is kept of them is none."""
        if not numbers:
            return ()
        try:
            data, lengths = _inflated(self.body), struct.Struct(f">{len(self)}I")
            starts = list(accumulate(lengths.unpack_from(data), initial=lengths.size))
            return tuple(_RECORD.load(data[slice(*starts[number : number + 2])]) for number in numbers)
        except Exception as error:  # whatever it raises: somebody wrote this who knows the secret of the file
            raise ChiboError(_NO_RECORDS) from error


_NO_RECORDS = (
    "kết quả nhớ từ lần đọc trước đã bị chương trình khác sửa, không dùng được. Hãy chạy chibo doctor --clear-cache "
    "rồi làm lại: các sổ sẽ được đọc lại từ đầu."
)


def _inflated(data: bytes) -> bytes:
    """What was compressed, no longer than an answer may be. Raises ValueError where it is longer, or broken off."""
    stream = zlib.decompressobj()
    inflated = stream.decompress(data, _MOST_BYTES)
    if not stream.eof:
        raise ValueError("too long, or broken off")
    return inflated


@frozen
class _Front:
    """What a run asks of every book; of the records as `KeptRecords` has it."""

    accepted: bool
    identity: CellIdentity | None
    findings: tuple[Finding, ...]
    digest: str
    codes: tuple[MeetingCode, ...]
    csv: str
    line_lengths: tuple[int, ...]


_FRONT: TypedBytes[_Front] = TypedBytes(FORMS.of(_Front))


def packed(outcome: BookOutcome) -> bytes:
    """An outcome as bytes, for `unpacked`, but for what the asker knows: the file, and what the outcome rests on."""
    records = PackedRecords.of(outcome.records)
    front = _Front(
        outcome.accepted,
        outcome.identity,
        outcome.findings,
        outcome.digest,
        records.codes,
        records.csv,
        records.line_lengths,
    )
    body = zlib.compress(_FRONT.dump(front), _LEVEL)
    return _LENGTH.pack(len(body)) + body + records.body


def unpacked(data: bytes, file: str) -> BookOutcome:
    """The outcome that these bytes stand for, of this file. Raises whatever it may be where they stand for none."""
    (length,) = _LENGTH.unpack_from(data)
    end = _LENGTH.size + length
    front = _FRONT.load(_inflated(data[_LENGTH.size : end]))
    if len(front.codes) != len(front.line_lengths) or sum(front.line_lengths) != len(front.csv):
        raise ValueError("no line for each meeting")
    return BookOutcome(
        file=file,
        accepted=front.accepted,
        identity=front.identity,
        records=PackedRecords(front.codes, front.csv, front.line_lengths, data[end:]),
        findings=front.findings,
        digest=front.digest,
    )
