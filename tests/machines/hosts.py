"""Machines that are really others: each with a host name, a network address, a file system and users of its own.

Made of Linux namespaces on one computer, which takes root. A machine sees the programs of the system and the libraries
of this Python, read only; nothing of this checkout, no home folder, no cache. All of it is gone with the machine.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from attrs import define, field

USER, HOME = 1500, "/home/may"
"""Who programs run as there: nobody with rights."""

_PREFIX = "chibo-"
_BRIDGE, _NET = f"{_PREFIX}net", "10.86.0"
_FIRST = 11

_TREE = """
set -e
mount --make-rprivate /
mount -t tmpfs -o mode=755 machine {root}
cd {root}
mkdir -p usr etc proc dev/shm tmp old opt/python jail .{home} .{base}
for name in bin lib lib64 sbin; do ln -s usr/$name $name; done
show() {{ mkdir -p ".$2"; mount --bind "$1" ".$2"; mount -o remount,bind,ro ".$2"; }}
show /usr /usr
show {base} {base}
show {environment} /opt/python
{shown}
mount -t tmpfs -o mode=1777,size={temporary} temporary tmp
mount -t tmpfs -o mode=1777 memory dev/shm
mount --bind /proc proc
for name in null zero urandom; do touch dev/$name; mount --bind /dev/$name dev/$name; done
cp /etc/ld.so.cache etc/
echo 'may:x:{user}:{user}::{home}:/bin/sh' > etc/passwd
chown -R {user} .{home}
hostname {name}
pivot_root . old
cd /
umount -l old
mount --rbind / jail
echo ready
exec sleep infinity
"""


def why_not() -> str | None:
    """What this computer lacks for having machines; None where it can have them."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return "network namespaces take root on Linux"
    tried = f"ip netns add {_PREFIX}try && ip netns del {_PREFIX}try && unshare --mount --uts true && nsenter --version"
    return None if _runs(tried) else "this system makes no network namespaces (ip, unshare, nsenter)"


@define(eq=False)
class Machine:
    """One of them, while it runs. In `jail` no program can make namespaces of its own."""

    name: str
    address: str
    code: str | None
    jail: bool
    _holder: subprocess.Popen[str]
    _processes: list[subprocess.Popen[str]] = field(factory=list)

    def start(self, *command: object, settings: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """A program there; all that it says comes by its standard output."""
        enter = ["nsenter", "--target", str(self._holder.pid), "--mount", "--uts", "--net", "--wd=/"]
        become = ["chroot", f"--userspec={USER}:{USER}", "/jail" if self.jail else "/"]
        variables = {"PATH": "/opt/python/bin:/usr/bin:/usr/sbin", "HOME": HOME, "LANG": "C.UTF-8"}
        process = subprocess.Popen(
            [*enter, *become, *map(str, command)],
            env=variables | ({"PYTHONPATH": self.code} if self.code else {}) | dict(settings or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._processes.append(process)
        return process

    def run(self, *command: object, settings: Mapping[str, str] | None = None) -> tuple[int, str]:
        """The return code of a program there, and what it said."""
        process = self.start(*command, settings=settings)
        said, _ = process.communicate(timeout=300)
        return process.returncode, said

    def files(self) -> list[str]:
        """The files that programs have made there, but for what Dask and Python lock with."""
        found = self.run("find", "/tmp", HOME, "/dev/shm", "-type", "f")[1].split()
        return [name for name in found if not name.endswith("lock") and "/sem." not in name]

    def cut(self) -> None:
        """Pull the cable: nothing says farewell."""
        _run(f"ip link set {_PREFIX}{self.name} down")

    def switch_off(self) -> None:
        """End every program there at once."""
        for process in self._processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def remove(self) -> None:
        """The end of it."""
        self.switch_off()
        self._holder.kill()
        self._holder.wait()


@define(eq=False)
class Network:
    """The machines, by name; each new one gets the next address."""

    _folder: Path
    all: dict[str, Machine] = field(factory=dict)

    def add(
        self,
        name: str,
        shown: Mapping[Path, str],
        *,
        code: str | None = "/opt/code",
        temporary: str = "1g",
        jail: bool = False,
    ) -> Machine:
        """A machine that sees folders of this computer, read only, at paths of its own. Python looks into `code`."""
        port, address = f"{_PREFIX}{name}", f"{_NET}.{_FIRST + len(self.all)}"
        _run(
            f"ip netns add {port} && ip link add {port} type veth peer name eth0 netns {port}"
            f" && ip link set {port} master {_BRIDGE} up && ip -n {port} addr add {address}/24 dev eth0"
            f" && ip -n {port} link set eth0 up && ip -n {port} link set lo up"
        )
        root = self._folder / name
        root.mkdir()
        script = _TREE.format(
            **{"root": root, "home": HOME, "user": USER, "name": name, "temporary": temporary},
            base=sys.base_prefix,
            environment=sys.prefix,
            shown="\n".join(f"show {shlex.quote(str(here))} {there}" for here, there in shown.items()),
        )
        holder = subprocess.Popen(
            ["ip", "netns", "exec", port, "unshare", "--mount", "--uts", "sh", "-c", script],
            stdout=subprocess.PIPE,
            text=True,
        )
        if holder.stdout.readline() != "ready\n":
            raise RuntimeError(f"machine {name} did not come up")
        self.all[name] = Machine(name, address, code, jail, holder)
        return self.all[name]


@contextmanager
def network(folder: Path) -> Iterator[Network]:
    """A network to which machines are added; they and it are gone afterwards."""
    _remove()
    _run(f"ip link add {_BRIDGE} type bridge && ip addr add {_NET}.1/24 dev {_BRIDGE} && ip link set {_BRIDGE} up")
    made = Network(folder)
    try:
        yield made
    finally:
        for machine in made.all.values():
            machine.remove()
        _remove()


def _remove() -> None:
    """Also what a run that was killed has left; a link may go by itself, with the last program of its machine."""
    for path in Path("/run/netns").glob(f"{_PREFIX}*"):
        _runs(f"ip netns del {path.name}")
    for path in Path("/sys/class/net").glob(f"{_PREFIX}*"):
        _runs(f"ip link del {path.name}")


def _run(command: str) -> None:
    subprocess.run(["sh", "-c", command], check=True)


def _runs(command: str) -> bool:
    return subprocess.run(["sh", "-c", command], capture_output=True, check=False).returncode == 0
