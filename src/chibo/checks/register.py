"""The register of checks: everything that is checked about a cell workbook, by subject.

Each check names the kinds of finding that it may give where it is written (`@finds`).
"""

from __future__ import annotations

from functools import cache

from attrs import frozen

from chibo.checks import (
    agenda,
    assessment,
    attendance,
    committee,
    dates,
    dissemination,
    dues,
    explanations,
    frames,
    identity,
    inspections,
    meetings,
    members,
    plan,
    points,
    review,
    roll_call,
    scores,
    steps,
    tasks,
)
from chibo.checks.context import Check


@frozen
class Subject:
    """Checks on one subject; `title` and `title_en` head them in the catalogue page."""

    title: str
    title_en: str
    checks: tuple[Check, ...]


@cache
def register() -> tuple[Subject, ...]:
    """Every check, by subject."""
    return (
        Subject(
            "Thông tin chi bộ",
            "The cell",
            (
                identity.check_base_organisation,
                identity.check_own_minimum,
                identity.check_year,
                identity.check_emptiness,
                frames.check_own_frames,
            ),
        ),
        Subject(
            "Đảng viên và biến động",
            "Members and changes of membership",
            (
                members.check_member_codes,
                members.check_member_dates,
                members.check_changes,
                review.check_members_to_review,
            ),
        ),
        Subject(
            "Cấp ủy và bí thư",
            "The committee and the secretary",
            (
                committee.check_post_dates,
                committee.check_secretary,
                committee.check_vacancies,
                committee.check_seats,
                committee.check_chairs,
                committee.check_visits,
            ),
        ),
        Subject(
            "Các buổi sinh hoạt trong năm",
            "The meetings of the year",
            (
                meetings.check_meeting_codes,
                meetings.check_meeting_years,
                meetings.check_kinds,
                meetings.check_states,
                meetings.check_regular_meetings,
                meetings.check_thematic_meetings,
            ),
        ),
        Subject(
            "Các bước của một buổi",
            "The steps of a meeting",
            (
                steps.check_times,
                scores.check_duration,
                steps.check_registration,
                steps.check_committee_meeting,
                steps.check_notice_and_papers,
                steps.check_minutes_kept,
                steps.check_after_meeting,
                steps.check_recorded_steps,
                steps.check_supervisor,
            ),
        ),
        Subject(
            "Ngày tháng",
            "Dates",
            (
                dates.check_future_dates,
                dates.check_order,
                dates.check_months,
                dates.check_distance,
                dates.check_rest_days,
            ),
        ),
        Subject(
            "Số lượng dự sinh hoạt và điểm danh",
            "Counts and the roll call",
            (
                attendance.check_negative_counts,
                attendance.check_typed_counts,
                attendance.check_counts_against_roll_call,
                attendance.check_membership,
                roll_call.check_completeness,
                roll_call.check_meetings,
                roll_call.check_members,
                roll_call.check_marks,
                attendance.check_speakers,
                attendance.check_votes,
            ),
        ),
        Subject(
            "Nội dung sinh hoạt",
            "What meetings are about",
            (
                agenda.check_agenda,
                agenda.check_innovation,
                agenda.check_recorded_facts,
            ),
        ),
        Subject(
            "Kế hoạch chuyên đề",
            "The thematic plan",
            (
                plan.check_plan_exists,
                plan.check_plan_quarters,
                plan.check_plan_rows,
                plan.check_plan_carried_out,
                plan.check_plan_numbers,
                plan.check_required_topics,
            ),
        ),
        Subject(
            "Chấm điểm và thẩm định",
            "Scores",
            (
                frames.check_frames_in_force,
                points.check_scored_meetings,
                points.check_criteria,
                points.check_points,
                points.check_printed_maxima,
                scores.check_completeness,
                scores.check_typed_totals,
                scores.check_against_facts,
                explanations.check_explanations,
                scores.check_small_cells,
                scores.check_grades_over_time,
            ),
        ),
        Subject(
            "Nhiệm vụ chi bộ giao",
            "Tasks",
            (
                tasks.check_task_meetings,
                tasks.check_task_results,
            ),
        ),
        Subject(
            "Đảng phí",
            "Dues",
            (
                dues.check_dues_rows,
                dues.check_dues_paid,
            ),
        ),
        Subject(
            "Kiểm tra, giám sát",
            "Inspections",
            (
                inspections.check_inspection_dates,
                inspections.check_remedies,
                inspections.check_inspected,
            ),
        ),
        Subject(
            "Phổ biến văn bản",
            "Dissemination",
            (
                dissemination.check_reached,
                dissemination.check_time,
                dissemination.check_documents,
                dissemination.check_dissemination_meetings,
            ),
        ),
        Subject(
            "Sơ kết, tổng kết",
            "Assessment",
            (
                assessment.check_assessments,
                assessment.check_solutions,
            ),
        ),
    )
