"""What an office's system says of an application -> plain Vietnamese sentences. Pure; nothing is added to what it said."""

from __future__ import annotations

from datetime import date

from bot.gateway.case_status import CaseState, CaseStatus

STATES = {
    CaseState.RECEIVED: "đã được tiếp nhận",
    CaseState.IN_PROGRESS: "đang được xử lý",
    CaseState.NEEDS_MORE: "đang chờ anh/chị bổ sung giấy tờ",
    CaseState.READY: "đã có kết quả, anh/chị đến nhận được",
    CaseState.RETURNED: "đã trả kết quả",
    CaseState.REFUSED: "không được giải quyết",
}
NEXT = {
    CaseState.NEEDS_MORE: "Anh/chị xem phiếu yêu cầu bổ sung, hoặc hỏi nơi nhận hồ sơ để biết còn thiếu giấy tờ gì.",
    CaseState.READY: "Anh/chị mang theo giấy hẹn khi đến nhận.",
    CaseState.REFUSED: "Nơi nhận phải trả lời bằng văn bản, nói rõ lý do; chưa có văn bản thì anh/chị hỏi nơi nhận hồ sơ.",
}
LATE = "Đã quá ngày hẹn: nơi nhận phải có văn bản xin lỗi, nói rõ lý do và hẹn lại ngày trả. Chưa có văn bản thì anh/chị hỏi nơi nhận hồ sơ."
NOT_FOUND = "Dạ, hệ thống của cơ quan không có hồ sơ mang mã này. Anh/chị xem lại từng chữ, từng số trên giấy hẹn rồi nhắn lại giúp tôi."
LOCKED = "Dạ, có nhiều mã không đúng nên tôi tạm ngừng tra trong ít phút. Anh/chị tra bằng mã trên giấy hẹn tại Cổng Dịch vụ công quốc gia, hoặc hỏi quầy đã nhận hồ sơ."
UNAVAILABLE = "Dạ, hiện tôi chưa hỏi được hệ thống của cơ quan. Anh/chị tra bằng mã trên giấy hẹn tại Cổng Dịch vụ công quốc gia, hoặc hỏi quầy đã nhận hồ sơ."
SEND_NUMBER = "Anh/chị nhắn mã hồ sơ ghi trên giấy hẹn, tôi tra giúp tình trạng; mã chỉ dùng để tra, không được lưu lại."
SEND_AGAIN = "Dạ, mã hồ sơ anh/chị nhắn không còn ở chỗ tôi vì mã không được lưu lại. Anh/chị nhắn lại mã, tôi tra ngay."
OPEN_STATES = frozenset({CaseState.RECEIVED, CaseState.IN_PROGRESS})


def told(status: CaseStatus, today: date) -> str:
    """One to five lines."""
    lines = [f"Dạ, hồ sơ của anh/chị {STATES[status.state]}."]
    if status.office:
        lines.append(f"Nơi giải quyết: {status.office}.")
    days = [f"{label} {day:%d/%m/%Y}" for label, day in (("tiếp nhận ngày", status.received), ("hẹn trả ngày", status.due)) if day]
    if days:
        lines.append(f"Hồ sơ {', '.join(days)}.")
    if status.state in OPEN_STATES and status.due and status.due < today:
        lines.append(LATE)
    elif status.state in NEXT:
        lines.append(NEXT[status.state])
    lines.append(f"Theo hệ thống của cơ quan{f', cập nhật ngày {status.as_of:%d/%m/%Y}' if status.as_of else ''}.")
    return "\n".join(lines)
