"""What one machine of a cluster is given, books and the rules to judge them by, and what it answers.

The process that takes an assignment looks into no book: limited processes beside it do, as on a single machine.
"""

from __future__ import annotations

import platform
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import field, frozen

from chibo.consolidation import BookOutcome
from chibo.definitions.library import Library
from chibo.engine.bench import Bench
from chibo.engine.book_source import BookSource
from chibo.engine.local_workers import LocalWorkers
from chibo.engine.messages import Broken, dump_values
from chibo.engine.ports import Brief
from chibo.engine.rules import Rules, rules_of
from chibo.errors import ChiboError

Files = tuple[tuple[str, bytes], ...]
"""Definition files that are the office's own, by their path inside its folder."""


@frozen
class Assignment:
    """Some books, and all that they are judged by."""

    books: tuple[BookSource, ...]
    definitions: Files
    rules: Rules
    today: date


def do(assignment: Assignment) -> bytes:
    """The outcomes in the order of the books, or Broken, as `chibo.engine.messages.load_values` reads them."""
    try:
        return dump_values(_outcomes(assignment))
    except ChiboError as error:
        return dump_values(Broken(str(error)))


def _outcomes(assignment: Assignment) -> tuple[BookOutcome, ...]:
    place = _workplace(assignment.definitions, assignment.today)
    _compare(rules_of(place.library), assignment.rules)
    outcomes: dict[int, BookOutcome] = {}
    engine = LocalWorkers(1, bench=place.bench, in_need_here=False)
    engine.run(assignment.books, Brief(place.library, place.today), outcomes.__setitem__, lambda: False)
    return tuple(outcomes[index] for index in range(len(assignment.books)))


@frozen(eq=False)
class _Workplace:
    """What assignments of one run share: the library, the day, and limited processes that wait for more books."""

    library: Library
    today: date
    folder: TemporaryDirectory[str] | None = None
    """Where the library's own files lie, as long as anything refers to it."""
    bench: Bench = field(factory=Bench)


@lru_cache(maxsize=2)
def _workplace(definitions: Files, today: date) -> _Workplace:
    if not definitions:
        return _Workplace(Library(), today)
    folder = TemporaryDirectory(prefix="chibo-")
    for name, data in definitions:
        path = Path(folder.name) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return _Workplace(Library(Path(folder.name)), today, folder)


def _compare(own: Rules, asked: Rules) -> None:
    """Raises ChiboError where this machine would judge otherwise than the one that asks."""
    machine = platform.node()
    if own.program != asked.program:
        raise ChiboError(
            f"máy «{machine}» chạy {own.program}, còn máy này chạy {asked.program}. Hãy cài cùng một bản trên mọi máy."
        )
    if own != asked:
        what = "mã chương trình" if own.code != asked.code else "định nghĩa"
        raise ChiboError(
            f"máy «{machine}» có {what} Chibo khác máy này tuy cùng số bản. Hãy cài lại cùng một bản trên mọi máy."
        )
