"""Printing for every command: rows alone on standard output; progress, summaries and refusals on standard error."""

from __future__ import annotations

import errno
import io
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TextIO

import click
from rich.console import Console, ConsoleOptions, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.segment import Segment
from rich.table import Table

from chibo.cli.steering import unsteered
from chibo.errors import OutputError, why_refused
from chibo.office.row_text import Row, csv_text, json_text, plain_value

_PIPE_WIDTH = 160
"""Columns of a table that is not printed on a terminal, which has no width of its own."""

_PROGRESS_DELAY = 1.0
"""Seconds of work before a progress bar is worth showing."""


def say(text: str = "") -> None:
    """A line for people, on standard error."""
    click.echo(unsteered(text), err=True)


class _Console(Console):
    """A console whose text, wherever it comes from, does not steer the terminal; its own styles do."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(unsteered(segment.text), segment.style)


def console(*, err: bool = False) -> Console:
    """A rich console on the stream in use now; without markup, so that text from workbooks stays as it is."""
    stream = sys.stderr if err else sys.stdout
    width = None if is_terminal(stream) else _PIPE_WIDTH
    return _Console(file=stream, width=width, markup=False, highlight=False, emoji=False)


def print_pretty(*renderables: RenderableType) -> None:
    """Tables and lines on standard output, each begun anew; through a pipe as plain UTF-8 text of a generous width."""
    if is_terminal(sys.stdout):
        console().print(*renderables, sep="\n")
        return
    plain = _Console(file=io.StringIO(), width=_PIPE_WIDTH, markup=False, highlight=False, emoji=False)
    with plain.capture() as capture:
        plain.print(*renderables, sep="\n")
    print_text("\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n")


def print_rows(
    rows: Iterable[Row], columns: Sequence[str], output_format: str, *, headings: Mapping[str, str] | None = None
) -> None:
    """Print rows on standard output as "table", "json" (a list of objects) or "csv" (UTF-8), columns in that order.

    `headings` are the labels of a table's columns; json and csv always carry the column names. Everything is UTF-8
    whatever the code page of the terminal.
    """
    match output_format:
        case "json":
            print_text(json_text(rows, columns))
        case "csv":
            print_text(csv_text(rows, columns))
        case "table":
            _print_table(rows, columns, headings or {})
        case _:
            raise ValueError(f"no such output format: {output_format}")


def _print_table(rows: Iterable[Row], columns: Sequence[str], headings: Mapping[str, str]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(headings.get(column, column), overflow="fold")
    for row in rows:
        values = [plain_value(row.get(column)) for column in columns]
        table.add_row(*("" if value is None else str(value) for value in values))
    print_pretty(table)


def print_text(text: str) -> None:
    """Text as it stands on standard output, in UTF-8 whatever the code page of the terminal."""
    print_bytes(text.encode("utf-8"))


def print_bytes(data: bytes) -> None:
    """Bytes as they stand on standard output; OutputError where it is closed or takes no more (a full disk).

    A reader that has gone (`| head`) is left to the command-line library, which ends the command without a word.
    """
    if sys.stdout is None:
        raise OutputError("Luồng ra chuẩn đã đóng, không có nơi ghi kết quả.")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        # What is still held back would be tried, and complained of, once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"Không ghi được kết quả ra luồng chuẩn: {why_refused(error)}.") from None


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody watches this stream; Python has none in place of a closed one."""
    return stream is not None and stream.isatty()


@contextmanager
def progress_of(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar, as `progress`, whose function is told how many of how many are done: they become known late."""
    with ExitStack() as stack:
        advance: Callable[[str], None] | None = None

        def told(_done: int, total: int) -> None:
            nonlocal advance
            advance = advance or stack.enter_context(progress(label, total))
            advance("")

        yield told


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error for `total` steps; the function given is called with a word after each step.

    It shows on a terminal only, and only once the work has lasted a second.
    """
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[item]}", markup=False),
        console=console(err=True),
        transient=True,
        disable=not is_terminal(sys.stderr),
    )
    task = bar.add_task(label, total=total, item="")
    begun, started = time.monotonic(), False

    def advance(item: str = "") -> None:
        nonlocal started
        bar.update(task, advance=1, item=item)
        if not started and time.monotonic() - begun >= _PROGRESS_DELAY:
            bar.start()
            started = True

    try:
        yield advance
    finally:
        bar.stop()
