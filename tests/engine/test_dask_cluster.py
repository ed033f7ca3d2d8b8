"""Several machines, here processes of one: the same outcomes as on a single one, also when one of them dies."""

from __future__ import annotations

import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner

from chibo.cli.main import cli
from chibo.errors import ChiboError
from golden_office import golden_office

PATIENCE = 240

# Needs no Chibo: it passes on what it cannot look into.
SCHEDULER = """
import asyncio, sys
sys.modules["chibo"] = None
from distributed import Scheduler
async def main():
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        print(scheduler.address, flush=True)
        await scheduler.finished()
asyncio.run(main())
"""

# With an argument more, the first worker to take books says so and holds them, until it is killed.
WORKER = """
import os, sys, threading
import chibo.engine.assignment as assignment
judge = assignment._outcomes
def hold(*given):
    try:
        os.close(os.open(sys.argv[2], os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return judge(*given)
    print("holds", flush=True)
    threading.Event().wait()
if len(sys.argv) > 2:
    assignment._outcomes = hold
"""

SERVES = """
import asyncio, sys
from distributed import Worker
async def main():
    async with Worker(sys.argv[1], nthreads=1, dashboard=False) as worker:
        print("ready", worker.address, flush=True)
        await worker.finished()
asyncio.run(main())
"""

# Keeps its books until nobody wants them any more.
PATIENT = """
import time
import chibo.engine.assignment as assignment
def hold(_given, _folder, cancelled):
    print("holds", flush=True)
    while not cancelled():
        time.sleep(0.05)
    print("lets go", flush=True)
    return ()
assignment._outcomes = hold
"""

# Answers so, whatever it is asked.
LYING = """
import sys
import chibo.engine.dask_cluster as cluster
from chibo.engine.answer_bytes import OUTCOMES
from chibo.engine.assignment import GROUPS
from chibo.engine.judging import reader_failed, refused
OF_ANOTHER = OUTCOMES.dump(refused("khac.xlsx", reader_failed("khac.xlsx", "")))
TOO_MUCH = bytes([0, 0x93, 0x97, 0xA1, 0x78, 0xC3, 0xC0, 0xDD, 0, 0x40, 0, 0]) + b"\\xc0" * 2**22
cluster.do = lambda assignment, *_: eval(sys.argv[2], globals(), {"books": len(assignment.books)})
"""

WITHOUT_CHIBO = """
import sys
sys.modules["chibo"] = None
"""


@contextmanager
def started(script: str, *arguments: object, log: IO[str] | None = None) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=log or subprocess.DEVNULL,
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
        workers = [stack.enter_context(started(WORKER + SERVES, scheduler, tmp_path / "held")) for _ in range(2)]
        assert all(said(worker).startswith("ready") for worker in workers)
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
import chibo.engine.dask_scheduler as scheduler
from chibo.definitions.library import Library
from chibo.engine.rules import Rules
from chibo.engine.running import run_books
from chibo.engine.sources import find_sources
from chibo.errors import ChiboError
class Changed(Library):
    digest = "0"
found = find_sources([Path(sys.argv[1])])
scheduler.SECONDS_TO_ANSWER = float(sys.argv[2])
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


IMPATIENT = """
import sys
from datetime import date
from pathlib import Path
import chibo.engine.dask_cluster as cluster
from chibo.definitions.library import Library
from chibo.engine.running import run_books
from chibo.engine.sources import find_sources
from chibo.errors import ChiboError
cluster._Groups.patience = 0.0
try:
    run_books(
        find_sources([Path(sys.argv[1])]), Library(), today=date(2026, 4, 10), engine=cluster.DaskCluster(sys.argv[2])
    )
except ChiboError as error:
    sys.stdout.buffer.write(str(error).encode())
"""


def client(script: str, *arguments: object) -> str:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


@pytest.fixture(scope="module")
def cluster(scheduler: str) -> Iterator[str]:
    """A cluster of two."""
    with started(WORKER + SERVES, scheduler) as one, started(WORKER + SERVES, scheduler) as other:
        assert said(one).startswith("ready")
        assert said(other).startswith("ready")
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


