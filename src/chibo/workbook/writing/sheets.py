"""Every sheet of the workbook in the order in which their formulas need each other."""

from __future__ import annotations

from chibo.workbook.writing.dues import write_dues
from chibo.workbook.writing.fact_formulas import fact_formula, has_formula
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.info import write_info
from chibo.workbook.writing.meetings import write_meetings
from chibo.workbook.writing.pen import Pen
from chibo.workbook.writing.records import records_of
from chibo.workbook.writing.roll_call import write_roll_call
from chibo.workbook.writing.row_names import RowNames
from chibo.workbook.writing.rules import COMPLETENESS, write_rules
from chibo.workbook.writing.rules_tables import TABLE_RULES, begun
from chibo.workbook.writing.scores import write_scores
from chibo.workbook.writing.slip_frame import write_score_slips
from chibo.workbook.writing.table_workings import write_table_workings
from chibo.workbook.writing.tables import write_table


def write_sheets(form: Form) -> dict[str, int]:
    """Write every sheet; the last row to print of those whose print reaches below their table."""
    last_rows: dict[str, int] = {}
    write_info(form)
    roll = None
    if "roll_call" in form.plans:
        roll, last_rows["roll_call"] = write_roll_call(form)
    meetings = write_meetings(form, roll)
    facts = _write_facts(form, meetings)
    records = records_of(form.book)
    for code in form.plans:
        if code in records and code != "meetings":
            heights = write_table(Pen.on(form, code), records[code])
            names = write_table_workings(form, code, meetings)
            rules = (*COMPLETENESS, *TABLE_RULES.get(code, ()))
            write_rules(names, rules, begun(form.layout.sheet(code)), heights)
    if "dues" in form.plans:
        last_rows["dues"] = write_dues(form)
    for code in ("self_scores", "official_scores"):
        if code in form.plans:
            write_scores(form, code, meetings, facts if code == "self_scores" else {})
    if "self_scores" in form.plans:
        write_score_slips(form, meetings)
    return last_rows


def _write_facts(form: Form, meetings: RowNames) -> dict[str, int]:
    """The points that the facts of each meeting support: the columns of the workings by criterion."""
    codes = [line.code for line in form.scores.lines if line.criterion and has_formula(line.criterion)]
    templates = {code: fact_formula(code, form.scores) for code in codes}
    kept = {code: template for code, template in templates.items() if meetings.knows(template)}
    first = form.workings.block([f"fact.{code}" for code in kept])
    plan = form.plan("meetings")
    for column, (code, template) in enumerate(kept.items(), start=first):

        def supported(row: int, _column: int, code: str = code) -> float | str:
            return form.supported(row, code)

        formula = meetings.formula(template, plan.first)
        form.workings.shared((plan.first, column, plan.last, column), formula, supported)
    return {code: first + offset for offset, code in enumerate(kept)}
