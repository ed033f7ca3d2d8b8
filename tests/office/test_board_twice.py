"""Two books of one cell on the board: the difference between them, in the order in which they came."""

from __future__ import annotations

from datetime import date, time

from attrs import evolve

from builders import a_book, a_meeting, some_members
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource, Sources
from chibo.engine.in_process import InProcess
from chibo.model import CellBook, Month
from chibo.office.board.board import board_of
from chibo.office.board.recent import RecentSources
from chibo.office.board.run import BoardRun
from chibo.office.board.twice import Relation, compare_twice, files_of_twice
from chibo.office.lineage.branches import lines_of
from chibo.workbook import write_book
from chibo_widgets.board.twice_view import Asked, twice_view
from chibo_widgets.board.wording import Tongue

LIBRARY = Library()
DAY = date(2026, 4, 10)


def a_source(label: str, book: CellBook) -> BookSource:
    return BookSource(label, label, data=write_book(book, LIBRARY, DAY))


def test_a_book_that_came_again_is_compared_with_the_earlier_one():
    meeting = a_meeting()
    earlier = a_book(meeting, members=some_members(2))
    later = evolve(earlier, meetings=(evolve(meeting, ends_at=time(16, 0)),))
    run = BoardRun(LIBRARY, DAY, lambda: None, InProcess())
    run.add(Sources((a_source("so.xlsx", earlier), a_source("a-moi.xlsx", later))))
    assert run.wait(300)
    units = board_of(run.consolidation, Month(2026, 3)).units
    for unit in units:
        files = files_of_twice(unit)
        assert files is not None
        twice = compare_twice(files, run, LIBRARY, lambda book: lines_of(None, book, ()))
        assert twice is not None
        assert twice.files == ("so.xlsx", "a-moi.xlsx")
        assert [(found.column, found.after) for found in twice.differences] == [("ends_at", time(16, 0))]
        view = twice_view(twice, Asked(), Tongue(Language.VIETNAMESE), LIBRARY.layout)
        assert "15:30 → 16:00" in view["changes"][0]
        assert twice.relation is Relation.UNKNOWN
    assert len(units) == 2


def test_of_many_sent_books_the_oldest_are_let_go():
    recent = RecentSources(room=10)
    sources = [BookSource(str(number), str(number), data=b"1234") for number in range(4)]
    for source in sources:
        recent.remember(source)
    assert recent.of({"0", "1", "2", "3"}) == tuple(sources[2:])
