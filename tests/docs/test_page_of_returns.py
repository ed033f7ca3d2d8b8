"""docs/bieu-tong-hop.md explains every key and every name that a return can use; its example works."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from chibo.definitions import issuer
from chibo.definitions.loading import parse_definition
from chibo.definitions.returns import columns as return_columns
from chibo.definitions.returns import definition as returns
from chibo.definitions.returns import fields as return_fields
from chibo.definitions.returns.definition import ReturnDefinition
from chibo.model import PeriodKind

PAGE = (Path(__file__).parents[2] / "docs" / "bieu-tong-hop.md").read_text(encoding="utf-8")
PROSE = re.sub(r"(?ms)^```.*?^```", "", PAGE)
NAMED = set(re.findall(r"\w[\w-]*", " ".join(re.findall(r"`([^`]+)`", PROSE))))


def test_every_key_is_explained() -> None:
    models = {
        value
        for module in (returns, return_columns, issuer)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, BaseModel) and value.__module__ == module.__name__
    }
    keys = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert sorted(keys - NAMED) == []


def test_every_kind_is_explained() -> None:
    kinds = {kind.value for kind in (*return_columns.AggregateKind, *return_columns.TotalKind, *PeriodKind)}
    assert sorted(kinds - NAMED) == []


@pytest.mark.parametrize("name", ["FIELDS", "MEETING_FIGURES", "ROW_FIGURES"])
def test_every_name_is_listed_with_its_meaning(name: str) -> None:
    for key, field in getattr(return_fields, name).items():
        meaning = f"{field.label}: {field.note}" if field.note else field.label
        assert f"| `{key}` | {meaning} |" in PAGE


def test_the_example_is_a_return() -> None:
    (example,) = re.findall(r"(?ms)^```toml\n(.*?)^```", PAGE)
    made = parse_definition(ReturnDefinition, tomllib.loads(example), Path("quy-rieng.toml"))
    assert [column.code for column in made.columns][-1] == "attendance"
