"""Cross-checks of a frame: sums, scales, codes, dates, grades, gates. What a schema alone cannot see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from chibo.definitions.frames.edges import plain_decimal
from chibo.definitions.frames.fact_checks import Fault, fact_faults, words_faults
from chibo.definitions.frames.frame import Criterion, CriterionKind, Exemption, Frame
from chibo.model import Grade, MeetingKind

_YEARS = range(1930, 2101)
_BEST_FIRST = list(Grade)


def frame_faults(frame: Frame) -> Iterator[Fault]:
    """Every fault of a frame, in the order of the definition."""
    yield from _dates(frame)
    yield from _kinds(frame)
    yield from _grades(frame)
    yield from _codes(frame)
    yield from _gates(frame)
    yield from _yearly(frame)
    for group in frame.groups:
        for criterion in group.criteria:
            key = f"groups.{group.code}.criteria.{criterion.code}"
            yield from _kinds_of_criterion(frame, criterion, key)
            yield from _scale(criterion, key)
            yield from _exemptions(frame, criterion, key)
            yield from fact_faults(frame, criterion, f"{key}.fact")
    yield from _sums(frame)


def shared_codes(one: Frame, other: Frame) -> tuple[str, ...]:
    """The criterion codes that two frames have in common; used side by side in one workbook they must have none."""
    codes = {code.casefold() for code in other.criteria}
    return tuple(code for code in one.criteria if code.casefold() in codes)


def _dates(frame: Frame) -> Iterator[Fault]:
    start, end = frame.effective.start, frame.effective.end
    named = {"effective.from": start, "effective.to": end}
    named |= {f"sources.{index}.date": source.date for index, source in enumerate(frame.sources, start=1)}
    for key, day in named.items():
        if day is not None and day.year not in _YEARS:
            yield Fault(key, f"ngày {day:%d/%m/%Y} ngoài khoảng {_YEARS.start}–{_YEARS.stop - 1}")
    if end is not None and end < start:
        yield Fault("effective.to", f"ngày hết hiệu lực {end:%d/%m/%Y} trước ngày bắt đầu {start:%d/%m/%Y}")


def _kinds(frame: Frame) -> Iterator[Fault]:
    if MeetingKind.EXTRAORDINARY in frame.applies.meeting_kinds:
        yield Fault("applies.meeting_kinds", "buổi sinh hoạt bất thường không chấm điểm")
    required = frame.required_minutes
    if required is not None and required.longer < required.usual:
        yield Fault("required_minutes.longer", "ít hơn required_minutes.usual")
    if frame.status == "example" and not frame.confirm_note:
        yield Fault("confirm_note", "khung mẫu phải ghi chú rằng cấp ủy khối xác nhận hoặc thay thế")
    if frame.exempt_reason is not None:
        yield from words_faults(frame.exempt_reason, {"points", "maximum"}, "exempt_reason")


def _grades(frame: Frame) -> Iterator[Fault]:
    names = [threshold.grade for threshold in frame.grades]
    if names != sorted(set(names), key=_BEST_FIRST.index):
        yield Fault("grades", "mỗi mức xếp loại ghi một lần, từ cao xuống thấp")
    *upper, lowest = frame.grades
    if lowest.at_least is not None:
        yield Fault(f"grades.{lowest.grade}.at_least", "mức thấp nhất không có ngưỡng, để mọi tổng điểm đều có mức")
    above = None
    for threshold in upper:
        key = f"grades.{threshold.grade}.at_least"
        if threshold.at_least is None:
            yield Fault(key, "thiếu ngưỡng điểm")
            continue
        if not 0 < threshold.at_least <= frame.total:
            yield Fault(
                key, f"ngưỡng {plain_decimal(threshold.at_least)} ngoài thang {plain_decimal(frame.total)} điểm"
            )
        if above is not None and threshold.at_least >= above:
            yield Fault(key, "ngưỡng phải thấp hơn ngưỡng của mức trên")
        above = threshold.at_least


def _codes(frame: Frame) -> Iterator[Fault]:
    groups = Counter(group.code.casefold() for group in frame.groups)
    criteria = Counter(criterion.code.casefold() for group in frame.groups for criterion in group.criteria)
    for group in frame.groups:
        if groups[group.code.casefold()] > 1:
            yield Fault(f"groups.{group.code}.code", f"mã nhóm «{group.code}» bị trùng")
        for criterion in group.criteria:
            if criteria[criterion.code.casefold()] > 1:
                key = f"groups.{group.code}.criteria.{criterion.code}.code"
                yield Fault(key, f"mã tiêu chí «{criterion.code}» bị trùng")


def _gates(frame: Frame) -> Iterator[Fault]:
    names = [threshold.grade for threshold in frame.grades]
    for index, gate in enumerate(frame.gates, start=1):
        key = f"gates.{index}"
        for code in gate.full_marks:
            if code not in frame.criteria:
                yield Fault(f"{key}.full_marks", f"không có tiêu chí «{code}»")
        if gate.grade not in names or gate.otherwise not in names:
            yield Fault(f"{key}.grade", "mức không có trong bảng xếp loại của khung")
        elif names.index(gate.otherwise) <= names.index(gate.grade):
            yield Fault(f"{key}.otherwise", "mức thay thế phải thấp hơn mức có điều kiện")


def _yearly(frame: Frame) -> Iterator[Fault]:
    seen = set()
    for rule in frame.yearly:
        if rule.grade in seen:
            yield Fault(f"yearly.{rule.grade}.grade", "mức này đã có quy tắc năm")
        seen.add(rule.grade)


def _kinds_of_criterion(frame: Frame, criterion: Criterion, key: str) -> Iterator[Fault]:
    named = {
        "only_for": criterion.only_for,
        "max_for": tuple(criterion.max_for),
        "open_question_for": criterion.open_question_for,
    }
    for name, kinds in named.items():
        for kind in kinds:
            if kind not in frame.applies.meeting_kinds:
                yield Fault(f"{key}.{name}", f"khung này không chấm buổi «{kind}»")
            elif not criterion.applies_to(kind):
                yield Fault(f"{key}.{name}", f"tiêu chí không áp dụng cho buổi «{kind}»")


def _scale(criterion: Criterion, key: str) -> Iterator[Fault]:
    """The maximum, the step and the levels of one criterion fit its kind and each other."""
    maxima = (criterion.max, *criterion.max_for.values())
    if any(maximum <= 0 for maximum in maxima):
        yield Fault(f"{key}.max", "điểm tối đa phải lớn hơn 0")
        return
    stepped = criterion.kind in {CriterionKind.POINTS, CriterionKind.DEDUCTION}
    if stepped and criterion.step is None:
        yield Fault(f"{key}.step", 'cách chấm này cần bước điểm, như "0.5"')
    if criterion.step is not None:
        if not stepped and criterion.kind is not CriterionKind.BONUS:
            yield Fault(f"{key}.step", "chỉ chấm theo điểm, điểm cộng hoặc điểm trừ mới có bước điểm")
        elif criterion.step <= 0 or any(maximum % criterion.step for maximum in maxima):
            yield Fault(f"{key}.step", "điểm tối đa phải là bội số của bước điểm")
    if (criterion.kind is CriterionKind.LEVEL) != bool(criterion.levels):
        yield Fault(f"{key}.levels", "chấm theo mức thì phải có các mức, cách chấm khác thì không")
    elif criterion.levels:
        yield from _levels(criterion, key)


def _levels(criterion: Criterion, key: str) -> Iterator[Fault]:
    points = [level.points for level in criterion.levels]
    if len(points) < 2 or points != sorted(set(points), reverse=True):
        yield Fault(f"{key}.levels", "cần ít nhất hai mức, điểm giảm dần, không trùng")
    elif points[0] != criterion.max or points[-1] < 0:
        yield Fault(f"{key}.levels", "mức cao nhất phải bằng điểm tối đa, mức thấp nhất không âm")
    if criterion.max_for:
        yield Fault(f"{key}.max_for", "tiêu chí chấm theo mức có một điểm tối đa chung cho mọi loại buổi")


def _exemptions(frame: Frame, criterion: Criterion, key: str) -> Iterator[Fault]:
    if criterion.full_when and criterion.kind is CriterionKind.DEDUCTION:
        yield Fault(f"{key}.full_when", "điểm trừ không có trường hợp được tính điểm tối đa")
    if criterion.full_when and frame.exempt_reason is None:
        yield Fault("exempt_reason", f"tiêu chí «{criterion.code}» có thể được miễn nhưng khung chưa có câu giải thích")
    if Exemption.PAPERS_WITHHELD in criterion.full_when and not frame.exempt_withheld_papers:
        yield Fault(f"{key}.full_when", "khung chưa cho miễn khi tài liệu không được đăng (exempt_withheld_papers)")


def _sums(frame: Frame) -> Iterator[Fault]:
    """Group maxima and the total add up for every kind of meeting that the frame scores."""
    for kind in frame.applies.meeting_kinds:
        for group in frame.groups:
            added = sum(criterion.maximum(kind) for criterion in group.criteria)
            if added != group.max:
                problem = f"buổi «{kind}»: các tiêu chí cộng lại {added} điểm, nhóm ghi {plain_decimal(group.max)}"
                yield Fault(f"groups.{group.code}.max", problem)
    added = sum(group.max for group in frame.groups)
    if added != frame.total:
        yield Fault("total", f"các nhóm cộng lại {added} điểm, khung ghi {plain_decimal(frame.total)}")
