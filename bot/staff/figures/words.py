"""What the figures are called in Vietnamese: families of statuses, channels, weekdays, verdicts."""

from __future__ import annotations

FAMILIES = {
    "answered": "Trả lời",
    "unclear": "Hỏi lại cho rõ",
    "unanswerable": "Chưa trả lời được",
    "redirected": "Chuyển nơi khác",
    "refused": "Từ chối",
    "smalltalk": "Chào hỏi",
    "error": "Lỗi",
}
"""Every status belongs to the family before its first underscore."""
CHANNELS = {"web": "Trang web", "web_plain": "Trang web không có script", "zalo": "Zalo OA", "zalo_bot": "Zalo Bot"}
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
VERDICTS = {"right": "Đúng", "wrong": "Sai", "unsure": "Không rõ"}
FAULTS = {
    "procedure": "Nhầm thủ tục",
    "aspect": "Không đúng ý hỏi",
    "content": "Nội dung sai hoặc đã cũ",
    "missing": "Thiếu ý quan trọng",
    "wording": "Khó hiểu, dễ hiểu lầm",
    "should_ask": "Lẽ ra phải hỏi lại hoặc nói chưa biết",
    "other": "Lỗi khác",
}
UNANSWERED = {
    "unanswerable_not_found": "Không tìm thấy thủ tục",
    "unanswerable_not_in_record": "Hồ sơ thủ tục chưa có mục này",
    "unanswerable_out_of_scope": "Ngoài phạm vi",
}


def family_of(status: str) -> str:
    """answered_expired_warning -> answered."""
    return status.split("_", 1)[0]


def channel_name(channel: str) -> str:
    """A channel that has no name yet keeps its key."""
    return CHANNELS.get(channel, channel)
