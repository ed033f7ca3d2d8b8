"""CPU time of `chibo facts` over a folder of books: the first run, the same again, with 1 % of the books changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from shutil import copyfile

STOPWATCH = Path(__file__).with_name("stopwatch.py")


def main(folder: str, copies: int = 1) -> None:
    """Measure over the books of `folder`, each `copies` times under other names, and print the first run = 1."""
    with tempfile.TemporaryDirectory() as place:
        books = _copied(Path(folder), Path(place) / "so", copies)
        os.environ["CHIBO_CACHE"] = f"{place}/cache"
        first = _seconds(books, place)
        again = _seconds(books, place)
        for path in sorted(books.iterdir())[::100]:
            with zipfile.ZipFile(path, "a") as package:
                package.comment = b"changed"
        changed = _seconds(books, place)
    count = len(list(Path(folder).iterdir())) * copies
    for name, seconds in (("first", first), ("again", again), ("1 % changed", changed)):
        print(f"{count} books, {name}: {seconds:.2f} s of CPU, first / this = {first / seconds:.1f}")


def _copied(folder: Path, target: Path, copies: int) -> Path:
    target.mkdir()
    for path in sorted(folder.iterdir()):
        for number in range(copies):
            copyfile(path, target / f"{path.stem}-{number}{path.suffix}")
    return target


def _seconds(books: Path, place: str) -> float:
    command = [sys.executable, str(STOPWATCH), sys.executable, "-m", "chibo", "facts", str(books)]
    done = subprocess.run(
        [*command, "--out", f"{place}/facts.csv"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    )
    return float(json.loads(done.stdout)["cpu_seconds"])


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
