"""A small workbook whose one meeting ends before it begins: something to look at in its very cell."""

from __future__ import annotations

SHEETS = {
    "Thông tin": "| Mã chi bộ | CB01 \n| Tên chi bộ | Chi bộ Một \n| Mã đảng bộ cơ sở | DB01\n"
    "| Tên đảng bộ cơ sở | Đảng bộ Một\n| Loại hình | Cơ quan hành chính\n| Năm | n:2026\n"
    "| Có chi ủy | Không\n| Bí thư | Lê Nắng Sớm\n| Bí thư là thủ trưởng đơn vị | Không",
    "Đảng viên": "| Mã đảng viên | Họ và tên | Tư cách | Tình trạng\n| DV01 | Lê Nắng Sớm | Chính thức | Sinh hoạt",
    "Sinh hoạt": "| Mã kỳ | Loại | Ngày họp | Bắt đầu | Kết thúc | Đảng số | Có mặt | Vắng có lý do\n"
    "| 2026-03 | Thường kỳ | d:2026-03-05 | 15:30 | 14:00 | n:1 | n:1 | n:0",
}
