"""The page `chi-bo`: one cell's book from opening to download, put together from its widgets."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.errors import ChiboError
from chibo.model import MeetingCode
from chibo.office.desk.new import FormError
from chibo.office.desk.opening import findings_on
from chibo.office.desk.scores import is_scored
from chibo.office.home import find_home
from chibo_widgets.cell import acts, goes, opening, showing
from chibo_widgets.cell.frame import PageFrame, parts_of_page
from chibo_widgets.cell.handing import Handover
from chibo_widgets.cell.handing_acts import act_of_merge, hear_handing
from chibo_widgets.cell.looking import Looking
from chibo_widgets.cell.performing import Setting
from chibo_widgets.cell.saying import sentence_of
from chibo_widgets.cell.steps import HAND_IN, RECORD, SCORE
from chibo_widgets.cell.untaken import place_of, untaken_lines
from chibo_widgets.cell.welcoming import welcome_new
from chibo_widgets.cell.widgets import Heard
from chibo_widgets.cell.wording import Tongue
from chibo_widgets.cell.work import Said, Work
from chibo_widgets.office_door import Door, local_door
from chibo_widgets.sheet_look import LookAt, LookAway, SheetLooks
from chibo_widgets.uploads import UploadProblem

_LOG = logging.getLogger(__name__)


class CellPage(PageFrame):
    """The whole page: `library` is the office folder's, `door` leads to its memory, `today` is a clock for tests."""

    def __init__(
        self,
        library: Library | None = None,
        language: Language | str | None = None,
        today: Callable[[], date] = date.today,
        door: Door | None = None,
    ) -> None:
        self._library = library or Library(find_home())
        self._door = door or local_door(self._library)
        self._handover = Handover(self._door)
        self._today = today
        self._work: Work | None = None
        spoken = Language(language or os.environ.get("CHIBO_LANG") or Language.VIETNAMESE)
        self._looking = Looking(Tongue(spoken, self._library))
        self._looks = SheetLooks(self._show_look)
        heard = Heard(self._guarded(self._act), self._guarded(self._go), self._guarded(self._decline))
        opened: dict[str, Callable[..., None]] = {
            "on_file": self._take_file,
            "on_problem": self._refuse_upload,
            "on_restore": self._restore,
        }
        guarded = {name: self._guarded(work) for name, work in opened.items()}
        limit = self._library.intake.file.size
        super().__init__(parts_of_page(self._looking.tongue.texts, heard, limit=limit, **guarded))
        self._refresh()

    def _guarded(self, work: Callable[..., None]) -> Callable[..., None]:
        """`work` and then the page shown anew; a failure of ours is told calmly and leaves the work as it was."""

        def run(*arguments: Any) -> None:
            try:
                work(*arguments)
            except ChiboError as error:
                self._looking.say("bad", error.words.told(self._looking.tongue.language))
            except Exception:
                _LOG.exception("the page failed")
                self._looking.say("bad", self._looking.tongue("said_failed"))
            self._refresh()

        return run

    # ── what the user does ────────────────────────────────────────────────────────────────────────────────────────

    def _act(self, act: acts.Act) -> None:
        if self._work is not None:
            given = self._work.desk.given
            said = self._work.do(act)
            if self._work.desk.given is not given:
                self._looks.close()  # what was looked at stands in another file
            if self._looking.step == HAND_IN:
                self._handover.look(self._work, self._library, self._today(), stay=True)
            self._tell(said)

    @property
    def _setting(self) -> Setting:
        return Setting(self._library, self._today(), self._door)

    def _decline(self) -> None:
        """Say that something was not taken: too long, or with signs that are none."""
        self._looking.say("warn", self._looking.tongue("said_not_taken"))

    def _tell(self, said: Said) -> None:
        assert self._work is not None  # noqa: S101
        looking, book = self._looking, self._work.desk.book
        looking.taken = ""
        looking.focus = ""
        at_field = self._is_said_there(said, self._work)
        looking.say(*(("note", "") if at_field else sentence_of(said, book, looking.tongue)))
        if isinstance(said.act, acts.Register) and said.done is not None:
            looking.look_at(book, said.done.meeting)
        looking.keep_sound(book)

    def _is_said_there(self, said: Said, work: Work) -> bool:
        """Whether the field or form that was not taken says itself what is wrong."""
        looking, act, refusal = self._looking, said.act, said.refusal
        if isinstance(act, acts.Register):
            looking.register_problems = {refusal.values.get("field", "form"): refusal} if refusal is not None else {}
            return refusal is not None
        return place_of(act) in work.untaken

    def _go(self, go: goes.Go) -> None:
        looking = self._looking
        looking.focus = ""
        match go:
            case goes.GoLanguage():
                self._speak(go.language)
            case goes.GoSample():
                self._open(lambda: opening.from_sample(self._setting))
            case goes.GoNew():
                self._open(lambda: opening.from_form(go.form, self._setting))
            case goes.GoNotTaken():
                self._refuse_upload(go.name, go.problem)
            case LookAt() | LookAway():
                self._looks.hear(go)
            case _ if self._work is not None:
                self._look(go, self._work)

    def _look(self, go: goes.Go, work: Work) -> None:
        looking, book = self._looking, work.desk.book
        looking.say("note", "")
        match go:
            case goes.GoStep():
                looking.step, looking.choosing, looking.printing = go.step, go.other, False
            case goes.GoMonth():
                looking.look_at_month(book, go.month)
                looking.step = max(looking.step, RECORD)
            case goes.GoMeeting():
                looking.look_at(book, MeetingCode.parse(go.meeting))
                looking.step = go.step or looking.step
                looking.focus = go.field
            case goes.GoRegister():
                looking.open_register(looking.month or 1)
                looking.registering = not go.off
            case goes.GoPrint():
                self._print(go, work)
            case goes.GoDownload():
                self._download(work)
            case goes.GoSentCopy():
                copy = self._handover.sent_copy(looking.tongue("handing_copy_reason"))
                if copy is not None:
                    self.saving.offer_download(*copy)
            case goes.GoPeriod() | goes.GoCompare() | goes.GoMerge() | goes.GoHandIn() | goes.GoReceipt():
                self._hand(go, work)
        self._come_to_step(work, anew=isinstance(go, goes.GoStep))

    def _come_to_step(self, work: Work, *, anew: bool) -> None:
        """What a step does when somebody comes to it; `anew` for the office to be looked at."""
        looking = self._looking
        if anew and looking.step == HAND_IN:
            self._handover.look(work, self._library, self._today())
        if looking.step == SCORE and looking.meeting is not None:
            self._begin_scoring(work, looking.meeting)

    def _hand(self, go: goes.GoHanding, work: Work) -> None:
        if isinstance(go, goes.GoMerge):
            self._merge(go, work)
        elif hear_handing(go, self._handover, work, self._looking):
            self.head.send({"draft": {"taken": True, "handed": list(work.handed)}})

    def _merge(self, go: goes.GoMerge, work: Work) -> None:
        """Only a merge that was done stands in the draft: one that cannot be done again was lost, and is told."""
        act, before = act_of_merge(go, self._handover), work.changes
        if act is None:
            return
        self._act(act)
        if work.changes != before:
            self.head.send({"draft": {"append": act.model_dump(mode="json")}})

    def _print(self, go: goes.GoPrint, work: Work) -> None:
        """Show the sheet of a meeting that a frame scores; there is none of another."""
        looking = self._looking
        code = MeetingCode.parse(go.meeting) or looking.meeting
        meeting = work.desk.book.meeting(code) if code is not None else None
        self._handover.paper = None
        looking.printing = not go.off and meeting is not None and is_scored(work.desk.book, meeting, self._library)
        if looking.printing:
            looking.look_at(work.desk.book, code)

    def _begin_scoring(self, work: Work, meeting: MeetingCode) -> None:
        """Whoever comes to score finds what the facts decide already set; the draft notes it like any act."""
        act = acts.BeginScoring(act="begin-scoring", meeting=str(meeting))
        before = work.changes
        work.do(act)
        if work.changes != before:
            self.head.send({"draft": {"append": act.model_dump(mode="json")}})

    def _speak(self, language: Language) -> None:
        self._looking.tongue = Tongue(language, self._library)
        self._looking.say("note", "")
        for widget in self.parts.values():
            widget.texts = dict(self._looking.tongue.texts)

    # ── opening and handing out ───────────────────────────────────────────────────────────────────────────────────

    def _take_file(self, name: str, data: bytes) -> None:
        self._open(lambda: opening.from_file(name, data, self._setting))

    def _restore(self, content: Any, data: bytes) -> None:
        self._open(lambda: opening.from_draft(content, data, self._setting))

    def _refuse_upload(self, name: str, problem: UploadProblem) -> None:
        self._looking.refusal = opening.refused_upload(name, problem, self._library)
        self.opener.send({"arrived": False})

    def _open(self, find: Callable[[], opening.Arrival]) -> None:
        """Put a book on the page; whatever comes of it, the browser is told that nothing is under way any more."""
        looking = self._looking
        looking.new_problem = None
        looking.say("note", "")
        arrived = False
        try:
            arrival = find()
            self._work = arrival.work
            self._looks.close()
            looking.start(arrival.work.desk.book, arrival.draft, self._today())
            looking.say(*self._welcome(arrival))
            self._begin_draft(arrival)
            arrived = True
            if arrival.standing is not None:
                looking.stand(arrival.work.desk.book, arrival.standing)
                self._come_to_step(arrival.work, anew=True)
        except FormError as problem:
            looking.new_problem = problem
        except opening.NotOpenedError as problem:
            looking.refusal = problem.refusal
        finally:
            self.opener.send({"arrived": arrived})

    def _welcome(self, arrival: opening.Arrival) -> tuple[str, str]:
        tongue, book = self._looking.tongue, arrival.work.desk.book
        if arrival.restored is not None:
            key = "said_restored_part" if arrival.left else "said_restored"
            said = tongue(key, n=arrival.restored, left=arrival.left)
            copied = " " + tongue("said_restored_copy") if arrival.copied else ""
            unmerged = " " + tongue("said_restored_unmerged", why=arrival.unmerged) if arrival.unmerged else ""
            return ("warn" if arrival.left or copied or unmerged else "good"), said + unmerged + copied
        if arrival.origin.kind == "new":
            return welcome_new(arrival, tongue)
        values = {"file": arrival.origin.name, "cell": book.info.cell_name, "year": book.info.year}
        keys = {"file": "said_opened", "sample": "said_sample"}
        return "good", tongue(keys[arrival.origin.kind], **values)

    def _begin_draft(self, arrival: opening.Arrival) -> None:
        if arrival.restored is not None:
            self.head.send({"draft": {"resume": arrival.draft}})
            return
        origin = arrival.origin
        begin = {
            "id": arrival.draft,
            "origin": origin.kind,
            "name": origin.name,
            "form": dict(origin.form) if origin.form is not None else None,
            "day": self._today().isoformat(),
            "title": self._looking.tongue.unit(arrival.work.desk.book),
        }
        self.head.send({"draft": {"begin": begin}}, buffers=[origin.data] if origin.data else [])

    def _download(self, work: Work) -> None:
        handed = work.prepare(self._library, self._today())
        self.saving.offer_download(handed.name, handed.data)
        work.note_handed(handed)
        self._looking.lost = handed.lost if handed.without_place else ()
        self._looking.taken = f"{datetime.now():%H:%M}"
        values = {"name": handed.name, "file": work.desk.file}
        if handed.without_place:
            what = handed.why_new.told(self._looking.tongue.language)
            self._looking.say("warn", self._looking.tongue("said_downloaded_new", **values, what=what))
        else:
            self._looking.say("good", self._looking.tongue("said_downloaded", **values))
        if left := untaken_lines(work.untaken, work.desk.book, self._looking.tongue):
            said = self._looking.said[1]
            self._looking.say("warn", f"{said} {self._looking.tongue('said_without_untaken', n=len(left))}")
        self.head.send({"draft": {"taken": True, "handed": list(work.handed)}})

    # ── showing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _refresh(self) -> None:
        work, looking, today = self._work, self._looking, self._today()
        self.head.show(showing.head_view(work, looking))
        if work is None:
            self.opener.show(showing.doors_view(looking, today))
            return
        findings = findings_on(work.desk, self._library, today)
        scene = showing.Scene(work, looking, findings, today, self._handover, self._looks)
        for name, widget in self.parts.items():
            if name != "head":
                widget.show(getattr(scene, name)())
        self.arrange(looking.step, printing=looking.printing)

    def _show_look(self) -> None:
        """Show the cells that were asked for, once they are there."""
        self.parts["look"].show(showing.sheet_look(self._looks, self._looking.tongue))
