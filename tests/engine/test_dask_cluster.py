"""Several machines, here processes of one: the same outcomes as on a single one, also when one of them dies."""

from __future__ import annotations

import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from chibo.cli.main import cli
from chibo.errors import ChiboError
from golden_office import golden_office

PATIENCE = 240

SCHEDULER = """
import asyncio
from distributed import Scheduler
async def main():
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        print(scheduler.address, flush=True)
        await scheduler.finished()
asyncio.run(main())
"""

# With an argument more, the first worker to take books says so and holds them, until it is killed.
WORKER = """
import asyncio, os, sys, threading
import chibo.engine.assignment as assignment
from distributed import Worker
judge = assignment._outcomes
def hold(given):
    try:
        os.close(os.open(sys.argv[2], os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return judge(given)
    print("holds", flush=True)
    threading.Event().wait()
if len(sys.argv) > 2:
    assignment._outcomes = hold
async def main():
    async with Worker(sys.argv[1], nthreads=1, dashboard=False) as worker:
        print("ready", flush=True)
        await worker.finished()
asyncio.run(main())
"""


@contextmanager
def started(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)
        process.stdout.close()


def said(process: subprocess.Popen[str]) -> str:
    """The next line of a process."""
    return process.stdout.readline().strip()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden office as files: books that are accepted, and one that is refused."""
    home = tmp_path_factory.mktemp("office")
    for name, data in golden_office().items():
        (home / name).write_bytes(data)
    return home


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with started(SCHEDULER) as process:
        yield said(process)


def test_a_machine_that_dies_costs_nothing(scheduler: str, folder: Path, tmp_path: Path):
    arguments = ["consolidate", str(folder), "--period", "2026-03", "--return", "thang", "--date", "2026-04-10"]
    engine = f"{scheduler.replace('tcp', 'dask')}?books=2"
    with ExitStack() as stack:
        workers = [stack.enter_context(started(WORKER, scheduler, tmp_path / "held")) for _ in range(2)]
        assert [said(worker) for worker in workers] == ["ready", "ready"]
        command = [sys.executable, "-m", "chibo", *arguments, "--out", str(tmp_path / "there.xlsx"), "--engine", engine]
        client = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        (pipe, *_), _, _ = select.select([worker.stdout for worker in workers], [], [], PATIENCE)
        (holding,) = (worker for worker in workers if worker.stdout is pipe)
        assert said(holding) == "holds"
        holding.kill()
        told = client.communicate(timeout=PATIENCE)[1]
    here = CliRunner().invoke(cli, [*arguments, "--out", str(tmp_path / "here.xlsx")])
    assert told.replace("there.xlsx", "here.xlsx") == here.stderr
    assert client.returncode == here.exit_code == 1
    assert (tmp_path / "there.xlsx").read_bytes() == (tmp_path / "here.xlsx").read_bytes()


# What a client meets: in a process of its own, since Dask leaves threads behind.

ANY_ORDER = """
import sys
from datetime import date
from pathlib import Path
from random import Random
from chibo.definitions.library import Library
from chibo.engine.book_source import Sources
from chibo.engine.dask_cluster import DaskCluster
from chibo.engine.in_process import InProcess
from chibo.engine.local_workers import LocalWorkers
from chibo.engine.running import run_books
from chibo.engine.sources import find_sources
address, folder, home = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
books = [*find_sources([folder]).books, *find_sources([folder / "không có.xlsx"]).books]
def judged(engine, library, order):
    return run_books(Sources(tuple(order)), library, today=date(2026, 4, 10), engine=engine).consolidation
library, random = Library(home), Random(11)
here = judged(InProcess(), library, books)
assert here.accepted and here.refused
assert here != judged(InProcess(), Library(), books), "the office's own thresholds make a difference"
assert judged(LocalWorkers(2), library, books) == here
for _ in range(6):
    engine = DaskCluster(address, random.randint(1, len(books) + 1), shared=random.random() < 0.5)
    assert judged(engine, library, random.sample(books, len(books))) == here, engine
print("equal")
"""

REFUSED = """
import sys
from datetime import date
from pathlib import Path
import chibo.engine.dask_cluster as cluster
from chibo.definitions.library import Library
from chibo.engine.rules import Rules
from chibo.engine.running import run_books
from chibo.engine.sources import find_sources
from chibo.errors import ChiboError
class Changed(Library):
    digest = "0"
found = find_sources([Path(sys.argv[1])])
cluster._SECONDS_TO_ANSWER = float(sys.argv[2])
def told(address, library):
    try:
        run_books(found, library, today=date(2026, 4, 10), engine=cluster.DaskCluster(address))
    except ChiboError as error:
        sys.stdout.buffer.write(str(error).encode() + bytes([10]))
for address in sys.argv[3:]:
    told(address, Changed())
cluster.rules_of = lambda library: Rules("Chibo 99", "", "")
told(address, Library())
"""


def client(script: str, *arguments: object) -> str:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


@pytest.fixture(scope="module")
def cluster(scheduler: str) -> Iterator[str]:
    """A cluster of two."""
    with started(WORKER, scheduler) as one, started(WORKER, scheduler) as other:
        assert said(one) == said(other) == "ready"
        yield scheduler


def test_every_engine_gives_the_same_in_any_order_and_grouping(cluster: str, folder: Path, tmp_path: Path):
    (tmp_path / "sheets" / "rules").mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "sheets" / "rules" / "thresholds.toml"
    own = shipped.read_text("utf-8").replace('value = "300"', 'value = "60"')  # minutes of the longest meeting
    (tmp_path / "sheets" / "rules" / "thresholds.toml").write_text(own, "utf-8")
    assert client(ANY_ORDER, cluster, folder, tmp_path).strip() == "equal"


def test_machines_that_judge_otherwise_are_told_apart(cluster: str, folder: Path):
    definitions, program = client(REFUSED, folder, 60, cluster).splitlines()
    assert "định nghĩa Chibo khác" in definitions
    assert "chạy Chibo 99" in program


def test_a_scheduler_that_does_not_answer_or_has_no_workers_is_told(folder: Path):
    with started(SCHEDULER) as alone:
        nobody, no_workers, _ = client(REFUSED, folder, 1, "tcp://127.0.0.1:9", said(alone)).splitlines()
    assert "không trả lời" in nobody
    assert "chưa có máy nào nhận việc" in no_workers


def test_what_is_not_installed_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "chibo.engine.dask_cluster", raising=False)
    result = CliRunner().invoke(cli, ["facts", str(folder), "--engine", "dask://127.0.0.1:8786"])
    assert isinstance(result.exception, ChiboError)
    assert "chibo[cluster]" in str(result.exception)


@pytest.mark.parametrize(
    "engine",
    [
        "x",
        "dask://",
        "dask://máy",
        "dask://máy:số",
        "tcp://a:1",
        "dask://a:1?books=0",
        "dask://a:1?files=x",
        "dask://a:1?x=1",
    ],
)
def test_a_place_that_is_none_is_wrong_usage(folder: Path, engine: str):
    result = CliRunner().invoke(cli, ["facts", str(folder), "--engine", engine])
    assert result.exit_code == 2
    assert "dask://10.0.0.5:8786" in result.stderr


def test_workers_are_of_this_machine_only(folder: Path):
    result = CliRunner().invoke(cli, ["facts", str(folder), "--engine", "dask://a:1", "--workers", "2"])
    assert result.exit_code == 2
