"""The analysts' page names every function there is, and none that there is not."""

from __future__ import annotations

import re
from pathlib import Path

import chibo as cb
from chibo.analysis import __all__ as face

PAGE = (Path(__file__).parents[2] / "docs" / "analysts.md").read_text(encoding="utf-8")
TYPES_OF_RESULTS = {"Office", "OpenBook"}
"""What functions give back; the page speaks of their attributes."""


def test_every_name_of_the_face_is_explained():
    assert set(face) - TYPES_OF_RESULTS <= set(re.findall(r"cb\.(\w+)", PAGE))


def test_every_name_on_the_page_exists():
    assert [name for name in re.findall(r"cb\.(\w+)", PAGE) if not hasattr(cb, name)] == []
