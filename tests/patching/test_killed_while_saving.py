"""A kill at any instant while a workbook is saved leaves the old file or the new one, never a mixture."""

from __future__ import annotations

import multiprocessing
import random
import sys
import time
from itertools import cycle
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from chibo.workbook.saving import save_atomically
from tables import a_workbook

KILLS = 60


def save_for_ever(target: Path, contents: tuple[bytes, ...], begun: Event) -> None:
    for content in cycle(contents):
        save_atomically(target, content)
        begun.set()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows starts no process by fork")
def test_a_kill_at_any_instant_leaves_a_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "so.xlsx"
    contents = (a_workbook(), a_workbook({"Thêm": "| một |\n" * 3000}))
    target.write_bytes(contents[0])
    moments, start = random.Random(20260328), multiprocessing.get_context("fork")
    for _ in range(KILLS):
        begun = start.Event()
        writer = start.Process(target=save_for_ever, args=(target, contents, begun))
        writer.start()
        assert begun.wait(60)
        time.sleep(moments.random() / 50)  # the instant of the kill, not a wait for anything
        writer.kill()
        writer.join()
        assert target.read_bytes() in contents
