"""Official points as a reviewer types them: `4b=12,5`, `2026-03-CĐ 4b=12,5 biên bản chỉ có hai ý kiến`."""

from __future__ import annotations

from typing import Any

import click

from chibo.cli.asked_language import worded
from chibo.cli.steering import spelled_out
from chibo.cli.typed_text import TypedText
from chibo.office.typed_numbers import typed_points
from chibo.submissions import GivenPoints


class GivenPointsType(click.ParamType[GivenPoints]):
    """`[Buổi ]Tiêu chí=điểm[ lý do]`."""

    name = "điểm"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> GivenPoints:
        """The points written as `value`; wrong usage where criterion or number are missing."""
        typed = TypedText().convert(value, param, ctx)
        subject, _, said = typed.partition("=")
        meeting, _, criterion = subject.strip().rpartition(" ")
        number, _, reason = said.strip().partition(" ")
        points = typed_points(number)
        if not criterion or points is None:
            shown = spelled_out(typed)
            self.fail(
                worded(
                    f"«{shown}» chưa rõ. Viết như 4b=12,5 hoặc «2026-03-CĐ 4b=12,5 lý do».",
                    f"«{shown}» is not clear. Write it like 4b=12,5 or «2026-03-CĐ 4b=12,5 reason».",
                ),
                param,
                ctx,
            )
        return GivenPoints(meeting=meeting.strip(), criterion=criterion, points=points, reason=reason.strip())
