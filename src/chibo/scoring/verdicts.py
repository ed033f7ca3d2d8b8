"""What the recorded facts say of one criterion at one meeting: points, the reason in words, the places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from attrs import Factory, asdict, field, frozen

from chibo.definitions.frames.facts import Words
from chibo.definitions.frames.frame import Line
from chibo.definitions.language import Language
from chibo.model import Place
from chibo.scoring import keeping
from chibo.scoring.decisions import decide
from chibo.scoring.measures import MEASURES
from chibo.scoring.outcomes import Decision, Outcome
from chibo.scoring.view import MeetingView
from chibo.scoring.wording import interval_in_signs, sentence

_NO_VALUES: Mapping[str, object] = {}


@frozen(kw_only=True)
class FactVerdict(Decision):
    """The verdict of the facts on a criterion: what they decide, the values that fill the sentence, the places."""

    values: Mapping[str, object] = Factory(dict)
    words: Words | None = field(default=None, repr=False)
    find_places: Callable[[], tuple[Place, ...]] = field(default=tuple, eq=False, repr=False)

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the facts stand in the workbook."""
        return self.find_places()

    def band_in_signs(self, language: Language | str = Language.VIETNAMESE) -> str:
        """The band that the value lies in, such as `≥ 75%, < 90%`; empty where there is none."""
        required = self.values.get("required")
        known = required if isinstance(required, int) else None
        return interval_in_signs(self.band, Language(language), known) if self.band else ""

    def reason(self, language: Language | str = Language.VIETNAMESE, names: Mapping[str, str] | None = None) -> str:
        """The reason in words. `names` puts names in place of member codes, on the cell's own page only."""
        if self.words is None:
            return ""
        values = self.values
        members = values.get("members")
        if names and isinstance(members, tuple):
            values = {**values, "members": tuple(names.get(code, code) for code in members)}
        return sentence(self.words, values, Language(language))


def verdict_on(line: Line, view: MeetingView) -> FactVerdict | None:
    """What the facts say of a criterion that applies; None where none of them speaks of it."""
    decision, fact = decide(line, view), line.fact
    if decision is None:
        return None
    if fact is None or decision.outcome is Outcome.EXEMPT:
        return _verdict(decision, line, view.frame.exempt_reason)
    words = getattr(fact.reason, decision.outcome.value)
    if line.kept is not None:
        values = keeping.values_of(line.kept, view)
        return _verdict(decision, line, words, values, partial(keeping.places_of, line.kept, view))
    measure = MEASURES[fact.measure]
    found = measure.work_out(*measure.read(fact, view))
    return _verdict(decision, line, words, found.values, partial(measure.places, fact, view))


def _verdict(
    decision: Decision,
    line: Line,
    words: Words | None,
    values: Mapping[str, object] = _NO_VALUES,
    find_places: Callable[[], tuple[Place, ...]] = tuple,
) -> FactVerdict:
    shown = decision.points if decision.points is not None else decision.proposed
    return FactVerdict(
        **asdict(decision, recurse=False),
        values={**values, "points": shown, "maximum": line.maximum},
        words=words,
        find_places=find_places,
    )
