"""Mutants of our own books: each is received or refused for a reason; none costs its reader, none is half believed.

CHIBO_FUZZ is how many mutants of each book are tried and CHIBO_FUZZ_SEED what they are drawn from (`make fuzz`).
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from random import Random

import pytest

from chibo.engine.single_book import receive_one
from chibo.findings import Severity
from chibo.workbook import write_book
from healthy import healthy_book
from mutants import mutant
from tables import LIBRARY, a_workbook

TODAY = date(2026, 4, 10)
COUNT = int(os.environ.get("CHIBO_FUZZ", "40"))
SEED = os.environ.get("CHIBO_FUZZ_SEED", "1")
LOST = {"READER_CRASH", "TIMEOUT", "MEMORY"}


@pytest.mark.parametrize("book", ["small", "full"])
def test_mutants_are_received_or_refused(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    sound = a_workbook() if book == "small" else write_book(healthy_book(), LIBRARY, TODAY)
    outcomes: Counter[str] = Counter()
    for number in range(COUNT):
        received = receive_one(mutant(sound, Random(f"{SEED} {book} {number}")), "so.xlsx", LIBRARY, TODAY)
        codes = {finding.code for finding in received.findings if finding.severity is Severity.BLOCK}
        assert not codes & LOST, f"seed {SEED}, {book}, mutant {number}: {codes & LOST}"
        assert received.accepted or codes, f"seed {SEED}, {book}, mutant {number} is refused without a reason"
        outcomes["received" if received.accepted else "refused"] += 1
    with capsys.disabled():
        if COUNT > 40:
            print(f"\n{book}: {dict(outcomes)}")
    assert outcomes["refused"] > 0
