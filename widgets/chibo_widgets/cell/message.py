"""What messages of the browser consist of, strictly checked: anything else is not ours and is left alone.

An *act* changes the work and is noted in the draft (`chibo_widgets.cell.acts`); a *go* changes only what is looked at
(`chibo_widgets.cell.goes`).
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

Short = Annotated[str, StringConstraints(max_length=60)]
Line = Annotated[str, StringConstraints(max_length=2_000)]
Typed = Annotated[str, StringConstraints(max_length=200_000)]
"""What people type or paste into a field: a text too long for its column is refused there, with its words kept."""
MonthNumber = Annotated[int, Field(ge=1, le=12)]


class Message(BaseModel):
    """One thing asked of the page."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def checked(adapter: TypeAdapter[Any], content: Any, key: str) -> Any:
    """The message that stands under a key, None where there is none of ours."""
    if not isinstance(content, dict) or key not in content:
        return None
    try:
        return adapter.validate_python(content[key])
    except ValidationError:
        return None
