"""A run that stays alone: only books that meet another one of their cell have a digest; all else is as in any run."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from chibo.consolidation import Consolidation
from chibo.engine.bench import Bench
from chibo.engine.in_process import InProcess
from chibo.engine.local_workers import LocalWorkers
from chibo.engine.running import run_books
from chibo.engine.sources import find_uploads
from scored import LIBRARY
from tables import INFO, a_workbook

TODAY = date(2026, 4, 10)


def of_cell(code: str, name: str = "Chi bộ Văn phòng") -> bytes:
    return a_workbook({"Thông tin": INFO.replace("CB01", code).replace("Chi bộ Văn phòng", name)})


BOOKS = {
    "một.xlsx": of_cell("CB01"),
    "hai.xlsx": of_cell("CB02"),
    "hai, chép lại.xlsx": of_cell("CB02"),
    "ba.xlsx": of_cell("CB03"),
    "ba, sửa tên.xlsx": of_cell("CB03", "Chi bộ khác"),
    "hỏng.xlsx": b"",
}
OF_ONE_CELL = {"hai.xlsx", "hai, chép lại.xlsx", "ba.xlsx", "ba, sửa tên.xlsx"}


def run(**options):
    return run_books(find_uploads(BOOKS.items()), LIBRARY, today=TODAY, **options)


def what_became_of(result: Consolidation) -> list[object]:
    """All that is said of the books, but for their digests."""
    return [(one.file, one.accepted, one.identity, tuple(one.records), one.findings) for one in result.settled]


@pytest.mark.parametrize("engine", [InProcess(), LocalWorkers(1), LocalWorkers(2)])
def test_what_becomes_of_the_books_is_the_same(engine):
    compared = run().consolidation
    alone = run(alone=True, engine=engine).consolidation

    assert what_became_of(alone) == what_became_of(compared)
    assert {book.file for book in compared.copies} == {"hai.xlsx"}
    assert {book.file for book in compared.refused} == {"ba.xlsx", "ba, sửa tên.xlsx", "hỏng.xlsx"}


def test_books_that_meet_no_other_one_of_their_cell_have_no_digest():
    digests = {book.file: book.digest for book in run(alone=True).consolidation.outcomes}
    compared = {book.file: book.digest for book in run().consolidation.outcomes}

    assert {file: digest for file, digest in digests.items() if digest} == {
        file: compared[file] for file in OF_ONE_CELL
    }
    assert compared["một.xlsx"]


def test_a_run_whose_outcomes_may_be_kept_has_all_digests():
    bench = Bench()
    kept = run(alone=True, workers=1, bench=bench).consolidation
    bench.clear()

    assert all(book.digest for book in kept.outcomes if book.file != "hỏng.xlsx")


def test_books_not_yet_told_apart_when_a_run_is_cancelled_are_not_done():
    done: list[str] = []
    result = run(
        alone=True,
        engine=InProcess(),
        on_done=lambda *args: done.append(args[2].file),
        cancelled=lambda: len(done) == len(BOOKS),
    )

    assert result.cancelled
    assert {book.file for book in result.consolidation.outcomes} == {"một.xlsx", "hỏng.xlsx"}


def test_books_without_digests_are_never_said_to_be_copies():
    digestless = run(alone=True, engine=_Digestless()).consolidation

    assert digestless.copies == ()
    assert {book.file for book in digestless.accepted} == {"một.xlsx"}


class _Digestless:
    """An engine that makes no digest whatever it is asked for."""

    def run(self, books, brief, deliver, cancelled):
        InProcess().run(books, evolve(brief, with_digest=False), deliver, cancelled)
