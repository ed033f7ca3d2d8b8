"""The words of the pages, in Vietnamese and English: TOML files in `texts/`, loaded strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel, model_validator

from chibo.definitions.language import Language
from chibo.definitions.loading import Definition, load_definition
from chibo.definitions.wording import without_turns
from chibo.errors import DefinitionError

_HERE = Path(__file__).parent / "texts"
_BLANK = re.compile(r"\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}")
"""`{n}`, or `{n:change|changes}`: the first word where the value is 1, else the second."""


class Wording(Definition):
    """One text in both languages; the same blanks stand in both, `{name}` and `{name:one|many}` being the same one."""

    vi: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _same_blanks(self) -> Wording:
        if _names(self.vi) != _names(self.en):
            raise ValueError("hai ngôn ngữ không có cùng các chỗ trống {…}")
        return self


def _names(text: str) -> set[str]:
    return {blank[1] for blank in _BLANK.finditer(text)}


class _File(RootModel[dict[str, Wording]]):
    """One file of texts by key."""


@cache
def load_texts(*names: str, language: Language = Language.VIETNAMESE) -> Mapping[str, str]:
    """The texts of the named files (without `.toml`) in one language, by key.

    Raises DefinitionError where a file is wrong or a key stands in two of them.
    """
    found: dict[str, str] = {}
    for name in names:
        path = _HERE / f"{name}.toml"
        for key, wording in load_definition(_File, path).root.items():
            if key in found:
                raise DefinitionError(path, key, "khoá này đã có trong một tệp khác")
            found[key] = getattr(wording, language.value)
    return found


def fill(text: str, **values: object) -> str:
    """`text` with its blanks filled; a blank without a value stays as it stands."""

    def filled(blank: re.Match[str]) -> str:
        if blank[1] not in values:
            return blank[0]
        value = without_turns(str(values[blank[1]]))
        return value if blank[2] is None else blank[2] if value == "1" else blank[3]

    return _BLANK.sub(filled, text)
