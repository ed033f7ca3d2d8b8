"""Values beside labels and marks of dues go into the workbook that is there, as those of tables do."""

from __future__ import annotations

from attrs import evolve

from builders import a_book, some_members
from chibo.model import DuesRow
from chibo.model.vocabulary import DuesMark
from chibo.workbook import read_book, write_back, write_book
from desks import TODAY, library


def test_a_value_beside_a_label_and_a_mark_of_dues_are_written_back() -> None:
    paid = DuesRow(member_code="DV01", full_name="Đảng viên 1", months={1: DuesMark.PAID})
    data = write_book(a_book(members=some_members(2), dues=(paid,)), library(), TODAY)
    before = read_book(data, "so.xlsx", library()).book
    assert before is not None
    months = {1: DuesMark.PAID, 2: DuesMark.PAID}
    dues = (evolve(before.dues[0], months=months), *before.dues[1:])
    after = evolve(before, info=evolve(before.info, secretary="Lê Nắng Sớm"), dues=dues)

    written = write_back(data, before, after, library(), TODAY)

    assert written.data is not None
    assert written.cells == 2
    again = read_book(written.data, "so.xlsx", library()).book
    assert again is not None
    assert (again.info.secretary, again.dues[0].months) == ("Lê Nắng Sớm", months)
