"""Strict loading: every fault of a definition is named by file and key."""

import errno

import pytest

from chibo.definitions.folders import definition_files, project_data
from chibo.definitions.language import Language
from chibo.definitions.loading import Definition, load_definition
from chibo.definitions.messages import Catalogue, Entry, load_catalogue
from chibo.errors import ChiboError, DefinitionError
from chibo.findings import FindingKind, Severity
from chibo.model import Place


class Inner(Definition):
    size: int


class Outer(Definition):
    name: str
    inner: Inner


def test_a_definition_saved_by_notepad_is_read(tmp_path):
    """It begins a file of UTF-8 with the sign U+FEFF, which nobody typed."""
    path = tmp_path / "thing.toml"
    path.write_text("name = 'a'\n[inner]\nsize = 1", encoding="utf-8-sig")
    assert load_definition(Outer, path) == Outer(name="a", inner=Inner(size=1))


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ("name = 'a'", "inner", "thiếu khoá"),
        ("name = 'a'\n[inner]\nsize = 1\nsise = 2", "inner.sise", "không có trong lược đồ"),
        ("name = 'a'\n[inner]\nsize = 'big'", "inner.size", "số nguyên"),
        ("name = 'a'\nname = 'b'", "", "TOML"),
    ],
)
def test_a_wrong_definition_is_named_by_file_and_key(tmp_path, text, key, problem):
    path = tmp_path / "thing.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        load_definition(Outer, path)
    assert (error.value.file, error.value.key) == ("thing.toml", key)
    assert problem in str(error.value)
    assert str(tmp_path) not in str(error.value)


def test_a_missing_or_undecodable_file_is_named(tmp_path):
    with pytest.raises(DefinitionError, match=r"none\.toml"):
        load_definition(Outer, tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"name = '\xe9'")
    with pytest.raises(DefinitionError, match="UTF-8"):
        load_definition(Outer, tmp_path / "latin.toml")


def test_an_office_file_wins_over_the_shipped_one(tmp_path):
    shipped = definition_files("returns")
    name = next(iter(shipped))
    own = tmp_path / "sheets" / "returns" / f"{name}.toml"
    own.parent.mkdir(parents=True)
    own.write_text("", encoding="utf-8")
    assert definition_files("returns", tmp_path)[name] == own
    assert set(definition_files("returns", tmp_path)) == set(shipped)


def test_the_checkout_reads_its_own_folders():
    assert (project_data("sheets").parent / "pyproject.toml").is_file()


@pytest.fixture(autouse=True)
def _forget_kinds_of_tests(monkeypatch):
    monkeypatch.setattr(FindingKind, "_known", dict(FindingKind._known))


def test_a_message_fills_its_sentences_and_never_breaks():
    kind = FindingKind("TEST_ONLY", Severity.NOTE)
    sentences = {"title": "Thử", "text": "Ô {cell}: {seen}, cần {expected}.", "mend": "Sửa {thing}."}
    catalogue = Catalogue({"TEST_ONLY": Entry.model_validate({"vi": sentences, "en": sentences})})
    message = catalogue.message(kind.at(Place("a.xlsx", "Sinh hoạt", "B7"), seen="x", expected="y"))
    assert str(message) == "Thử. Ô B7: x, cần y. Sửa ?."


def test_a_code_without_sentences_is_our_fault():
    with pytest.raises(DefinitionError, match="TEST_ONLY"):
        Catalogue({}).message(FindingKind("TEST_ONLY", Severity.NOTE).at(Place("a.xlsx")), Language.ENGLISH)


def test_a_code_stands_in_one_file_only(tmp_path):
    folder = tmp_path / "sheets" / "messages"
    folder.mkdir(parents=True)
    one = '[TWICE]\nvi = {title="a", text="b", mend="c"}\nen = {title="a", text="b", mend="c"}\n'
    (folder / "zz-one.toml").write_text(one, encoding="utf-8")
    (folder / "zz-two.toml").write_text(one, encoding="utf-8")
    with pytest.raises(DefinitionError, match="TWICE"):
        load_catalogue(tmp_path)


def test_a_kind_cannot_be_declared_twice_with_another_meaning():
    FindingKind("TEST_TWICE", Severity.NOTE)
    with pytest.raises(ValueError, match="TEST_TWICE"):
        FindingKind("TEST_TWICE", Severity.BLOCK)


def test_a_folder_of_the_office_that_may_not_be_read_does_not_pass_for_an_empty_one(tmp_path, monkeypatch):
    def refuse(_folder):
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr("os.listdir", refuse)
    with pytest.raises(ChiboError, match="không được quyền"):
        definition_files("returns", tmp_path)
