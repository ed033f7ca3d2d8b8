"""What holds for every test."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

_CACHES = TemporaryDirectory(prefix="chibo-test-caches-")
_number = count()


_LONG = ("wheel", "notebook", "browser", "corpus", "libreoffice")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take minutes come first, so that of several processes none is left with one of them at the end."""
    long = {item.path for item in items for mark in _LONG if item.get_closest_marker(mark)}
    items.sort(key=lambda item: item.path not in long)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test finds nothing remembered that another one read, and leaves nothing in the user's own cache."""
    os.environ["CHIBO_CACHE"] = str(Path(_CACHES.name) / str(next(_number)))
