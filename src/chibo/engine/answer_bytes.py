"""Answers of workers as bytes and back; a worker has parsed what somebody sent, so what it answers is not trusted."""

from __future__ import annotations

from functools import cache
from typing import Any, Generic, TypeVar

from chibo.consolidation import BookOutcome
from chibo.engine.answer_forms import FORMS
from chibo.engine.held_once import let_go
from chibo.engine.messages import Broken, Ready
from chibo.engine.typed_bytes import TypedBytes
from chibo.engine.value_count import MOST_VALUES
from chibo.findings import Finding

T = TypeVar("T")

_LARGE = 2**20
"""Bytes: far more than of the answer about any usual book."""


class AnswerBytes(Generic[T]):
    """Answers to one kind of task: a value of one type, the finding that says why there is none, or Broken."""

    def __init__(self, kind: Any, most_values: int = MOST_VALUES) -> None:
        form = FORMS.of(tuple[kind | None, Finding | None, Broken | None])
        self._bytes: TypedBytes[tuple[T | None, Finding | None, Broken | None]] = TypedBytes(form, most_values)

    def dump(self, answer: Any) -> bytes:
        """An answer as bytes."""
        if isinstance(answer, Broken):
            return self._bytes.dump((None, None, answer))
        return self._bytes.dump((None, answer, None) if isinstance(answer, Finding) else (answer, None, None))

    def load(self, data: bytes) -> T | Finding | Broken:
        """The answer that these bytes stand for. Raises whatever it may be where they stand for none."""
        try:
            value, finding, broken = self._bytes.load(data)
        finally:
            if len(data) > _LARGE:
                let_go()
        answer = broken or finding or value
        if answer is None:
            raise ValueError("no answer")
        return answer


@cache
def answers_of(kind: Any) -> AnswerBytes[Any]:
    """Answers of which the value is of this type; twice as large as in a run, since the desk is given a book twice."""
    return AnswerBytes(kind, 2 * MOST_VALUES)


READY: AnswerBytes[Ready] = AnswerBytes(Ready)
OUTCOMES: AnswerBytes[BookOutcome] = AnswerBytes(BookOutcome)
"""Both are made with the module, before any worker is forked that would have to make its own."""
