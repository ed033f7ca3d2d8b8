"""Findings in words, as both pages list them."""

from __future__ import annotations

import pytest

from chibo.definitions.language import Language
from chibo.definitions.messages import Catalogue, Entry
from chibo.findings import Finding, Severity, all_kinds
from chibo.model import Place
from chibo.workbook.reading import kinds as declared
from chibo_widgets.findings_list import finding_rows, in_order, place_labels, place_reference
from chibo_widgets.texts import load_texts

assert declared, "the kinds to choose from"
WORDS = {"title": "Tên", "text": "Ghi {seen}.", "mend": "Sửa đi."}
KINDS = {severity: next(kind for kind in all_kinds() if kind.severity is severity) for severity in Severity}
CATALOGUE = Catalogue({kind.code: Entry.model_validate({"vi": WORDS, "en": WORDS}) for kind in KINDS.values()})
TEXTS = load_texts("shared")


def at(severity: Severity, sheet: str = "Sinh hoạt", address: str = "B2", **more: object) -> Finding:
    return KINDS[severity].at(Place("so.xlsx", sheet, address), **more)


def rows(*findings: Finding) -> list[dict[str, object]]:
    return finding_rows(findings, CATALOGUE, TEXTS, Language.VIETNAMESE)


def test_the_heaviest_come_first() -> None:
    found = rows(at(Severity.NOTE), at(Severity.BLOCK), at(Severity.WARN))
    assert [row["severity"] for row in found] == ["block", "warn", "note"]


def test_a_row_says_what_was_seen_and_where() -> None:
    row = rows(at(Severity.WARN, seen="31/02"))[0]
    assert row["text"] == "Ghi 31/02."
    assert row["places"] == ["Trang Sinh hoạt, ô B2"]
    assert row["target"] is None


@pytest.mark.parametrize(
    ("place", "reference"),
    [
        (Place("so.xlsx", "Sinh hoạt", "E3"), "'Sinh hoạt'!E3"),
        (Place("so.xlsx", "Năm '26", "C1, D1"), "'Năm ''26'!C1"),
        (Place("so.xlsx", "Sinh hoạt"), "'Sinh hoạt'!A1"),
        (Place("so.xlsx"), ""),
    ],
)
def test_a_place_can_be_given_to_excel(place: Place, reference: str) -> None:
    assert place_reference(place) == reference


def test_a_reference_stands_beside_each_place() -> None:
    more = [Place("so.xlsx", "Sinh hoạt", "D2"), Place("so.xlsx", "Điểm danh", "C1")]
    row = rows(at(Severity.WARN, other_places=more))[0]
    assert row["places"] == ["Trang Sinh hoạt, ô B2, D2", "Trang Điểm danh, ô C1"]
    assert row["references"] == ["'Sinh hoạt'!B2", "'Điểm danh'!C1"]


def test_a_target_comes_with_its_row() -> None:
    found = finding_rows(
        [at(Severity.WARN)], CATALOGUE, TEXTS, Language.VIETNAMESE, target=lambda finding: {"go": finding.place.sheet}
    )
    assert found[0]["target"] == {"go": "Sinh hoạt"}


def test_what_is_on_no_sheet_yet_leads_to_its_entry_on_the_page() -> None:
    finding = at(Severity.WARN, sheet="", address="")
    there = finding_rows([finding], CATALOGUE, TEXTS, Language.VIETNAMESE, target=lambda _finding: {"go": "meeting"})
    assert there[0]["places"] == ["Tới chỗ này"]
    assert rows(finding)[0]["places"] == ["Tệp so.xlsx"]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (
            [("Sinh hoạt", "E3"), ("Sinh hoạt", "L3"), ("Điểm danh", "C1")],
            ["Trang Sinh hoạt, ô E3, L3", "Trang Điểm danh, ô C1"],
        ),
        ([("Sinh hoạt", "E3"), ("Sinh hoạt", "E3")], ["Trang Sinh hoạt, ô E3"]),
        ([("Sinh hoạt", ""), ("Sinh hoạt", "E3")], ["Trang Sinh hoạt", "Trang Sinh hoạt, ô E3"]),
        ([("", "")], ["Tệp so.xlsx"]),
    ],
)
def test_places_on_one_sheet_stand_together(places: list[tuple[str, str]], expected: list[str]) -> None:
    assert place_labels([Place("so.xlsx", *place) for place in places], TEXTS) == expected


def test_a_book_without_a_file_has_no_places() -> None:
    finding = KINDS[Severity.NOTE].at(Place(""))
    assert rows(finding)[0]["places"] == []


def test_findings_of_one_weight_stand_down_the_sheet() -> None:
    found = rows(*(at(Severity.WARN, address=address) for address in ("B10", "AA2", "B2", "A11")))
    assert [row["places"][0].rpartition(" ")[2] for row in found] == ["B2", "AA2", "B10", "A11"]


def test_of_very_many_of_one_kind_the_first_are_drawn_and_the_last_row_counts_the_others() -> None:
    many = [at(Severity.WARN, address=f"B{number:04}") for number in range(130)]
    others = [at(Severity.BLOCK), at(Severity.WARN, sheet="Đảng viên"), at(Severity.NOTE)]
    found = rows(*many, *others)

    assert len(found) == 104
    assert sum(row["more"] or 1 for row in found) == 133
    assert found[-1]["severity"] == "note"
    assert (found[-2]["more"], found[-2]["places"], found[-2]["severity"]) == (30, [], "warn")
    assert found[-2]["text"].startswith("Còn 30 chỗ nữa như vậy ở trang Sinh hoạt")
    listed = in_order([*many, *others])
    assert [row["number"] for row in found] == list(range(len(listed))), "by its number the browser asks for a finding"
    assert [one.severity.value for one in listed] == [row["severity"] for row in found]
