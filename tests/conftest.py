"""What holds for every test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from postgres import cluster, new_database, programs

# A slow day is no failure.
settings.register_profile("chibo", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("chibo")

_CACHES = TemporaryDirectory(prefix="chibo-test-caches-")
_number = count()


_LONG = ("wheel", "notebook", "browser", "corpus", "libreoffice")
_WHOLE_WAYS = {"acceptance", "fuzz", "simulation"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take minutes come first, so that of several processes none is left with one of them at the end.

    Of them, of whole ways and of many drawn cases no lines are counted: that takes half as long again, and the tests
    of single parts go through those lines too.
    """
    long = {item.path for item in items for mark in _LONG if item.get_closest_marker(mark)}
    items.sort(key=lambda item: item.path not in long)
    for item in items:
        if item.path in long or item.path.parent.name in _WHOLE_WAYS or _is_drawn(item):
            item.add_marker("no_cover")


def _is_drawn(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and is_hypothesis_test(item.obj)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test finds nothing remembered that another one read, and leaves nothing in the user's own cache."""
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
