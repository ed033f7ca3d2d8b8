"""The pages of docs/: links lead somewhere, and what is generated is up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chibo.cli.main import COMMANDS
from chibo.cli.manual import FILE_NAME, manual

CHECKOUT = Path(__file__).parents[2]
PAGES = sorted([*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_manual_is_up_to_date() -> None:
    """`make docs` writes it anew."""
    assert (CHECKOUT / "docs" / FILE_NAME).read_text(encoding="utf-8") == manual()


def test_every_command_is_in_the_manual_and_has_words() -> None:
    text = manual()
    for name in COMMANDS:
        assert f"## `chibo {name}`" in text
    assert "Cách dùng: chibo" in text
