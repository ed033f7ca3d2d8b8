"""What holds for every test."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from importlib import import_module
from itertools import count
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory

import click
import pytest
from coverage import Coverage
from hypothesis import HealthCheck, is_hypothesis_test, settings

import chibo
from chibo.cli.main import COMMANDS, cli
from chibo.workbook import writing
from chibo.workbook.patching import own_results
from chibo.workbook.patching import write_back as writing_back
from chibo.workbook.writing import book_writer
from postgres import cluster, new_database, programs
from uncounted import uncounted

# A slow day is no failure.
settings.register_profile("chibo", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("chibo")

_CACHES = TemporaryDirectory(prefix="chibo-test-caches-")
_number = count()


_LONG = ("wheel", "notebook", "browser", "corpus", "libreoffice")
_LONG_FOLDERS = {"board", "memory", "office", "patching", "widgets"}
_WHOLE_WAYS = {"acceptance", "fuzz", "simulation"}
_LOADED_ELSEWHERE = ("chibo.__main__", "chibo.engine.dask_", "chibo.server.")
"""The modules of processes that tests start."""
_OF_WRITING = {"writing", "reading", "docs"}
_OF_WRITING_BACK = {"patching", "office", "cli"}
"""The folders of tests that go through all lines that write a new workbook, or into one that is there."""
_under_test = [""]
"""The folder of the test that runs, once one does."""

# Hundreds of tests begin with a new workbook, or end in one; what it is like is not what they are about.
book_writer.write_book = writing.write_book = own_results.write_book = uncounted(
    writing.write_book, lambda: _under_test[0] in _OF_WRITING
)
writing_back.write_back = uncounted(writing_back.write_back, lambda: _under_test[0] in _OF_WRITING_BACK)


def pytest_xdist_auto_num_workers() -> int:
    """Half as many processes again as there are cores: tests that wait for a server or a browser leave a core idle."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + cores // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take minutes come first, so that of several processes none is left with one of them at the end.

    After them come the folders in which a file takes up to a minute.

    Of them, of whole ways and of many drawn cases no lines are counted: that takes half as long again, and the tests
    of single parts go through those lines too.
    """
    long = {item.path for item in items for mark in _LONG if item.get_closest_marker(mark)}
    items.sort(key=lambda item: (item.path not in long, item.path.parent.name not in _LONG_FOLDERS))
    for item in items:
        if item.path in long or item.path.parent.name in _WHOLE_WAYS or _is_drawn(item):
            item.add_marker("uncounted")
    if Coverage.current():
        _load_every_module()


def _load_every_module() -> None:
    """What a module says outside its functions counts once, where it is loaded; that may be in an uncounted test."""
    for module in walk_packages(chibo.__path__, "chibo."):
        if not module.name.startswith(_LOADED_ELSEWHERE):
            import_module(module.name)


def _is_drawn(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and is_hypothesis_test(item.obj)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Stop the counting of lines around a test that is `uncounted`.

    The marker `no_cover` of pytest-cov does not: in a process of several it stops the inner of two that count.
    """
    stopped = []
    while item.get_closest_marker("uncounted") and (counting := Coverage.current()):
        counting.stop()
        stopped.append(counting)
    try:
        return (yield)
    finally:
        for counting in reversed(stopped):
            counting.start()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test finds nothing remembered that another one read, and leaves nothing in the user's own cache."""
    _under_test[0] = item.path.parent.name
    os.environ["CHIBO_CACHE"] = str(Path(_CACHES.name) / str(next(_number)))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A running PostgreSQL of the tests' own."""
    if programs() is None:
        pytest.skip("no PostgreSQL on this machine (Debian, Ubuntu: apt-get install postgresql)")
    with cluster() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of a new database, of each of the two; "" for the file in the office folder."""
    return "" if request.param == "sqlite" else new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def asked_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Commands are asked in a language from now on. The library's own option for help is left out in English.

    It is made once for each command, in the language of the moment, and stays for other tests in this process; so are
    the names of kinds of parameters, as each command is loaded.
    """

    def ask(language: str) -> None:
        if language == "en":
            for name in COMMANDS:
                cli.get_command(click.Context(cli), name)
            monkeypatch.setattr(click.Command, "get_help_option", lambda *_: None)
        monkeypatch.setenv("CHIBO_LANG", language)

    return ask
