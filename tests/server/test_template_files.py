"""The plain files of the template: complete in themselves, nothing fetched from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import chibo_widgets
from chibo.definitions.language import Language
from chibo.server.words import WORDS

PACKAGE = Path(chibo_widgets.__file__).parent
TEMPLATE = PACKAGE / "template" / "voila" / "templates" / "chibo"
FILES = sorted(path for path in PACKAGE.rglob("*") if path.suffix in {".css", ".js", ".html", ".j2"})
TOKENS = (PACKAGE / "static" / "tokens.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_file_names_another_host(path: Path) -> None:
    found = re.findall(r"https?://[\w.-]+", path.read_text(encoding="utf-8"))
    assert set(found) <= {"http://www.w3.org"}


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".css"], ids=lambda path: path.name)
def test_every_token_that_is_used_is_defined(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    defined = set(re.findall(r"(--cb-[\w-]+)\s*:", TOKENS + text))
    assert set(re.findall(r"var\((--cb-[\w-]+)", text)) <= defined


def test_every_word_that_the_template_says_exists() -> None:
    said: set[str] = set()
    for path in TEMPLATE.rglob("*"):
        if path.is_file():
            said |= set(re.findall(r"\bwords\.(\w+)", path.read_text(encoding="utf-8")))
    assert said == WORDS[Language.VIETNAMESE].keys()
