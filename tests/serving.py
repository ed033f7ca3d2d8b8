"""A running `chibo serve` and what goes wrong unseen in a page: used by the tests of the server and of the pages."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from attrs import define, field
from playwright.sync_api import ConsoleMessage, Page, Request, expect

PATIENCE = 60_000
"""Milliseconds a browser may take for one step: two busy cores start a kernel in seconds, not in milliseconds."""


@define
class Server:
    """A running `chibo serve`: `url` ends in a slash, `home` is the office folder it serves.

    `last_words` is what it printed after that address, once it was stopped.
    """

    url: str
    home: Path
    process: subprocess.Popen[str]
    last_words: str = ""

    def page(self, name: str, **query: str) -> str:
        """The address of the page called `name`."""
        asked = "&".join(f"{key}={value}" for key, value in query.items())
        return f"{self.url}{name}" + (f"?{asked}" if asked else "")

    def stop(self) -> int:
        """Stop as Ctrl+C does; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        with self.process:  # closes what is read of it
            try:
                self.last_words += self.process.communicate(timeout=60)[0]
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise
        return self.process.returncode


def start_server(home: Path, *options: str) -> Server:
    """Start `chibo serve` for the office folder `home` on a free port and wait until it answers."""
    command = [sys.executable, "-m", "chibo", "serve", "--home", str(home), "--port", "0", "--no-browser", *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    environment.pop("CHIBO_LANG", None)
    with (home / "serve.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8", env=environment
        )
    return Server(listen_to(process), home, process)


def listen_to(process: subprocess.Popen[str]) -> str:
    """Wait until a starting server says at which address it answers."""
    assert process.stdout is not None
    for line in process.stdout:
        if match := re.search(r"http://127\.0\.0\.1:\d+/", line):
            return match[0]
    raise AssertionError(f"chibo serve ended with {process.wait()}; its own words are in serve.log or above")


def kernels_of(server: Server) -> list[int]:
    """Process ids of the kernels that a server runs, those it keeps ready for the next page among them."""
    return [process for process, _ in _kernel_commands(server)]


def kernel_of(page: Page, server: Server) -> int:
    """Process id of the kernel behind an open page: the one that was started for the page's kernel id."""
    kernel = json.loads(page.locator("#jupyter-config-data").text_content() or "{}")["kernelId"]
    (own,) = [process for process, command in _kernel_commands(server) if f"kernel-{kernel}.json" in command]
    return own


def _kernel_commands(server: Server) -> list[tuple[int, str]]:
    listing = subprocess.run(
        ["ps", "-eww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(maxsplit=2) for line in listing.splitlines()]
    ours = str(server.process.pid)
    return [(int(pid), args) for pid, parent, args in rows if parent == ours and "ipykernel_launcher" in args]


@define(slots=False)  # Playwright hangs attributes of its own on whatever owns a handler
class Watch:
    """What went wrong in a page without anybody seeing it; the `page` fixture fails the test on any of it."""

    errors: list[str] = field(factory=list)
    outside: list[str] = field(factory=list)
    expected: bool = False

    def hear(self, message: ConsoleMessage) -> None:
        """Keep what the page's console calls an error."""
        if message.type == "error":
            self.errors.append(message.text)

    def see(self, request: Request) -> None:
        """Keep what the page asked from another host."""
        if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:|about:", request.url):
            self.outside.append(request.url)

    def expect_errors(self) -> None:
        """The test provokes errors, now and while the page lasts, and looks at what the page says of them."""
        self.expected = True


def wait_until_ready(page: Page) -> None:
    """Wait until the page's cells have run and its first output is drawn."""
    expect(page.locator("body[data-chibo-ready='true']")).to_be_attached(timeout=PATIENCE)
