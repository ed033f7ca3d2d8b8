"""`make simulate`: a whole bloc over two years, every period held against SQL; a calm summary."""

from __future__ import annotations

import argparse
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from chibo.model import Period
from simulation.playing import Played, play

_FIRST = 2026
"""The first year: the frame whose points the books have is in force from the end of the year before on."""

_MONTHS = {"month": 1, "quarter": 3}


def main() -> None:
    """Play the bloc and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=320)
    parser.add_argument("--years", type=int, default=2)
    parser.add_argument(
        "--by", choices=sorted(_MONTHS), default="quarter", help="what is reported; by month takes long"
    )
    parser.add_argument("--seed", type=int, default=date.today().toordinal(), help="what everything is drawn from")
    wanted = parser.parse_args()
    length = _MONTHS[wanted.by]
    years = range(_FIRST, _FIRST + wanted.years)
    periods = [Period(year, first, first + length - 1) for year in years for first in range(1, 13, length)]
    print(f"{wanted.cells} cells, {wanted.years} years by {wanted.by}, seed {wanted.seed}", flush=True)
    begun, cpu = time.monotonic(), _cpu()
    with TemporaryDirectory(prefix="chibo-simulation-") as folder:
        played = play(Path(folder) / "office", wanted.cells, periods, wanted.seed, lambda line: print(line, flush=True))
    _summarise(played, time.monotonic() - begun, _cpu() - cpu)


def _summarise(played: Played, wall: float, cpu: float) -> None:
    acts = ", ".join(f"{count} × {kind}" for kind, count in sorted(played.acts.items()))
    print(
        f"Every period is what SQL counts. {sum(played.acts.values())} acts: {acts}; {played.refused} rightly refused."
    )
    print("In the office: " + ", ".join(f"{count} {name}" for name, count in played.rows.items()))
    for kind, seconds in sorted(played.seconds.items(), key=lambda one: -one[1]):
        each = f", {1000 * seconds / played.acts[kind]:.0f} ms each" if played.acts[kind] else ""
        print(f"  {kind}: {seconds:.0f} s{each}")
    print(f"{wall / 60:.1f} minutes, {cpu / 60:.1f} of CPU")


def _cpu() -> float:
    """CPU seconds of this process and of the readers that it started."""
    spent = time.process_time()
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return spent
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
