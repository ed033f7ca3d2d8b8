"""The store that every contract is tested on, in both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from chibo.model import Period
from chibo.periods import Expected, UnitException, scheduled
from chibo.register.revising import revisions
from chibo.store import Store
from chibo.store.periods import add_exception, add_period
from chibo.store.register import read_register, save_revisions
from chibo.store.submissions import add_edition, add_step, read_submission
from chibo.store.trash import put_into_trash
from chibo.submissions import GivenPoints, Reason, Step, StepKind
from chibo.submissions.retention import Discarded
from scored import LIBRARY
from store.test_register_kept import WHOLE
from store.test_submissions_kept import a_part, an_edition
from stores import a_store

MARCH = Period(2026, 3, 3)


@pytest.fixture
def store(tmp_path: Path, address: str) -> Iterator[Store]:
    made = a_store(tmp_path / "vp", address)
    yield made
    made.close()


@pytest.fixture
def filled(store: Store) -> Store:
    """An office with something in every table."""
    with store.writing("an") as writing:
        save_revisions(writing, revisions(read_register(writing), WHOLE))
        opened = scheduled(MARCH, LIBRARY.calendar, date(2026, 3, 25))
        add_period(writing, opened, [Expected(unit_code="CB01", unit_name="Chi bộ «Một»")])
        add_exception(writing, MARCH, UnitException(unit_code="CB01", until=date(2026, 4, 9), reason="bão"))
        kept = evolve(an_edition("a", 1), content_hash=store.files.keep(b"a workbook"))
        add_edition(writing, read_submission(writing, "CB01", MARCH), kept, a_part())
        sent = store.files.keep(b"a marked workbook")
        back = a_step(StepKind.RETURNED, writing.at, reasons=(Reason(text="vì «thế»"),), sent_copy=sent)
        points = GivenPoints(meeting="2026-03", criterion="2a", points=Decimal("0.5"), reason="ít người")
        for step in (
            back,
            a_step(StepKind.VERIFIED, writing.at, part=kept.part, points=(points,), touched=("2026-03 4b",)),
        ):
            add_step(writing, read_submission(writing, "CB01", MARCH), step)
        put_into_trash(writing, discarded(sent, writing.at), ["2026-03 · CB01"])
    return store


def discarded(content_hash: str, at: datetime) -> Discarded:
    day, later = date(2031, 5, 6), date(2031, 6, 5)
    return Discarded(content_hash=content_hash, actor="ban", day=day, at=at, reason="hết hạn", empties_on=later)


def a_step(kind: StepKind, at: datetime, **more: Any) -> Step:
    return Step(kind=kind, actor="xem", day=date(2026, 4, 3), at=at, **more)
