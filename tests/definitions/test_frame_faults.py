"""A broken frame is refused with the file and the key; every kind of fault has its case here."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chibo.definitions.folders import project_data
from chibo.definitions.frames.defaults import load_defaults
from chibo.definitions.frames.frame import Frame
from chibo.definitions.frames.loading import dump_frame, load_frame, load_frames, parse_frame
from chibo.definitions.library import Library
from chibo.errors import DefinitionError

FOLDER = project_data("sheets") / "frames"
FILE = Path("khung-thu.toml")
FRAMES = Library().frames
Document = dict[str, Any]
Change = Callable[[Document], object]


def document(name: str = "hd42-thuong-ky") -> Document:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def criterion(doc: Document, code: str) -> Document:
    found: Document = next(item for group in doc["groups"] for item in group["criteria"] if item["code"] == code)
    return found


def refused(change: Change, name: str = "hd42-thuong-ky") -> DefinitionError:
    doc = copy.deepcopy(document(name))
    change(doc)
    with pytest.raises(DefinitionError) as caught:
        parse_frame(doc, FILE)
    assert caught.value.file == "khung-thu.toml"
    assert caught.value.problem
    assert str(caught.value).startswith("Định nghĩa sai: khung-thu.toml")
    return caught.value


def bands(doc: Document, code: str) -> list[Document]:
    found: list[Document] = criterion(doc, code)["fact"]["bands"]
    return found


AT_2A = "groups.2.criteria.2a"
AT_1 = "groups.1.criteria.1"

FAULTS: list[tuple[str, str, Change]] = [
    ("unknown key", "tilte", lambda d: d.update(tilte="x")),
    ("missing key", "title", lambda d: d.pop("title")),
    ("other schema", "schema", lambda d: d.update(schema=2)),
    ("wrong status", "status", lambda d: d.update(status="draft")),
    ("bad id", "id", lambda d: d.update(id="Khung 1")),
    ("no source", "sources", lambda d: d.update(sources=[])),
    ("source without date", "sources.1.date", lambda d: d["sources"][0].pop("date")),
    ("source without issuer", "sources.1.issuer", lambda d: d["sources"][0].pop("issuer")),
    ("source in another age", "sources.1.date", lambda d: d["sources"][0].update(date=date(225, 10, 28))),
    ("ends before it begins", "effective.to", lambda d: d["effective"].update(to=date(2025, 1, 1))),
    ("starts in another age", "effective.from", lambda d: d["effective"].update({"from": date(2925, 1, 1)})),
    ("example without note", "confirm_note", lambda d: d.pop("confirm_note")),
    ("unknown meeting kind", "applies.meeting_kinds.1", lambda d: d["applies"].update(meeting_kinds=["Định kỳ"])),
    (
        "extraordinary meetings",
        "applies.meeting_kinds",
        lambda d: d["applies"].update(meeting_kinds=["Thường kỳ", "Kết hợp", "Bất thường"]),
    ),
    ("group does not add up", "groups.4.max", lambda d: criterion(d, "4a").update(max="4")),
    ("group adds up for one kind only", "groups.4.max", lambda d: criterion(d, "4b").pop("max_for")),
    ("total does not add up", "total", lambda d: d.update(total="110")),
    ("number instead of text", f"{AT_1}.max", lambda d: criterion(d, "1").update(max=5)),
    ("comma in points", f"{AT_1}.max", lambda d: criterion(d, "1").update(max="5,0")),
    ("code twice", "groups.3.criteria.3B.code", lambda d: criterion(d, "3a").update(code="3B")),
    ("group code twice", "groups.1.code", lambda d: d["groups"][1].update(code="1")),
    ("code with a space", "groups.1.criteria.1 a.code", lambda d: criterion(d, "1").update(code="1 a")),
    ("unknown kind", "groups.3.criteria.3a.kind", lambda d: criterion(d, "3a").update(kind="maybe")),
    ("no step", "groups.5.criteria.5a.step", lambda d: criterion(d, "5a").pop("step")),
    ("off the step", "groups.5.criteria.5a.step", lambda d: criterion(d, "5a").update(step="0.3")),
    ("step where none belongs", "groups.3.criteria.3a.step", lambda d: criterion(d, "3a").update(step="1")),
    ("zero maximum", "groups.3.criteria.3a.max", lambda d: criterion(d, "3a").update(max="0")),
    ("no levels", f"{AT_1}.levels", lambda d: criterion(d, "1").pop("levels")),
    ("levels where none belong", "groups.3.criteria.3a.levels", lambda d: criterion(d, "3a").update(
        levels=[{"points": "3", "label": "x"}, {"points": "0", "label": "y"}])),
    ("levels in the wrong order", f"{AT_1}.levels", lambda d: criterion(d, "1")["levels"].reverse()),
    ("top level is not the maximum", f"{AT_1}.levels", lambda d: criterion(d, "1")["levels"].pop(0)),
    ("levels with a maximum by kind", f"{AT_1}.max_for", lambda d: criterion(d, "1").update(max_for={"Kết hợp": "5"})),
    ("maximum for a kind outside", "groups.4.criteria.4b.max_for", lambda d: criterion(d, "4b").update(
        max_for={"Chuyên đề": "10"})),
    ("maximum where it does not apply", "groups.4.criteria.4c.max_for", lambda d: criterion(d, "4c").update(
        max_for={"Thường kỳ": "5"})),
    ("gap between bands", f"{AT_2A}.fact.bands", lambda d: bands(d, "2a")[1].update(below="89%")),
    ("overlapping bands", f"{AT_2A}.fact.bands", lambda d: bands(d, "2a")[1].update(below="91%")),
    ("edge in two bands", "groups.4.criteria.4đ.fact.bands", lambda d: bands(d, "4đ")[0].update(
        above=None, at_least="50%")),
    ("edge in no band", "groups.4.criteria.4đ.fact.bands", lambda d: bands(d, "4đ")[1].update(
        at_most=None, below="50%")),
    ("nothing above", f"{AT_2A}.fact.bands", lambda d: bands(d, "2a")[0].update(at_most="100%")),
    ("nothing below", f"{AT_2A}.fact.bands", lambda d: bands(d, "2a").pop()),
    ("two lower edges", f"{AT_2A}.fact.bands", lambda d: bands(d, "2a")[0].update(above="80%")),
    ("gap at the longer minutes", f"{AT_1}.fact.bands", lambda d: bands(d, "1")[2].update(at_least="60")),
    ("R without required minutes", "groups.4.criteria.4g.fact.bands", lambda d: bands(d, "4g")[0].update(
        at_least="R")),
    ("edge not readable", "groups.2.criteria.2a.fact.bands.1.at_least", lambda d: bands(d, "2a")[0].update(
        at_least="nhiều")),
    ("division by zero", f"{AT_1}.fact.bands.1.at_least", lambda d: bands(d, "1")[0].update(at_least="R/0")),
    ("band points unknown to the criterion", f"{AT_2A}.fact.bands", lambda d: bands(d, "2a")[0].update(points="3.5")),
    ("no required minutes", "required_minutes", lambda d: d.pop("required_minutes")),
    ("longer is shorter", "required_minutes.longer", lambda d: d["required_minutes"].update(longer=60)),
    ("no denominators", "denominators", lambda d: d.pop("denominators")),
    ("cap at the maximum", f"{AT_2A}.fact.caps", lambda d: criterion(d, "2a")["fact"]["caps"][0].update(points="4")),
    ("cap without an edge", f"{AT_2A}.fact.caps", lambda d: criterion(d, "2a")["fact"]["caps"][0].pop("above")),
    ("cap on an unknown count", f"{AT_2A}.fact.caps.1.column", lambda d: criterion(d, "2a")["fact"]["caps"][0].update(
        column="late")),
    ("unknown measure", f"{AT_1}.fact", lambda d: criterion(d, "1")["fact"].update(measure="mood")),
    ("column of another type", "groups.4.criteria.4e.fact.column", lambda d: criterion(d, "4e")["fact"].update(
        column="venue")),
    ("yes/no fact on levels", f"{AT_1}.fact.measure", lambda d: criterion(d, "1").update(
        fact=criterion(d, "4e")["fact"])),
    ("missing sentence", f"{AT_2A}.fact.reason.capped", lambda d: criterion(d, "2a")["fact"]["reason"].pop("capped")),
    ("needless sentence", f"{AT_1}.fact.reason.yes", lambda d: criterion(d, "1")["fact"]["reason"].update(
        yes={"vi": "x", "en": "x"})),
    ("unknown word in braces", f"{AT_1}.fact.reason.decided.vi", lambda d: criterion(d, "1")["fact"]["reason"][
        "decided"].update(vi="{phut} phút")),
    ("open brace", f"{AT_1}.fact.reason.decided.vi", lambda d: criterion(d, "1")["fact"]["reason"]["decided"].update(
        vi="{minutes phút")),
    ("sizes out of order", "groups.2.criteria.2a.fact.by_size", lambda d: criterion(d, "2a")["fact"].update(
        by_size=[{"membership_below": size, "bands": bands(d, "2a")} for size in (10, 5)])),
    ("exemption not allowed by the frame", "groups.3.criteria.3đ.full_when", lambda d: d.update(
        exempt_withheld_papers=False)),
    ("exemption without a sentence", "exempt_reason", lambda d: d.pop("exempt_reason")),
    ("sentence of exemptions with an unknown word", "exempt_reason.vi", lambda d: d["exempt_reason"].update(
        vi="được {diem} điểm")),
    ("grades out of order", "grades", lambda d: d["grades"].reverse()),
    ("threshold above the one before", "grades.Khá.at_least", lambda d: d["grades"][1].update(at_least="95")),
    ("threshold over the total", "grades.Tốt.at_least", lambda d: d["grades"][0].update(at_least="101")),
    ("no threshold", "grades.Khá.at_least", lambda d: d["grades"][1].pop("at_least")),
    ("threshold of the lowest grade", "grades.Kém.at_least", lambda d: d["grades"][3].update(at_least="10")),
    ("gate on an unknown criterion", "gates.1.full_marks", lambda d: d.update(
        gates=[{"grade": "Tốt", "full_marks": ["9z"], "otherwise": "Khá"}])),
    ("gate upwards", "gates.1.otherwise", lambda d: d.update(
        gates=[{"grade": "Khá", "full_marks": ["1"], "otherwise": "Tốt"}])),
    ("two yearly rules for one grade", "yearly.Tốt.grade", lambda d: d.update(
        yearly=[{"grade": "Tốt", "every": "Khá", "of": "Tốt", "count": count} for count in (7, 8)])),
]  # fmt: skip


@pytest.mark.parametrize(("key", "change"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_a_fault_is_named_by_file_and_key(key: str, change: Change) -> None:
    assert refused(change).key == key


def test_a_run_or_a_resolution_belongs_to_regular_meetings() -> None:
    def thematic(doc: Document) -> None:
        doc["applies"]["meeting_kinds"] = ["Thường kỳ", "Kết hợp", "Chuyên đề"]

    assert refused(thematic).key == "groups.2.criteria.2b.fact.measure"


def test_a_deduction_is_never_exempt() -> None:
    def deduct(doc: Document) -> None:
        criterion(doc, "4h").update(kind="deduction", step="1")

    assert refused(deduct).key == "groups.4.criteria.4h.full_when"


def test_a_deduction_adds_nothing_to_the_maxima_and_lies_below_zero() -> None:
    doc = document("khoi-phu-tho")
    doc["groups"][0]["criteria"].append(
        {"code": "PT1-", "label": "Trễ hạn", "kind": "deduction", "max": "5", "step": "0.5"}
    )
    with pytest.raises(DefinitionError) as caught:
        parse_frame(doc, FILE)
    assert caught.value.key == "groups.PT1.criteria.PT1-.code"
    doc["groups"][0]["criteria"][1]["code"] = "PT1.t"
    frame = parse_frame(doc, FILE)
    late = frame.criteria["PT1.t"]
    kind = frame.applies.meeting_kinds[0]
    assert (late.minimum(kind), late.maximum(kind), frame.total) == (-5, 0, 100)


def test_texts_are_composed_whatever_the_file_holds() -> None:
    doc = document("khoi-phu-tho")
    doc["title"] = "Tiê\u0309u"
    assert parse_frame(doc, FILE).title == "Tiểu"


# --- files


def office(tmp_path: Path, **files: str) -> Path:
    (tmp_path / "sheets" / "frames").mkdir(parents=True)
    (tmp_path / "sheets" / "rules").mkdir()
    for name, text in files.items():
        (tmp_path / "sheets" / "frames" / f"{name.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def shipped(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def test_an_offices_own_frame_wins_and_one_of_its_own_is_added(tmp_path: Path) -> None:
    changed = shipped("khoi-phu-tho").replace('at_least = "90"', 'at_least = "85"')
    home = office(tmp_path, khoi_phu_tho=changed, khung_moi=changed.replace('"khoi-phu-tho"', '"khung-moi"'))
    frames = load_frames(home)
    assert frames["khoi-phu-tho"].grades[0].at_least == 85
    assert "khung-moi" in frames
    assert frames["hd42-thuong-ky"] == FRAMES["hd42-thuong-ky"]


def test_an_extension_of_a_changed_frame_follows_it(tmp_path: Path) -> None:
    changed = shipped("hd42-thuong-ky").replace('at_least = "90"\n\n[[grades]]', 'at_least = "92"\n\n[[grades]]')
    assert load_frames(office(tmp_path, hd42_thuong_ky=changed))["binh-thuan-cong"].grades[0].at_least == 92


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('extends = "khong-co"\nid = "khung-moi"\n', "extends"),
        ('extends = "khung-moi"\nid = "khung-moi"\n', "extends"),
        ('extends = "khoi-phu-tho"\n', "id"),
    ],
    ids=["unknown parent", "itself", "name of another"],
)
def test_a_wrong_extension_is_refused(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        load_frames(office(tmp_path, khung_moi=text))
    assert (caught.value.file, caught.value.key) == ("khung-moi.toml", key)


def test_two_frames_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    home = office(tmp_path, mot='extends = "hai"\nid = "mot"\n', hai='extends = "mot"\nid = "hai"\n')
    with pytest.raises(DefinitionError) as caught:
        load_frames(home)
    assert caught.value.key == "extends"


@pytest.mark.parametrize(
    ("rules", "key"),
    [
        ('[[frames]]\nmeeting_kinds = ["Thường kỳ"]\nframe = "khong-co"\n', "frames.1.frame"),
        ('[[frames]]\nmeeting_kinds = ["Chuyên đề"]\nframe = "hd42-thuong-ky"\n', "frames.1.meeting_kinds"),
        ('[[frames]]\nmeeting_kinds = ["Bất thường"]\nframe = "hd42-thuong-ky"\n', "frames.1.meeting_kinds"),
        ('[[frames]]\nmeeting_kinds = ["Thường kỳ"]\nframe = "khoi-phu-tho"\nmonth = 3\n', "frames.0.month"),
    ],
    ids=["unknown frame", "frame for other meetings", "extraordinary", "unknown key"],
)
def test_wrong_defaults_are_refused(tmp_path: Path, rules: str, key: str) -> None:
    home = office(tmp_path)
    (home / "sheets" / "rules" / "defaults.toml").write_text(f"schema = 1\n{rules}", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_defaults(FRAMES, home)
    assert (caught.value.file, caught.value.key) == ("defaults.toml", key)


def test_a_regular_and_a_thematic_default_share_no_code(tmp_path: Path) -> None:
    thematic = shipped("chuyen-de-nghe-an-08").replace("chuyen-de-nghe-an-08", "chuyen-de-rieng").replace("CĐ1", "2A")
    home = office(tmp_path, chuyen_de_rieng=thematic)
    rules = """schema = 1
[[frames]]
meeting_kinds = ["Thường kỳ"]
frame = "hd42-thuong-ky"
[[frames]]
meeting_kinds = ["Chuyên đề"]
frame = "chuyen-de-rieng"
"""
    (home / "sheets" / "rules" / "defaults.toml").write_text(rules, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_defaults(load_frames(home), home)
    assert caught.value.key == "frames.2.frame"
    assert "2a" in caught.value.problem


@pytest.mark.parametrize("frame", FRAMES.values(), ids=list(FRAMES))
def test_a_frame_written_as_toml_is_loaded_equal(tmp_path: Path, frame: Frame) -> None:
    path = tmp_path / f"{frame.id}.toml"
    path.write_text(dump_frame(frame), encoding="utf-8")
    assert load_frame(path) == frame
