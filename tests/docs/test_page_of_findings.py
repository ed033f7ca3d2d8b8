"""docs/phat-hien.md is up to date; every kind of finding has its sentences, and every sentence its kind."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from string import Formatter

import pytest

import chibo
from chibo.cli.findings_page import FILE_NAME, findings_page, kinds_by_subject
from chibo.definitions.library import Library
from chibo.findings import all_kinds

CATALOGUE = Library().catalogue
PAGE = Path(__file__).parents[2] / "docs" / FILE_NAME
CODES = {kind.code for _, kinds in kinds_by_subject() for kind in kinds}
_APART = ("chibo.server", "chibo.cli", "chibo.analysis", "chibo.office", "chibo.__main__")
"""Floors above the engine, which find nothing themselves."""


def test_the_page_is_up_to_date() -> None:
    """`make docs` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == findings_page(CATALOGUE)


def test_every_kind_stands_on_the_page_once() -> None:
    listed = re.findall(r"^\| `([A-Z0-9_]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(listed) == sorted(CODES)


def test_every_kind_has_sentences_and_every_sentence_a_kind() -> None:
    for module in walk_packages(chibo.__path__, "chibo."):
        if not module.name.startswith(_APART):
            import_module(module.name)

    declared = {kind.code for kind in all_kinds() if not kind.code.startswith("TEST_")}
    assert CODES == declared == set(CATALOGUE.entries)


@pytest.mark.parametrize("code", sorted(CATALOGUE.entries))
def test_sentences_name_the_same_values_in_both_languages_and_are_whole(code: str) -> None:
    entry = CATALOGUE.entries[code]
    for language in (entry.vi, entry.en):
        assert language.text.rstrip().endswith((".", "}"))
        for mend in (language.mend, language.at_the_prompt.mend):
            assert mend.endswith(".")
        for asking in ("người quản trị máy", "administrator of the machine"):
            assert asking not in language.at_the_prompt.mend, "who reads it at a prompt types commands"
        assert not language.title.endswith(".")
    names = [
        {name.removesuffix("_vi").removesuffix("_en") for name in _names(f"{said.text} {said.mend}")}
        for said in (entry.vi, entry.en)
    ]
    assert names[0] == names[1]


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
