"""The books of a board in line: labels of their own, how many are taken at once, and who waits again."""

from __future__ import annotations

from collections.abc import Iterable

from chibo.engine.book_source import BookSource
from chibo.office.board.books_in_line import BooksInLine


def a_line(*labels: str) -> BooksInLine:
    line = BooksInLine()
    for label in labels:
        line.put(BookSource(label, label, data=b""))
    return line


def labels(books: Iterable[BookSource]) -> list[str]:
    return [book.label for book in books]


def test_books_of_one_name_get_labels_of_their_own() -> None:
    line = a_line("so", "so")
    assert line.own_label("so") == "so (3)"
    assert line.put(BookSource("so", "so", data=b"")) == "so (4)"
    assert labels(line.sources_of(["so (2)", "so (4)"])) == ["so (2)", "so (4)"]


def test_the_first_book_is_read_by_itself_and_tells_how_long_the_others_take() -> None:
    line = a_line(*(f"{number:03}" for number in range(150)))
    first = line.next()
    assert (labels(first), line.unread, line.seconds_left) == (["000"], 150, None)
    line.one_read()
    line.end(first, {"000"}, 0.5)
    assert (line.unread, line.seconds_left) == (149, 74.5)
    many = line.next()
    assert (len(many), line.unread, line.waits) == (100, 149, True)
    line.end(many, {book.label for book in many}, 10)
    assert len(line.next()) == 49
    assert not line.waits


def test_what_was_not_done_waits_again_before_all_others() -> None:
    line = a_line("a", "b", "c", "d")
    line.end(line.next(), {"a"}, 1)
    line.end(line.next(), {"c"}, 1)
    line.put(BookSource("e", "e", data=b""))
    assert labels(line.next()) == ["b", "d", "e"]


def test_nobody_is_called_from_an_empty_line_and_a_cleared_one_knows_no_label() -> None:
    line = a_line("a", "b")
    line.end(line.next(), {"a"}, 1)
    line.clear()
    assert (list(line.next()), line.unread, line.waits, line.sources_of(["b"])) == ([], 0, False, ())
    assert line.put(BookSource("a", "a", data=b"")) == "a"
    assert line.seconds_left == 1
