"""What an answer's status and parts are called for staff: the codes of the chat API in, Vietnamese out."""

from __future__ import annotations

from collections.abc import Iterable

from actions.answer import AnswerStatus
from actions.words import ASPECT_TITLES

STATUS_NAMES: dict[AnswerStatus, str] = {
    AnswerStatus.ANSWERED: "Trả lời",
    AnswerStatus.ANSWERED_EXPIRED_WARNING: "Trả lời, báo nội dung đã hết hạn",
    AnswerStatus.UNCLEAR_PROCEDURE: "Hỏi lại thủ tục nào",
    AnswerStatus.UNCLEAR_CASE: "Hỏi lại trường hợp nào",
    AnswerStatus.UNCLEAR_QUESTION: "Hỏi lại cho rõ câu hỏi",
    AnswerStatus.NOT_FOUND: "Không tìm thấy thủ tục",
    AnswerStatus.NOT_IN_RECORD: "Hồ sơ thủ tục chưa có mục này",
    AnswerStatus.OUT_OF_SCOPE: "Ngoài phạm vi",
    AnswerStatus.SWITCHED_OFF: "Thủ tục đang tạm ngừng",
    AnswerStatus.OWN_CASE: "Việc riêng của người hỏi",
    AnswerStatus.EMERGENCY: "Chỉ số khẩn cấp",
    AnswerStatus.COMPLAINT: "Chỉ nơi phản ánh, khiếu nại",
    AnswerStatus.OFFICER: "Chuyển gặp cán bộ",
    AnswerStatus.ABUSE: "Từ chối lời lẽ không phù hợp",
    AnswerStatus.INJECTION: "Từ chối yêu cầu điều khiển bot",
    AnswerStatus.SMALLTALK_GREETING: "Chào hỏi",
    AnswerStatus.SMALLTALK_GOODBYE: "Tạm biệt",
    AnswerStatus.SMALLTALK_THANKS: "Cảm ơn",
    AnswerStatus.SMALLTALK_BOT: "Nói về bot",
    AnswerStatus.SMALLTALK_CHAT: "Chuyện phiếm",
    AnswerStatus.ERROR_BAD_INPUT: "Tin nhắn không đọc được",
    AnswerStatus.ERROR_ENGINE: "Lỗi: máy hiểu câu hỏi",
    AnswerStatus.ERROR_NO_INDEX: "Lỗi: chưa có dữ liệu",
    AnswerStatus.ERROR_UNVERIFIED: "Lỗi: câu trả lời không khớp hồ sơ",
    AnswerStatus.ERROR_SWITCHED_OFF: "Trợ lý đang tạm ngừng",
}


def status_words(status: str) -> str:
    """"answered + unclear_case" (several messages) -> both names; what has no name keeps its code."""
    return " + ".join(STATUS_NAMES.get(one, one) for one in status.split(" + "))  # type: ignore[call-overload]


def aspect_words(aspects: Iterable[str]) -> str:
    """["steps", "fees"] -> their titles, parted by commas; "" for none."""
    return ", ".join(ASPECT_TITLES.get(aspect, aspect) for aspect in aspects)
