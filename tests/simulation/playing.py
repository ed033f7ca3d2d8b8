"""Playing a course of acts in an office from the first day to the last, every period checked when it closes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from attrs import frozen

from chibo.model import Period
from chibo.office.memory.log import check_log
from simulation.acts import Course
from simulation.blocs import a_bloc
from simulation.checking import check_expected, check_period
from simulation.counted import Counts, whole_tables
from simulation.doing import new_office


@frozen
class Played:
    """What came of a course: the figures of each period, how often each act was done, and the seconds it took."""

    periods: dict[str, Counts]
    acts: Counter[str]
    refused: int
    seconds: dict[str, float]
    rows: dict[str, int]


def play(
    home: Path, cells: int, periods: Sequence[Period], seed: int, say: Callable[[str], None] = lambda _: None
) -> Played:
    """Play these periods of a bloc of so many cells, and hold each against SQL when it closes and at the end."""
    chance = Random(seed)
    bloc = a_bloc(cells, [month for period in periods for month in period.months], chance)
    office = new_office(home, bloc)
    course = Course(bloc, office.memory.library, chance)
    acts = course.acts(periods)
    done, refused, figures = Counter(), 0, {}
    for act in acts:
        refusal = office.do(act)
        assert bool(refusal) == act.refused, f"{act}: {refusal or 'was not refused'}"
        done[act.kind] += 1
        refused += act.refused
        if act.kind == "open" and act.period:
            check_expected(office, course, act.period, act.day)
        if act.kind == "close" and act.period:
            figures[str(act.period)] = counts = check_period(office, act.period)
            say(line_of(str(act.period), counts))
    for period in periods:
        assert check_period(office, period) == figures[str(period)], "nothing changes in a period that was closed"
    assert check_log(office.memory).fault is None
    office.memory.close()
    return Played(figures, done, refused, dict(office.seconds), whole_tables(office.database))


def line_of(period: str, counts: Counts) -> str:
    """A period in one line."""
    states = counts.states
    rate = f"{100 * counts.received / counts.expected:.1f} %" if counts.expected else "–"
    return (
        f"{period}: {counts.expected} owed, {states['exempt']} exempt; {counts.received} received ({rate}), "
        f"{states['missing']} missing, {states['empty']} empty, {states['partial']} partial, "
        f"{states['complete']} complete, {states['verified']} verified, {counts.late} late"
    )
