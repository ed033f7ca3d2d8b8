"""What the form of a new book shows."""

from __future__ import annotations

from datetime import date
from typing import Any

from chibo.definitions.language import Language
from chibo.definitions.layouts import ValueType
from chibo.office.desk.new import ASKED, MOST_MEMBERS, FormError
from chibo_widgets.cell.wording import Tongue

_CONTROLS = {ValueType.YES_NO: "yes-no", ValueType.LIST: "choice"}
_MOST_LINES = 8


def new_form_view(problem: FormError | None, tongue: Tongue, today: date) -> dict[str, Any]:
    """The fields with what is wrong with them; the year is this one until somebody says otherwise."""
    fields = [field for field in tongue.layout.sheet("info").labels if field.code in ASKED]
    english = tongue.language is Language.ENGLISH
    return {
        "values": {"year": str(today.year)},
        "problems": _problems(problem, tongue) if problem else {},
        "fields": [
            {
                "code": field.code,
                "label": field.english if english and field.english else field.label,
                "control": _CONTROLS.get(field.type, "text"),
                "options": _options(field.list, tongue),
                "help": "" if english else field.help,
                "required": field.required,
                "uses": "",
                "wide": False,
            }
            for field in sorted(fields, key=lambda field: ASKED.index(field.code))
        ],
    }


def _problems(problem: FormError, tongue: Tongue) -> dict[str, str]:
    """What is wrong with each field; of the members, line by line."""
    told = {code: tongue(f"new_{kind}", most=MOST_MEMBERS) for code, kind in problem.problems.items()}
    if problem.untaken:
        lines = [
            tongue(f"new_line_{untaken.unread.reason}", line=untaken.line, part=untaken.unread.part[:100])
            for untaken in problem.untaken[:_MOST_LINES]
        ]
        rest = len(problem.untaken) - len(lines)
        more = [tongue("new_line_more", n=rest)] if rest else []
        told["members"] = "\n".join([told["members"], *lines, *more])
    return told


def _options(name: str, tongue: Tongue) -> list[dict[str, str]]:
    if not name:
        return []
    values = [entry.value for entry in tongue.layout.lists[name]]
    nothing = {"value": "", "label": tongue("field_not_chosen")}
    return [nothing, *({"value": value, "label": tongue.listed(name, value)} for value in values)]
