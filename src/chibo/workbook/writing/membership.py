"""Workings of the roll call: which meeting stands over each column, and who lacks a mark."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from attrs import frozen

from chibo.model import CellBook, Meeting, MeetingCode
from chibo.model.attendance import unmarked_members
from chibo.model.vocabulary import ChangeKind, MeetingState, MemberStatus
from chibo.workbook.writing.cells import Cached
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.geometry import SheetPlan
from chibo.workbook.writing.names import column_name, name_here, part_name
from chibo.workbook.writing.workings import Workings

_HEAD_ROWS = ("number", "meeting", "day", "lacking", "held")
"""Rows of the workings, from row 1 on: the number of the column, the meeting's row in `Sinh hoạt` (0 for none), the day
by which membership is judged, how many members lack a mark, and whether the meeting was held."""
_NEVER = 10**9
"""Beyond the key of any change."""
_KEY = 1000
"""Room for the rows of `Biến động đảng viên` between two days, so that a change's key orders by day, then by row."""


@frozen
class RollCallWorkings:
    """Where the workings of the roll call stand: one column per column of the spread."""

    first: int
    last: int

    def meeting(self, index: int) -> str:
        """The reference to the row in `Sinh hoạt` of the meeting over a column; 0 for none."""
        return Workings.ref(_row("meeting"), self.first + index)

    def held(self, index: int) -> str:
        """The reference to 1 where the meeting over a column was held."""
        return Workings.ref(_row("held"), self.first + index)

    def lacking(self, index: int) -> str:
        """The reference to how many members lack a mark in a column of the spread."""
        return Workings.ref(_row("lacking"), self.first + index)

    @property
    def lacking_block(self) -> str:
        """The reference to those numbers for all columns."""
        return Workings.span(_row("lacking"), self.first, _row("lacking"), self.last)


def _row(name: str) -> int:
    return 1 + _HEAD_ROWS.index(name)


def write_membership(form: Form) -> RollCallWorkings:
    """Write the workings of the roll call."""
    plan = form.plan("roll_call")
    moves = _write_moves(form) if "changes" in form.plans else None
    _write_members(form, moves)
    count = len(plan.spread_columns)
    first = form.workings.stretch("roll_call", count)
    found = RollCallWorkings(first, first + count - 1)
    _write_heads(form, plan, found)
    return found


def serial(day: date) -> int:
    """Excel's number of a day."""
    return (day - date(1899, 12, 30)).days


def _write_moves(form: Form) -> bool:
    """For each change of membership what kind of move it is, and where it stands among the member's moves.

    +1 where it joins, −1 where it leaves, else 0; its key in time; the key of the same member's next move (a number
    beyond all keys without one); whether it is the member's first.
    """
    plan = form.plan("changes")
    first = form.workings.block(["move", "move_key", "move_next", "move_first"])
    for name, column in zip(("_dau", "_khoa", "_khoa_sau", "_dau_tien"), range(first, first + 4), strict=True):
        form.workbook.define_name(f"{name}_bien_dong", f"={Workings.span(plan.first, column, plan.last, column)}")
    form.workbook.define_name("_ma_bien_dong", f"={plan.column_block('member_code')}")
    moves = _moves(form.book)
    values = [_values(form, moves, row - plan.first) for row in range(plan.first, plan.last + 1)]
    for offset, formula in enumerate(_move_formulas(form, plan, first)):
        form.workings.shared(
            (plan.first, first + offset, plan.last, first + offset),
            formula,
            lambda row, column: values[row - plan.first][column - first],
        )
    return True


@frozen
class _Move:
    """A joining or leaving of one member among all of them."""

    sign: int
    key: int
    following: int
    is_first: bool


def _moves(book: CellBook) -> dict[int, _Move]:
    """The joinings and leavings among the changes of membership, by their position."""
    found: dict[int, _Move] = {}
    by_member: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, change in enumerate(book.changes):
        if change.change.joins or change.change.leaves:
            by_member[change.member_code].append((serial(change.day) * _KEY + index + 1, index))
    for keys in by_member.values():
        ordered = sorted(keys)
        for position, (key, index) in enumerate(ordered):
            following = ordered[position + 1][0] if position + 1 < len(ordered) else _NEVER
            sign = 1 if book.changes[index].change.joins else -1
            found[index] = _Move(sign, key, following, position == 0)
    return found


def _move_formulas(form: Form, plan: SheetPlan, first: int) -> tuple[str, ...]:
    kind, day, member = (name_here(form.workbook, plan, code) for code in ("change", "day", "member_code"))
    sign, key = (Workings.ref(plan.first, first + offset, fixed_row=False) for offset in (0, 1))
    joins, leaves = ([kind for kind in ChangeKind if getattr(kind, name)] for name in ("joins", "leaves"))
    return (
        f"IF(OR({_is_one_of(kind, joins)}),1,IF(OR({_is_one_of(kind, leaves)}),-1,0))",
        f"IF(AND({sign}<>0,ISNUMBER({day})),{day}*{_KEY}+ROW()-{plan.first},0)",
        f"{_NEVER}-SUMPRODUCT(MAX((_ma_bien_dong={member})*(_khoa_bien_dong>{key})*({_NEVER}-_khoa_bien_dong)))",
        f"IF(SUMPRODUCT((_ma_bien_dong={member})*(_khoa_bien_dong>0)*(_khoa_bien_dong<{key}))=0,1,0)",
    )


def _values(form: Form, moves: Mapping[int, _Move], index: int) -> tuple[int, int, int, int]:
    """The workings of a row; where it is no move, the next one of its member is the first one, if there is any."""
    if move := moves.get(index):
        return move.sign, move.key, move.following, int(move.is_first)
    changes = form.book.changes
    member = changes[index].member_code if index < len(changes) else ""
    keys = [move.key for at, move in moves.items() if changes[at].member_code == member]
    return 0, 0, min(keys, default=_NEVER), 1


