"""Every dependency is explained, and is free software under the licence that the page says."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAGE = (CHECKOUT / "docs" / "dependencies.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| ([a-z][\w-]*) \| ([^|]+) \| [^|]+ \|$", PAGE.replace("| library |", ""), re.MULTILINE))
WORDS = {
    "MIT": "MIT",
    "BSD-3-Clause": "BSD",
    "BSD-2-Clause": "BSD",
    "Apache-2.0": "Apache",
    "LGPL-3.0": "LGPL",
    "MPL-2.0": "MPL|Mozilla",
    "PSF-based": "Python Software Foundation|PSF",
    "PSF-2.0": "PSF-2.0",
}
"""A word by which the licence that a library declares is known, whatever the field it stands in."""


def names(requirements: list[str]) -> list[str]:
    return [re.split(r"[<>=~!\[; ]", requirement, maxsplit=1)[0] for requirement in requirements]


DECLARED = names(PROJECT["dependencies"]) + names(PROJECT["optional-dependencies"]["test"])


def test_the_page_lists_exactly_what_is_declared() -> None:
    assert sorted(ROWS) == sorted(DECLARED)


@pytest.mark.parametrize("library", DECLARED)
def test_the_licence_is_the_one_on_the_page(library: str) -> None:
    about = metadata(library)
    declared = " ".join(
        [
            about.get("License-Expression", ""),
            (about.get("License") or "")[:200],
            *[line for line in about.get_all("Classifier") or [] if line.startswith("License")],
        ]
    )
    assert re.search(WORDS[ROWS[library]], declared), declared
