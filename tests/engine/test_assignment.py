"""What one machine of a cluster makes of the books that it is given."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import chibo.engine.assignment as assignment_module
from chibo.consolidation import BookOutcome
from chibo.definitions.library import Library
from chibo.engine.answer_bytes import OUTCOMES
from chibo.engine.assignment import GROUPS, Assignment, do
from chibo.engine.book_source import BookSource
from chibo.engine.messages import Broken
from chibo.engine.rules import rules_of
from chibo.engine.workplaces import Workplaces
from golden_office import golden_office

DAY = date(2026, 4, 10)


def ended() -> None:
    """Wait until workplaces that are not used any more are given up."""
    while timers := [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]:
        for timer in timers:
            with suppress(RuntimeError):  # another thread is just starting this one
                timer.join()


@pytest.fixture(autouse=True)
def given_up_at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No thread waits on in this process, which other tests may have to fork."""
    monkeypatch.setattr(assignment_module, "_workplaces", Workplaces(idle_seconds=0.0))
    yield
    ended()


def answer(assignment: Assignment, folder: Path) -> object:
    return GROUPS.load(do(assignment, folder, lambda: False))


@pytest.fixture
def shared(tmp_path: Path) -> Assignment:
    """A book that is not sent along."""
    name, data = next(iter(golden_office().items()))
    book = tmp_path / name
    book.write_bytes(data)
    return Assignment(rules_of(Library()), DAY, (), (BookSource(name, name, book),), (len(data),))


def test_a_file_that_is_seen_here_is_read(shared: Assignment, tmp_path: Path):
    (told,) = answer(shared, tmp_path)
    outcome = OUTCOMES.load(told)
    assert isinstance(outcome, BookOutcome)
    assert outcome.accepted


def test_a_file_that_is_not_seen_here_is_told(shared: Assignment, tmp_path: Path):
    shared.books[0].path.unlink()
    told = answer(shared, tmp_path)
    assert isinstance(told, Broken)
    assert f"không thấy đúng tệp «{shared.books[0].label}»" in told.problem


def test_another_file_at_the_same_path_is_told(shared: Assignment, tmp_path: Path):
    shared.books[0].path.write_bytes(b"of another folder that is called the same here")
    assert isinstance(answer(shared, tmp_path), Broken)


def test_definitions_that_cannot_be_loaded_here_name_this_machine(shared: Assignment, tmp_path: Path):
    broken = evolve(shared, definitions=(("sheets/rules/thresholds.toml", b"x = ["),))
    told = answer(broken, tmp_path)
    assert isinstance(told, Broken)
    assert told.problem.startswith("máy «")
    assert "thresholds.toml" in told.problem


def test_a_disk_that_takes_nothing_is_told(shared: Assignment, tmp_path: Path):
    own = evolve(shared, definitions=(("sheets/rules/thresholds.toml", b""),))
    told = answer(own, tmp_path / "absent")
    assert isinstance(told, Broken)
    assert told.problem.startswith("máy «")


def test_books_that_nobody_waits_for_are_not_judged(shared: Assignment, tmp_path: Path):
    assert isinstance(GROUPS.load(do(shared, tmp_path, lambda: True)), Broken)


def test_a_workplace_is_shared_and_leaves_no_file(tmp_path: Path):
    places = Workplaces(idle_seconds=0.0)
    own = (("sheets/rules/own.toml", b"1"),)
    with places.at(own, DAY, tmp_path) as one, places.at(own, DAY, tmp_path) as other:
        assert one is other
        assert Path(one.folder.name, "sheets/rules/own.toml").read_bytes() == b"1"
        with places.at((), DAY, tmp_path) as another:
            assert another is not one
    ended()
    assert not list(tmp_path.iterdir())
    with places.at(own, DAY, tmp_path) as anew:
        assert anew is not one


def test_a_workplace_that_no_clock_can_end_is_given_up_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(_clock: threading.Timer) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Timer, "start", refuse)
    with Workplaces().at((("sheets/rules/own.toml", b"1"),), DAY, tmp_path):
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())
