"""The closed lists of the domain. A member's value is its canonical Vietnamese label, which is what workbooks hold.

Other spellings are aliases and belong to the layout (`sheets/layouts/`). Sources: the layout `so-sinh-hoat`.
"""

from __future__ import annotations

from enum import StrEnum


class CellKind(StrEnum):
    """Loại hình: the kind of body the cell belongs to."""

    PARTY_BODY = "Cơ quan Đảng, Mặt trận, đoàn thể"
    ADMINISTRATION = "Cơ quan hành chính"
    JUDICIARY = "Cơ quan tư pháp"
    PUBLIC_SERVICE = "Đơn vị sự nghiệp"
    STATE_ENTERPRISE = "Doanh nghiệp nhà nước"
    PRIVATE_ENTERPRISE = "Doanh nghiệp ngoài nhà nước"
    ARMED_FORCES = "Lực lượng vũ trang"
    SCHOOL = "Trường học"
    OTHER = "Khác"


class MeetingKind(StrEnum):
    """Loại: extraordinary meetings are never scored."""

    REGULAR = "Thường kỳ"
    THEMATIC = "Chuyên đề"
    COMBINED = "Kết hợp"
    EXTRAORDINARY = "Bất thường"


class MeetingState(StrEnum):
    """Tình trạng buổi."""

    REGISTERED = "Đã đăng ký"
    HELD = "Đã tổ chức"
    POSTPONED = "Hoãn"
    NOT_HELD = "Không tổ chức"


class MeetingMode(StrEnum):
    """Hình thức."""

    IN_PERSON = "Trực tiếp"
    ONLINE = "Trực tuyến"
    HYBRID = "Kết hợp trực tiếp và trực tuyến"
    FIELD = "Thực địa"
    BY_GROUPS = "Theo tổ đảng"


class Mark(StrEnum):
    """Roll-call marks. Đ is not D: marks are never folded, but letter case does not matter."""

    PRESENT = "X"
    EXCUSED = "P"
    UNEXCUSED = "K"
    EXEMPT = "M"
    TRANSFERRED = "T"
    SPECIAL_DUTY = "Đ"
    SUSPENDED = "C"
    VISITING = "S"


class Post(StrEnum):
    """Chức vụ Đảng of a member of the cell."""

    SECRETARY = "Bí thư"
    DEPUTY = "Phó bí thư"
    COMMITTEE_MEMBER = "Chi ủy viên"
    MEMBER = "Đảng viên"


class Standing(StrEnum):
    """Chính thức/Dự bị."""

    OFFICIAL = "Chính thức"
    PROBATIONARY = "Dự bị"


class MemberStatus(StrEnum):
    """Tình trạng of a member."""

    ACTIVE = "Sinh hoạt"
    EXEMPT = "Miễn sinh hoạt"
    TRANSFERRED = "Chuyển sinh hoạt tạm thời"
    VISITING = "Tạm thời đến"
    SPECIAL_DUTY = "LLVT làm nhiệm vụ đặc biệt"
    SUSPENDED = "Đình chỉ sinh hoạt đảng"


class ChangeKind(StrEnum):
    """Biến động of membership."""

    ADMITTED = "Kết nạp"
    MADE_OFFICIAL = "Công nhận chính thức"
    CAME = "Chuyển đến"
    LEFT = "Chuyển đi"
    LEFT_TEMPORARILY = "Chuyển tạm thời đi"
    CAME_TEMPORARILY = "Tạm thời đến"
    RETURNED = "Trở lại"
    EXEMPTED = "Miễn sinh hoạt"
    EXEMPTION_ENDED = "Hết miễn"
    SUSPENDED = "Đình chỉ"
    EXPELLED = "Khai trừ"
    STRUCK_OFF = "Xóa tên"
    RESIGNED = "Xin ra khỏi Đảng"
    DIED = "Từ trần"

    @property
    def joins(self) -> bool:
        """Whether the member belongs to the cell from this change on (one who returns from elsewhere always did)."""
        return self in {ChangeKind.ADMITTED, ChangeKind.CAME, ChangeKind.CAME_TEMPORARILY}

    @property
    def leaves(self) -> bool:
        """Whether the member no longer belongs to the cell after this change."""
        return self in {
            ChangeKind.LEFT,
            ChangeKind.EXPELLED,
            ChangeKind.STRUCK_OFF,
            ChangeKind.RESIGNED,
            ChangeKind.DIED,
        }

    @property
    def status(self) -> MemberStatus | None:
        """The status that the member has from this change on; None where it stays as it was."""
        return _STATUSES.get(self)


