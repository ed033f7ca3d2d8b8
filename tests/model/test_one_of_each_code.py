"""Equal meeting codes are one object, however, wherever and by whomever they are made."""

from __future__ import annotations

import copy
import os
import pickle
import threading
import time
import warnings

import pytest
from attrs import evolve

from chibo.model import MeetingCode, MeetingSeries, Month

SECOND = MeetingCode(Month(2047, 3), MeetingSeries.THEMATIC, 2)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_code_that_travelled_is_the_same(protocol):
    assert pickle.loads(pickle.dumps(SECOND, protocol)) is SECOND


def test_every_way_of_making_a_code_gives_the_one_there_is():
    made = [
        MeetingCode.parse("2047-03-CĐ2"),
        MeetingCode(Month(2047, 3), MeetingSeries.THEMATIC, 2),
        copy.copy(SECOND),
        copy.deepcopy(SECOND),
        evolve(MeetingCode.parse("2047-03-CĐ1"), ordinal=2),
    ]
    assert all(code is SECOND for code in made)


def test_what_equals_a_part_of_a_code_is_taken_for_it():
    assert str(MeetingCode(Month(2048, 3), MeetingSeries.THEMATIC, True)) == "2048-03-CĐ1"
    assert str(MeetingCode(Month(2048, 4), "")) == "2048-04"
    assert MeetingCode(Month(2048, 5.0)).sort_key == (2048, 5, 0, 0)


def test_threads_make_the_same_code_once():
    rounds, threads = 200, 6
    made: list[list[MeetingCode]] = [[] for _ in range(threads)]
    together = threading.Barrier(threads)

    def make(mine: list[MeetingCode]) -> None:
        for number in range(rounds):
            together.wait()
            mine.append(MeetingCode(Month(3000 + number, 1)))

    workers = [threading.Thread(target=make, args=(mine,)) for mine in made]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert all(len({id(code) for code in codes}) == 1 for codes in zip(*made, strict=True))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")
def test_a_copy_of_the_process_waits_for_no_thread_that_it_has_not():
    stop = threading.Event()

    def make() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            MeetingCode(Month(2000 + number % 5000, 1))

    thread = threading.Thread(target=make, daemon=True)
    thread.start()
    try:
        for _ in range(40):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside threads
                child = os.fork()
            if child == 0:
                MeetingCode(Month(9000, 1))
                os._exit(0)
            assert _ends(child)
    finally:
        stop.set()
        thread.join()


def _ends(child: int) -> bool:
    """Whether a child ends within a minute; it is ended if not."""
    until = time.monotonic() + 60
    while os.waitpid(child, os.WNOHANG)[0] == 0:
        if time.monotonic() > until:
            os.kill(child, 9)
            os.waitpid(child, 0)
            return False
        time.sleep(0.001)
    return True
