"""Messages between this program and its worker processes, each with its length in front.

A worker has parsed bytes that somebody sent, so what it answers is not trusted: see `chibo.engine.plain_values`.
"""

from __future__ import annotations

import pickle
import struct
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from attrs import frozen

from chibo.engine.plain_values import dump_values, load_values

if TYPE_CHECKING:
    from chibo.engine.confinement import Protection

_LENGTH = struct.Struct(">Q")
LONGEST_ANSWER = 256 * 2**20
"""Bytes; the answer about a book of the largest size allowed is far smaller."""


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
    specimen: object = None


@frozen
class Broken:
    """A worker's word that a definition of ours is wrong, in text fit for the user."""

    problem: str


def send(stream: IO[bytes], message: object) -> None:
    """Write one message."""
    body = dump_values(message)
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def receive_task(stream: IO[bytes]) -> Any:
    """The next message of the process that started this one; EOFError where it is gone."""
    return pickle.loads(_body(stream, None))  # noqa: S301 - from our own parent process


def receive_answer(stream: IO[bytes]) -> Any:
    """The next answer of a worker, plain values only; EOFError where it is gone, UnpicklingError for anything else."""
    return load_values(receive_unread(stream))


def receive_unread(stream: IO[bytes]) -> bytes:
    """The next answer of a worker as it came, for `load_values`; EOFError where it is gone."""
    return _body(stream, LONGEST_ANSWER)


def _body(stream: IO[bytes], longest: int | None) -> bytes:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(head)
    if longest is not None and size > longest:
        raise pickle.UnpicklingError("too long")
    body = stream.read(size)
    if len(body) < size:
        raise EOFError
    return body
