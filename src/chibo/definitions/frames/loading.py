"""Loading frames from `sheets/frames/` and writing them as TOML. An `extends` key takes the rest from another frame."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chibo.definitions.folders import definition_files
from chibo.definitions.frames.checks import frame_faults
from chibo.definitions.frames.frame import Frame
from chibo.definitions.loading import parse_definition, read_toml
from chibo.definitions.toml_text import toml_text
from chibo.errors import DefinitionError

_CONTROLS = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
"""Control characters, which no workbook and no page can show; line breaks and tabs stay."""


def load_frame(path: Path, others: Mapping[str, Path] | None = None) -> Frame:
    """The frame at `path`, cross-checked. `others` are the files, by frame id, that `extends` may name.

    Raises DefinitionError naming file and key.
    """
    frame = parse_frame(_document(path, others or {}, ()), path)
    if frame.id != path.stem:
        raise DefinitionError(path, "id", f"mã khung «{frame.id}» phải trùng tên tệp «{path.stem}»")
    return frame


def load_frames(office: Path | None = None) -> dict[str, Frame]:
    """Every frame of an office by id, its own files winning over the shipped ones."""
    files = definition_files("frames", office)
    return {name: load_frame(path, files) for name, path in files.items()}


def parse_frame(document: Mapping[str, Any], path: Path) -> Frame:
    """The frame held by `document`, read from `path`; raises DefinitionError naming file and key."""
    composed = _composed(document)
    try:
        frame = parse_definition(Frame, composed, path)
    except DefinitionError as error:
        raise DefinitionError(path, _with_codes(composed, error.key), error.problem) from None
    for fault in frame_faults(frame):
        raise DefinitionError(path, fault.key, fault.problem)
    return frame


def frame_document(frame: Frame) -> dict[str, Any]:
    """The frame as a plain document: what its TOML file holds, unset keys left out."""
    document: dict[str, Any] = _plain(frame.model_dump(by_alias=True, exclude_defaults=True, exclude_none=True))
    return document


def dump_frame(frame: Frame) -> str:
    """The frame as the text of its TOML file; loading it gives an equal frame."""
    return toml_text(frame_document(frame))


def _document(path: Path, others: Mapping[str, Path], below: tuple[str, ...]) -> dict[str, Any]:
    """The document at `path`, laid over the one that it extends: each key of its own replaces the whole key there."""
    document = read_toml(path)
    if "extends" not in document:
        return document
    parent = document.pop("extends")
    if not isinstance(parent, str) or parent not in others:
        raise DefinitionError(path, "extends", f"không có khung «{parent}»")
    if parent in (*below, path.stem):
        raise DefinitionError(path, "extends", f"khung «{parent}» kế thừa vòng quanh chính nó")
    return {**_document(others[parent], others, (*below, path.stem)), **document}


def _composed(value: Any) -> Any:
    """The document with every text, keys too, in composed Unicode (NFC), line breaks plain, no control characters."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS))
    if isinstance(value, Mapping):
        return {_composed(key): _composed(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_composed(entry) for entry in value]
    return value


def _plain(value: Any) -> Any:
    """The document with lists for tuples, as TOML would give it."""
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, list | tuple) else value


def _with_codes(document: Any, key: str) -> str:
    """A dotted key in which the code (or id) of a list's entry stands for its index: people do not count from 0."""
    found, parts = document, []
    for part in key.split("."):
        if isinstance(found, dict) and found.get("measure") == part:
            continue  # pydantic names the chosen kind of fact as a step of its own
        if isinstance(found, list) and part.isdigit() and int(part) < len(found):
            found = found[int(part)]
            code = found.get("code") if isinstance(found, dict) else None
            parts.append(str(code or int(part) + 1))
        else:
            found = found.get(part) if isinstance(found, dict) else None
            parts.append(part)
    return ".".join(parts)
