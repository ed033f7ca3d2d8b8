"""What is said after each act: done, undone, or why it was not done and what to do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chibo.model import CellBook
from chibo.office.desk.desk import ActRefusedError
from chibo_widgets.cell import acts
from chibo_widgets.cell.merging_view import merged_sentence
from chibo_widgets.cell.moving_view import moved_sentence
from chibo_widgets.cell.performing import Performed
from chibo_widgets.cell.wording import Tongue

if TYPE_CHECKING:
    from chibo_widgets.cell.work import Said


def sentence_of(said: Said, book: CellBook, tongue: Tongue) -> tuple[str, str]:
    """The tone ("good", "warn", "note") and the sentence; an empty sentence where the page shows it well enough."""
    if said.refusal is not None:
        return "warn", refusal_sentence(said.refusal, tongue)
    if said.undone is not None:
        return "note", tongue("said_undone", what=act_name(said.undone, tongue))
    if isinstance(said.act, acts.Undo):
        return "note", tongue("said_nothing_to_undo")
    return _done(said.act, said.done, book, tongue) if said.done is not None else ("note", "")


def _done(act: acts.Act, done: Performed, book: CellBook, tongue: Tongue) -> tuple[str, str]:
    """What to say of an act that was done."""
    if done.followed:
        return "note", tongue("said_followed", criteria=", ".join(done.followed))
    left = len(done.unmatched or ())
    match act:
        case acts.Register():
            meeting = book.meeting(done.meeting) if done.meeting else None
            name = tongue.meeting(meeting) if meeting else ""
            said = "good", tongue("said_registered", meeting=name, code=done.meeting)
        case acts.Unregister():
            said = "note", tongue("said_unregistered", code=done.meeting)
        case acts.ClearRecord():
            said = "note", tongue("said_cleared_record", code=done.meeting)
        case acts.AllPresent():
            said = "good", tongue("said_all_present", n=done.taken)
        case acts.Move() if done.desk.moved is not None:
            said = moved_sentence(done.desk.moved, done.desk.file, tongue)
        case acts.Merge() if done.desk.merged is not None:
            said = merged_sentence(done.desk.merged, tongue)
        case acts.PasteMarks() if left:
            said = "warn", tongue("said_pasted_some", n=done.taken, left=left)
        case acts.PasteMarks():
            said = "good", tongue("said_pasted", n=done.taken)
        case _:
            said = "note", ""
    return said


def refusal_sentence(refusal: ActRefusedError, tongue: Tongue) -> str:
    """Why an act was not done, and what to do."""
    values = dict(refusal.values)
    for name in ("points", "most"):
        if name in values:
            values[name] = tongue.number(values[name])
    expected = values.get("expected", "")
    if expected in tongue.texts:
        values["expected"] = tongue(expected, **values)
    if "takes" in values:
        values["takes"] = "; ".join(one if one == "…" else tongue.number(one) for one in values["takes"].split())
    return tongue(f"refused_{refusal.reason.value}", **values)


def act_name(act: acts.Act, tongue: Tongue) -> str:
    """What an act is called in "Undo: …"."""
    key = "act_" + act.act.replace("-", "_")
    match act:
        case acts.Record():
            return tongue(key, field=field_name(act.field, tongue))
        case acts.Score() | acts.Explain():
            return tongue(key, criterion=act.criterion)
        case _:
            return tongue(key)


def field_name(code: str, tongue: Tongue) -> str:
    """The label of a column of `Sinh hoạt`; its code where the layout has none."""
    for column in tongue.layout.sheet("meetings").columns:
        if column.code == code:
            return column.english if tongue.language.value == "en" and column.english else column.label
    return code
