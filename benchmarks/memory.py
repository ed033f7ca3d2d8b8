"""The office's memory, measured: how points are kept, and how long questions take once 36,000 submissions are in it.

`python benchmarks/memory.py` prints the figures that stand in docs/performance.md: CPU time of this process.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import sqlalchemy as sa
from attrs import evolve

from chibo.audit import AuditAct, first_fault
from chibo.consolidation import period_table
from chibo.definitions.library import Library
from chibo.model import CellIdentity, Period
from chibo.office.demo import demo_book, demo_cells
from chibo.office.export import export_office
from chibo.office.home import init_home
from chibo.office.memory import Memory, open_memory
from chibo.office.memory.consolidating import from_office
from chibo.office.memory.log import check_log
from chibo.office.memory.retention import due_files
from chibo.office.memory.status import period_status
from chibo.periods import Content, expected_units, scheduled
from chibo.register import ChangeOfUnit, Register, UnitChange, UnitLevel
from chibo.register.revising import revisions
from chibo.scoring.facts import appraise
from chibo.scoring.records import records_of
from chibo.store import Writing
from chibo.store.audit_log import entries
from chibo.store.packing import as_text
from chibo.store.periods import add_period
from chibo.store.register import read_register, save_revisions
from chibo.store.submissions import BookPart, add_edition
from chibo.submissions import Edition, PartScores, Submission, part_digest, part_scores

CELLS = 300
BEGIN = date(2016, 1, 1)


def measured(label: str, work: Callable[[], object]) -> object:
    """Do the work and print its CPU seconds."""
    begun = time.process_time()
    result = work()
    print(f"{label}: {time.process_time() - begun:.3f} s of CPU")
    return result


def sample_part(library: Library, period: Period) -> tuple[BookPart, str]:
    """What a sample cell's book says of a month, with its digest."""
    book = demo_book(demo_cells(12)[0], 1, period.year, library)
    today = date(period.year, 12, 31)
    scored = [one.score for one in appraise(book, library, (), today) if one.score]
    records = tuple(one for one in records_of(book, library, (), today) if one.facts.meeting_code in period)
    part = BookPart(identity=CellIdentity.of(book.info), records=records, scores=part_scores(scored, period))
    return part, part_digest(book, period)


def compare_packing(part: BookPart, submissions: int, folder: Path) -> None:
    """One row a submission against one row a criterion: bytes on the disk, time to write, time to read a month."""
    listed = [(meeting, code, one) for meeting, of in part.scores.items() for code, one in of.items()]
    rows = [(meeting, code, *map(_number, (one.own, one.official, one.fact))) for meeting, code, one in listed]
    text = as_text(part.scores, PartScores)
    print(f"{submissions:,} submissions of {3 * len(rows)} points: {3 * len(rows) * submissions:,} points")
    tall = "edition INTEGER, meeting TEXT, criterion TEXT, own REAL, official REAL, fact REAL"
    packed = "edition INTEGER PRIMARY KEY, points BLOB"
    for name, columns, made, opened in (
        ("one row a criterion", f"{tall}, PRIMARY KEY (edition, meeting, criterion)", rows, None),
        ("one row a submission, JSON", packed, [(text,)], json.loads),
        ("one row a submission, compressed", packed, [(zlib.compress(text.encode()),)], _decompressed),
    ):
        path = folder / "packing.db"
        path.unlink(missing_ok=True)
        database = sqlite3.connect(path)
        suffix = " WITHOUT ROWID" if opened is None else ""
        database.execute(f"CREATE TABLE kept ({columns}){suffix}")
        holes = ", ".join("?" * (len(made[0]) + 1))
        begun = time.process_time()
        for number in range(submissions):
            database.executemany(f"INSERT INTO kept VALUES ({holes})", [(number, *row) for row in made])
        database.commit()
        written = time.process_time() - begun
        begun = time.process_time()
        month = database.execute("SELECT * FROM kept WHERE edition BETWEEN ? AND ?", (CELLS, 2 * CELLS - 1)).fetchall()
        if opened is not None:
            month = [opened(row[1]) for row in month]
        read = 1000 * (time.process_time() - begun)
        size = path.stat().st_size / 2**20
        print(f"  {name}: {size:.1f} MiB, written in {written:.2f} s, a month read in {read:.0f} ms")
        database.close()


def _number(points: Decimal | None) -> float | None:
    return None if points is None else float(points)


def _decompressed(data: bytes) -> object:
    return json.loads(zlib.decompress(data))


