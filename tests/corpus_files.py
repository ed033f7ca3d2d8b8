"""Where the corpus of real and hostile workbooks lies, and how much of it a run goes through.

CHIBO_CORPUS names its folder; otherwise it is looked for in `shared/corpus` beside the checkout. A usual run takes a
sample; with CHIBO_CORPUS_WHOLE (`make corpus`) all of it is gone through, and its absence is a failure.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from chibo.definitions.folders import project_data
from chibo.definitions.library import Library

T = TypeVar("T")

WHOLE = bool(os.environ.get("CHIBO_CORPUS_WHOLE"))
FOLDER = Path(os.environ.get("CHIBO_CORPUS") or Path(__file__).parents[2] / "shared" / "corpus")


def corpus(*parts: str) -> Path:
    """A folder or file of the corpus; where there is none the test is skipped, or fails if it was asked for."""
    path = FOLDER.joinpath(*parts)
    if not path.exists():
        message = f"the corpus has no {'/'.join(parts)}: CHIBO_CORPUS does not name its folder"
        if WHOLE:
            pytest.fail(message)
        pytest.skip(message)
    return path


def sample(items: Sequence[T], size: int, seed: int = 1) -> list[T]:
    """All of them in a whole run, else `size` of them, always the same."""
    if WHOLE or len(items) <= size:
        return list(items)
    return random.Random(seed).sample(list(items), size)


def unhurried(office: Path) -> Library:
    """An office that gives a reader all the time of the clock, since a slow day is no fault; of the CPU, the usual."""
    rules = office / "sheets" / "rules"
    rules.mkdir(parents=True)
    shipped = (project_data("sheets") / "rules" / "intake.toml").read_text(encoding="utf-8")
    rules.joinpath("intake.toml").write_text(re.sub(r"(?m)^wall_seconds = \d+", "wall_seconds = 900", shipped), "utf-8")
    return Library(office)


def tell(figure: str) -> None:
    """Print what was measured: a whole run shows it (`make corpus`), for docs/reliability.md."""
    print(figure)


def real_workbooks(*suffixes: str) -> list[Path]:
    """The real workbooks with one of these suffixes, in a fixed order."""
    found = sorted(path for path in corpus("real").rglob("*") if path.suffix.lower() in suffixes)
    assert found, "the corpus has no real workbooks"
    return found