@contextmanager
def something_else(greeting: bytes) -> Iterator[str]:
    """A server that is no scheduler: it greets whoever comes, and waits."""
    with socket.create_server(("127.0.0.1", 0)) as server, ExitStack() as connections:

        def greet() -> None:
            with suppress(OSError):
                while True:
                    connection = connections.enter_context(server.accept()[0])
                    connection.sendall(greeting)

        threading.Thread(target=greet, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def alone() -> Iterator[str]:
    """A scheduler that nobody else uses."""
    with started(SCHEDULER) as process:
        yield said(process)


def begun(folder: Path, scheduler: str) -> subprocess.Popen[str]:
    """The facts of a folder, asked of a cluster."""
    engine = scheduler.replace("tcp", "dask")
    command = [sys.executable, "-m", "chibo", "facts", str(folder), "--no-cache", "--engine", engine]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def test_something_else_at_the_address_is_told(alone: str, folder: Path):
    with (
        something_else(b"") as silent,
        something_else(bytes([64, 66, 15, 0, 0, 0, 0, 0, 1])) as endless,
        something_else(b"SSH-2.0-OpenSSH_9.2p1 Debian\r\n") as talkative,
        started(SERVES, alone) as worker,
    ):
        waited_for = client(REFUSED, folder, 1, silent, endless).splitlines()
        foreign = client(REFUSED, folder, 60, talkative, said(worker).split()[1]).splitlines()
    assert all("không trả lời" in line for line in waited_for)
    assert all("chương trình khác" in line for line in foreign)


def test_a_machine_without_chibo_is_named_goes_on_and_writes_down_no_book(alone: str, folder: Path, tmp_path: Path):
    log = tmp_path / "log"
    with log.open("w") as stream, started(WITHOUT_CHIBO + SERVES, alone, log=stream) as worker:
        assert said(worker).startswith("ready")
        told = begun(folder, alone).communicate(timeout=PATIENCE)[1]
        assert worker.poll() is None
    assert "chưa cài Chibo, hoặc cài bản khác: 127.0.0.1." in told
    assert not [path.name for path in folder.iterdir() if path.stem in log.read_text()]


@pytest.mark.parametrize(
    ("lie", "words"),
    [
        ("5", "không làm xong một nhóm sổ (TypeError)"),
        ("GROUPS.dump((OF_ANOTHER,) * books)", "= 0 được dùng + 8 bị từ chối"),
        ("GROUPS.dump((TOO_MUCH,) * books)", "không làm xong một nhóm sổ (ValueError)"),
        ("GROUPS.dump((OF_ANOTHER,) * (books + 1))", "không làm xong một nhóm sổ (trả lời sai dạng)"),
    ],
)
def test_a_machine_that_lies_ends_nothing_but_the_command_and_in_words(alone: str, folder: Path, lie: str, words: str):
    with started(LYING + SERVES, alone, lie) as worker:
        assert said(worker).startswith("ready")
        assert words in begun(folder, alone).communicate(timeout=PATIENCE)[1]


def test_a_machine_that_never_answers_is_given_up(alone: str, folder: Path):
    with started(PATIENT + SERVES, alone) as worker:
        assert said(worker).startswith("ready")
        assert "không xong nhóm nào" in client(IMPATIENT, folder, alone)


def test_books_that_nobody_waits_for_are_let_go(alone: str, folder: Path):
    with started(PATIENT + SERVES, alone) as worker:
        assert said(worker).startswith("ready")
        client = begun(folder, alone)
        assert said(worker) == "holds"
        client.send_signal(signal.SIGINT)
        assert "Đã dừng" in client.communicate(timeout=PATIENCE)[1]
        assert said(worker) == "lets go"


def test_a_scheduler_lost_midway_is_told_in_words(folder: Path):
    with started(SCHEDULER) as scheduler:
        address = said(scheduler)
        with started(PATIENT + SERVES, address) as worker:
            assert said(worker).startswith("ready")
            client = begun(folder, address)
            assert said(worker) == "holds"
            scheduler.kill()
            told = client.communicate(timeout=PATIENCE)[1]
    assert client.returncode == 1
    assert told.startswith("Không thực hiện được: mất liên lạc với bộ điều phối")


def certificates(name: str) -> dict[str, str]:
    """Dask's settings that name a file of the folder as all certificates."""
    return dict.fromkeys(("TLS__CA_FILE", "TLS__CLIENT__CERT", "TLS__CLIENT__KEY"), f"{{folder}}/{name}")


@pytest.mark.parametrize(
    ("address", "settings", "told"),
    [
        ("tls://127.0.0.1:9", {}, "cần chứng thư"),
        ("tls://127.0.0.1:9", certificates("absent.pem"), "không dùng được chứng thư"),
        ("tls://127.0.0.1:9", certificates("GD02.xlsx"), "không dùng được chứng thư"),
        ("tcp://127.0.0.1:9", {"REQUIRE_ENCRYPTION": "true"}, "dask+tls://"),
    ],
)
def test_settings_that_do_not_go_with_the_address_are_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, address: str, settings: dict[str, str], told: str
):
    for name, value in settings.items():
        monkeypatch.setenv(f"DASK_DISTRIBUTED__COMM__{name}", value.format(folder=folder))
    assert told in client(REFUSED, folder, 1, address).splitlines()[0]


OTHER_RULES_MIDWAY = """
import sys
from datetime import date
from pathlib import Path
from attrs import evolve
from chibo.definitions.library import Library
from chibo.engine.answer_bytes import OUTCOMES
from chibo.engine.dask_cluster import DaskCluster, _Groups
from chibo.engine.in_process import InProcess
from chibo.engine.ports import Brief
from chibo.engine.sources import find_sources
from chibo.errors import ChiboError
books, brief, outcomes = find_sources([Path(sys.argv[1])]).books[:1], Brief(Library(), date(2026, 4, 10)), []
take = lambda _index, outcome: outcomes.append(outcome)
InProcess().run(books, brief, take, lambda: False)
groups = _Groups(DaskCluster("tcp://a:1"), books, brief, take, None)
groups.take([0], (OUTCOMES.dump(outcomes[0]),))
assert outcomes[1] == outcomes[0]
try:
    groups.take([0], (OUTCOMES.dump(evolve(outcomes[0], basis=evolve(outcomes[0].basis, rules="others"))),))
except ChiboError as error:
    sys.stdout.buffer.write(str(error).encode())
assert len(outcomes) == 2
"""


def test_an_outcome_by_other_rules_is_never_mixed_in(folder: Path):
    assert "đổi định nghĩa hoặc bản Chibo giữa chừng" in client(OTHER_RULES_MIDWAY, folder)


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