def fill(memory: Memory, part: BookPart, digest: str, months: int) -> list[Period]:
    """An office of `CELLS` cells that handed in every month."""
    codes = [f"CB{number:03d}" for number in range(CELLS)]
    changes = tuple(
        UnitChange(
            unit_code=code,
            day=BEGIN,
            change=ChangeOfUnit.FOUNDED,
            name=f"Chi bộ {code}",
            level=UnitLevel.GRASSROOTS_CELL,
        )
        for code in codes
    )
    with memory.store.writing("bench") as writing:
        save_revisions(writing, revisions(read_register(writing), Register(changes=changes)))
    periods = [Period(2016 + index // 12, index % 12 + 1, index % 12 + 1) for index in range(months)]
    for period in periods:
        with memory.store.writing("bench") as writing:
            expected = expected_units(Register(changes=changes).units.on(BEGIN), period)
            add_period(writing, scheduled(period, memory.library.calendar, BEGIN), expected)
            for code in codes:
                hand_in(writing, code, period, part, digest)
    return periods


def file_of(code: str, period: Period) -> bytes:
    """What stands for a workbook."""
    return f"{code} {period}".encode()


def keep_files(folder: Path, periods: list[Period]) -> None:
    """The files of all submissions, where the store keeps them."""
    for period in periods:
        for number in range(CELLS):
            data = file_of(f"CB{number:03d}", period)
            digest = hashlib.sha256(data).hexdigest()
            (folder / digest[:2]).mkdir(parents=True, exist_ok=True)
            (folder / digest[:2] / digest).write_bytes(data)


def hand_in(writing: Writing, code: str, period: Period, part: BookPart, digest: str) -> None:
    """One submission, as `chibo submit` writes it."""
    edition = Edition(
        content_hash=hashlib.sha256(file_of(code, period)).hexdigest(),
        file_name=f"{code}.xlsx",
        part=digest,
        values=digest,
        saved_at=datetime(2026, 4, 1, tzinfo=UTC),
        content=Content.COMPLETE,
        submitted_by="bench",
        submitted_on=BEGIN,
        at=writing.at,
    )
    named = evolve(part, identity=evolve(part.identity, cell_code=code))
    add_edition(writing, Submission(unit_code=code, period=period), edition, named)


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--months", type=int, default=120)
    months = parser.parse_args().months
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = folder / "vp"
        init_home(home)
        library = Library(home)
        part, digest = sample_part(library, Period(2026, 3, 3))
        compare_packing(part, CELLS * months, folder)
        memory = open_memory(library, "bench", lambda: datetime(2026, 4, 1, 12, tzinfo=UTC))
        periods = measured(f"{CELLS * months} submissions written", lambda: fill(memory, part, digest, months))
        size = (home / ".chibo-data" / "office.db").stat().st_size
        print(f"database: {size / 2**20:.0f} MiB, {size / CELLS / months:.0f} bytes a submission")
        period = Random(1).choice(periods)
        for _ in range(2):
            measured("status of a period", lambda: period_status(memory, period))
            measured(
                "a month consolidated from the store",
                lambda: period_table(from_office(memory, period).consolidation, period),
            )
        measured("the office held against its log, without files", lambda: check_log(memory, files=False))
        with memory.store.reading() as reading:
            heads = memory.store.heads()
            log = list(entries(reading.connection))
            print(f"log: {len(log)} entries")
            measured("log verified", lambda: first_fault(entries(reading.connection), heads))
            rows = measured(
                "tidy points of a month",
                lambda: reading.connection.execute(
                    sa.text("SELECT count(*) FROM tidy_scores WHERE period = :period"), {"period": str(period)}
                ).scalar(),
            )
            print(f"  ({rows} rows)")
        begun = time.process_time()
        with memory.store.writing("bench") as writing:
            add_period(writing, scheduled(Period(2099, 1, 1), library.calendar, BEGIN), ())
        for number in range(50):
            with memory.writing() as (writing, _):
                hand_in(writing, f"X{number:03d}", Period(2099, 1, 1), part, digest)
                writing.note(AuditAct.SUBMITTED)
        print(f"a submission with its transaction: {(time.process_time() - begun) / 50 * 1000:.1f} ms of CPU")
        measured("files that may go, found", lambda: due_files(memory))
        keep_files(home / ".chibo-data" / "files", periods)
        measured("everything exported, with files of some bytes", lambda: export_office(memory, folder / "ra"))
        memory.close()


if __name__ == "__main__":
    main()
