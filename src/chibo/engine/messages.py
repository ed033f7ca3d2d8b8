"""Messages between this program and its worker processes, each with its length in front.

A worker has parsed bytes that somebody sent, so what it answers is not trusted: see `chibo.engine.answer_bytes`.
"""

from __future__ import annotations

import pickle
import struct
from datetime import date
from pathlib import Path
from typing import IO, Any

from attrs import frozen

from chibo.consolidation import BookOutcome
from chibo.engine.confinement import Protection
from chibo.errors import ChiboError

_LENGTH = struct.Struct(">Q")
LONGEST_ANSWER = 96 * 2**20
"""Bytes; the answer about a book of the largest size allowed, with the book in it, is half as long."""
LONGEST_OUTCOME = 16 * 2**20
"""Of one book in a run: as many findings as are told of one, all with long texts. How many values may be in an answer
`chibo.engine.value_count` says."""

MOST_OF_ONE_WORKER = 2 * LONGEST_OUTCOME
"""Of all its answers in runs, those about some three thousand books: one that tells more is replaced. A worker that a
book has taken over is asked about others, too, and must not fill the memory of this process a little with each."""


@frozen
class Setup:
    """The first message to a worker: by whose definitions and as of which day it judges, and what it says of that.

    `with_basis` and `with_digest` are those of the brief (`chibo.engine.ports.Brief`).
    """

    office: Path | None
    today: date
    with_basis: bool = True
    with_digest: bool = True


@frozen
class Ready:
    """What a worker says once its definitions are loaded: it may be given books, and this is what holds for it.

    `specimen` is an answer such as a book gets: whoever does not understand this worker learns it before any book.
    """

    protections: frozenset[Protection]
    specimen: BookOutcome | None = None


@frozen
class Broken:
    """A worker's word that a definition of ours is wrong, in text fit for the user; in English too, where there is."""

    problem: str
    english: str = ""

    @classmethod
    def by(cls, error: ChiboError) -> Broken:
        """What such an error says."""
        return cls(str(error), error.english)

    @property
    def error(self) -> ChiboError:
        """The error that says it here."""
        return ChiboError(self.problem, english=self.english)


def send_task(stream: IO[bytes], task: object) -> None:
    """Write one message to a process that was started from this one."""
    send_answer(stream, pickle.dumps(task, protocol=5))


def receive_task(stream: IO[bytes]) -> Any:
    """The next message of the process that started this one; EOFError where it is gone."""
    return pickle.loads(_body(stream, None))  # noqa: S301 - from our own parent process


def send_answer(stream: IO[bytes], answer: bytes) -> None:
    """Write one answer."""
    stream.write(_LENGTH.pack(len(answer)))
    stream.write(answer)
    stream.flush()


def receive_answer(stream: IO[bytes], longest: int = LONGEST_ANSWER) -> bytes:
    """The next answer of a worker as it came; EOFError where it is gone, ValueError for one that is too long."""
    return _body(stream, longest)


def _body(stream: IO[bytes], longest: int | None) -> bytes:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(head)
    if longest is not None and size > longest:
        raise ValueError("too long")
    body = stream.read(size)
    if len(body) < size:
        raise EOFError
    return body
