"""The words of `chibo score`: how a score is explained line by line, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from chibo.definitions.frames.edges import plain_decimal
from chibo.definitions.language import Language
from chibo.model import CellBook, Place
from chibo.model.row_text import Row
from chibo.scoring import CriterionScore, FrameChoice, MeetingScore, NoFrame, Outcome, Tally

COLUMNS = ("criterion", "label", "max", "self", "official", "fact", "reason", "places")

HEADINGS = {
    Language.VIETNAMESE: dict(
        zip(COLUMNS, ("Mã", "Tiêu chí", "Tối đa", "Tự chấm", "Thẩm định", "Dữ kiện", "Căn cứ", "Ở đâu"), strict=True)
    ),
    Language.ENGLISH: dict(
        zip(COLUMNS, ("Code", "Criterion", "Max", "Self", "Official", "Facts", "Reason", "Where"), strict=True)
    ),
}

_VI = {
    "title": "{cell}, buổi {meeting} ({kind}), khung {frame}: {frame_title}",
    "by_hand": "chấm bằng tay",
    "not_applied": "không chấm ở buổi này",
    "band": "bậc {band}",
    "capped": "tỷ lệ thuộc bậc {band} nhưng điểm bị giới hạn như vừa nêu",
    "above": "tự chấm cao hơn dữ kiện {points} điểm",
    "explained": "thuyết minh: {text}",
    "unexplained": "cần thuyết minh",
    "small": "chi bộ ít người, thêm một người dự là lên mức",
    "claimable": "được nhận điểm trước, không cần thuyết minh",
    "self": "Tự chấm",
    "official": "Thẩm định",
    "total": "{who}: {total} điểm, xếp loại {grade}.",
    "partly": "{who}: chưa chấm đủ, mới có {so_far} điểm; còn tiêu chí {codes}.",
    "none": "{who}: chưa chấm.",
    "gate": "Tổng điểm đủ mức {grade} nhưng chưa đủ điểm tối đa ở {codes}, nên xếp {otherwise}.",
    "facts": "Dữ kiện trong sổ xác định được {total} điểm, nhiều nhất có thể là {maximum}.",
    "not_held": "Buổi {meeting} chưa tổ chức nên không chấm điểm.",
    "open": "Tiêu chí {code}: {question}",
    NoFrame.NEVER_SCORED: "Buổi bất thường chỉ ghi lại, không chấm điểm.",
    NoFrame.NO_DEFAULT: "Khối chưa chọn khung cho loại buổi này: buổi chỉ ghi lại, không chấm điểm.",
    NoFrame.UNKNOWN: "Sổ ghi khung «{name}» nhưng văn phòng không có khung này; xem chibo frame list.",
    NoFrame.OTHER_KIND: "Khung «{name}» ghi trong sổ không dùng cho loại buổi hoặc loại hình chi bộ này.",
    NoFrame.NOT_IN_FORCE: "Khung «{name}» chưa (hoặc không còn) hiệu lực vào ngày sinh hoạt, nên buổi không chấm điểm.",
    NoFrame.NO_DAY: "Buổi này chưa tổ chức nên không chấm điểm.",
}
_EN = {
    "title": "{cell}, meeting {meeting} ({kind}), frame {frame}: {frame_title}",
    "by_hand": "scored by hand",
    "not_applied": "not scored at this meeting",
    "band": "band {band}",
    "capped": "the rate lies in band {band}, but the points are capped as said",
    "above": "the self-score is {points} above the facts",
    "explained": "explained: {text}",
    "unexplained": "needs an explanation",
    "small": "a small cell, one more present would bring the next band",
    "claimable": "may be claimed without an explanation",
    "self": "Self-score",
    "official": "Official score",
    "total": "{who}: {total}, grade {grade}.",
    "partly": "{who}: not complete, {so_far} so far; missing {codes}.",
    "none": "{who}: not scored.",
    "gate": "The total reaches {grade}, but {codes} lack full marks: graded {otherwise}.",
    "facts": "The recorded facts decide {total} points, {maximum} at most.",
    "not_held": "Meeting {meeting} was not held and is not scored.",
    "open": "Criterion {code}: {question}",
    NoFrame.NEVER_SCORED: "Extraordinary meetings are recorded, never scored.",
    NoFrame.NO_DEFAULT: "The bloc names no frame for such meetings: it is recorded, not scored.",
    NoFrame.UNKNOWN: "The book names the frame «{name}», which the office does not have; see chibo frame list.",
    NoFrame.OTHER_KIND: "The frame «{name}» named in the book is not for such meetings or cells.",
    NoFrame.NOT_IN_FORCE: "The frame «{name}» is not in force on the meeting's day: not scored.",
    NoFrame.NO_DAY: "The meeting was not held and is not scored.",
}


class ScoreText:
    """Everything that is said of one score, in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._words = _EN if language is Language.ENGLISH else _VI

    def title(self, book: CellBook, score: MeetingScore) -> str:
        """What is being scored, and by which frame."""
        english = self.language is Language.ENGLISH
        return self._say(
            "title",
            cell=f"{book.info.cell_name} ({book.info.cell_code})",
            meeting=score.meeting_code,
            kind=score.kind,
            frame=score.frame.id,
            frame_title=(english and score.frame.title_en) or score.frame.title,
        )

    def absence(self, choice: FrameChoice) -> str:
        """Why no frame scores a meeting."""
        return self._say(choice.absence or NoFrame.NO_DEFAULT, name=choice.name)

    def not_held(self, meeting: object) -> str:
        """A meeting that has not been held."""
        return self._say("not_held", meeting=meeting)

    def rows(self, score: MeetingScore) -> Iterator[Row]:
        """One row per criterion: points of each scorer, the facts' points, why, and where that stands."""
        for entry in score.criteria:
            fact = entry.fact
            yield {
                "criterion": entry.code,
                "label": entry.label(self.language),
                "max": self.number(entry.maximum) if entry.applies else "–",
                "self": self.number(entry.self_points),
                "official": self.number(entry.official_points),
                "fact": self.number(fact.points) if fact else "",
                "reason": self._reason(entry),
                "places": where(fact.places) if fact else "",
            }

    def below(self, score: MeetingScore) -> Iterator[str]:
        """What is said under the rows: totals, grades, gates, facts, open questions of the frame."""
        own = any(entry.applies and entry.self_points is not None for entry in score.criteria)
        official = any(entry.applies and entry.official_points is not None for entry in score.criteria)
        yield self._tally("self", score.self_tally, begun=own)
        yield self._tally("official", score.official_tally, begun=official)
        if score.fact_total is not None:
            yield self._say("facts", total=self.number(score.fact_total), maximum=self.number(score.fact_maximum))
        english = self.language is Language.ENGLISH
        for entry in score.criteria:
            question = (english and entry.criterion.open_question_en) or entry.criterion.open_question
            if entry.applies and entry.criterion.asks_at(score.kind):
                yield self._say("open", code=entry.code, question=question)
        if note := (english and score.frame.confirm_note_en) or score.frame.confirm_note:
            yield note

    def number(self, value: Decimal | None) -> str:
        """Points with a decimal comma or point; nothing where there are none."""
        if value is None:
            return ""
        text = plain_decimal(value)
        return text.replace(".", ",") if self.language is Language.VIETNAMESE else text

    def _reason(self, entry: CriterionScore) -> str:
        if not entry.applies:
            return self._say("not_applied")
        fact = entry.fact
        if fact is None:
            return self._say("by_hand")
        parts = [fact.reason(self.language)]
        if band := fact.band_in_signs(self.language):
            parts.append(self._say("capped" if fact.outcome is Outcome.CAPPED else "band", band=band))
        if fact.one_absence_moves:
            parts.append(self._say("small"))
        if fact.claimable:
            parts.append(self._say("claimable"))
        if entry.excess:
            parts.append(self._say("above", points=self.number(entry.excess)))
        if entry.explanation:
            parts.append(self._say("explained", text=entry.explanation))
        elif entry.needs_explanation:
            parts.append(self._say("unexplained"))
        return "; ".join(parts)

    def _tally(self, who: str, tally: Tally, *, begun: bool) -> str:
        name = self._say(who)
        if not begun:
            return self._say("none", who=name)
        if tally.total is None:
            codes = ", ".join(tally.unscored)
            return self._say("partly", who=name, so_far=self.number(tally.points_so_far), codes=codes)
        lines = [self._say("total", who=name, total=self.number(tally.total), grade=tally.grade)]
        for gate in tally.gates:
            codes = ", ".join(gate.full_marks)
            lines.append(self._say("gate", grade=gate.grade, codes=codes, otherwise=gate.otherwise))
        return " ".join(lines)

    def _say(self, key: str, **values: object) -> str:
        return self._words[key].format(**values)


def where(places: Iterable[Place]) -> str:
    """Places by sheet: `Sinh hoạt!H5, I5; Điểm danh!F3`."""
    by_sheet: dict[str, list[str]] = {}
    for place in places:
        addresses = by_sheet.setdefault(place.sheet, [])
        if place.address not in addresses:
            addresses.append(place.address)
    return "; ".join(f"{sheet}!{', '.join(addresses)}" for sheet, addresses in by_sheet.items())
