"""How the processes of single files start in a test, whatever earlier tests left waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import pytest

from chibo.engine import single_book
from chibo.engine.no_worker import Hindrance, NoWorkerError
from chibo.engine.worker_process import Worker, start_worker


def no_worker(*_asked: object) -> Worker:
    """For `start_by`: no process can be had."""
    raise NoWorkerError(Hindrance.NOT_UNDERSTOOD)


def start_by(monkeypatch: pytest.MonkeyPatch, start: Callable[..., Worker]) -> None:
    """Start every process that reads a single file by this function.

    None of an earlier test is asked instead, and none that starts in this test is left to a later one.
    """
    monkeypatch.setattr(single_book, "_idle", WeakKeyDictionary())
    monkeypatch.setattr(single_book, "start_worker", start)


def started_ones(monkeypatch: pytest.MonkeyPatch) -> list[Worker]:
    """The processes that read single files in this test, one after the other as they are started."""
    begun: list[Worker] = []

    def started(*asked: Any) -> Worker:
        begun.append(start_worker(*asked))
        return begun[-1]

    start_by(monkeypatch, started)
    return begun
