"""What the words just before a number call it ("số tài khoản Agribank của em là"): their text in, a kind of number out."""

from __future__ import annotations

import re

from bot.gateway.masking_digits import APPLICATION, CARD, IDENTITY, INSURANCE_OR_TAX, LONG_NUMBER, PHONE, PUBLIC

REACH = 60
"""Characters before the number that are read."""

_BANK = (
    r"vietcombank|vietcom|vcb|bidv|agribank|agri|vietinbank|vietin|techcombank|tech|tcb|mb ?bank|mb|acb|sacombank|vpbank|vp ?bank"
    r"|tpbank|tp ?bank|shb|hdbank|ocb|msb|vib|seabank|lp ?bank|lpbank|lienviet(?:post)?bank|eximbank|scb|nam ?a ?bank|pvcombank"
    r"|kienlong(?:bank)?|abbank|saigonbank|bac ?a ?bank|cake|timo|visa|napas|master ?card|ngan hang"
)
_FILLER = (
    r"[ :.,=()\"'-]+|(?:la|so|ma|cua|em|toi|tui|minh|con|chau|anh|chi|ong|ba|co|chu|bac|chong|vo|me|cha|bo|nha|ho|do|nay|day|hien tai"
    r"|dung|cap|moi|cu|hinh nhu|nho la|nguoi (?:mua|ban|nop thue|nop|khai|nhan|lao dong)|ben (?:mua|ban)|don vi|doanh nghiep|cong ty|cty|ho kinh doanh|nhan dan|cong dan|dien tu|xa hoi|y te|ca nhan|thu|the|gan chip|tai|o|mo|chi nhanh|nong nghiep|ngoai thuong"
    r"|cong thuong|dau tu|ca mau|bac lieu|duoc|gom|ghi|nhu sau|lien he|lien lac|dang ky|dt|di dong|goi|qua|vao|ben|ds"
    rf"|{_BANK})\b"
)
_LABEL = re.compile(
    r"\b(?:"
    rf"(?P<{CARD}>s ?tk|tk|tai khoan|so the|the atm|the ngan hang|atm|chuyen khoan|(?:{_BANK})\b(?<!ngan hang))"
    rf"|(?P<{APPLICATION}>(?:ho so|hs) (?:cua (?:em|toi|tui|con|minh) )?(?:so|ma so|ma)|(?:ma|so) (?:so )?(?:ho so|bien nhan|tra cuu|tiep nhan|phieu|giay hen|phieu hen)|bien nhan|phieu hen|giay hen|giay tiep nhan|phieu tiep nhan)"
    rf"|(?P<{INSURANCE_OR_TAX}>bhxh|bhyt|mst|bao hiem|ma so thue|ma thue|(?<!ho )so so)"
    rf"|(?P<{PHONE}>sdt|so dt|dien thoai|zalo|dt|phone|alo|so may|di dong|lien he|lien lac|viber|so fone|fone|dthoai|tel)"
    rf"|(?P<{IDENTITY}>cccd|cmnd|cmt|cmtnd|cm|can cuoc|chung minh|dinh danh|ddcn|ho chieu|giay to|gplx|bang lai|passport|hochieu|giay phep lai xe)"
    rf"|(?P<{PUBLIC}>ma vach|ma hang|ma san pham|barcode|imei|so khung|tong dai|hotline|duong day nong|so truc|truc ban)"
    rf"|(?P<{LONG_NUMBER}>otp|ma pin|ma xac thuc|ma xac nhan|mat khau|ma khach hang|mkh)"
    rf")(?=\b|\d|$)(?:{_FILLER})*+$"
)

_BEHIND = re.compile(
    rf"[ ,(-]{{1,3}}(?:(?:la|cua|tai|o|thuoc|ben|so|ngan hang|cu|em|toi|tui) ){{0,3}}(?:(?P<{CARD}>{_BANK})|(?P<{IDENTITY}>cmnd|cmt|chung minh|cccd|can cuoc|dinh danh))\b"
    r"(?! ?:? ?\d)"
)
"""What stands behind a number and calls it; not when another number follows, which it belongs to."""


def label_after(folded: str, end: int) -> str | None:
    """The kind that the words right behind a number name: "38 165 1367 là số cmnd cũ", "1903… Techcombank"."""
    found = _BEHIND.match(folded, end)
    return found.lastgroup if found else None


def label_before(folded: str, start: int) -> str | None:
    """The kind that the words up to `start` name, the nearest label last: the text is read from REACH characters before it."""
    before = folded[max(0, start - REACH) : start]
    found = _LABEL.search(before)
    if not found:
        return None
    kind, place = found.lastgroup, found.start()
    while later := _LABEL.search(before, place + 1):  # "điện thoại … số tài khoản": the last one speaks
        kind, place = later.lastgroup, later.start()
    return kind
