"""A process that is killed while it hands books in: what it acknowledged is there, nothing is half there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from chibo.model import Period
from chibo.office.memory.log import check_log
from chibo.office.memory.periods import open_period
from chibo.office.memory.status import period_status
from memory.offices_in_memory import a_register, an_office

MARCH = Period(2026, 3, 3)
HANDS_IN = """
import hashlib
import sys
from datetime import date
from pathlib import Path

from attrs import evolve

from chibo.definitions.library import Library
from chibo.model import Period
from chibo.office.memory import open_memory
from chibo.office.memory.book_parts import look_at
from chibo.office.memory.submitting import hand_in
from memory.books_handed_in import a_book
from memory.offices_in_memory import Noon

memory = open_memory(Library(Path(sys.argv[1])), "nop", Noon(date(2026, 3, 28)))
looked = {cell: look_at(a_book(cell), f"{cell}.xlsx", memory.library, memory.today) for cell in ("CB01", "CB02")}
for number in range(10_000):
    for cell, one in looked.items():
        data = one.data + bytes(str(number), "ascii")
        new = evolve(one, data=data, content_hash=hashlib.sha256(data).hexdigest())
        (handing,) = hand_in(memory, cell, new, Period(2026, 3, 3))
        print(cell, handing.edition.receipt, handing.edition.content_hash, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("acknowledged", [1, 7])
def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path, acknowledged: int) -> None:
    memory, _ = an_office(tmp_path / "vp", date(2026, 3, 28), a_register(("CB01", "CB02")))
    open_period(memory, MARCH)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", HANDS_IN, str(tmp_path / "vp")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        lines = [process.stdout.readline().split() for _ in range(acknowledged)]
        process.send_signal(signal.SIGKILL)
        lines += [line.split() for line in process.stdout.read().splitlines() if line.count(" ") == 2]
    status = period_status(memory, MARCH)
    kept = {edition.content_hash: edition for unit in status.units for edition in unit.submission.editions}
    for _, receipt, content_hash in lines:
        assert kept[content_hash].receipt == int(receipt)
    assert len(kept) - len(lines) in {0, 1}, "at most the one in hand came in without a word"
    for content_hash in kept:
        memory.store.files.read(content_hash)
    check = check_log(memory)
    assert check.fault is None
