"""Files that arrive in slices: whole ones are handed on, everything else is told or left alone."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import define, field
from hypothesis import given
from hypothesis import strategies as st

from chibo_widgets.uploads import UploadProblem, Uploads

LIMIT = 1000


@define
class Desk:
    """What came of the slices."""

    files: list[tuple[str, bytes]] = field(factory=list)
    problems: list[tuple[str, UploadProblem]] = field(factory=list)
    replies: list[dict[str, Any]] = field(factory=list)
    uploads: Uploads = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.uploads = Uploads(
            LIMIT,
            lambda name, data: self.files.append((name, data)),
            lambda name, problem: self.problems.append((name, problem)),
            self.replies.append,
        )

    def slice(self, data: bytes, *, size: int, offset: int = 0, name: str = "so.xlsx", number: int = 1) -> bool:
        head = {"id": number, "name": name, "size": size, "offset": offset}
        return self.uploads.take({"upload": head}, [memoryview(data)])


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_slices_make_a_file(desk: Desk) -> None:
    desk.slice(b"abc", size=5)
    assert desk.files == []
    desk.slice(b"de", size=5, offset=3)
    assert desk.files == [("so.xlsx", b"abcde")]
    assert [reply["upload"] for reply in desk.replies] == [
        {"id": 1, "bytes": 3, "refused": False},
        {"id": 1, "bytes": 2, "refused": False},
    ]


def test_two_files_may_arrive_among_each_other(desk: Desk) -> None:
    desk.slice(b"ab", size=4, name="mot.xlsx", number=1)
    desk.slice(b"xy", size=2, name="hai.xlsx", number=2)
    desk.slice(b"cd", size=4, offset=2, name="mot.xlsx", number=1)
    assert desk.files == [("hai.xlsx", b"xy"), ("mot.xlsx", b"abcd")]


@pytest.mark.parametrize("name", [r"C:\Sổ\so.xlsx", "/home/a/so.xlsx", "so.xlsx"])
def test_names_lose_their_folders(desk: Desk, name: str) -> None:
    desk.slice(b"ab", size=2, name=name)
    assert desk.files == [("so.xlsx", b"ab")]


def test_a_file_over_the_limit_is_told_at_its_first_slice(desk: Desk) -> None:
    desk.slice(b"a" * 10, size=LIMIT + 1)
    assert desk.problems == [("so.xlsx", UploadProblem.TOO_BIG)]
    assert desk.replies[0]["upload"]["refused"] is True


def test_an_empty_file_is_told(desk: Desk) -> None:
    desk.slice(b"", size=0)
    assert desk.problems == [("so.xlsx", UploadProblem.EMPTY)]


@pytest.mark.parametrize(
    ("data", "size", "offset"),
    [(b"de", 5, 4), (b"de", 5, 2), (b"de", 6, 3), (b"def", 5, 3), (b"", 5, 3)],
    ids=["gap", "overlap", "other size", "too much", "nothing"],
)
def test_a_slice_that_does_not_go_on_is_told(desk: Desk, data: bytes, size: int, offset: int) -> None:
    desk.slice(b"abc", size=5)
    desk.slice(data, size=size, offset=offset)
    assert desk.problems == [("so.xlsx", UploadProblem.BROKEN)]
    assert desk.files == []


def test_files_begun_and_forgotten_do_not_pile_up(desk: Desk) -> None:
    for number in range(50):
        desk.slice(b"a", size=900, number=number)
    desk.slice(b"b", size=900, offset=1, number=0)
    assert desk.problems == [("so.xlsx", UploadProblem.BROKEN)]


def test_other_messages_are_left_to_others(desk: Desk) -> None:
    assert not desk.uploads.take({"act": {}}, [])
    assert not desk.uploads.take("upload", [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)
)


@given(st.dictionaries(st.sampled_from(["id", "name", "size", "offset", "more"]), JSON))
def test_garbage_is_ignored(head: dict[str, Any]) -> None:
    desk = Desk()
    assert desk.uploads.take({"upload": head}, [])
    assert desk.files == []
