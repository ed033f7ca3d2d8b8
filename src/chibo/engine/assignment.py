"""What one machine of a cluster is given, books and the rules to judge them by, and what it answers.

The process that takes an assignment looks into no book: limited processes beside it do, as on a single machine.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from attrs import frozen

from chibo.consolidation import BookOutcome
from chibo.definitions.library import Library
from chibo.engine.answer_bytes import OUTCOMES, AnswerBytes, answers_of
from chibo.engine.book_source import BookSource
from chibo.engine.local_workers import LocalWorkers
from chibo.engine.messages import Broken
from chibo.engine.no_worker import NoWorkerError
from chibo.engine.ports import Brief
from chibo.engine.rules import Rules, rules_of
from chibo.engine.workplaces import Files, Workplaces
from chibo.errors import ChiboError, why_refused

_workplaces = Workplaces()

GROUPS: AnswerBytes[tuple[bytes, ...]] = answers_of(tuple[bytes, ...])
"""How a machine answers: each outcome by itself, as `OUTCOMES` reads it."""


@frozen
class Assignment:
    """Some books, and all that they are judged by. `sizes` has the bytes of each file that is not sent along."""

    rules: Rules
    today: date
    definitions: Files
    books: tuple[BookSource, ...]
    sizes: tuple[int, ...] = ()


def do(assignment: Assignment, folder: Path, cancelled: Callable[[], bool]) -> bytes:
    """The outcomes in the order of the books, or Broken, as `GROUPS` reads them.

    Files that are needed meanwhile lie below `folder`. Once `cancelled` says so nobody waits for an answer.
    """
    try:
        return GROUPS.dump(_outcomes(assignment, folder, cancelled))
    except NoWorkerError as error:
        return GROUPS.dump(Broken(f"máy «{platform.node()}» không đọc được sổ. {error}"))
    except ChiboError as error:
        return GROUPS.dump(Broken.by(error))
    except OSError as error:
        return GROUPS.dump(
            Broken(f"máy «{platform.node()}» không làm được: {why_refused(error)}. Hãy xem đĩa và thư mục tạm ở đó.")
        )


def _outcomes(assignment: Assignment, folder: Path, cancelled: Callable[[], bool]) -> tuple[bytes, ...]:
    outcomes: dict[int, bytes] = {}

    def keep(index: int, outcome: BookOutcome) -> None:
        outcomes[index] = OUTCOMES.dump(outcome)

    with _workplaces.at(assignment.definitions, assignment.today, folder) as place:
        _compare(_own_rules(place.library), assignment.rules)
        _look_for(assignment.books, assignment.sizes)
        engine = LocalWorkers(1, bench=place.bench)
        engine.run(assignment.books, Brief(place.library, place.today), keep, cancelled)
    if len(outcomes) < len(assignment.books):
        raise ChiboError("việc đã bị hủy.")
    return tuple(outcomes[index] for index in range(len(assignment.books)))


def _own_rules(library: Library) -> Rules:
    try:
        return rules_of(library)
    except ChiboError as error:
        raise ChiboError(f"máy «{platform.node()}» không tải được định nghĩa. {error}") from None


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


def _look_for(books: Sequence[BookSource], sizes: Sequence[int]) -> None:
    """Raises ChiboError where a file that is not sent along is not seen here, or is another one of the same name."""
    for book, size in zip(books, sizes, strict=False):
        if book.path is not None and not _is_here(book.path, size):
            raise ChiboError(
                f"máy «{platform.node()}» không thấy đúng tệp «{book.label}» ở cùng đường dẫn như máy này. Hãy gắn ổ "
                "chung vào cùng thư mục trên mọi máy, cho tài khoản chạy dask worker đọc được, hoặc bỏ files=shared."
            )


def _is_here(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size and os.access(path, os.R_OK)
    except OSError:
        return False
