"""What is given out of the office as a file has its word in the log: who, what, the digest of that very file."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from acceptance.command_line import chibo
from chibo.engine.sources import find_uploads
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.office.memory.log import read_log
from chibo.office.memory.periods import open_period
from chibo.office.memory.sending_back import send_back
from chibo.office.memory.submitting import submit
from chibo.submissions import Reason
from memory.books_handed_in import a_book
from memory.offices_in_memory import an_office

MARCH = Period(2026, 3, 3)
OF_MARCH = ("--period", "2026-03")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    memory, _ = an_office(tmp_path_factory.mktemp("o") / "vp", date(2026, 4, 3))
    open_period(memory, MARCH)
    submit(memory, find_uploads([("so.xlsx", a_book())]), MARCH)
    send_back(memory, "CB01", MARCH, reasons=[Reason(text="xem lại", sheet="Sinh hoạt", address="E2")])
    return memory


@pytest.mark.parametrize(
    ("words", "act", "subject"),
    [
        (["units", "export"], "register-given-out", "ra.xlsx"),
        (["consolidate", *OF_MARCH, "--return", "thang", "--out"], "return-made", "2026-03 · ra.xlsx"),
        (["history", "CB01", *OF_MARCH, "--reason", "đối chiếu", "--out"], "file-given-out", "2026-03 · CB01"),
        (["history", "CB01", *OF_MARCH, "--returned", "--out"], "file-given-out", "2026-03 · CB01"),
        (["backup"], "backed-up", "ra.xlsx"),
    ],
)
def test_a_file_of_the_office(office: Memory, tmp_path: Path, words: list[str], act: str, subject: str) -> None:
    written = tmp_path / "ra.xlsx"
    told = chibo(*words, written, "--home", office.library.office, "--as", "quan")
    assert written.exists(), told.err
    last = read_log(office, last=1)[0]
    assert (last.act, last.actor, last.subject) == (act, "quan", subject)
    assert last.after == hashlib.sha256(written.read_bytes()).hexdigest()
