"""The cluster as an operator has it: books on one machine, the scheduler on another one, workers on further ones."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import pytest
from attrs import frozen

from chibo.definitions.folders import project_data
from golden_office import golden_office
from machines.hosts import Machine, Network, network, why_not

if reason := why_not():
    pytest.skip(reason, allow_module_level=True)

SOURCE = Path(__file__).parents[2] / "src" / "chibo"
DASK = ("python", "-m", "dask")
QUIET = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")
JOBS = {
    "facts.csv": ("facts", "/so"),
    "bieu.xlsx": ("consolidate", "/so", "--period", "2026-03", "--return", "thang", "--date", "2026-04-10"),
}
CERTIFICATES = """
set -e
cd {folder}
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Chibo -keyout ca.key -out ca.pem
openssl req -newkey rsa:2048 -nodes -subj /CN=may -keyout may.key -out may.csr
openssl x509 -req -in may.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out may.pem
chmod 644 may.key
"""
TLS = {
    "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "true",
    "DASK_DISTRIBUTED__COMM__TLS__CA_FILE": "/etc/tls/ca.pem",
    **{
        f"DASK_DISTRIBUTED__COMM__TLS__{role}__{part}": f"/etc/tls/may.{end}"
        for role in ("SCHEDULER", "WORKER", "CLIENT")
        for part, end in (("CERT", "pem"), ("KEY", "key"))
    },
}


@frozen
class Folders:
    """What machines are shown of this computer."""

    books: Path
    code: Path
    without_native: Path
    other_definitions: Path
    certificates: Path


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    top = tmp_path_factory.mktemp("shown")
    top.chmod(0o755)
    made = Folders(*(top / name for name in ("books", "code", "plain", "other", "tls")))
    made.books.mkdir()
    for name, data in golden_office().items():
        (made.books / name).write_bytes(data)
    for code in (made.code, made.without_native, made.other_definitions):
        shutil.copytree(SOURCE, code / "chibo", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(project_data("sheets"), code / "chibo" / "sheets")
    (made.without_native / "chibo_native.py").write_text("raise ImportError", "utf-8")
    thresholds = made.other_definitions / "chibo" / "sheets" / "rules" / "thresholds.toml"
    thresholds.write_text(thresholds.read_text("utf-8").replace('value = "300"', 'value = "60"'), "utf-8")
    made.certificates.mkdir()
    subprocess.run(["sh", "-c", CERTIFICATES.format(folder=made.certificates)], check=True, capture_output=True)
    return made


@frozen(eq=False)
class Cluster:
    """A client, a scheduler, and workers that are added."""

    net: Network
    folders: Folders
    client: Machine
    scheduler: Machine
    settings: dict[str, str]

    @property
    def engine(self) -> str:
        return f"{'dask+tls' if self.settings else 'dask'}://{self.scheduler.address}:8786"

    def worker(self, name: str, shown: dict[Path, str], **how: object) -> Machine:
        """A machine that reads books, ready for them."""
        machine = self.net.add(name, {**shown, self.folders.certificates: "/etc/tls"}, **how)
        scheduler = f"{'tls' if self.settings else 'tcp'}://{self.scheduler.address}:8786"
        where = ("--host", machine.address, "--worker-port", 9001, "--nanny-port", 9002, "--nthreads", 1, *QUIET)
        heard(machine.start(*DASK, "worker", scheduler, *where, settings=self.settings), "Starting established")
        return machine

    def ask(self, name: str, *more: str) -> tuple[int, str, bytes]:
        """The return code of a job, what it said, and the file that it wrote."""
        self.client.run("rm", "-f", f"/tmp/{name}")
        command = ("python", "-m", "chibo", *JOBS[name], "--no-cache", "--out", f"/tmp/{name}", *more)
        code, said = self.client.run(*command, settings=self.settings)
        return code, said, self.client.run("sh", "-c", f"base64 /tmp/{name} 2>/dev/null")[1].encode()

    def same_as_alone(self, name: str, options: str = "") -> bool:
        return self.ask(name, "--engine", self.engine + options) == self.ask(name)

    def told(self, options: str = "") -> str:
        """What it says where it cannot do the work."""
        code, said, written = self.ask("facts.csv", "--engine", self.engine + options)
        assert (code, written) == (1, b"")
        assert said.startswith("Không thực hiện được: ")
        return said


def heard(process: subprocess.Popen[str], word: str) -> None:
    """Wait until a program says this, and let it talk on."""
    said: Queue[str] = Queue()
    threading.Thread(target=lambda: [said.put(line) for line in process.stdout], daemon=True).start()
    while word not in said.get(timeout=60):
        pass


@contextmanager
def clustered(folders: Folders, folder: Path, settings: dict[str, str]) -> Iterator[Cluster]:
    with network(folder) as net:
        shown = {folders.certificates: "/etc/tls"}
        client = net.add("so", {**shown, folders.code: "/opt/code", folders.books: "/so"})
        scheduler = net.add("dieu-phoi", shown, code=None)
        protocol = ("--protocol", "tls") if settings else ()
        command = (*DASK, "scheduler", "--host", scheduler.address, "--port", 8786, *QUIET, *protocol)
        heard(scheduler.start(*command, settings=settings), "Scheduler at")
        yield Cluster(net, folders, client, scheduler, settings)


@pytest.fixture
def cluster(folders: Folders, tmp_path: Path) -> Iterator[Cluster]:
    with clustered(folders, tmp_path, {}) as made:
        yield made


@pytest.mark.parametrize("settings", [{}, TLS], ids=["open", "tls"])
@pytest.mark.parametrize("name", JOBS)
def test_other_machines_give_the_same_and_keep_nothing(
    folders: Folders, tmp_path: Path, settings: dict[str, str], name: str
):
    with clustered(folders, tmp_path, settings) as cluster:
        one = cluster.worker("mot", {folders.without_native: "/opt/code"})
        other = cluster.worker("hai", {folders.code: "/opt/code"}, jail=True, temporary="64k")
        assert cluster.same_as_alone(name, "?books=2")
        assert [*one.files(), *other.files(), *cluster.scheduler.files()] == []


def test_files_on_a_shared_folder(cluster: Cluster):
    cluster.worker("mot", {cluster.folders.code: "/opt/code", cluster.folders.books: "/so"})
    assert cluster.same_as_alone("facts.csv", "?books=2&files=shared")


def test_a_shared_folder_elsewhere_is_told(cluster: Cluster):
    cluster.worker("mot", {cluster.folders.code: "/opt/code", cluster.folders.books: "/mnt/so"})
    assert "máy «mot» không thấy đúng tệp" in cluster.told("?files=shared")
    assert cluster.same_as_alone("facts.csv")


def test_other_definitions_and_no_chibo_are_told(cluster: Cluster):
    first = cluster.worker("mot", {cluster.folders.other_definitions: "/opt/code"})
    assert "máy «mot» có định nghĩa Chibo khác" in cluster.told()
    first.switch_off()
    second = cluster.worker("hai", {}, code=None)
    assert f"chưa cài Chibo, hoặc cài bản khác: {second.address}." in cluster.told()


@pytest.mark.parametrize("lose", [Machine.cut, Machine.switch_off])
def test_a_machine_lost_midway_costs_nothing(cluster: Cluster, lose: object):
    stays, goes = (cluster.worker(name, {cluster.folders.code: "/opt/code"}) for name in ("mot", "hai"))
    threading.Timer(2.5, lose, (goes,)).start()
    assert cluster.same_as_alone("facts.csv", "?books=1")
    assert stays.files() == []


@pytest.mark.parametrize("lose", [Machine.cut, Machine.switch_off])
def test_a_scheduler_lost_is_told(cluster: Cluster, lose: object):
    cluster.worker("mot", {cluster.folders.code: "/opt/code"})
    lose(cluster.scheduler)
    assert "không trả lời" in cluster.told()


def test_two_at_once_and_one_that_is_stopped(cluster: Cluster):
    worker = cluster.worker("mot", {cluster.folders.code: "/opt/code"})
    command = ("python", "-m", "chibo", *JOBS["bieu.xlsx"], "--no-cache", "--out", "/tmp/khac.xlsx")
    stopped = cluster.client.start(*command, "--engine", cluster.engine)
    threading.Timer(2.0, os.killpg, (stopped.pid, signal.SIGINT)).start()
    assert cluster.same_as_alone("facts.csv", "?books=2")
    stopped.communicate(timeout=60)
    assert worker.files() == []
