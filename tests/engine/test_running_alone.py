"""A run that stays alone: only books that meet another one of their cell have a digest; all else is as in any run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from chibo.consolidation import Consolidation
from chibo.engine.bench import Bench
from chibo.engine.in_process import InProcess
from chibo.engine.local_workers import LocalWorkers
from chibo.engine.running import run_books
from chibo.engine.sources import find_sources, find_uploads
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
    assert {book.file for book in compared.copies} == {"hai, chép lại.xlsx"}
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


class TwoPasses:
    """Does something between the first and the second pass, and changes what is asked of both."""

    def __init__(self, between=lambda: None, **brief: bool) -> None:
        self.between, self.brief = between, brief
        self.judged: list[int] = []

    def run(self, books, brief, deliver, cancelled):
        if self.judged:
            self.between()
        self.judged.append(len(books))
        InProcess().run(books, evolve(brief, **self.brief), deliver, cancelled)


def test_a_file_that_becomes_a_copy_of_a_third_book_meanwhile_is_one(tmp_path: Path):
    for name, code in {"một": "CB01", "một, nữa": "CB01", "hai": "CB02"}.items():
        (tmp_path / f"{name}.xlsx").write_bytes(of_cell(code))
    engine = TwoPasses(lambda: (tmp_path / "một, nữa.xlsx").write_bytes(of_cell("CB02")))
    found = run_books(find_sources([tmp_path]), LIBRARY, today=TODAY, engine=engine, alone=True).consolidation

    assert found.refused == ()
    assert len(found.copies) == 1
    assert engine.judged == [3, 2, 1]


def test_books_whose_digest_is_there_are_not_judged_again():
    engine = TwoPasses(with_digest=True)
    run(alone=True, engine=engine)

    assert engine.judged == [6]


def test_books_that_are_judged_again_are_told_of_again():
    told: list[tuple[int, str]] = []
    run(alone=True, engine=InProcess(), on_done=lambda done, _total, one: told.append((done, one.file)))

    assert [done for done, _ in told] == [1, 2, 3, 4, 5, 6, 3, 4, 5, 6]
    assert {file for _, file in told[6:]} == OF_ONE_CELL


def test_books_without_digests_are_never_said_to_be_copies():
    digestless = run(alone=True, engine=_Digestless()).consolidation

    assert digestless.copies == ()
    assert {book.file for book in digestless.accepted} == {"một.xlsx"}


class _Digestless:
    """An engine that makes no digest whatever it is asked for."""

    def run(self, books, brief, deliver, cancelled):
        InProcess().run(books, evolve(brief, with_digest=False), deliver, cancelled)
