"""The rules of the other tables, as formulas over one row; names as in `row_names`, workings in `table_workings`."""

from __future__ import annotations

from collections.abc import Mapping

from chibo.definitions.layouts import SheetLayout
from chibo.model.vocabulary import AssessmentItem, Post, TaskResult, TopicState
from chibo.workbook.writing.rules import Rule, both, either, later, on

_PLAN_NUMBER = '";"&SUBSTITUTE([no]," ","")&";"'
_MEETINGS_NUMBERS = '";"&SUBSTITUTE(SUBSTITUTE([*meetings.plan_no]," ",""),",",";")&";"'
_HELD_ON_TOPIC = f"SUMPRODUCT(--ISNUMBER(SEARCH({_PLAN_NUMBER},{_MEETINGS_NUMBERS})),--([*meetings_held]=1))"
_CHANGED = f'OR([state]="{TopicState.MOVED}",[state]="{TopicState.REPLACED}")'
_CURRENT = either('[until]=""', "[until]>=MIN(TODAY(),DATE([info.year],12,31))")
_BEGUN = either('[since]=""', "[since]<=MIN(TODAY(),DATE([info.year],12,31))")
_VACANT = both('[full_name]=""', f'[post]<>"{Post.SECRETARY}"', _CURRENT, _BEGUN, on("since"))
_UNKNOWN_MEETING = both('[meeting_code]<>""', "[meeting]=0", "VALUE(LEFT([meeting_code],4))>=[info.year]")
_IS_DONE = f'[result]="{TaskResult.DONE}"'


def _future(*columns: str) -> Rule:
    return Rule("DATE_IN_FUTURE", f"MAX({','.join(f'[{column}]' for column in columns)})>TODAY()")


def _order(*pairs: tuple[str, str]) -> Rule:
    return Rule("DATES_OUT_OF_ORDER", either(*(later(first, second) for first, second in pairs)))


TABLE_RULES: Mapping[str, tuple[Rule, ...]] = {
    "members": (
        Rule("MEMBER_CODE_TWICE", both('[member_code]<>""', "SUMPRODUCT(--([*member_code]=[member_code]))>1")),
        Rule("MEMBER_DATES_REVERSED", later("since", "until")),
    ),
    "changes": (
        Rule("CHANGE_OF_UNKNOWN_MEMBER", "ISNA(MATCH([member_code],[*members.member_code],0))"),
        _future("day"),
    ),
    "committee": (
        Rule("POST_DATES_REVERSED", later("since", "until")),
        Rule("POST_VACANT_VERY_LONG", both(_VACANT, on("t_long_vacancy"), "TODAY()-[since]>[t_long_vacancy]")),
        Rule(
            "POST_VACANT_LONG",
            both(
                _VACANT,
                on("t_vacancy"),
                "TODAY()-[since]>[t_vacancy]",
                f"NOT({both(on('t_long_vacancy'), 'TODAY()-[since]>[t_long_vacancy]')})",
            ),
        ),
        _future("trained_on"),
    ),
    "plan": (
        Rule("PLAN_NO_TWICE", "[earlier]>0"),
        Rule(
            "PLAN_MONTH_AGAINST_QUARTER",
            both(on("month"), on("quarter"), f'[state]<>"{TopicState.MOVED}"', "INT(([month]+2)/3)<>[quarter]"),
        ),
        Rule("PLAN_REASON_MISSING", both(_CHANGED, '[reason]=""')),
        Rule("PLAN_HELD_WITHOUT_MEETING", both(f'[state]="{TopicState.HELD}"', f"{_HELD_ON_TOPIC}=0")),
        Rule(
            "PLAN_TOPIC_NOT_HELD",
            both(
                f'OR([state]="",[state]="{TopicState.OPEN}")',
                f"{_HELD_ON_TOPIC}=0",
                on("quarter"),
                "DATE([info.year],[quarter]*3+1,0)<TODAY()",
            ),
        ),
    ),
    "tasks": (
        Rule("TASK_OF_UNKNOWN_MEETING", _UNKNOWN_MEETING),
        Rule("TASK_DATE_BEFORE_MEETING", either(later("meeting_day", "due_on"), later("meeting_day", "done_on"))),
        Rule("TASK_RESULT_AGAINST_DATE", both(f"NOT({_IS_DONE})", '[result]<>""', on("done_on"))),
        Rule(
            "TASK_OVERDUE", both(f"NOT({_IS_DONE})", '[result]<>""', '[done_on]=""', on("due_on"), "[due_on]<TODAY()")
        ),
        _future("done_on"),
    ),
    "explanations": (
        Rule("EXPLANATION_OF_UNKNOWN_MEETING", both('[meeting_code]<>""', "[meeting]=0")),
        Rule("EXPLANATION_OF_UNKNOWN_CRITERION", both("[meeting]>0", '[criterion]<>""', "[criterion_known]=0")),
    ),
    "inspections": (
        Rule("INSPECTION_DATES_REVERSED", later("inspected_on", "finished_on")),
        Rule("INSPECTION_OUTSIDE_YEAR", both(on("inspected_on"), "YEAR([inspected_on])<>[info.year]")),
        Rule("REMEDY_OVERDUE", both(on("remedy_due_on"), '[remedied_on]=""', "[remedy_due_on]<TODAY()")),
        _future("inspected_on", "finished_on", "remedied_on"),
        _order(("inspected_on", "remedy_due_on"), ("inspected_on", "remedied_on")),
    ),
    "disseminations": (
        Rule("REACHED_NEGATIVE", either("[reached]<0", "[owed]<0")),
        Rule("REACHED_OVER_OWED", both(on("reached"), on("owed"), "[reached]>[owed]")),
        Rule(
            "DISSEMINATED_LATE",
            both(
                on("disseminated_on"),
                on("t_dissemination_time"),
                "[disseminated_on]>[document_date]+[t_dissemination_time]",
            ),
        ),
        Rule(
            "NOT_DISSEMINATED",
            both(
                '[disseminated_on]=""',
                on("document_date"),
                on("t_dissemination_time"),
                "TODAY()>[document_date]+[t_dissemination_time]",
            ),
        ),
        Rule("DOCUMENT_TWICE", "[earlier]>0"),
        Rule("DISSEMINATION_MEETING_UNKNOWN", _UNKNOWN_MEETING),
        Rule(
            "DISSEMINATION_DAY_DIFFERS",
            both(on("disseminated_on"), on("meeting_day"), "[disseminated_on]<>[meeting_day]"),
        ),
        _future("document_date", "disseminated_on", "own_plan_date"),
        _order(("document_date", "disseminated_on"), ("document_date", "own_plan_date")),
    ),
    "assessment": (
        Rule(
            "SOLUTION_OVERDUE",
            both(f'[item]="{AssessmentItem.REMEDY}"', on("due_on"), "[due_on]<TODAY()", '[result]=""'),
        ),
    ),
}
"""The rules of each table by the code of its sheet."""


def begun(layout: SheetLayout) -> str:
    """The condition under which a row is judged: something is written in one of its columns."""
    required = [column.code for column in layout.columns if column.required]
    return either(*(f'[{code}]<>""' for code in required))
