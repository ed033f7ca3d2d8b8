"""Why nothing is written into a workbook is said in English too, wherever it is found out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import chibo.workbook

FOLDER = Path(chibo.workbook.__file__).parent


def refusals() -> Iterator[tuple[str, ast.Call]]:
    for file in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "OutputError":
                yield f"{file.relative_to(FOLDER)}:{node.lineno}", node


FOUND = dict(refusals())


@pytest.mark.parametrize("place", FOUND)
def test_a_refusal_is_worded_in_english(place: str) -> None:
    assert "english" in {keyword.arg for keyword in FOUND[place].keywords}


def test_the_refusals_are_found() -> None:
    assert len(FOUND) > 10
