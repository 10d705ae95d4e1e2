"""How values of a record read in Vietnamese: money, days, time limits, channels."""

from __future__ import annotations

from datetime import date

from index.procedure import Duration, Fee

ASPECT_TITLES = {
    "documents": "Giấy tờ",
    "duration": "Thời hạn",
    "fees": "Phí, lệ phí",
    "post_submit": "Gửi hồ sơ qua bưu chính",
    "post_return": "Nhận kết quả qua bưu chính",
    "online": "Nộp trực tuyến",
    "place": "Nơi nộp",
    "steps": "Các bước",
    "conditions": "Điều kiện",
    "result": "Kết quả",
    "template": "Biểu mẫu",
    "legal_basis": "Căn cứ pháp lý",
    "applicants": "Ai được làm",
    "overview": "Tóm tắt",
}
ASPECT_QUESTIONS = {
    "documents": "cần giấy tờ gì",
    "duration": "bao lâu có kết quả",
    "fees": "phí bao nhiêu",
    "post_submit": "gửi hồ sơ qua bưu điện được không",
    "post_return": "nhận kết quả qua bưu điện được không",
    "online": "nộp trực tuyến được không",
    "place": "nộp ở đâu",
    "steps": "làm theo các bước nào",
    "conditions": "điều kiện gì",
    "result": "nhận được giấy gì",
    "template": "dùng mẫu nào",
    "legal_basis": "theo văn bản nào",
    "applicants": "ai được làm",
    "overview": "là thủ tục gì",
}
CHANNELS = {"direct": "nộp trực tiếp", "online": "nộp trực tuyến", "post": "nộp qua bưu chính"}
UNITS = {"working_days": "ngày làm việc", "days": "ngày", "working_hours": "giờ làm việc", "hours": "giờ", "months": "tháng"}
LEVELS = {"commune": "cấp xã", "province": "cấp tỉnh", "ministry": "cấp bộ", "agency": "cơ quan chuyên ngành"}


def money(amount: int) -> str:
    """Whole đồng -> "1.200.000 đồng"."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def day(value: date) -> str:
    """2026-11-22 -> "22/11/2026"."""
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


def limit(row: Duration) -> str:
    """A time limit in words: "7 ngày làm việc", "trong ngày"; the note alone when the source gives no number."""
    if row.unit == "same_day":
        return "trong ngày"
    return f"{row.amount} {UNITS[row.unit]}" if row.unit else row.note or ""


def amount(fee: Fee) -> str:
    """What a fee row costs: "miễn phí", "50.000 đồng/thẻ", "từ 100.000 đồng đến 300.000 đồng", "10 USD"; "" when not settled."""
    if fee.amount_usd:
        text = f"{fee.amount_usd:,}".replace(",", ".") + " USD"
    elif fee.amount_vnd is None:
        text = f"tối đa {money(fee.max_vnd)}" if fee.max_vnd else ""
    elif fee.amount_vnd == 0 and not fee.max_vnd:
        return "miễn phí"
    elif fee.max_vnd:
        text = f"từ {money(fee.amount_vnd)} đến {money(fee.max_vnd)}"
    else:
        text = money(fee.amount_vnd)
    return f"{text}/{fee.per}" if text and fee.per else text


def sentence(text: str) -> str:
    """First letter raised, one full stop at the end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".!?:;…" else ".")


def lower_first(text: str) -> str:
    """First letter lowered unless the word is an abbreviation: "Bản chính" -> "bản chính", "UBND" stays."""
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]


def asked_by_tap(message: str) -> tuple[str, ...]:
    """The aspects of a message that a tap sent ("<tên> (mã 1.001193) phí bao nhiêu?"); () for one that a person wrote."""
    tail = message.rsplit(")", 1)[-1].strip().rstrip("?").strip()
    asked = {question: aspect for aspect, question in ASPECT_QUESTIONS.items()}
    found = [asked.get(part.strip()) for part in tail.split(",")]
    return tuple(aspect for aspect in found if aspect) if all(found) else ()
