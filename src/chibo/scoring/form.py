"""The form of a frame for one meeting as plain data, from which the page, the Excel form and the print are made alike.

Everything in it is text, numbers as text without trailing zeros, lists and dicts: it goes through JSON unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from chibo.definitions.frames.edges import plain_decimal
from chibo.definitions.frames.frame import Criterion, CriterionKind, Frame, Gate, Group, Line
from chibo.definitions.language import Language
from chibo.model import MeetingKind
from chibo.scoring.criteria import CriterionScore
from chibo.scoring.outcomes import Outcome
from chibo.scoring.scores import MeetingScore
from chibo.scoring.tallies import Tally
from chibo.scoring.verdicts import FactVerdict


class Control(StrEnum):
    """How a criterion is asked for."""

    LEVELS = "levels"
    """One of the options, each a level with its wording."""
    YES_NO = "yes-no"
    """One of the two options "Chưa đạt · 0" and "Đạt · max"."""
    POINTS = "points"
    """A number from `min` to `max` in steps."""


_NOT_MET = {Language.VIETNAMESE: "Chưa đạt", Language.ENGLISH: "Not met"}
_MET = {Language.VIETNAMESE: "Đạt", Language.ENGLISH: "Met"}

Form = dict[str, Any]


def form_of(frame: Frame, kind: MeetingKind, language: Language | str = Language.VIETNAMESE) -> Form:
    """The empty form of a frame for meetings of one kind: groups, criteria, controls, grades, gates."""
    tongue = Language(language)
    groups = [
        _group(group, kind, [line for line in frame.lines(kind) if line.group is group], tongue)
        for group in frame.groups
    ]
    return {
        "frame": frame.id,
        "title": _either(frame.title, frame.title_en, tongue),
        "status": frame.status,
        "confirm_note": _either(frame.confirm_note, frame.confirm_note_en, tongue),
        "sources": [
            {"number": source.number, "date": source.date.isoformat(), "issuer": source.issuer}
            for source in frame.sources
        ],
        "kind": kind.value,
        "total": plain_decimal(frame.total),
        "grades": [
            {"grade": entry.grade.value, "at_least": None if entry.at_least is None else plain_decimal(entry.at_least)}
            for entry in frame.grades
        ],
        "gates": [_gate(gate) for gate in frame.gates],
        "groups": groups,
    }


def scored_form(
    score: MeetingScore, language: Language | str = Language.VIETNAMESE, names: Mapping[str, str] | None = None
) -> Form:
    """The form of a meeting with its facts, points, explanations and totals filled in.

    `names` puts members' names in place of codes in the reasons: on the cell's own page only.
    """
    tongue = Language(language)
    form = form_of(score.frame, score.kind, tongue)
    by_code = {entry.code: entry for entry in score.criteria}
    for group in form["groups"]:
        for item in group["criteria"]:
            item.update(_filled(by_code[item["code"]], tongue, names))
        group["self"] = plain_decimal(score.self_tally.by_group[group["code"]])
        group["official"] = plain_decimal(score.official_tally.by_group[group["code"]])
    form["meeting"] = str(score.meeting_code)
    form["held"] = score.held
    form["self"] = _tally(score.self_tally)
    form["official"] = _tally(score.official_tally)
    form["fact_total"] = _text(score.fact_total)
    form["fact_maximum"] = plain_decimal(score.fact_maximum)
    return form


def control_of(criterion: Criterion) -> Control:
    """The control that asks for a criterion's points."""
    if criterion.kind is CriterionKind.LEVEL:
        return Control.LEVELS
    if criterion.kind is CriterionKind.YES_NO or (criterion.kind is CriterionKind.BONUS and criterion.step is None):
        return Control.YES_NO
    return Control.POINTS


def _group(group: Group, kind: MeetingKind, lines: list[Line], language: Language) -> Form:
    maximum = sum((line.maximum for line in lines), Decimal(0))
    return {
        "code": group.code,
        "label": _either(group.label, group.label_en, language),
        "max": plain_decimal(maximum),
        "criteria": [_criterion(line, kind, language) for line in lines],
    }


def _criterion(line: Line, kind: MeetingKind, language: Language) -> Form:
    criterion, kind_applies = line.criterion, line.applies
    question = _either(criterion.open_question, criterion.open_question_en, language)
    return {
        "code": criterion.code,
        "label": _either(criterion.label, criterion.label_en, language),
        "help": _either(criterion.help, criterion.help_en, language),
        "open_question": question if criterion.asks_at(kind) else "",
        "kind": criterion.kind.value,
        "control": control_of(criterion).value,
        "applies": kind_applies,
        "max": plain_decimal(line.maximum),
        "min": plain_decimal(line.minimum),
        "step": _text(criterion.step),
        "options": _options(line, language) if kind_applies else [],
        "decided_by_fact": criterion.fact is not None,
    }


def _options(line: Line, language: Language) -> list[Form]:
    """What can be picked, in the order of the form: levels from the best down, or "Chưa đạt" before "Đạt"."""
    control = control_of(line.criterion)
    if control is Control.LEVELS:
        return [
            {"points": plain_decimal(level.points), "label": _either(level.label, level.label_en, language)}
            for level in line.criterion.levels
        ]
    if control is Control.YES_NO:
        maximum = plain_decimal(line.maximum)
        return [
            {"points": "0", "label": _NOT_MET[language], "shown": f"{_NOT_MET[language]} · 0"},
            {"points": maximum, "label": _MET[language], "shown": f"{_MET[language]} · {_shown(maximum, language)}"},
        ]
    return []


def _filled(score: CriterionScore, language: Language, names: Mapping[str, str] | None) -> Form:
    return {
        "self": _text(score.self_points),
        "official": _text(score.official_points),
        "explanation": score.explanation,
        "needs_explanation": score.needs_explanation,
        "supported": _text(score.supported),
        "excess": plain_decimal(score.excess),
        "fact": None if score.fact is None else _fact(score.fact, language, names),
    }


def _fact(fact: FactVerdict, language: Language, names: Mapping[str, str] | None) -> Form:
    return {
        "outcome": fact.outcome.value,
        "decided": fact.decided,
        "points": _text(fact.points),
        "proposed": _text(fact.proposed),
        "claimable": fact.claimable,
        "exempt": fact.outcome is Outcome.EXEMPT,
        "one_absence_moves": fact.one_absence_moves,
        "band": fact.band_in_signs(language),
        "reason": fact.reason(language, names),
        "places": [{"file": place.file, "sheet": place.sheet, "address": place.address} for place in fact.places],
    }


def _tally(tally: Tally) -> Form:
    return {
        "so_far": plain_decimal(tally.points_so_far),
        "total": _text(tally.total),
        "grade": tally.grade.value if tally.grade else None,
        "unscored": list(tally.unscored),
        "gates": [_gate(gate) for gate in tally.gates],
    }


def _gate(gate: Gate) -> Form:
    return {"grade": gate.grade.value, "full_marks": list(gate.full_marks), "otherwise": gate.otherwise.value}


def _either(vietnamese: str, english: str, language: Language) -> str:
    return english if language is Language.ENGLISH and english else vietnamese


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain_decimal(value)


def _shown(number: str, language: Language) -> str:
    return number.replace(".", ",") if language is Language.VIETNAMESE else number
