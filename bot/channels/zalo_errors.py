"""Codes of Zalo's OA API in, what follows from them out.

Source: the official table of error codes of the OA API, as two independent transcriptions of 2026 give it, and for -222, -305
and -311 PyPI zalo-sdk 0.3.0. Some partners' pages give -201 another meaning; they contradict both and are not followed.
"""

from __future__ import annotations

from bot.channels.sending import SendError, Trouble

_TABLE: dict[Trouble, dict[int, str]] = {
    Trouble.RATE: {-32: "gửi quá nhanh so với mức Zalo cho phép"},
    Trouble.TOKEN: {
        -124: "mã truy cập không hợp lệ",
        -216: "mã truy cập không hợp lệ hoặc đã hết hạn",
        -220: "mã truy cập đã hết hạn hoặc bị gỡ",
    },
    Trouble.OFFICE: {
        -202: "chữ ký của ứng dụng không đúng",
        -204: "Official Account bị khóa hoặc đã xóa",
        -205: "không có Official Account này",
        -207: "Official Account chưa liên kết với ứng dụng",
        -208: "Official Account chưa có khóa bí mật",
        -209: "ứng dụng chưa được kích hoạt",
        -212: "Official Account chưa đăng ký dùng chức năng gửi tin",
        -215: "mã ứng dụng không hợp lệ",
        -219: "ứng dụng bị gỡ hoặc bị khóa",
        -221: "Official Account chưa được xác thực",
        -223: "Official Account chưa cấp quyền cho ứng dụng",
        -224: "gói dịch vụ của Official Account chưa đủ để gửi tin",
        -320: "ứng dụng chưa liên kết tài khoản Zalo Cloud",
        -321: "tài khoản Zalo Cloud hết tiền hoặc không thanh toán được",
    },
    Trouble.WINDOW: {
        -211: "hết lượt gửi tin",
        -218: "người dùng hết lượt nhận tin",
        -230: "người dùng không nhắn gì trong 7 ngày qua",
        -232: "hết thời gian được trả lời người dùng",
        -234: "Zalo không cho gửi loại tin này ban đêm",
        -305: "quá 48 giờ nên không được trả lời nữa",
        -311: "hết lượt trả lời người dùng",
    },
    Trouble.UNREACHABLE: {
        -213: "người dùng chưa quan tâm Official Account",
        -217: "người dùng đã chặn Official Account",
        -222: "tài khoản người dùng bị khóa hoặc lâu không hoạt động",
        -227: "tài khoản người dùng bị khóa hoặc lâu không hoạt động",
        -244: "người dùng không nhận loại tin này",
    },
    Trouble.UNSUPPORTED: {-233: "Zalo không nhận loại tin này"},
    Trouble.PERMANENT: {
        -100: "tệp đính kèm đã hết hạn",
        -200: "Zalo không gửi được tin",
        -201: "nội dung gửi có phần không hợp lệ",
        -210: "nội dung gửi vượt giới hạn của Zalo",
        -240: "chức năng gửi tin này đã ngừng",
    },
}
KNOWN = {code: (trouble, words) for trouble, rows in _TABLE.items() for code, words in rows.items()}
REFUSES_BUTTONS = frozenset({-200, -201, -210, -233})
"""Codes that may speak of the buttons alone: the same text without them deserves one more try."""


def error_of(code: int, wait: float | None = None) -> SendError:
    """code: other than 0; one that is not in the table is UNKNOWN. wait: seconds the messenger asks for."""
    trouble, words = KNOWN.get(code, (Trouble.UNKNOWN, "Zalo trả về mã lỗi chưa rõ nghĩa"))
    return SendError(trouble, words, code, wait)
