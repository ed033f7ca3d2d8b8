"""Checks of the frames that a book is scored by: known, for these meetings, in force, and apart from each other."""

from __future__ import annotations

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import NOTHING, show_day, show_list
from chibo.definitions.frames.checks import shared_codes
from chibo.definitions.frames.frame import Frame
from chibo.findings import FindingKind, Severity
from chibo.model import MeetingKind
from chibo.scoring import NoFrame

FRAME_UNKNOWN = FindingKind("FRAME_UNKNOWN", Severity.WARN, clause="2")
FRAME_FOR_OTHER_MEETINGS = FindingKind("FRAME_FOR_OTHER_MEETINGS", Severity.WARN, clause="2")
FRAMES_SHARE_CRITERIA = FindingKind("FRAMES_SHARE_CRITERIA", Severity.WARN, clause="2")
NO_FRAME_IN_FORCE = FindingKind("NO_FRAME_IN_FORCE", Severity.WARN, clause="2")

_MEETING_KINDS = {
    "frame_regular": (MeetingKind.REGULAR, MeetingKind.COMBINED),
    "frame_thematic": (MeetingKind.THEMATIC,),
}


@finds(FRAME_UNKNOWN, FRAME_FOR_OTHER_MEETINGS, FRAMES_SHARE_CRITERIA)
def check_own_frames(context: BookContext) -> Findings:
    """The frames that the cell names exist, are for its kind and these meetings, and share no criterion code."""
    info, known = context.book.info, context.library.frames
    chosen: dict[str, Frame] = {}
    for label, kinds in _MEETING_KINDS.items():
        name = getattr(info, label)
        if not name:
            continue
        frame = known.get(name.strip().lower())
        if frame is None:
            yield FRAME_UNKNOWN.at(context.label(label), seen=name, expected=show_list(sorted(known)))
        elif not any(frame.scores(kind, info.cell_kind) for kind in kinds):
            fitting = [id_ for id_, one in known.items() if any(one.scores(kind, info.cell_kind) for kind in kinds)]
            yield FRAME_FOR_OTHER_MEETINGS.at(
                context.label(label), seen=name, expected=show_list(sorted(fitting)), kinds=" / ".join(kinds)
            )
        else:
            chosen[label] = frame
    if len(chosen) == len(_MEETING_KINDS):
        shared = shared_codes(chosen["frame_regular"], chosen["frame_thematic"])
        if shared:
            yield FRAMES_SHARE_CRITERIA.at(
                context.label("frame_thematic"),
                seen=show_list(shared),
                other_places=[info.places.get("frame_regular")],
            )


@finds(NO_FRAME_IN_FORCE)
def check_frames_in_force(context: BookContext) -> Findings:
    """A frame is in force on the day of each held meeting; thematic meetings may have none."""
    for meeting in context.held:
        if meeting is not context.meetings_by_code[meeting.meeting_code]:
            continue  # a second row of the same code, perhaps of another kind: reported as such
        choice = context.frame_choices[meeting.meeting_code]
        owed = choice.absence is NoFrame.NOT_IN_FORCE or (choice.absence is NoFrame.NO_DEFAULT and meeting.is_regular)
        if not owed:
            continue
        frame = context.library.frames.get(choice.name)
        start = f"≥ {show_day(frame.effective.start)}" if frame else NOTHING
        yield NO_FRAME_IN_FORCE.at(
            context.row(meeting, "held_on"),
            seen=show_day(context.day_of(meeting)),
            expected=start,
            meeting=meeting.meeting_code,
            frame=choice.name or NOTHING,
        )
