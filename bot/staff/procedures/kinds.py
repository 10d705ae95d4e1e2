"""Every kind of doubt about a record: what staff read in lists, and what to do about it. Closed: index.finding's kinds and ours."""

from __future__ import annotations

OWN = {
    "unfit": "Bản ghi chưa dùng được",
    "expired": "Đã hết hạn",
    "expiring": "Sắp hết hạn",
    "stale_word": "Từ của bộ máy cũ",
    "old_unit": "Tên đơn vị hành chính cũ",
    "differs": "Khác bản chính thức, chưa ghi lý do",
    "no_difference": "Ghi khác bản chính thức nhưng không còn khác",
    "withdrawn": "Bản chính thức đã rút",
    "not_in_catalogue": "Không có trong danh mục đã nhập",
}
IMPORTED = {
    "fee_zero_not_free": "Cổng ghi 0 đồng nhưng có thể không miễn phí",
    "fee_suspect_unit": "Số tiền trên cổng có thể sai đơn vị",
    "fee_note_sets_amount": "Mức thu nằm trong lời ghi chú của cổng",
    "fee_expired_note": "Ghi chú về phí của cổng đã hết hạn",
    "fee_note_ends": "Ghi chú về phí của cổng chỉ ghi đến một ngày",
    "duration_without_unit": "Thời hạn trên cổng không có đơn vị",
    "duration_from_text": "Thời hạn chỉ có trong lời văn của cổng",
    "duration_from_cases": "Thời hạn lấy từ phần trường hợp của cổng",
    "duration_disagrees": "Cổng ghi thời hạn không thống nhất",
    "case_on_channel": "Trường hợp ghi lẫn vào cách nộp",
    "post_return_only": "Bưu chính chỉ dùng để trả kết quả",
    "post_supplement_only": "Bưu chính chỉ dùng để bổ sung hồ sơ",
    "post_mentioned_without_row": "Có nhắc bưu chính nhưng không có dòng riêng",
    "district_level": "Cổng còn nhắc cấp huyện",
    "household_book": "Cổng còn nhắc sổ hộ khẩu",
    "other_province": "Của tỉnh khác công bố",
    "twin_name": "Trùng tên với thủ tục khác",
    "older_twin": "Có bản mới hơn cùng tên",
    "scrambled_text": "Chữ trên cổng bị lỗi",
    "not_nfc": "Chữ trên cổng ở dạng tách dấu",
    "hidden_characters": "Chữ trên cổng có ký tự ẩn",
    "lookalikes": "Chữ trên cổng lẫn ký tự giống nhau",
    "no_documents": "Cổng không có giấy tờ",
    "missing_part": "Cổng thiếu một phần",
    "shortened": "Cổng ghi dài, đã được rút ngắn",
}
TITLES = {**OWN, **IMPORTED}
URGENT = ("unfit", "expired", "expiring", "differs", "withdrawn", "old_unit", "stale_word")
"""Told first."""
