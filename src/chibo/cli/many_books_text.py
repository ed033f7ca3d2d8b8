"""The words of the commands over many books, in Vietnamese and English."""

from __future__ import annotations

from chibo.definitions.language import Language

WORDS = {
    Language.VIETNAMESE: {
        "reading": "Đang đọc sổ",
        "books": "Nhận {total} sổ = {accepted} được dùng + {refused} bị từ chối.",
        "none": "Không tìm thấy sổ nào (tệp .xlsx, .xlsm, .xls) ở nơi đã nêu.",
        "none_in": "Không tìm thấy sổ nào trong {places}. Cần có tệp sổ .xlsx, .xlsm hoặc .xls ở đó hay ở các thư mục "
        "con. Xem lại tên thư mục, hoặc nêu thẳng tệp sổ hay gói .zip có sổ.",
        "copies": "Có {copies} bản sao giống hệt một sổ khác, chỉ tính một lần; có thể xóa bớt:",
        "copies_of": "- {file} có {count}: {names}",
        "copies_all": "Xem tên mọi bản sao: chibo check PATH… --format csv, các dòng IDENTICAL_COPY.",
        "skipped": "Đã bỏ qua {total} tệp không phải sổ: {parts}.",
        "lock-file": "{count} tệp khóa tạm của Excel, LibreOffice",
        "hidden": "{count} tệp ẩn",
        "link": "{count} thư mục là đường dẫn tắt sang nơi khác (muốn lấy thì nêu thẳng thư mục thật)",
        "archive": "{count} gói nén chưa mở",
        "archives": "Gói nén nằm trong thư mục, các sổ trong đó chưa được đọc:",
        "archive_named": "- {label}: nêu thẳng gói này làm PATH để đọc các sổ trong đó.",
        "archive_unpack": "- {label}: giải nén ra một thư mục rồi chạy lại, vì chỉ đọc được gói .zip.",
        "other-kind": "{count} tệp loại khác",
        "other_kinds": "Tệp loại khác, chưa được đọc; tệp nào là sổ thì mở bằng Excel hoặc LibreOffice, lưu thành "
        ".xlsx rồi làm lại:",
        "other_kinds_more": "… và {count} tệp nữa.",
        "output": "{count} biểu cũ sẽ được ghi đè",
        "refused": "Sổ bị từ chối:",
        "taken_out": "Sổ được dùng nhưng có chỗ phải sửa, tạm chưa được tính:",
        "findings": "Tất cả: {block} chỗ phải sửa, {warn} chỗ cần xem lại, {note} chỗ để biết. "
        "Xem từng chỗ: chibo check TỆP…",
        "missing": "Chưa báo cáo kỳ {period} ({count}):",
        "no_book": "chưa có sổ",
        "book_refused": "sổ gửi đến bị từ chối",
        "left_out": "sổ có lỗi phải sửa ở buổi này",
        "broken_return": "Cần sửa một biểu khác của văn phòng, lần này không dùng tới. {problem}",
        "other_years": "Sổ của năm khác, không có gì cho kỳ {period} ({count}): {names}.",
        "no_year": "Không sổ nào của năm {year}: các sổ đã đọc là của năm {years}. Xem lại --period.",
        "no_meeting": "Không buổi sinh hoạt nào của kỳ {period} được tính: các sổ có buổi từ {first} đến {last}. "
        "Xem lại --period.",
        "no_meeting_at_all": "Các sổ đã đọc chưa có buổi sinh hoạt nào được tính, kỳ {period} cũng vậy.",
        "meetings_taken_out": "Không buổi sinh hoạt nào của kỳ {period} được tính: sổ có ghi {codes} nhưng còn chỗ "
        "phải sửa, nêu ở trên. Sửa xong rồi làm lại.",
        "unexpected": "Ngoài danh sách phải báo cáo ({count}): {names}.",
        "cells": "Kỳ {period}: {cells} chi bộ, {missing} chưa báo cáo.",
        "written": "Đã ghi «{out}».",
        "facts_written": "Đã ghi «{out}»: {rows} buổi sinh hoạt.",
        "nothing": "Không ghi biểu: không có sổ nào dùng được và cũng chưa biết chi bộ nào phải báo cáo, nên biểu sẽ "
        "trống. Sửa các sổ nêu trên, hoặc thêm --expected DANH_SÁCH để lập biểu «Chưa báo cáo».",
        "nothing_office": "Không ghi biểu: kỳ này không có đơn vị nào phải báo cáo trong văn phòng, nên biểu sẽ trống. "
        "Xem: chibo period list",
    },
    Language.ENGLISH: {
        "reading": "Reading workbooks",
        "books": "{total} workbooks in = {accepted} used + {refused} refused.",
        "none": "No workbook (.xlsx, .xlsm, .xls) was found there.",
        "none_in": "No workbook was found in {places}. A workbook (.xlsx, .xlsm or .xls) has to lie there or in a "
        "folder below. Check the name of the folder, or name the workbook itself, or a .zip archive of workbooks.",
        "copies": "{copies} are identical copies of another one and counted once; they may be deleted:",
        "copies_of": "- {file} has {count}: {names}",
        "copies_all": "To see all copies by name: chibo check PATH… --format csv, the rows IDENTICAL_COPY.",
        "skipped": "Passed over {total} files that are no workbooks: {parts}.",
        "lock-file": "{count} lock files of Excel or LibreOffice",
        "hidden": "{count} hidden",
        "link": "{count} folders that are links to elsewhere (name the true folder to take its books)",
        "archive": "{count} archives, not opened",
        "archives": "Archives that lie in the folder; the workbooks in them were not read:",
        "archive_named": "- {label}: give it itself as PATH to read the workbooks in it.",
        "archive_unpack": "- {label}: unpack it into a folder and run again; only .zip archives are read.",
        "other-kind": "{count} of another kind",
        "other_kinds": "Files of another kind, not read; open the one that is a workbook with Excel or LibreOffice, "
        "save it as .xlsx and run again:",
        "other_kinds_more": "… and {count} more.",
        "output": "{count} old return about to be replaced",
        "refused": "Workbooks refused:",
        "taken_out": "Workbooks used, with something that must be mended and is not counted until then:",
        "findings": "Altogether: {block} must be mended, {warn} worth a look, {note} to know. "
        "See each: chibo check FILE…",
        "missing": "Not reported for {period} ({count}):",
        "no_book": "no workbook",
        "book_refused": "its workbook was refused",
        "left_out": "the meeting has an error to be mended",
        "broken_return": "Another return of the office, not needed now, is to be mended. {problem}",
        "other_years": "Workbooks of another year, nothing for {period} ({count}): {names}.",
        "no_year": "No workbook is of {year}: those read are of {years}. Check --period.",
        "no_meeting": "No meeting of {period} counts: the workbooks have meetings from {first} to {last}. "
        "Check --period.",
        "no_meeting_at_all": "The workbooks have no meeting yet that counts, of {period} or of any other period.",
        "meetings_taken_out": "No meeting of {period} counts: {codes} is in the workbooks, with something that must be "
        "mended, named above. Mend it and try again.",
        "unexpected": "Not on the list of expected cells ({count}): {names}.",
        "cells": "Period {period}: {cells} cells, {missing} not reported.",
        "written": "Wrote «{out}».",
        "facts_written": "Wrote «{out}»: {rows} meetings.",
        "nothing": "No return was written: no workbook can be used, and no list says which cells owe, so it would be "
        "empty. Mend the workbooks named above, or add --expected LIST for a return of those that have not reported.",
        "nothing_office": "No return was written: the office expects no unit for this period, so it would be empty. "
        "See: chibo period list",
    },
}
