"""docs/khung-tieu-chi.md explains every key, measure and kind that a frame can hold."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel

from chibo.definitions.frames import criteria as frame_criteria
from chibo.definitions.frames import facts as frame_facts
from chibo.definitions.frames import frame as frames

PAGE = (Path(__file__).parents[2] / "docs" / "khung-tieu-chi.md").read_text(encoding="utf-8")
PROSE = re.sub(r"(?ms)^```.*?^```", "", PAGE)
NAMED = set(re.findall(r"\w[\w-]*", " ".join(re.findall(r"`([^`]+)`", PROSE))))


def keys_of(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def test_every_key_is_explained() -> None:
    definitions = (frames, frame_criteria, frame_facts)
    models = {
        value
        for module in definitions
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, BaseModel) and value.__module__ == module.__name__
    }
    keys = {key for model in models for key in keys_of(model) if not key.endswith("_en")}
    assert sorted(keys - NAMED) == []


def test_every_measure_kind_and_exemption_is_explained() -> None:
    assert sorted(frame_facts.PLACEHOLDERS.keys() - NAMED) == []
    kinds = {kind.value for kind in (*frames.CriterionKind, *frames.Exemption, *frames.LookBack)}
    assert sorted(kinds - NAMED) == []
