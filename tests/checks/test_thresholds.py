"""Thresholds as dated data: the value in force on a day, and clear errors where the file is wrong."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from chibo.checks import check_book
from chibo.definitions.folders import definition_files
from chibo.definitions.library import Library
from chibo.definitions.thresholds import Thresholds, load_thresholds
from chibo.errors import DefinitionError
from healthy import FEBRUARY, TODAY, healthy_book, with_meeting
from located import located

SHIPPED = definition_files("rules")["thresholds"].read_text(encoding="utf-8")


def _office(tmp_path, text):
    folder = tmp_path / "sheets" / "rules"
    folder.mkdir(parents=True)
    folder.joinpath("thresholds.toml").write_text(text, encoding="utf-8")
    return tmp_path


def _changed(tmp_path, old, new):
    assert old in SHIPPED
    return _office(tmp_path, SHIPPED.replace(old, new, 1))


def test_shipped_thresholds_are_cited_and_name_their_clause():
    thresholds = load_thresholds()

    for name in set(Thresholds.model_fields) - {"schema_number"}:
        threshold = getattr(thresholds, name)
        assert all(value.source for value in threshold.values), name


def test_values_by_day():
    thresholds = load_thresholds()

    assert thresholds.professional_share.share_on(date(2026, 3, 5)) == Fraction(1, 2)
    assert thresholds.papers_lead.on(date(2025, 10, 28)) == 1
    assert thresholds.papers_lead.on(date(2025, 10, 27)) is None
    assert thresholds.thematic_plan_due.in_year(2026) == date(2026, 1, 31)
    assert thresholds.thematic_plan_due.in_year(2010) is None


def test_an_office_changes_a_threshold_and_the_checks_follow(tmp_path):
    row = 'value = "30", source = "Chỉ thị'
    stricter = Library(_changed(tmp_path, row, row.replace("30", "70")))
    book = located(healthy_book())

    assert {finding.code for finding in check_book(book, stricter, TODAY)} == {"FEW_SPEAKERS"}


def test_a_check_says_nothing_on_a_day_without_a_value(tmp_path):
    ended = 'values = [{ from = 2018-01-01, to = 2018-12-31, value = "300", source = "đề xuất" }]'
    library = Library(_changed(tmp_path, 'values = [{ from = 2018-01-01, value = "300", source = "đề xuất" }]', ended))
    overlong = located(with_meeting(FEBRUARY, ends_at=healthy_book().meetings[FEBRUARY].starts_at.replace(hour=22)))

    assert not check_book(overlong, library, TODAY)


def test_the_twenty_ninth_of_february_falls_on_the_last_day_of_other_years(tmp_path):
    library = Library(_changed(tmp_path, 'value = "01-31"', 'value = "02-29"'))

    assert library.thresholds.thematic_plan_due.in_year(2028) == date(2028, 2, 29)
    assert library.thresholds.thematic_plan_due.in_year(2026) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ('value = "50"', 'value = "150"', "professional_share", "tỷ lệ phần trăm"),
        ('value = "50"', 'value = "nửa"', "professional_share", "tỷ lệ phần trăm"),
        ('value = "300"', 'value = "-5"', "longest_meeting", "số nguyên"),
        ('value = "7"', 'value = "8"', "rest_day", "thứ trong tuần"),
        ('value = "01-31"', 'value = "02-30"', "thematic_plan_due", "ngày trong năm"),
        ('value = "01-31"', 'value = "31/01"', "thematic_plan_due", "ngày trong năm"),
        ('unit = "day-of-year"', 'unit = "days"', "thematic_plan_due", "không phải"),
        ('unit = "minutes"', 'unit = "day-of-year"', "longest_meeting", "không phải"),
        ('clause = "2"', 'clause = "11"', "professional_share", ""),
        ("[rest_day]", "[rest_days]", "rest_day", ""),
        ("schema = 1", "schema = 2", "schema", ""),
        (
            'values = [{ from = 2018-01-01, value = "300"',
            'values = [{ from = 2018-01-01, value = "200", source = "x" }, { from = 2020-01-01, value = "300"',
            "longest_meeting",
            "chồng lên",
        ),
        (
            'values = [{ from = 2018-01-01, value = "300"',
            'values = [{ from = 2018-01-01, to = 2017-01-01, value = "300"',
            "longest_meeting",
            "trước khi bắt đầu",
        ),
    ],
)
def test_a_wrong_file_is_named_with_its_key(tmp_path, old, new, key, said):
    with pytest.raises(DefinitionError) as error:
        load_thresholds(_changed(tmp_path, old, new))

    assert error.value.file == "thresholds.toml"
    assert error.value.key.startswith(key)
    assert said in error.value.problem
