"""The progress bar, drawn by rich; imported only once work has lasted long enough to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from chibo.cli.drawing import console


@contextmanager
def bar(label: str, total: int) -> Iterator[Callable[[int, str], None]]:
    """A progress bar on standard error; the function given is told how many steps are done, and a word."""
    drawn = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[item]}", markup=False),
        console=console(err=True),
        transient=True,
    )
    task = drawn.add_task(label, total=total, item="")
    with drawn:
        yield lambda done, item: drawn.update(task, completed=done, item=item)
