"""Measure Chibo against named scripts on the same books, as ratios in one run.

    python benchmarks/run.py --books 50 --books 500 --repeat 3 --out docs/performance.md

Every contender is a process of its own that reads all books, applies the rules, writes the facts as CSV and the month
return as .xlsx. Measured are CPU seconds (user + system, children included) and the peak memory of its largest process;
the median of the repeats counts. A first run of each, which does not count, compiles its modules, as pip does when it
installs. All must give the same facts (all columns but `findings`, which only Chibo has), or the run fails.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path

import click
from attrs import frozen
from books import make_books

HERE = Path(__file__).parent
MONTH = "2026-03"
CHIBO = "Chibo, 1 process"
CONTENDERS = {
    "pandas, one read_excel per sheet": ("competitors/typical_pandas.py",),
    "openpyxl": ("competitors/typical_openpyxl.py",),
    "pandas with calamine": ("competitors/pandas_calamine.py",),
    "good script (calamine, xlsxwriter), 1 process": ("competitors/good_script.py", "1"),
    "good script (calamine, xlsxwriter), 2 processes": ("competitors/good_script.py", "2"),
    CHIBO: ("chibo_job.py", "1"),
    "Chibo, 2 processes": ("chibo_job.py", "2"),
}
"""Script and further arguments by the name shown."""
SLOW = ("pandas, one read_excel per sheet", "openpyxl", "pandas with calamine")
"""Those that take minutes over a large set."""
SMALL = 50
NUMBERS = {"attendance_rate", "self_total", "fact_total", "official_total", "minutes", "speakers", "opinions"}
NUMBERS |= {"membership", "exempt", "transferred", "special_duty", "present", "excused", "unexcused", "year"}


@frozen
class Measured:
    """The medians of one contender over one set of books."""

    cpu_seconds: float
    wall_seconds: float
    peak_mib: float


@click.command()
@click.option("--books", "sizes", type=int, multiple=True, default=(50, 500))
@click.option("--repeat", type=int, default=3)
@click.option("--repeat-slow", type=int, help="Repeats of the pandas and openpyxl scripts over more than 50 books.")
@click.option(
    "--slow-up-to", type=int, default=500, help="Sets larger than this leave out the pandas and openpyxl scripts."
)
@click.option("--out", type=click.Path(path_type=Path))
@click.option("--cache", type=click.Path(path_type=Path), default=Path(tempfile.gettempdir()) / "chibo-benchmark")
def main(
    sizes: tuple[int, ...], repeat: int, repeat_slow: int | None, slow_up_to: int, out: Path | None, cache: Path
) -> None:
    """Run the benchmark and print its table; with --out, write it as a page."""
    tables = []
    for size in sizes:
        folder = cache / str(size)
        make_books(folder, size)
        repeats = dict.fromkeys(CONTENDERS, repeat)
        for name in SLOW:
            repeats[name] = 0 if size > slow_up_to else repeat if size <= SMALL else (repeat_slow or repeat)
        tables.append(table(size, measure_all(repeats, folder), repeats))
        click.echo(tables[-1])
    if out:
        head, mark, _ = out.read_text(encoding="utf-8").partition("<!-- measured -->\n")
        out.write_text(head + mark + "\n".join([machine(), *tables]), encoding="utf-8")


def measure_all(repeats: dict[str, int], folder: Path) -> dict[str, Measured]:
    """The medians of every contender; the repeats of all go round in turn, so that a slow minute hurts all alike."""
    runs: dict[str, list[Measured]] = {name: [] for name, times in repeats.items() if times}
    facts: dict[str, list[tuple[str, ...]]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        out, warming = Path(scratch) / "out", Path(scratch) / "one-book"
        warming.mkdir()
        first = min(folder.iterdir())
        shutil.copy(first, warming / first.name)
        for name in runs:
            measure(CONTENDERS[name], warming, out)
        for turn in range(max(repeats.values())):
            for name in (name for name in runs if turn < repeats[name]):
                runs[name].append(measure(CONTENDERS[name], folder, out))
                facts[name] = facts_in(out.with_suffix(".csv"))
    for name, rows in facts.items():
        if rows != facts[CHIBO]:
            different = next((a, b) for a, b in zip(rows, facts[CHIBO], strict=False) if a != b)
            sys.exit(f"{name}: other facts than {CHIBO}:\n{different[0]}\n{different[1]}")
    return {name: median(measured) for name, measured in runs.items()}


def measure(command: tuple[str, ...], folder: Path, out: Path) -> Measured:
    """One run of one contender."""
    script, *rest = command
    job = [sys.executable, str(HERE / script), str(folder), MONTH, str(out), *rest]
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    watched = [sys.executable, str(HERE / "stopwatch.py"), *job]
    done = subprocess.run(watched, env=compiled, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        sys.exit(f"{script} failed")
    return Measured(**json.loads(done.stdout))


def median(runs: list[Measured]) -> Measured:
    """The medians of several runs."""
    return Measured(
        *(statistics.median(getattr(run, name) for run in runs) for name in ("cpu_seconds", "wall_seconds", "peak_mib"))
    )


def facts_in(path: Path) -> list[tuple[str, ...]]:
    """The facts of a CSV file in one spelling: no `findings`, plain numbers, sorted."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [
            tuple(plain(name, value) for name, value in row.items() if name != "findings")
            for row in csv.DictReader(stream)
        ]
    return sorted(rows)


def plain(name: str, value: str) -> str:
    """91.50, 91.5 and 91.5 as a float are one number; a day may carry a midnight."""
    if name in NUMBERS and value:
        return f"{float(value):.2f}"
    return value.removesuffix(" 00:00:00")


def table(size: int, measured: dict[str, Measured], repeats: dict[str, int]) -> str:
    """The figures of one set of books as Markdown."""
    own = measured[CHIBO].cpu_seconds
    rows = [
        f"| {name} | {repeats[name]} | {one.cpu_seconds / own:.2f} | {one.cpu_seconds:.1f} | {one.wall_seconds:.1f} | "
        f"{1000 * one.cpu_seconds / size:.1f} | {one.peak_mib:.0f} |"
        for name, one in measured.items()
    ]
    head = "| contender | runs | CPU, Chibo = 1 | CPU s | wall s | CPU ms a book | peak MiB |\n"
    head += "|---|---:|---:|---:|---:|---:|---:|"
    return f"\n### {size} books\n\n{head}\n" + "\n".join(rows) + "\n"


def machine() -> str:
    """What the figures were measured with."""
    libraries = ", ".join(f"{n} {version(n)}" for n in ("pandas", "openpyxl", "python-calamine", "xlsxwriter"))
    return (
        f"\nMeasured {date.today():%d/%m/%Y}: Python {platform.python_version()}, {os.cpu_count()} cores, {libraries}; "
        "medians of the runs.\n"
    )


if __name__ == "__main__":
    main()