def _write_members(form: Form, moves: bool | None) -> None:
    """For each row of `Đảng viên`: how many joinings and leavings the member has."""
    plan = form.plan("members")
    first = form.workings.block(["moves"])
    form.workbook.define_name("_so_bien_dong", f"={Workings.span(plan.first, first, plan.last, first)}")
    own = Counter(change.member_code for change in form.book.changes if change.change.joins or change.change.leaves)
    code = name_here(form.workbook, plan, "member_code")
    count = f'IF({code}="",0,SUMPRODUCT((_ma_bien_dong={code})*(_khoa_bien_dong>0)))' if moves else "0"

    def value(row: int, _column: int) -> int:
        index = row - plan.first
        member = form.book.members[index].member_code if index < len(form.book.members) else ""
        return own[member] if moves else 0

    form.workings.shared((plan.first, first, plan.last, first), count, value)


def _write_heads(form: Form, plan: SheetPlan, found: RollCallWorkings) -> None:
    """Which meeting a column is of, the day that membership is judged by, and how many members lack a mark."""
    number, own, judged, _, _ = (Workings.ref(_row(name), found.first, fixed_column=False) for name in _HEAD_ROWS)
    meetings, head = form.plan("meetings"), f"INDEX({part_name(plan, 'headings')},{number})"
    held = f"INDEX({column_name(meetings, 'held_on')},{own})" if "held_on" in meetings.columns else '""'
    last = f'IFERROR(EOMONTH(DATE(VALUE(LEFT({head},4)),VALUE(MID({head},6,2)),1),0),"")'
    formulas = {
        "meeting": f'IF({head}="",0,IFERROR(MATCH({head},{column_name(meetings, "meeting_code")},0),0))',
        "day": f'IF({head}="","",IF({own}=0,{last},IF(ISNUMBER({held}),{held},{last})))',
        "lacking": _lacking(form, plan, number, judged),
        "held": _held(form, own),
    }
    values = [_head_values(form, index) for index in range(len(plan.spread_columns))]
    for index in range(len(values)):
        form.workings.number(_row("number"), found.first + index, index + 1)
    for name, formula in formulas.items():

        def value(_at: int, column: int, name: str = name) -> Cached:
            return values[column - found.first][name]

        form.workings.shared((_row(name), found.first, _row(name), found.last), formula, value)


def _head_values(form: Form, index: int) -> dict[str, Cached]:
    code = form.code_at(index)
    row = form.meeting_index(code)
    meeting = form.book.meetings[row] if row is not None else None
    return {
        "meeting": row + 1 if row is not None else 0,
        "day": _day(code, meeting),
        "lacking": len(unmarked_members(form.book, code)) if code else "",
        "held": int(bool(meeting and meeting.is_held)),
    }


def _held(form: Form, meeting: str) -> str:
    """1 where the meeting in a row of `Sinh hoạt` was held: it has a day, and no state says otherwise."""
    plan = form.plan("meetings")
    day = f"INDEX({column_name(plan, 'held_on')},{meeting})" if "held_on" in plan.columns else '""'
    if "state" not in plan.columns:
        return f"IF({meeting}=0,0,IF(ISNUMBER({day}),1,0))"
    state = f"INDEX({column_name(plan, 'state')},{meeting})"
    called_off = ",".join(f'{state}="{one}"' for one in (MeetingState.POSTPONED, MeetingState.NOT_HELD))
    return f"IF({meeting}=0,0,IF(AND(ISNUMBER({day}),NOT(OR({called_off}))),1,0))"


def _day(code: MeetingCode | None, meeting: Meeting | None) -> int | str:
    if code is None:
        return ""
    return serial((meeting.held_on if meeting else None) or code.month.last_day)


def _lacking(form: Form, plan: SheetPlan, number: str, day: str) -> str:
    """Members without a mark, less those of them who did not belong to the cell on the day.

    These are visitors outside their time, members whose latest move until then leaves, and members whose first move,
    still to come, joins.
    """
    listed = form.plan("members")
    marks = f"INDEX({part_name(plan, 'grid')},0,{number})"
    codes = column_name(plan, "member_code")
    terms = [f'SUMPRODUCT(({codes}<>"")*({marks}=""))']
    if {"status", "since", "until"} <= set(listed.columns):
        since, until = (column_name(listed, name) for name in ("since", "until"))
        within = f'((({since}="")+({since}<={day}))>0)*((({until}="")+({until}>={day}))>0)'
        visiting = f'({column_name(listed, "status")}="{MemberStatus.VISITING}")*(_so_bien_dong=0)'
        terms.append(f'SUMPRODUCT(({codes}<>"")*({marks}="")*{visiting}*(1-{within}))')
    if "changes" in form.plans:
        limit = f"({day}+1)*{_KEY}"
        left = f"(_dau_bien_dong<0)*(_khoa_bien_dong<{limit})*(_khoa_sau_bien_dong>={limit})"
        coming = f"(_dau_bien_dong>0)*(_dau_tien_bien_dong=1)*(_khoa_bien_dong>={limit})"
        rows = f'COUNTIFS({codes},_ma_bien_dong,{marks},"?*")=0'
        listed_there = f"COUNTIF({codes},_ma_bien_dong)>0"
        terms.append(f"SUMPRODUCT((_khoa_bien_dong>0)*({rows})*({listed_there})*({left}+{coming}))")
    return f'IF({day}="","",{"-".join(terms)})'


def _is_one_of(cell: str, kinds: list[ChangeKind]) -> str:
    return ",".join(f'{cell}="{kind}"' for kind in kinds)
