"""Tables and other pretty things on the terminal, drawn by rich; imported only where something is drawn."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table

from chibo.cli.output import is_terminal, print_text
from chibo.cli.steering import unsteered
from chibo.model.row_text import Row, plain_value

_PIPE_WIDTH = 160
"""Columns of a table that is not printed on a terminal, which has no width of its own."""


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


def print_table(rows: Iterable[Row], columns: Sequence[str], headings: Mapping[str, str]) -> None:
    """Rows as a table on standard output, under `headings` where a column has one."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(headings.get(column, column), overflow="fold")
    for row in rows:
        values = [plain_value(row.get(column)) for column in columns]
        table.add_row(*("" if value is None else str(value) for value in values))
    print_pretty(table)
