"""The fold over many books: any order and any grouping give the same consolidation."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from builders import a_book, a_meeting, an_info
from chibo.consolidation import BookOutcome, Consolidation, consolidate, period_table, unexpected_cells
from chibo.definitions.messages import load_catalogue
from chibo.engine.kept_outcomes import packed, unpacked
from chibo.findings import Finding, FindingKind, Severity
from chibo.model import FACT_COLUMNS, CellIdentity, MeetingRecord, MonthStatus, Period, Place
from chibo.model.facts_rows import FACTS_HEADING, facts_rows
from chibo.model.row_text import csv_text
from chibo.model.vocabulary import MeetingState
from offices import a_cell, an_office, outcome

MARCH = Period.parse("2026-03")
UNREADABLE = FindingKind("TEST_UNREADABLE", Severity.BLOCK)
ROW_OUT = FindingKind("TEST_ROW_OUT", Severity.BLOCK)
LOOK = FindingKind("TEST_FOLD_LOOK", Severity.WARN)

CELLS = [outcome(a_cell(number, committee)) for number, committee in ((1, "DB01"), (2, "DB01"), (3, "DB02"), (4, ""))]
BROKEN = [
    BookOutcome(file=f"hỏng {n}.xlsx", accepted=False, findings=(UNREADABLE.at(Place(f"hỏng {n}.xlsx"), of_book=True),))
    for n in (1, 2)
]
COPIES = [evolve(CELLS[0], file="bản sao.xlsx"), evolve(CELLS[0], file="bản sao 2.xlsx")]
RIVALS = [outcome(a_cell(2, "DB01", committee_seats=5), "sổ khác.xlsx")]
ALL = [*CELLS, *BROKEN, *COPIES, *RIVALS]

some_books = st.lists(st.sampled_from(range(len(ALL))), unique=True).map(lambda picks: [ALL[i] for i in picks])


@given(some_books, st.randoms(use_true_random=False), st.integers(1, 4))
def test_any_order_and_any_grouping_give_the_same(books, random, parts):
    shuffled = list(books)
    random.shuffle(shuffled)
    groups = [consolidate(shuffled[start::parts]) for start in range(parts)]
    random.shuffle(groups)
    merged = sum(groups, Consolidation())
    straight = consolidate(books)
    assert merged == straight
    assert merged.settled == straight.settled
    assert merged.facts == straight.facts
    assert period_table(merged, MARCH) == period_table(straight, MARCH)


def kept(books: list[BookOutcome]) -> list[BookOutcome]:
    return [unpacked(packed(book), book.file) for book in books]


@given(some_books, st.sampled_from([None, MARCH, Period.parse("2026-02"), Period.parse("2026")]))
def test_facts_as_lines_are_the_facts_as_text_kept_or_not(books, period):
    rows = [row for row in consolidate(books).facts if period is None or row.meeting_code in period]
    assert [(row.committee_code, row.cell_code, row.year, row.meeting_code) for row in rows] == sorted(
        (row.committee_code, row.cell_code, row.year, row.meeting_code) for row in rows
    )
    text = csv_text(facts_rows(rows), FACT_COLUMNS)
    for some in (books, kept(books)):
        assert FACTS_HEADING + "".join(consolidate(some).facts_csv(period)) == text


def places_of(records: Iterable[MeetingRecord]) -> list[dict[str, Place]]:
    return [dict(record.facts.places) for record in records]


@given(some_books)
def test_kept_records_are_the_records(books):
    again = kept(books)
    assert again == books
    assert kept(again) == again
    assert consolidate(again) == consolidate(books)
    assert period_table(consolidate(again), MARCH) == period_table(consolidate(books), MARCH)
    for one, other in zip(again, books, strict=True):
        assert (one.facts, one.meeting_codes) == (other.facts, other.meeting_codes)
        for period in map(Period.parse, ("2026-03", "2026-12", "2026-Q1", "2026-H1", "2026", "2025")):
            found = one.records_within(period)
            assert found == other.records_within(period)
            assert places_of(found) == places_of(other.records_within(period))
        assert places_of(one.records) == places_of(other.records)
        assert one.records[1:] == other.records[1:]
        assert hash(one.records) == hash(other.records)


@given(some_books, some_books, some_books)
def test_merging_is_associative_and_commutative_and_has_an_identity(one, two, three):
    a, b, c = (consolidate(books) for books in (one, two, three))
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a
    assert a + Consolidation() == a == Consolidation() + a


@given(some_books)
def test_every_book_is_accepted_or_refused_and_every_refusal_has_a_reason(books):
    result = consolidate(books)
    assert len(result.accepted) + len(result.copies) + len(result.refused) == len(books)
    assert all(outcome.refusals for outcome in result.refused)
    keys = [(o.identity.cell_code, o.identity.year) for o in result.accepted]
    assert len(keys) == len(set(keys))


# Duplicates


def test_two_books_of_one_cell_that_differ_are_both_refused_naming_each_other():
    result = consolidate([CELLS[1], *RIVALS, CELLS[2]])
    assert [o.file for o in result.accepted] == ["CB03.xlsx"]
    reasons = {o.file: [(f.code, f.seen) for f in o.refusals] for o in result.refused}
    assert reasons == {
        "CB02.xlsx": [("CELL_TWICE", "sổ khác.xlsx")],
        "sổ khác.xlsx": [("CELL_TWICE", "CB02.xlsx")],
    }
    assert result.facts == CELLS[2].facts


def test_of_many_books_of_one_cell_the_first_are_named_and_all_are_counted():
    """Else of a hundred books each would name the other ninety-nine."""
    result = consolidate(evolve(RIVALS[0], file=f"{number}.xlsx", digest=f"d{number}") for number in range(5))
    said = {book.file: [f for f in book.refusals if f.code == "CELL_TWICE"] for book in result.refused}
    assert {
        file: (f.seen, [place.file for place in f.other_places], f.values["others"]) for file, [f] in said.items()
    } == {
        "0.xlsx": ("1.xlsx, 2.xlsx …", ["1.xlsx", "2.xlsx"], "4"),
        "1.xlsx": ("0.xlsx, 2.xlsx …", ["0.xlsx", "2.xlsx"], "4"),
        "2.xlsx": ("0.xlsx, 1.xlsx …", ["0.xlsx", "1.xlsx"], "4"),
        "3.xlsx": ("0.xlsx, 1.xlsx …", ["0.xlsx", "1.xlsx"], "4"),
        "4.xlsx": ("0.xlsx, 1.xlsx …", ["0.xlsx", "1.xlsx"], "4"),
    }
    assert "và 4 sổ khác: «1.xlsx», «2.xlsx» …;" in load_catalogue().message(said["0.xlsx"][0]).text


def test_of_equal_books_that_differ_from_another_one_only_the_first_is_told_of_it():
    equal = [evolve(CELLS[1], file=f"CB02{add}.xlsx") for add in (" (2)", "", " (3)")]
    result = consolidate([*equal, *RIVALS])

    said = {o.file: {f.code: f.seen for f in o.findings if f.code.startswith(("CELL", "COPY"))} for o in result.refused}
    assert said == {
        "CB02.xlsx": {"CELL_TWICE": "sổ khác.xlsx"},
        "CB02 (2).xlsx": {"COPY_OF_REFUSED": "CB02.xlsx", "CELL_TWICE": "sổ khác.xlsx"},
        "CB02 (3).xlsx": {"COPY_OF_REFUSED": "CB02.xlsx", "CELL_TWICE": "sổ khác.xlsx"},
        "sổ khác.xlsx": {"CELL_TWICE": "CB02.xlsx"},
    }
    assert not result.copies


def test_equal_books_of_one_cell_count_once():
    result = consolidate([*COPIES, CELLS[0]])
    assert [o.file for o in result.accepted] == ["CB01.xlsx"]
    assert {o.file: o.findings[-1].code for o in result.copies} == dict.fromkeys(
        ("bản sao.xlsx", "bản sao 2.xlsx"), "IDENTICAL_COPY"
    )
    assert not result.has_blocks
    assert result.facts == CELLS[0].facts


def test_of_equal_books_the_one_whose_name_nothing_was_added_to_counts():
    names = ("CB01 - Copy.xlsx", "CB01.xlsx", "CB01 (2).xlsx")
    result = consolidate(evolve(CELLS[0], file=name) for name in names)
    assert [o.file for o in result.accepted] == ["CB01.xlsx"], "by the alphabet it is the last one"


def test_what_is_found_in_equal_books_is_told_once_and_what_only_a_copy_shows_stays():
    def look(file: str, cell: str) -> Finding:
        return LOOK.at(Place(file, "Sinh hoạt", cell), seen="14h")

    book = evolve(CELLS[0], findings=(look("CB01.xlsx", "E5"),))
    same = evolve(COPIES[0], findings=(look("bản sao.xlsx", "E5"),))
    more = evolve(COPIES[1], findings=(look("bản sao 2.xlsx", "E5"), look("bản sao 2.xlsx", "E9")))
    result = consolidate([same, more, book])
    assert {o.file: [(f.code, f.place.address) for f in o.findings] for o in result.settled} == {
        "CB01.xlsx": [("TEST_FOLD_LOOK", "E5")],
        "bản sao.xlsx": [("IDENTICAL_COPY", "")],
        "bản sao 2.xlsx": [("TEST_FOLD_LOOK", "E9"), ("IDENTICAL_COPY", "")],
    }


def test_one_differing_book_among_copies_refuses_all_of_them():
    rival = outcome(a_cell(1, committee_seats=3), "khác.xlsx")
    result = consolidate([CELLS[0], COPIES[0], rival])
    assert result.accepted == ()
    assert len(result.refused) == 3


def test_letter_case_of_the_cells_code_does_not_make_two_cells():
    book = a_cell(1)
    lower = evolve(book, info=evolve(book.info, cell_code="cb01"))
    assert len(consolidate([outcome(book), outcome(lower, "thường.xlsx")]).refused) == 2


def test_books_of_two_years_are_no_duplicates():
    book = a_cell(1)
    last_year = evolve(book, info=evolve(book.info, year=2025), meetings=(a_meeting("2025-12"),))
    assert len(consolidate([outcome(book), outcome(last_year, "2025.xlsx")]).accepted) == 2


def test_a_refused_book_is_no_rival_of_an_accepted_one():
    broken = evolve(CELLS[0], file="hỏng.xlsx", accepted=False, findings=BROKEN[0].findings)
    assert [o.file for o in consolidate([CELLS[0], broken]).accepted] == ["CB01.xlsx"]


@pytest.mark.parametrize(("accepted", "expected"), [(True, True), (False, True)])
def test_a_block_anywhere_is_reported(accepted, expected):
    of_row = ROW_OUT.at(Place("CB01.xlsx", "Sinh hoạt", "A5"), of_book=not accepted)
    book = evolve(CELLS[0], accepted=accepted, findings=(of_row,))
    assert consolidate([book]).has_blocks is expected
    assert consolidate([CELLS[0]]).has_blocks is False


# Periods


def codes(table):
    return [(group.committee_code, [cell.identity.cell_code for cell in group.cells]) for group in table.groups]


def test_cells_stand_under_their_base_organisation_and_those_of_the_bloc_come_last():
    table = period_table(consolidate(outcome(book) for book in reversed(an_office())), MARCH)
    assert codes(table) == [
        ("DB01", ["CB01", "CB02", "CB03"]),
        ("DB02", ["CB04", "CB05", "CB06"]),
        ("", ["CB07", "CB08", "CB09"]),
    ]
    assert [group.committee_name for group in table.groups] == ["Đảng bộ Sở Thử nghiệm", "Đảng bộ Ban Mẫu vật", ""]


def test_each_cell_says_how_its_month_stands():
    table = period_table(consolidate(outcome(book) for book in an_office()), MARCH)
    (month,) = MARCH.months
    statuses = {cell.identity.cell_code: cell.status(month) for cell in table.cells}
    assert statuses["CB01"] is MonthStatus.HELD
    assert statuses["CB04"] is MonthStatus.POSTPONED
    assert statuses["CB05"] is MonthStatus.NOT_HELD
    assert [cell.identity.cell_code for cell in table.missing] == ["CB06"]


@pytest.mark.parametrize(
    "changes",
    [
        {"held_on": None},
        {"held_on": None, "state": MeetingState.HELD},
        {"held_on": None, "state": MeetingState.REGISTERED},
    ],
)
def test_a_meeting_registered_or_without_a_day_is_unreported(changes):
    (cell,) = period_table(consolidate([outcome(a_book(a_meeting(**changes)))]), MARCH).cells
    assert cell.status(MARCH.months[0]) is MonthStatus.UNREPORTED


def test_expected_cells_without_a_book_have_a_row_of_their_own():
    expected = [
        CellIdentity(cell_code="CB99", cell_name="Chi bộ im lặng", year=2026, committee_code="DB02"),
        CellIdentity(cell_code="cb01", cell_name="Tên cũ", year=2026),
    ]
    table = period_table(consolidate([CELLS[0]]), MARCH, expected)
    assert codes(table) == [("DB01", ["CB01"]), ("DB02", ["CB99"])]
    assert [cell.identity.cell_name for cell in table.cells] == ["Chi bộ Phòng số 1", "Chi bộ im lặng"]
    assert [cell.has_book for cell in table.cells] == [True, False]
    assert [cell.identity.cell_code for cell in table.missing] == ["CB99"]
    more = period_table(consolidate(CELLS[:2]), MARCH, expected)
    assert [cell.identity.cell_code for cell in unexpected_cells(more, expected)] == ["CB02"]


def test_only_last_years_book_leaves_the_cell_missing():
    book = a_book(a_meeting("2025-03"), info=an_info(year=2025, cell_name="Tên năm ngoái"))
    (cell,) = period_table(consolidate([outcome(book)]), MARCH).cells
    assert (cell.identity.cell_name, cell.has_book, cell.records) == ("Tên năm ngoái", False, ())


def test_a_cell_whose_books_of_the_year_are_all_refused_has_a_row_that_says_so():
    table = period_table(consolidate([*CELLS, *RIVALS]), MARCH)
    cell = next(cell for cell in table.cells if cell.identity.cell_code == "CB02")

    assert len(table.cells) == len(CELLS)
    assert (cell.has_book, cell.records) == (False, ())
    assert cell.refused_files == ("CB02.xlsx", "sổ khác.xlsx")
    assert cell.identity.committee_code == "DB01"
    assert cell in table.missing


def test_refused_books_of_another_year_or_of_nobody_give_no_row():
    rivals = consolidate([CELLS[1], *RIVALS, *BROKEN])

    assert period_table(rivals, Period.parse("2027-03")).cells == ()
    assert len(period_table(rivals, MARCH).cells) == 1


def test_a_cell_that_is_expected_is_known_by_what_its_refused_book_says():
    expected = [CellIdentity(cell_code="CB02", cell_name="Tên khác", year=2026)]
    (cell,) = period_table(consolidate([CELLS[1], *RIVALS]), MARCH, expected).cells

    assert cell.identity == CELLS[1].identity


def test_the_years_own_book_gives_name_and_base_organisation():
    old = a_book(a_meeting("2025-03"), info=an_info(year=2025, cell_name="Tên cũ", committee_code="DB00"))
    new = a_book(info=an_info(cell_name="Tên mới"))
    table = period_table(consolidate([outcome(old, "a.xlsx"), outcome(new, "b.xlsx")]), MARCH)
    assert codes(table) == [("DB01", ["CB01"])]
    assert table.cells[0].identity.cell_name == "Tên mới"


def test_the_name_most_cells_use_names_the_base_organisation():
    names = ["Sở A", "Sở B", "Sở B"]
    books = [
        a_book(info=an_info(cell_code=f"CB{i}", committee_name=name), file=f"{i}.xlsx") for i, name in enumerate(names)
    ]
    (group,) = period_table(consolidate(map(outcome, books)), MARCH).groups
    assert group.committee_name == "Sở B"


def test_a_longer_period_holds_the_meetings_of_all_its_months():
    book = a_book(a_meeting("2026-01"), a_meeting("2026-03"), a_meeting("2026-04"))
    (cell,) = period_table(consolidate([outcome(book)]), Period.parse("2026-Q1")).cells
    assert [str(record.facts.meeting_code) for record in cell.records] == ["2026-01", "2026-03"]


def test_a_finding_that_comes_later_stands_with_those_of_its_weight():
    place, hint = Place("so.xlsx"), FindingKind.undeclared("TEST_FOLD_HINT", Severity.NOTE, "")
    book = BookOutcome(file="so.xlsx", accepted=True, findings=(ROW_OUT.at(place), LOOK.at(place), hint.at(place)))
    book = book.with_finding(UNREADABLE.at(place, of_book=True)).with_finding(hint.at(place))
    assert [finding.kind for finding in book.findings] == [ROW_OUT, UNREADABLE, LOOK, hint, hint]
    assert not book.accepted
