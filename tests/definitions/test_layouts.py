"""Layouts, required topics and inspection authorities: what is shipped holds together, what is wrong is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from chibo.definitions.authorities import InspectionAuthorities
from chibo.definitions.folders import project_data
from chibo.definitions.layouts import Layout
from chibo.definitions.library import Library
from chibo.definitions.loading import parse_definition
from chibo.definitions.required_topics import RequiredTopics
from chibo.definitions.wording import clean_text, normal_label
from chibo.errors import DefinitionError
from chibo.workbook.reading.records import check_codes

SHEETS = project_data("sheets")
LAYOUT = SHEETS / "layouts" / "so-sinh-hoat.toml"


def document(path: Path = LAYOUT) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def sheet(layout: dict[str, Any], code: str) -> dict[str, Any]:
    return next(sheet for sheet in layout["sheets"] if sheet["code"] == code)


def test_shipped_layout_names_only_what_the_model_has() -> None:
    for layout in Library().layouts.values():
        check_codes(layout)


def test_shipped_layout_has_the_sheets_and_required_parts_of_the_specification() -> None:
    layout = Library().layout

    assert [one.name for one in layout.sheets if one.required] == ["Thông tin", "Đảng viên", "Sinh hoạt"]
    assert {one.name for one in layout.sheets} >= {
        "Biến động đảng viên",
        "Cấp ủy",
        "Kế hoạch chuyên đề",
        "Điểm danh",
        "Nhiệm vụ",
        "Chấm điểm",
        "Thẩm định",
        "Thuyết minh điểm",
        "Đảng phí",
        "Kiểm tra, giám sát",
        "Phổ biến văn bản",
        "Đánh giá năm",
    }
    assert layout.sheet("meetings").required_columns == {"meeting_code", "kind"}
    assert layout.sheet("meetings").rows == 24
    assert layout.sheet("members").rows == 80
    assert layout.sheets_by_name[normal_label("Giải trình")].code == "explanations"


def wrong_code(layout: dict[str, Any]) -> None:
    sheet(layout, "tasks")["columns"][0]["code"] = "meeting"


def wrong_sheet(layout: dict[str, Any]) -> None:
    sheet(layout, "tasks")["code"] = "chores"


def no_identity(layout: dict[str, Any]) -> None:
    sheet(layout, "info")["labels"][0]["required"] = False


def optional_mandatory(layout: dict[str, Any]) -> None:
    sheet(layout, "tasks")["columns"][1]["required"] = False


@pytest.mark.parametrize("change", [wrong_code, wrong_sheet, no_identity, optional_mandatory])
def test_codes_that_the_model_has_not_are_refused(change: Callable[[dict[str, Any]], None]) -> None:
    changed = document()
    change(changed)

    with pytest.raises(DefinitionError) as error:
        check_codes(parse_definition(Layout, changed, LAYOUT))
    assert error.value.key.startswith("sheets.")


def same_label(layout: dict[str, Any]) -> None:
    sheet(layout, "members")["columns"][2]["aliases"] = ["MÃ đảng viên *"]


def same_sheet(layout: dict[str, Any]) -> None:
    sheet(layout, "dues")["aliases"] = ["Đảng  viên"]


def lost_value(layout: dict[str, Any]) -> None:
    del layout["lists"]["mark"][0]


def same_spelling(layout: dict[str, Any]) -> None:
    layout["lists"]["meeting_kind"][0]["aliases"] = ["chuyên đề"]


def no_list(layout: dict[str, Any]) -> None:
    del layout["lists"]["topic_state"]


def unknown_list(layout: dict[str, Any]) -> None:
    sheet(layout, "members")["columns"][4]["list"] = "posts"


def list_without_name(layout: dict[str, Any]) -> None:
    del sheet(layout, "members")["columns"][4]["list"]


def unknown_band(layout: dict[str, Any]) -> None:
    sheet(layout, "meetings")["columns"][0]["band"] = "before"


def unknown_pair(layout: dict[str, Any]) -> None:
    sheet(layout, "disseminations")["columns"][6]["pair"] = ["reached", "invited"]


def unknown_key(layout: dict[str, Any]) -> None:
    layout["color"] = "red"


def newer_schema(layout: dict[str, Any]) -> None:
    layout["schema"] = 2


def optional_key(layout: dict[str, Any]) -> None:
    sheet(layout, "members")["key"] = "post"


@pytest.mark.parametrize(
    "change",
    [
        same_label,
        same_sheet,
        lost_value,
        same_spelling,
        no_list,
        unknown_list,
        list_without_name,
        unknown_band,
        unknown_pair,
        unknown_key,
        newer_schema,
        optional_key,
    ],
)
def test_a_layout_that_contradicts_itself_is_refused_by_file(change: Callable[[dict[str, Any]], None]) -> None:
    changed = document()
    change(changed)

    with pytest.raises(DefinitionError) as error:
        parse_definition(Layout, changed, LAYOUT)
    assert error.value.file == "so-sinh-hoat.toml"


def test_an_office_describes_its_own_workbook(tmp_path: Path) -> None:
    own = LAYOUT.read_text(encoding="utf-8").replace('name = "Sinh hoạt"', 'name = "Các buổi họp"')
    (tmp_path / "sheets" / "layouts").mkdir(parents=True)
    (tmp_path / "sheets" / "layouts" / "so-sinh-hoat.toml").write_text(own, encoding="utf-8")

    assert Library(tmp_path).layout.sheet("meetings").name == "Các buổi họp"


def test_a_layout_bears_the_name_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "sheets" / "layouts").mkdir(parents=True)
    (tmp_path / "sheets" / "layouts" / "khac.toml").write_text(LAYOUT.read_text(encoding="utf-8"), encoding="utf-8")

    with pytest.raises(DefinitionError, match="khac"):
        _ = Library(tmp_path).layouts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ủy viên", "Uỷ viên"),
        ("Hòa bình", "HOÀ  BÌNH"),
        ("Sức khỏe", "sức khoẻ"),
        ("Mã kỳ", "Mã⏎kỳ *".replace("⏎", "\n")),
        ("Mã kỳ", "Mã kỳ (bắt buộc)"),
        ("Đảng viên", normalize("NFD", "ĐẢNG VIÊN")),
        ("Đảng viên", "Ðảng viên"),
        ("Năm", "Năm:"),
    ],
)
def test_words_that_mean_the_same(one: str, other: str) -> None:
    assert normal_label(one) == normal_label(other)


@pytest.mark.parametrize(("one", "other"), [("3đ", "3d"), ("Đ", "D"), ("bán", "ban"), ("hòa", "hoa"), ("quý", "quy")])
def test_words_that_do_not_mean_the_same(one: str, other: str) -> None:
    assert normal_label(one) != normal_label(other)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  hai   từ ", "hai từ"),
        ("hai\u00a0\u00a0từ\n", "hai từ"),
        (normalize("NFD", "Nguyễn Ước"), "Nguyễn Ước"),
        ("a\u200bb\ufeff\x01", "ab"),
        ("Thụy", "Thụy"),
        ("nửa \ud83d biểu tượng \udc4d\uffff 👍", "nửa biểu tượng 👍"),
    ],
)
def test_text_is_kept_clean(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_required_topics_are_dated_and_known_by_their_spellings() -> None:
    topics = Library().required_topics

    assert topics.codes_by_spelling[normal_label("nqtw4 khóa xii")] == "NQTW4-XII"
    assert "KL01" in {topic.code for topic in topics.in_force(date(2026, 3, 1))}
    assert "KL01" not in {topic.code for topic in topics.in_force(date(2020, 3, 1))}


def test_a_topic_that_ends_before_it_begins_is_refused() -> None:
    path = SHEETS / "rules" / "required-topics.toml"
    changed = document(path)
    changed["topics"][0]["to"] = date(2000, 1, 1)

    with pytest.raises(DefinitionError, match="required-topics"):
        parse_definition(RequiredTopics, changed, path)


def test_two_topics_do_not_share_a_spelling() -> None:
    path = SHEETS / "rules" / "required-topics.toml"
    changed = document(path)
    changed["topics"][1]["aliases"] = ["nqtw4-xi"]

    with pytest.raises(DefinitionError):
        parse_definition(RequiredTopics, changed, path)


def test_two_authorities_do_not_share_a_name() -> None:
    path = SHEETS / "rules" / "inspection-authorities.toml"
    changed = document(path)
    changed["authorities"][1]["aliases"] = ["đảng uỷ cơ sở"]

    with pytest.raises(DefinitionError):
        parse_definition(InspectionAuthorities, changed, path)
