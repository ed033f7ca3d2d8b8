"""What a process that reads books may do: asked of such a process itself, whose reading oversteps."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import overstepping as overstepping_worker
from chibo.cli.main import cli
from chibo.engine import single_book
from chibo.engine.confinement import Protection
from chibo.engine.single_book import inspect_one, protections, receive_one
from chibo.engine.worker_process import start_worker
from tables import LIBRARY, a_workbook

TODAY = date(2026, 4, 10)
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of Linux")


def overstepping(monkeypatch: pytest.MonkeyPatch, deed: Callable[[str], None], argument: object = "") -> str:
    """What comes of a book whose reading does the deed in a limited process: the code of its finding, or its layout."""
    command = (sys.executable, "-P", overstepping_worker.__file__, deed.__name__, str(argument))
    monkeypatch.setattr(single_book, "_idle", {})  # so that no process of an earlier test is asked, nor this one later
    monkeypatch.setattr(single_book, "start_worker", lambda library, setup: start_worker(library, setup, command))
    answer = single_book.read_one(a_workbook(), "so.xlsx", LIBRARY)
    return answer.findings[0].code if answer.findings else answer.layout


@linux
def test_memory_beyond_the_limit_is_refused(monkeypatch):
    assert overstepping(monkeypatch, overstepping_worker.take_memory) == "MEMORY"


@linux
def test_a_process_that_dies_costs_its_book_alone(monkeypatch):
    assert overstepping(monkeypatch, overstepping_worker.die) == "READER_CRASH"
    monkeypatch.undo()
    assert receive_one(a_workbook(), "so.xlsx", LIBRARY, TODAY).accepted


@linux
def test_large_files_cannot_be_written(monkeypatch, tmp_path: Path):
    assert overstepping(monkeypatch, overstepping_worker.write_file, tmp_path / "x").startswith("refused")


@linux
def test_there_is_no_way_to_the_network(monkeypatch):
    if Protection.NO_NETWORK not in protections(LIBRARY):
        pytest.skip("this system gives no network of its own")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        there = overstepping(monkeypatch, overstepping_worker.connect, port)

    assert there.startswith("refused")


def test_what_comes_of_a_book_does_not_depend_on_the_process(monkeypatch):
    book = a_workbook()
    there = receive_one(book, "so.xlsx", LIBRARY, TODAY)
    monkeypatch.setattr(single_book, "start_worker", _cannot_start)
    here = receive_one(book, "so.xlsx", LIBRARY, TODAY)

    assert there == here
    assert there.accepted


def test_a_started_process_gives_what_a_forked_one_gives(monkeypatch):
    forked = inspect_one(a_workbook(), "so.xlsx", LIBRARY)
    monkeypatch.setattr("chibo.engine.worker_process.can_fork", lambda: False)

    assert inspect_one(a_workbook(), "so.xlsx", LIBRARY) == forked
    assert forked.refusal is None


def _cannot_start(*_args):
    raise single_book.WorkerError("none")


def test_doctor_says_what_holds():
    report = json.loads(CliRunner().invoke(cli, ["doctor", "--format", "json"]).stdout)

    assert report["protections"] == {one.value: one in protections(LIBRARY) for one in Protection}
    assert "giây" in CliRunner().invoke(cli, ["doctor"]).stdout
