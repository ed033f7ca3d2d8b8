"""Books of a board that count in the place of others, and books that were made on it."""

from __future__ import annotations

from chibo.office.board.standing_in import StandIns


def counting(books: StandIns, *labels: str) -> str:
    return "".join(label for label in labels if books.counts(label))


def test_others_count_again_once_the_book_no_longer_stands_for_them() -> None:
    books = StandIns()
    books.stand_in("b", ["a"])
    assert counting(books, "a", "b", "c") == "bc"
    books.stand_in("b", ["c"])
    assert counting(books, "a", "b", "c") == "b"
    books.part("b")
    assert counting(books, "a", "b", "c") == "abc"


def test_a_book_that_was_made_counts_only_while_it_stands_for_others() -> None:
    books = StandIns()
    books.stand_in("m", ["a", "b"], made=True)
    books.stand_in("n", ["m", "c"], made=True)
    assert counting(books, "a", "b", "c", "m", "n") == "n"
    books.part("n")
    assert counting(books, "a", "b", "c", "m", "n") == "cm"
    books.part("m")
    assert counting(books, "a", "b", "c", "m", "n") == "abc"
    assert (books.came("a"), books.came("m")) == (True, False)


def test_everything_is_forgotten() -> None:
    books = StandIns()
    books.stand_in("m", ["a", "b"], made=True)
    books.clear()
    assert counting(books, "a", "b", "m") == "abm"
