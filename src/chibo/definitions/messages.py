"""The message catalogue: the sentences of each finding, keyed by its code, in Vietnamese and English."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from attrs import frozen
from pydantic import Field

from chibo.definitions.folders import definition_files
from chibo.definitions.language import Language
from chibo.definitions.loading import Definition, parse_definition, read_toml
from chibo.definitions.wording import without_turns
from chibo.errors import DefinitionError
from chibo.findings import Finding
from chibo.model import Place


class Sentences(Definition):
    """What is said of a finding: a short title, what was seen and expected, and how to mend it.

    `{seen}`, `{expected}`, `{limit}` (the expected value without its sign: ≤, ≥ …), `{file}`, `{sheet}`, `{cell}`,
    `{meeting}`, `{other}` (the other places) and the finding's own values may stand in them. `prompt` is how to mend it
    said at a prompt, where that differs: who types commands asks nobody to run one.
    """

    title: Annotated[str, Field(min_length=1)]
    text: Annotated[str, Field(min_length=1)]
    mend: Annotated[str, Field(min_length=1)]
    prompt: str = ""

    @property
    def at_the_prompt(self) -> Sentences:
        """What is said at a prompt."""
        return self.model_copy(update={"mend": self.prompt}) if self.prompt else self


class Entry(Definition):
    """One code's sentences in both languages."""

    vi: Sentences
    en: Sentences

    @property
    def at_the_prompt(self) -> Entry:
        """What is said at a prompt, in both languages."""
        return Entry.model_construct(vi=self.vi.at_the_prompt, en=self.en.at_the_prompt)


@frozen
class Message:
    """A finding in words, ready to be shown."""

    title: str
    text: str
    mend: str

    def __str__(self) -> str:
        return f"{self.title}. {self.text} {self.mend}"


class _Blanks(dict[str, str]):
    """Values of a sentence; one that is missing shows as «?» instead of breaking the sentence."""

    def __missing__(self, key: str) -> str:
        return "?"


@frozen
class Catalogue:
    """All sentences, by finding code."""

    entries: dict[str, Entry]

    @property
    def at_the_prompt(self) -> Catalogue:
        """The catalogue for commands, whose words are for who types them."""
        return Catalogue({code: entry.at_the_prompt for code, entry in self.entries.items()})

    def message(self, finding: Finding, language: Language | Literal["vi", "en"] = Language.VIETNAMESE) -> Message:
        """The finding in words. Raises DefinitionError for a code without an entry."""
        entry = self.entries.get(finding.code)
        if entry is None:
            raise DefinitionError("messages", finding.code, "chưa có câu cho mã này")
        sentences = entry.vi if language == Language.VIETNAMESE else entry.en
        values = {
            **finding.values,
            "seen": finding.seen,
            "expected": finding.expected,
            "limit": finding.expected.lstrip("≤≥<>± "),
            "file": finding.place.file,
            "sheet": finding.place.sheet,
            "cell": finding.place.address,
            "meeting": str(finding.meeting or ""),
            "other": _others(finding),
        }
        shown = _Blanks({name: without_turns(value) for name, value in values.items()})
        return Message(*(text.format_map(shown) for text in (sentences.title, sentences.text, sentences.mend)))


def _others(finding: Finding) -> str:
    """The other places that a finding names, and how many there are besides."""
    named = ", ".join(map(_where, finding.other_places))
    return f"{named} … (+{finding.places_more})" if finding.places_more else named


def _where(place: Place) -> str:
    return f"{place.sheet}!{place.address}" if place.sheet else place.file


def load_catalogue(office: Path | None = None) -> Catalogue:
    """The catalogue of every file in `sheets/messages/`; a code stands in one file only."""
    entries: dict[str, Entry] = {}
    for path in definition_files("messages", office).values():
        for code, document in read_toml(path).items():
            if not code.replace("_", "").isalnum() or code != code.upper():
                raise DefinitionError(path, code, "mã phải viết hoa, chỉ gồm chữ, số và dấu gạch dưới")
            if code in entries:
                raise DefinitionError(path, code, "mã này đã có trong một tệp khác")
            entries[code] = parse_definition(Entry, document, path, within=code)
    return Catalogue(entries)
