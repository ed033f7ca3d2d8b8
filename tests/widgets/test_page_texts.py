"""The words of the pages: both languages whole, every word that is asked for there, none left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import chibo_widgets
from chibo.definitions.folders import definition_files
from chibo.definitions.language import Language
from chibo.errors import DefinitionError
from chibo.office.desk import typing as desk_typing
from chibo_widgets import texts
from chibo_widgets.texts import fill, load_texts

ROOT = Path(chibo_widgets.__file__).parent
OF_CELL_PAGE = [
    *(ROOT / "cell").glob("*.*"),
    *(ROOT / "parts").glob("*.js"),
    *ROOT.glob("findings_list.*"),
    *ROOT.glob("sheet_look*.*"),
    Path(desk_typing.__file__),
]
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in OF_CELL_PAGE if path.suffix in {".py", ".js"})
ASKED = set(re.findall(r"""(?:tongue|paper|\bt|texts\[)\(?\s*"([a-z][\w-]*)"\s*[,)\]]""", SOURCES))
QUOTED = set(re.findall(r"""["'`]([a-z][\w-]*)["'`]""", SOURCES))
PREFIXES = tuple("".join(pair) for pair in set(re.findall(r"""["'](\w+_)["'] \+|f["'](\w+)\{""", SOURCES)))


def written(folder: Path, text: str) -> None:
    (folder / "thu.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(texts, "_HERE", tmp_path)
    load_texts.cache_clear()
    return tmp_path


def test_every_word_that_the_cell_page_asks_for_is_there() -> None:
    known = load_texts("shared", "cell_page")
    assert len(ASKED) > 100
    assert ASKED - set(known) == set()


def test_no_word_of_the_cell_page_is_left_over() -> None:
    left = {key for key in load_texts("cell_page") if key not in QUOTED and not key.startswith(PREFIXES)}
    assert left == set()


def test_both_languages_have_the_same_keys_and_no_english_word_is_empty() -> None:
    for names in (("shared", "cell_page"), ("shared", "board")):
        vietnamese, english = load_texts(*names), load_texts(*names, language=Language.ENGLISH)
        assert set(vietnamese) == set(english)
        assert all(english.values())


@pytest.mark.parametrize(
    "text",
    [
        'a = { vi = "Có" }',
        'a = { vi = "Có", en = "" }',
        'a = { vi = "Có", en = "Yes", fr = "Oui" }',
        'a = { vi = "Có {n}", en = "Yes {m}" }',
        'a = "Có"',
    ],
    ids=["no English", "empty", "a third language", "other blanks", "no languages"],
)
def test_a_faulty_file_is_refused(folder: Path, text: str) -> None:
    written(folder, text)
    with pytest.raises(DefinitionError, match=r"thu\.toml"):
        load_texts("thu")


def test_a_key_stands_in_one_file_only(folder: Path) -> None:
    written(folder, 'a = { vi = "Có", en = "Yes" }')
    (folder / "hai.toml").write_text('a = { vi = "Có", en = "Yes" }', encoding="utf-8")
    with pytest.raises(DefinitionError, match="hai"):
        load_texts("thu", "hai")


@pytest.mark.parametrize(
    ("n", "said"), [(0, "0 changes are"), (1, "1 change is"), ("1", "1 change is"), (21, "21 changes are")]
)
def test_words_follow_their_number(n: object, said: str) -> None:
    assert fill("{n} {n:change|changes} {n:is|are}", n=n) == said


def test_blanks_without_a_value_stay() -> None:
    assert fill("{n} mục ở {file}", n=3) == "3 mục ở {file}"


def test_a_name_does_not_turn_the_sentence_round_in_which_it_stands() -> None:
    assert fill("«{name}» đã nhận", name="Chi bộ \u202eMột") == "«Chi bộ [U+202E]Một» đã nhận"


ASKS = ("nhờ người quản trị máy", "the administrator of the machine")
WORDS = [*(ROOT / "texts").glob("*.toml"), *definition_files("messages").values()]


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.name)
def test_whoever_has_no_command_line_is_never_told_to_run_a_command(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("prompt = ")]
    naming = [text for line in lines for text in re.findall(r'"([^"]*)"', line) if re.search(r"\bchibo [a-z]", text)]
    assert [text for text in naming if not any(ask in text.lower() for ask in ASKS)] == []
