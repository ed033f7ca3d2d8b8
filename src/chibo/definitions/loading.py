"""Strict loading of one TOML definition into a pydantic model, with errors that name file and key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from chibo.errors import DefinitionError, why_refused


class Definition(BaseModel):
    """Base of every definition: immutable, no unknown keys. Write decimals in TOML as strings ("0.5")."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


D = TypeVar("D", bound=BaseModel)

MISSING_KEY = "thiếu khoá bắt buộc"
"""What is said of a key that a definition must have and has not."""
_PROBLEMS = {
    "missing": MISSING_KEY,
    "extra_forbidden": "khoá không có trong lược đồ (viết nhầm tên?)",
    "string_too_short": "không được để trống",
    "string_too_long": "dài quá {max_length} ký tự",
    "string_type": "phải là chữ, viết trong dấu nháy",
    "string_pattern_mismatch": "viết không đúng dạng {pattern}",
    "too_short": "danh sách không được để trống",
    "int_type": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
    "date_type": "phải là ngày, viết như 2025-10-28",
    "date_parsing": "phải là ngày, viết như 2025-10-28",
    "date_from_datetime_parsing": "phải là ngày, viết như 2025-10-28",
    "date_from_datetime_inexact": "phải là ngày, viết như 2025-10-28",
    "int_parsing": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "bool_parsing": "phải là true hoặc false",
    "list_type": "phải là một danh sách",
    "too_long": "danh sách quá dài",
    "less_than": "phải nhỏ hơn {lt}",
    "tuple_type": "phải là một danh sách",
    "dict_type": "phải là một bảng",
    "model_type": "phải là một bảng",
    "model_attributes_type": "phải là một bảng",
    "enum": "giá trị không có trong danh sách: {expected}",
    "literal_error": "giá trị không có trong danh sách: {expected}",
    "union_tag_invalid": "giá trị không có trong danh sách: {expected_tags}",
    "union_tag_not_found": "thiếu khoá {discriminator}",
    "greater_than": "phải lớn hơn {gt}",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "phải từ {le} trở xuống",
}


_AT = re.compile(r"at line (\d+), column (\d+)")
_TWICE = ("Cannot overwrite", "Cannot declare", "Duplicate inline table key")


_PATTERNS = {
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$": "chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, như khung-moi",
    r"^[a-z0-9-]+$": "chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, như mau-so",
    r"^[a-z][a-z0-9_]*$": "chỉ dùng chữ thường không dấu, chữ số và dấu gạch dưới, như so_dang_vien",
    r"^\w+(?:[.\-]\w+)*$": "chỉ dùng chữ, chữ số, dấu chấm và dấu gạch nối ở giữa, như 3đ hay 4.1",
}
"""What a pattern wants, in words."""


def read_toml(path: Path) -> dict[str, object]:
    """The TOML document at `path`.

    Raises DefinitionError where the file is missing, not UTF-8, or not TOML (a repeated key is such an error).
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise DefinitionError(path, "", "không tìm thấy tệp") from None
    except OSError as error:
        raise DefinitionError(path, "", f"không đọc được tệp: {why_refused(error)}") from None
    except UnicodeDecodeError:
        raise DefinitionError(path, "", "tệp không phải UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(path, "", syntax_problem(error)) from None


def syntax_problem(error: tomllib.TOMLDecodeError) -> str:
    """What is wrong with the syntax of a document, and where, in Vietnamese."""
    found = _AT.search(str(error))
    where = f"ở dòng {found[1]}, cột {found[2]}" if found else "ở cuối tệp"
    twice = " (một khoá ghi hai lần)" if str(error).startswith(_TWICE) else ""
    return f"không đúng cú pháp TOML {where}{twice}"


def load_definition(model: type[D], path: Path) -> D:
    """The definition at `path` checked against `model`; raises DefinitionError naming file and key."""
    return parse_definition(model, read_toml(path), path)


def parse_definition(model: type[D], document: object, path: Path, *, within: str = "") -> D:
    """The definition held by `document`, which was read from `path`; raises DefinitionError naming file and key.

    `within` is the key of the file under which it stands, "" for the whole.
    """
    try:
        return model.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in (within, *first["loc"]) if part != "")
        problem = _PROBLEMS.get(first["type"], "giá trị không hợp lệ").format_map(first.get("ctx", {}))
        if first["type"] == "value_error":
            problem = first["msg"].removeprefix("Value error, ")
        if first["type"] == "string_pattern_mismatch":
            problem = _PATTERNS.get(first["ctx"]["pattern"], problem)
        problem = problem.replace("' or '", "' hoặc '")
        raise DefinitionError(path, key, problem) from None