_STATUSES = {
    ChangeKind.EXEMPTED: MemberStatus.EXEMPT,
    ChangeKind.LEFT_TEMPORARILY: MemberStatus.TRANSFERRED,
    ChangeKind.SUSPENDED: MemberStatus.SUSPENDED,
    ChangeKind.CAME_TEMPORARILY: MemberStatus.VISITING,
    ChangeKind.EXEMPTION_ENDED: MemberStatus.ACTIVE,
    ChangeKind.RETURNED: MemberStatus.ACTIVE,
    ChangeKind.ADMITTED: MemberStatus.ACTIVE,
    ChangeKind.CAME: MemberStatus.ACTIVE,
}


class TopicState(StrEnum):
    """Tình trạng of a row of the thematic plan."""

    OPEN = "Chưa"
    HELD = "Đã sinh hoạt"
    MOVED = "Chuyển quý"
    REPLACED = "Thay chuyên đề"


class TaskResult(StrEnum):
    """Kết quả of a task."""

    DONE = "Hoàn thành"
    UNDER_WAY = "Đang thực hiện"
    NOT_BEGUN = "Chưa thực hiện"


class DuesMark(StrEnum):
    """A month of dues."""

    PAID = "x"
    EXEMPT = "M"
    PAID_ELSEWHERE = "T"


class InspectionKind(StrEnum):
    """Hình thức of an inspection."""

    INSPECTION = "Kiểm tra"
    ON_SIGNS = "Kiểm tra khi có dấu hiệu vi phạm"
    THEMATIC_SUPERVISION = "Giám sát chuyên đề"
    REGULAR_SUPERVISION = "Giám sát thường xuyên"


class InspectionSubject(StrEnum):
    """Nội dung of an inspection."""

    MEETING_REGIME = "Chế độ sinh hoạt"
    THEMATIC_MEETINGS = "Sinh hoạt chuyên đề"
    DUES = "Đảng phí"
    DEMOCRATIC_CENTRALISM = "Nguyên tắc tập trung dân chủ"
    CRITICISM = "Tự phê bình và phê bình"
    COMMITTEE_DUTIES = "Nhiệm vụ cấp ủy viên"
    DIRECTIVES = "Thực hiện chỉ thị"


class AssessmentTerm(StrEnum):
    """Kỳ of an assessment."""

    HALF_YEAR = "6 tháng"
    YEAR = "Năm"


class AssessmentItem(StrEnum):
    """Mục of an assessment."""

    STRENGTH = "Ưu điểm"
    WEAKNESS = "Hạn chế"
    CAUSE = "Nguyên nhân"
    REMEDY = "Giải pháp"
    LESSON = "Bài học"


class AnnualGrade(StrEnum):
    """Yearly classification of the cell: never mixed with the grade of a meeting."""

    EXCELLENT = "Hoàn thành xuất sắc nhiệm vụ"
    WELL = "Hoàn thành tốt nhiệm vụ"
    COMPLETED = "Hoàn thành nhiệm vụ"
    NOT_COMPLETED = "Không hoàn thành nhiệm vụ"


class Grade(StrEnum):
    """Xếp loại of a meeting, best first."""

    GOOD = "Tốt"
    FAIR = "Khá"
    AVERAGE = "Trung bình"
    POOR = "Kém"
