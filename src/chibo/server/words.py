"""What the frame of the pages says (home, errors, loading, connection), in Vietnamese and English."""

from __future__ import annotations

from chibo.definitions.language import Language

WORDS: dict[Language, dict[str, str]] = {
    Language.VIETNAMESE: {
        "product": "Sổ sinh hoạt chi bộ",
        "home": "Về trang đầu",
        "skip": "Tới nội dung chính",
        "other_language": "English",
        "other_language_code": "en",
        "starting": "Đang mở trang, xin chờ vài giây…",
        "preparing": "Đang chuẩn bị nội dung…",
        "still_starting": "Vẫn đang mở, máy hơi bận. Xin chờ thêm một chút…",
        "no_script": "Trang này cần JavaScript. Đề nghị bật JavaScript trong trình duyệt rồi mở lại.",
        "reopen": "Mở lại",
        "reconnecting": "Mất kết nối với phần tính toán của trang. Đang nối lại, xin chờ một chút…",
        "server_away": (
            "Mất kết nối với Chibo. Đang thử nối lại. Nếu cửa sổ đang chạy Chibo đã đóng, "
            "mở lại Chibo như mọi khi, hoặc nhờ người quản trị máy, rồi bấm «Mở lại»."
        ),
        "session_over": ("Phiên làm việc đã bị ngắt. Bấm «Mở lại» để làm tiếp. Tệp đã tải về máy vẫn còn nguyên."),
        "cell_failed": (
            "Phần này của trang gặp lỗi nên chưa hiện được. Đề nghị mở lại trang; nếu vẫn lỗi, báo người quản trị: "
            "chi tiết nằm trong cửa sổ đang chạy Chibo."
        ),
        "error_title": "Không mở được trang",
        "error_text": (
            "Chibo gặp lỗi khi mở trang này. Đề nghị mở lại; nếu vẫn lỗi, báo người quản trị: chi tiết nằm trong "
            "cửa sổ đang chạy Chibo."
        ),
        "not_found": "Không có trang ở địa chỉ này. Về trang đầu để chọn trang cần mở.",
        "home_title": "Hôm nay cần làm việc gì?",
        "home_lead": "Mọi việc diễn ra trên máy này, không gửi gì ra ngoài cơ quan.",
        "open_page": "Mở trang",
        "for_analysts": "Dành cho người phân tích số liệu",
        "open_in_lab": "Mở bằng JupyterLab trong cửa sổ lệnh:",
        "office": "Thư mục văn phòng:",
        "account": "Làm việc với tài khoản:",
    },
    Language.ENGLISH: {
        "product": "Party cell meeting book",
        "home": "Back to the first page",
        "skip": "Skip to the main content",
        "other_language": "Tiếng Việt",
        "other_language_code": "vi",
        "starting": "Opening the page, a few seconds please…",
        "preparing": "Preparing the content…",
        "still_starting": "Still opening, the machine is busy. A little longer, please…",
        "no_script": "This page needs JavaScript. Please switch it on in the browser and open the page again.",
        "reopen": "Open again",
        "reconnecting": "The connection to this page's calculations is lost. Reconnecting…",
        "server_away": (
            "The connection to Chibo is lost. Trying again. If the window that runs Chibo was closed, start "
            "Chibo as always, or ask the administrator of the machine, and press “Open again”."
        ),
        "session_over": ("This session has ended. Press “Open again” to go on. Files that you downloaded are safe."),
        "cell_failed": (
            "This part of the page failed and cannot be shown. Please open the page again; if it fails again, tell "
            "the administrator: the details are in the window that runs Chibo."
        ),
        "error_title": "The page cannot be opened",
        "error_text": (
            "Chibo failed to open this page. Please open it again; if it fails again, tell the administrator: the "
            "details are in the window that runs Chibo."
        ),
        "not_found": "There is no page at this address. Go to the first page and choose one.",
        "home_title": "What needs doing today?",
        "home_lead": "Everything happens on this machine; nothing is sent outside the office.",
        "open_page": "Open the page",
        "for_analysts": "For analysts",
        "open_in_lab": "Open it in JupyterLab, from a command window:",
        "office": "Office folder:",
        "account": "Working as:",
    },
}
"""Both languages have the same keys."""


def other_language(language: Language) -> Language:
    """The language that the switch in the page's head leads to."""
    return Language.ENGLISH if language is Language.VIETNAMESE else Language.VIETNAMESE
