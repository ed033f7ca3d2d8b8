"""Writing a plain document as TOML text (the standard library only reads it)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_BARE_KEY = re.compile(r"^[A-Za-z0-9_-]+$")
_WIDTH = 110


def toml_text(document: Mapping[str, Any]) -> str:
    """`document` (texts, numbers, days, lists and tables) as TOML; its order of keys is kept within each table."""
    return "\n".join(_table(document, ())).strip() + "\n"


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    """Plain values first, as TOML demands, then sub-tables, then lists of tables."""
    plain = {key: value for key, value in table.items() if not _is_block(value)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in table.items():
        if key in plain:
            continue
        heading = ".".join(_key(part) for part in (*path, key))
        if isinstance(value, Mapping):
            lines += ["", f"[{heading}]", *_table(value, (*path, key))]
            continue
        for entry in value:
            lines += ["", f"[[{heading}]]", *_table(entry, (*path, key))]
    return lines


def _is_block(value: Any) -> bool:
    """Whether a value is written under a heading: a table, or a list of tables that does not fit one line each."""
    if isinstance(value, Mapping):
        return len(_value(value)) > _WIDTH
    if isinstance(value, str) or not isinstance(value, Sequence):
        return False
    tables = [entry for entry in value if isinstance(entry, Mapping)]
    return bool(tables) and any(len(_value(entry)) > _WIDTH or _holds_tables(entry) for entry in tables)


def _holds_tables(table: Mapping[str, Any]) -> bool:
    return any(
        isinstance(value, Sequence) and any(isinstance(entry, Mapping) for entry in value)
        for value in table.values()
        if not isinstance(value, str)
    )


def _key(key: str) -> str:
    return str(key) if _BARE_KEY.match(key) else _string(key)


def _string(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which JSON leaves as it is.
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(entry)}" for key, entry in value.items()) + " }"
    return _list([_value(entry) for entry in value])


def _list(entries: list[str]) -> str:
    one_line = "[" + ", ".join(entries) + "]"
    if len(one_line) <= _WIDTH or not entries:
        return one_line
    return "[\n" + "".join(f"  {entry},\n" for entry in entries) + "]"
