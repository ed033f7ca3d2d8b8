"""The two databases that every contract of the store is tested on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chibo.store import Store
from postgres import cluster, new_database, programs
from stores import a_store


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    if programs() is None:
        pytest.skip("no PostgreSQL on this machine (Debian, Ubuntu: apt-get install postgresql)")
    with cluster() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of a new database; "" for the file in the office folder."""
    return "" if request.param == "sqlite" else new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def store(tmp_path: Path, address: str) -> Iterator[Store]:
    made = a_store(tmp_path / "vp", address)
    yield made
    made.close()
