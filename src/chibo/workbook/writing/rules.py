"""Rules of the checks as formulas: each says, for one row of a sheet, whether a finding of one code stands there.

A condition is a template (`row_names`). One that cannot be computed, for want of a number, is not met. The words of a
verdict are the finding's title, so that the workbook and `chibo check` say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from chibo.workbook.writing.form import Form
from chibo.workbook.writing.geometry import VERDICT, VERDICT_WIDTH, local
from chibo.workbook.writing.pen import Pen
from chibo.workbook.writing.row_names import RowNames
from chibo.workbook.writing.tables import ROW_HEIGHT, row_height
from chibo.workbook.writing.workings import Workings

SOUND = "OK"
"""The verdict on a row in which nothing is wrong."""
SEPARATOR = "; "
"""What stands between the titles of a verdict."""
END = ";"
"""What ends each title in the workings: no space, because some programs drop spaces at the end of stored texts."""


_LONGEST = 6000
"""Letters of one formula of the workings; Excel takes up to 8,192."""


@frozen
class Rule:
    """When a finding with this code stands in a row."""

    code: str
    condition: str


COMPLETENESS = (Rule("ROW_INCOMPLETE", "[incomplete]=1"), Rule("REQUIRED_EMPTY", "[required_empty]=1"))
"""What reading would say of a row: rules of every table."""


def write_rules(names: RowNames, rules: Sequence[Rule], begun: str, heights: Mapping[int, float]) -> None:
    """Write a sheet's rules into the workings and their verdicts into its column `Kiểm tra`.

    `begun` is the condition (a template) under which a row is judged; `heights` are those that the texts of the rows
    need, beside which the verdicts have to fit. Rules about columns that the layout does without are left out.
    """
    form, plan = names.form, names.plan
    sheet, kept = plan.layout.code, [rule for rule in rules if names.knows(rule.condition)]
    hits = {row: _hits(form, sheet, row, kept) for row in range(plan.first, plan.last + 1)}
    verdicts = _write_workings(names, kept, begun, hits)
    pen, at = Pen.on(form, sheet), plan.columns[VERDICT]
    for row, codes in hits.items():
        verdict = _verdict(form, codes)
        height = max(heights.get(row, ROW_HEIGHT), row_height(verdict, VERDICT_WIDTH))
        if height > ROW_HEIGHT:
            pen.sheet.set_row(row, height)
        pen.formula(row, at, Workings.ref(row, verdicts, fixed_row=False), verdict, "grid", "verdict")
    pen.mark((plan.first, at, plan.last, at), f'{local(plan.first, at)}="{SOUND}"', "good")


def _hits(form: Form, sheet: str, row: int, rules: Sequence[Rule]) -> list[str] | None:
    """The codes of the rules that are met in a row; None where the row is not judged."""
    found = form.codes_in_row(sheet, row)
    return [rule.code for rule in rules if rule.code in found] if form.is_filled(sheet, row) else None


def _verdict(form: Form, codes: list[str] | None) -> str:
    return "" if codes is None else SEPARATOR.join(form.title(code) for code in codes) or SOUND


def _write_workings(names: RowNames, rules: Sequence[Rule], begun: str, hits: Mapping[int, list[str] | None]) -> int:
    """Write what the rules tell, in as many columns as their length needs, and the verdicts; the column of these."""
    form, plan = names.form, names.plan
    parts = _parts(names, rules)
    columns = form.workings.block([f"{plan.layout.code}.{name}" for name in (*map(str, range(len(parts))), "verdict")])
    judged = names.formula(begun, plan.first)

    def text(row: int, column: int) -> str:
        codes = hits[row]
        part = {rule.code for rule in parts[column - columns]}
        told = "".join(_text(form, code) for code in codes or () if code in part)
        return "" if codes is None else (END if column == columns else "") + told

    for column, part in enumerate(parts, start=columns):
        terms = [f'"{END}"'] if column == columns else []
        terms += [_told(names, rule) for rule in part]
        formula = f'IF({judged},{"&".join(terms)},"")'
        form.workings.shared((plan.first, column, plan.last, column), formula, text)
    verdicts = columns + len(parts)
    told = "&".join(Workings.ref(plan.first, column, fixed_row=False) for column in range(columns, verdicts))
    form.workings.shared(
        (plan.first, verdicts, plan.last, verdicts),
        verdict_formula(told),
        lambda row, _column: _verdict(form, hits[row]),
    )
    return verdicts


def _parts(names: RowNames, rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules in parts whose formulas are not longer than Excel takes."""
    parts: list[list[Rule]] = [[]]
    length = 0
    for rule in rules:
        own = len(_told(names, rule))
        if parts[-1] and length + own > _LONGEST:
            parts.append([])
            length = 0
        parts[-1].append(rule)
        length += own
    return parts


def _told(names: RowNames, rule: Rule) -> str:
    """The formula of the title that a rule tells, empty where it is not met."""
    condition = names.formula(rule.condition, names.plan.first)
    return f'IFERROR(IF({condition},{names.form.workings.text(_text(names.form, rule.code))},""),"")'


def _text(form: Form, code: str) -> str:
    return f"{form.title(code)}{END}"


def verdict_formula(told: str) -> str:
    """The verdict on what is told: titles that each end in `END`, behind one more `END`; nothing, no verdict."""
    return f'IF({told}="","",IF({told}="{END}","{SOUND}",{trimmed(f"MID({told},{len(END) + 1},9999)")}))'


def trimmed(told: str) -> str:
    """The titles in a cell of the workings as they are shown."""
    return f'SUBSTITUTE(LEFT({told},LEN({told})-{len(END)}),"{END}","{SEPARATOR}")'


def on(name: str) -> str:
    """The condition that a column holds a number (a date or time among them)."""
    return f"ISNUMBER([{name}])"


def both(*conditions: str) -> str:
    """All conditions."""
    return f"AND({','.join(conditions)})"


def either(*conditions: str) -> str:
    """Any of the conditions."""
    return f"OR({','.join(conditions)})"


def later(first: str, second: str) -> str:
    """The condition that both dates are there and the first is later than the second."""
    return both(on(first), on(second), f"[{first}]>[{second}]")
