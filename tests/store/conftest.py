"""The store that every contract is tested on, in both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chibo.store import Store
from stores import a_store


@pytest.fixture
def store(tmp_path: Path, address: str) -> Iterator[Store]:
    made = a_store(tmp_path / "vp", address)
    yield made
    made.close()
