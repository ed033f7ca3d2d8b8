"""The words of `quan-tri`: every key that is asked for exists in both languages, and none lies unused."""

from __future__ import annotations

import re
from pathlib import Path

import chibo_widgets
from chibo.definitions.language import Language
from chibo_widgets.texts import load_texts

ROOT = Path(chibo_widgets.__file__).parent
SOURCES = [*(ROOT / "admin").glob("*.js"), *(ROOT / "admin").glob("*.py")]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
ASKED = set(re.findall(r"""(?:ui\.t|tongue|_tell)\(\s*["'](\w+)["']""", CODE))
BEGINNINGS = tuple(set(re.findall(r"""[`"'](\w+_)[${]""", CODE)))


def test_every_key_that_is_asked_for_exists() -> None:
    assert ASKED - set(load_texts("shared", "admin")) == set()


def test_no_key_lies_unused() -> None:
    own = load_texts("admin", language=Language.ENGLISH)
    assert [key for key in own if f'"{key}"' not in CODE and not key.startswith(BEGINNINGS)] == []
