"""Doing an act on a desk: what the browser asked for becomes a call of the desk's use cases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import evolve, field, frozen

from chibo.definitions.library import Library
from chibo.engine.no_worker import NoWorkerError
from chibo.errors import ChiboError
from chibo.model import Mark, MeetingCode, Month, Period
from chibo.office.desk import meetings as desk_meetings
from chibo.office.desk import roll_call as desk_roll_call
from chibo.office.desk import scores as desk_scores
from chibo.office.desk.clearing import clear_record
from chibo.office.desk.desk import LONGEST_SEEN, ActRefusedError, Desk, Reason
from chibo.office.desk.merging import merge_in
from chibo.office.desk.moving import move_book
from chibo.office.desk.opening import read_text_again
from chibo.office.desk.typing import typed_time_and_day, typed_value
from chibo.office.typed_numbers import typed_points
from chibo_widgets.cell import acts
from chibo_widgets.office_door import Door


@frozen
class Performed:
    """The desk after an act, with what is to be said of it.

    `meeting` is the meeting the act was about; `taken` and `unmatched` come of a paste; `followed` are the criteria
    whose points moved with the facts; `target` names what the act wrote, so that typing goes on in one step of undo.
    """

    desk: Desk
    meeting: MeetingCode | None = None
    target: str = ""
    taken: int = 0
    unmatched: tuple[str, ...] | None = None
    followed: tuple[str, ...] = ()


def _closed() -> None:
    """The door of an office that remembers nothing."""


@frozen
class Setting:
    """What acts are done by: the office's definitions, the day, and the door to what the office remembers."""

    library: Library
    day: date
    door: Door = field(default=_closed, repr=False)


_APART = acts.Score | acts.Explain | acts.BeginScoring | acts.FillByFacts | acts.Unregister | acts.ClearRecord
"""Acts after which no points follow the facts: they set points themselves, or take the meeting away."""


def perform(desk: Desk, act: acts.Act, setting: Setting) -> Performed:
    """Do the act; raises ActRefusedError where it cannot be done."""
    done = _perform(act, desk, setting)
    if done.meeting is None or isinstance(act, _APART):
        return done
    followed = desk_scores.follow_facts(desk, done.desk, done.meeting, setting.library, setting.day)
    return evolve(done, desk=followed.desk, followed=followed.criteria)


def _perform(act: acts.Act, desk: Desk, setting: Setting) -> Performed:
    match act:
        case acts.Register():
            return _register(act, desk, setting)
        case acts.Unregister() | acts.ClearRecord():
            code = _code(act.meeting)
            take_back = clear_record if isinstance(act, acts.ClearRecord) else desk_meetings.unregister_meeting
            return Performed(take_back(desk, code), code)
        case acts.Record():
            code = _code(act.meeting)
            value = typed_value(act.field, act.value, setting.library, code.month)
            after = desk_meetings.record(desk, code, {act.field: value})
            return Performed(after, code, target=f"{act.meeting}/{act.field}")
        case acts.MarkMember() | acts.AllPresent() | acts.ClearMarks() | acts.PasteMarks():
            return _roll_call(act, desk, setting)
        case acts.Score() | acts.Explain() | acts.BeginScoring() | acts.FillByFacts():
            return _scoring(act, desk, setting)
        case acts.ReadText() | acts.Move() | acts.Merge():
            return Performed(_from_file(act, desk, setting))
        case acts.Undo():
            raise TypeError("taking back is not done on a desk")


def _from_file(act: acts.ReadText | acts.Move | acts.Merge, desk: Desk, setting: Setting) -> Desk:
    match act:
        case acts.ReadText():
            return read_text_again(desk, act.answer, setting.library)
        case acts.Move():
            return move_book(desk, setting.library, setting.day)
        case acts.Merge():
            return _merge(act, desk, setting)


def _merge(act: acts.Merge, desk: Desk, setting: Setting) -> Desk:
    """The other version comes from the office each time: only who may see it there gets it, also out of a draft."""
    from chibo.office.memory.joining import other_branch  # noqa: PLC0415 - only where there is a memory

    try:
        memory, period = setting.door(), Period.parse(act.period)
        if memory is None or period is None:
            raise ActRefusedError(Reason.NOT_MERGED, why="Văn phòng này không giữ bản nào của kỳ ấy.")
        other = other_branch(memory, desk.book, period, act.theirs, act.base)
    except (ActRefusedError, NoWorkerError):
        raise
    except ChiboError as error:
        raise ActRefusedError(Reason.NOT_MERGED, why=error) from None
    return merge_in(desk, other, setting.library, setting.day)


def _register(act: acts.Register, desk: Desk, setting: Setting) -> Performed:
    month = Month(desk.book.info.year, act.month)
    planned_on, starts_at = typed_time_and_day(act.planned_on, act.starts_at, setting.library, month)
    after, code = desk_meetings.register_meeting(
        desk,
        month,
        act.kind,
        today=setting.day,
        planned_on=planned_on,
        starts_at=starts_at,
        like_the_last=act.like_last,
    )
    return Performed(after, code)


def _roll_call(
    act: acts.MarkMember | acts.AllPresent | acts.ClearMarks | acts.PasteMarks, desk: Desk, setting: Setting
) -> Performed:
    code = _code(act.meeting)
    match act:
        case acts.MarkMember():
            if act.mark is not None and act.mark not in set(Mark):
                raise ActRefusedError(Reason.UNKNOWN_MARK, mark=act.mark)
            mark = None if act.mark is None else Mark(act.mark)
            return Performed(desk_roll_call.set_mark(desk, code, act.member, mark), code)
        case acts.AllPresent():
            after = desk_roll_call.all_present(desk, code)
            return Performed(after, code, taken=len(after.book.roll_call.of(code)))
        case acts.ClearMarks():
            return Performed(desk_roll_call.clear_marks(desk, code), code)
        case acts.PasteMarks():
            words = setting.library.layout.list_values["mark"]
            pasted = desk_roll_call.paste_marks(desk, code, act.text, words)
            return Performed(pasted.desk, code, taken=pasted.taken, unmatched=pasted.unmatched)


def _scoring(
    act: acts.Score | acts.Explain | acts.BeginScoring | acts.FillByFacts, desk: Desk, setting: Setting
) -> Performed:
    code = _code(act.meeting)
    library, today = setting.library, setting.day
    match act:
        case acts.Score():
            points = None if act.points is None else _points(act.points, act.criterion)
            after = desk_scores.set_points(desk, code, act.criterion, points, library=library, today=today)
            return Performed(after, code)
        case acts.Explain():
            after = desk_scores.explain(desk, code, act.criterion, act.text, library=library, today=today)
            return Performed(after, code, target=f"{act.meeting}/explain/{act.criterion}")
        case acts.BeginScoring():
            return Performed(desk_scores.begin_scoring(desk, code, library, today), code)
        case acts.FillByFacts():
            return Performed(desk_scores.fill_by_facts(desk, code, library, today), code)


def _code(text: str) -> MeetingCode:
    code = MeetingCode.parse(text)
    if code is None:
        raise ActRefusedError(Reason.BAD_CODE, meeting=text)
    return code


def _points(text: str, criterion: str) -> Decimal:
    points = typed_points(text.strip())
    if points is None:
        raise ActRefusedError(Reason.BAD_VALUE, seen=text[:LONGEST_SEEN], expected="expected_points", field=criterion)
    return points
