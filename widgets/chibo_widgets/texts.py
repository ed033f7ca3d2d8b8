"""The words of the pages, in Vietnamese and English: TOML files in `texts/`, loaded strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel, model_validator

from chibo.definitions.loading import Definition, load_definition
from chibo.definitions.messages import Language
from chibo.errors import DefinitionError

_HERE = Path(__file__).parent / "texts"
_BLANK = re.compile(r"\{(\w+)\}")


class Wording(Definition):
    """One text in both languages; the same blanks `{name}` stand in both."""

    vi: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _same_blanks(self) -> Wording:
        if set(_BLANK.findall(self.vi)) != set(_BLANK.findall(self.en)):
            raise ValueError("hai ngôn ngữ không có cùng các chỗ trống {…}")
        return self


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
    return _BLANK.sub(lambda blank: str(values.get(blank[1], blank[0])), text)
