"""The board's words: every key that is asked for exists, and none lies unused."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import chibo_widgets

WIDGETS = Path(chibo_widgets.__file__).parent
SOURCES = [*(WIDGETS / "board").glob("*.js"), *(WIDGETS / "board").glob("*.py")]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
OWN = tomllib.loads((WIDGETS / "texts" / "board.toml").read_text(encoding="utf-8"))
SHARED = tomllib.loads((WIDGETS / "texts" / "shared.toml").read_text(encoding="utf-8"))

ASKED = set(re.findall(r"""(?:ui\.t|tongue|self|_tongue)\(\s*f?["'](\w+)["']""", CODE))
BEGINNINGS = {
    start for start in re.findall(r"""[`"'](\w+_)[${]""", CODE) if any(key.startswith(start) for key in {*OWN, *SHARED})
}
"""Keys that are put together begin with one of these."""


def test_every_key_that_is_asked_for_exists():
    assert {key for key in ASKED if "_" in key} - OWN.keys() - SHARED.keys() == set()


def test_no_key_lies_unused():
    begun = tuple(BEGINNINGS)
    assert [key for key in OWN if key not in ASKED and not key.startswith(begun) and f'"{key}"' not in CODE] == []
