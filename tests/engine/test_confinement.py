"""What a process that reads books may do: asked of such a process itself, whose reading oversteps."""

from __future__ import annotations

import json
import os
import platform
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import overstepping as overstepping_worker
from chibo.cli.main import LazyGroup, cli, main
from chibo.engine import local_workers, single_book
from chibo.engine.confinement import Protection
from chibo.engine.no_worker import Hindrance, NoWorkerError
from chibo.engine.single_book import inspect_one, protections, receive_one
from chibo.engine.worker_process import start_worker
from processes import start_by
from tables import LIBRARY, a_workbook

TODAY = date(2026, 4, 10)
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of Linux")


def overstepping(monkeypatch: pytest.MonkeyPatch, deed: Callable[[str], None], argument: object = "") -> str:
    """What comes of a book whose reading does the deed in a limited process: the code of its finding, or its layout."""
    command = (sys.executable, "-P", overstepping_worker.__file__, deed.__name__, str(argument))
    start_by(monkeypatch, lambda library, setup: start_worker(library, setup, command))
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


@linux
@pytest.mark.parametrize(
    "deed",
    [overstepping_worker.start_another, overstepping_worker.start_a_program, overstepping_worker.reach_who_asked],
)
def test_no_other_process_can_be_started_or_reached(monkeypatch, deed: Callable[[str], None]):
    if platform.machine() not in {"x86_64", "aarch64"}:
        pytest.skip("the calls of this processor are not known")
    assert Protection.NO_OTHER_PROCESS in protections(LIBRARY)
    assert overstepping(monkeypatch, deed, os.getpid()) == "refused PermissionError"


STARTS_NONE = """
import os
from chibo.engine.confinement import _starts_none
if os.geteuid() == 0:
    print(_starts_none())
    os.setuid(65534)
print(_starts_none())
try:
    os.fork()
except OSError as error:
    print(type(error).__name__)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a limit that this system does not have")
def test_where_the_system_takes_no_filter_a_limit_keeps_anybody_but_the_administrator_from_starting_processes():
    told = subprocess.run([sys.executable, "-c", STARTS_NONE], capture_output=True, text=True, check=True).stdout
    assert told.split()[-2:] == ["True", "BlockingIOError"]
    assert (told.split()[0] == "False") is (os.geteuid() == 0)


def test_without_a_process_of_its_own_no_book_is_read(monkeypatch):
    start_by(monkeypatch, _cannot_start)
    with pytest.raises(NoWorkerError):
        receive_one(a_workbook(), "so.xlsx", LIBRARY, TODAY)


def test_what_a_new_workbook_leaves_out_is_no_reason_not_to_save(monkeypatch):
    start_by(monkeypatch, _cannot_start)
    assert single_book.losses_of(a_workbook(), "so.xlsx", LIBRARY) == ()


def test_a_started_process_gives_what_a_forked_one_gives(monkeypatch):
    forked = inspect_one(a_workbook(), "so.xlsx", LIBRARY)
    monkeypatch.setattr("chibo.engine.worker_process.can_fork", lambda: False)

    assert inspect_one(a_workbook(), "so.xlsx", LIBRARY) == forked
    assert forked.refusal is None


def _cannot_start(*_args):
    raise NoWorkerError(Hindrance.NOT_UNDERSTOOD)


def test_doctor_says_what_holds():
    report = json.loads(CliRunner().invoke(cli, ["doctor", "--format", "json"]).stdout)

    assert report["protections"] == {one.value: one in protections(LIBRARY) for one in Protection}
    assert "giây" in CliRunner().invoke(cli, ["doctor"]).stdout


def test_doctor_says_that_no_book_can_be_read(monkeypatch):
    start_by(monkeypatch, _cannot_start)
    in_json = CliRunner().invoke(cli, ["doctor", "--format", "json"])
    report = json.loads(in_json.stdout)

    assert report["reading"] == "not-understood"
    assert not any(report["protections"].values())
    assert in_json.exit_code == 1
    assert "không hiểu câu trả lời" in CliRunner().invoke(cli, ["doctor"]).output
    assert "does not understand" in CliRunner().invoke(cli, ["doctor", "--lang", "en"]).output


def _come_of(error: Exception, cause: Exception) -> Exception:
    error.__context__ = cause
    return error


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("vi", "Không thực hiện được: máy không còn đủ bộ nhớ"),
        ("en", "Cannot go on: this machine is out of memory"),
    ],
)
@pytest.mark.parametrize(
    "refusal",
    [
        MemoryError(),
        ImportError("_rust.abi3.so: failed to map segment from shared object"),
        ValueError("[digital envelope routines] malloc failure"),
        _come_of(ValueError("Can't close the ZIP file"), MemoryError()),
    ],
    ids=repr,
)
def test_a_command_for_which_there_is_no_memory_says_so(
    monkeypatch, capsys, language: str, told: str, refusal: Exception
):
    def refuse(*_asked: object) -> None:
        raise refusal

    monkeypatch.setattr(LazyGroup, "get_command", refuse)
    monkeypatch.setattr(sys, "argv", ["chibo", "check", ".", "--lang", language])
    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith(told)


@pytest.mark.parametrize("fault", [ImportError("no module named _rust"), ValueError("no such number"), KeyError("a")])
def test_another_fault_is_not_told_as_a_lack_of_memory(monkeypatch, fault: Exception):
    def fail(*_asked: object) -> None:
        raise fault

    monkeypatch.setattr(LazyGroup, "get_command", fail)
    monkeypatch.setattr(sys, "argv", ["chibo", "check", "."])
    with pytest.raises(type(fault)):
        main()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("vi", "Không thực hiện được: Không mở được tiến trình riêng để đọc sổ"),
        ("en", "Cannot go on: No separate process can be had"),
    ],
)
def test_a_command_that_can_read_no_book_says_so(monkeypatch, tmp_path: Path, capsys, language: str, told: str):
    (tmp_path / "so.xlsx").write_bytes(a_workbook())
    monkeypatch.setattr(local_workers, "start_worker", _cannot_start)
    monkeypatch.setattr(sys, "argv", ["chibo", "check", str(tmp_path), "--no-cache", "--lang", language])
    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.err.startswith(told)
    assert said.err.endswith(": chibo doctor\n")
    assert not said.out
