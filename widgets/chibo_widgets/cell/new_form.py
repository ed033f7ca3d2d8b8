"""What the form of a new book shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chibo.definitions.layouts import ValueType
from chibo.definitions.messages import Language
from chibo.office.desk.new import ASKED
from chibo_widgets.cell.wording import Tongue

_CONTROLS = {ValueType.YES_NO: "yes-no", ValueType.LIST: "choice"}


def new_form_view(problems: Mapping[str, str], tongue: Tongue, today: date) -> dict[str, Any]:
    """The fields with what is wrong with them; the year is this one until somebody says otherwise."""
    fields = [field for field in tongue.layout.sheet("info").labels if field.code in ASKED]
    english = tongue.language is Language.ENGLISH
    return {
        "values": {"year": str(today.year)},
        "problems": {code: tongue(f"new_{problem}") for code, problem in problems.items()},
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


def _options(name: str, tongue: Tongue) -> list[dict[str, str]]:
    if not name:
        return []
    values = [entry.value for entry in tongue.layout.lists[name]]
    nothing = {"value": "", "label": tongue("field_not_chosen")}
    return [nothing, *({"value": value, "label": tongue.listed(name, value)} for value in values)]
