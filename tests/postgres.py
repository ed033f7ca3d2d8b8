"""A PostgreSQL of the tests' own: a temporary cluster from the system's packages, reached by a socket alone."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

_PACKAGES = Path("/usr/lib/postgresql")
_UNPRIVILEGED = "nobody"
_SETTINGS = "-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=60"


def programs() -> Path | None:
    """The folder of the newest initdb and pg_ctl, None where there are none."""
    found = sorted(_PACKAGES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; the address of its one database."""
    binaries = programs()
    assert binaries is not None
    folder = Path(tempfile.mkdtemp(prefix="chibo-pg-"))  # a short path: that of the socket has its limits
    user = _UNPRIVILEGED if os.geteuid() == 0 else None  # the server refuses to run as root
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(binaries / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=user, cwd=folder)

    try:
        run("initdb", "-U", "chibo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", _SETTINGS.format(folder=folder), "start")
        try:
            yield f"postgresql://chibo@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str) -> str:
    """The address of a new, empty schema of a running cluster: as good as a database, and made in a moment."""
    name = f"t{secrets.token_hex(6)}"
    engine = sa.create_engine(f"postgresql+psycopg://{server.partition('://')[2]}", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    engine.dispose()
    return f"{server}&options=-csearch_path%3D{name}"
