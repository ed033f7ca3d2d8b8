"""A return over a period as a workbook ready to be signed."""

from __future__ import annotations

from datetime import date

from chibo.definitions.issuer import IssuerNames, Level
from chibo.definitions.returns.definition import ReturnDefinition
from chibo.model import PeriodTable
from chibo.returns import return_table
from chibo.returns.paper import paper_of
from chibo.workbook.returns.workbook import write_return


def return_workbook(
    definition: ReturnDefinition,
    table: PeriodTable,
    names: IssuerNames,
    day: date,
    *,
    level: Level | None = None,
    attached_to: str | None = None,
    with_sources: bool = True,
) -> bytes:
    """The .xlsx of a return dated `day`: the same table and the same day give the same bytes.

    `level` and `attached_to` replace what the definition says. Raises UnknownNameError where the return is for
    another kind of period, or where a base organisation's paper would hold cells of several.
    """
    paper = paper_of(return_table(definition, table), names, day, level=level, attached_to=attached_to)
    return write_return(paper, with_sources=with_sources)
