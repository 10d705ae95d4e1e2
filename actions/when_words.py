"""Vietnamese words for days, hours and handing in, as patterns: language as data for actions.when_day and actions.when.

They match a message after normalise and expand, with its diacritics: folded, "mái" is tomorrow, "một" is the day after and "tôi"
is the evening.
"""

from __future__ import annotations

import re

from index.text import fold

_WORD = re.compile(r"\\[A-Za-z]|~?[^\W\d_]+")


def spelt(pattern: str) -> re.Pattern[str]:
    """A pattern whose words match as written here or without any diacritics, never with other ones; ~word only as written."""

    def either(match: re.Match[str]) -> str:
        word = match.group()
        bare = fold(word)
        return word[1:] if word[0] == "~" else word if bare == word else f"(?:{word}|{bare})"

    return re.compile(_WORD.sub(either, pattern))


NUMBERS = {
    fold(word): n
    for n, word in enumerate("một hai ba bốn năm sáu bảy tám chín mười".split(), 1)
} | {"muoi mot": 11, "muoi hai": 12, "tu": 4, "gieng": 1}
PARTS = {"sang": "morning", "trua": "noon", "chieu": "afternoon", "tối": "evening", "dem": "evening"}
WEEKDAYS = ("hai", "ba", "tu", "nam", "sau", "bay")
"""Folded, from Monday; Sunday has a name of its own."""

_PART = r"(?:(?P<part>sáng|trưa|chiều|~tối|đêm) )?"
_LEAD = r"(?:(?P<lead>hôm|hum|bữa|hồi|ngày|vào) )?"
_SAID = r"(?:một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười(?: một| hai)?)"
_ABOUT = r"(?:mấy|hơn|gần|khoảng|chừng|vài|nửa|cả)"
_UNIT = r"(?P<unit>ngày|bữa|hôm|tuần|tháng)"
_THING = r"(?! ?(?:(?:ngày|bữa|hôm|tuần|tháng|năm)(?! (?:nào|mấy|nay|này|đó))|giờ|tiếng|phút|bản|tờ|cái|lần|người|đứa|tuổi|triệu|trăm|ngàn|nghìn|đồng|mét)\b)"
_NO_RANK = "".join(f"(?<!{word} )" for word in "lần con bản tờ đứa người cái số mục câu vợ bước bậc hạng nước bên vị hàng chỗ".split())
_NO_NAME = "".join(f"(?<!{word} )" for word in "chị cô bà dì thím mợ bé tên thị hoa anh bạn ông".split())
_WEEK = r"(?: (?P<week>(?:của )?tuần (?:này|trước|rồi|qua|vừa rồi|vừa qua|sau|tới)|này|trước|rồi|vừa rồi|tới|sau))?"
_GO = r"(?:xã|phường|tỉnh|công an|ủy ban|trung tâm|một cửa|quầy)"
_OPEN = r"(?<![\w.,/-])"
_SHUT = r"(?![\w/-]|[.,]\d)"

DAYS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, spelt(pattern))
    for kind, pattern in (
        ("lunar", rf"\b{_LEAD}(?:(?:mùng|mồng) (?P<day>\d{{1,2}}|{_SAID})|rằm)\b(?: tháng (?:\d{{1,2}}|{_SAID}|giêng|chạp))?"),
        ("lunar", rf"{_OPEN}{_LEAD}\d{{1,2}}(?:[/.-]| tháng )(?:\d{{1,2}}|{_SAID}|giêng|chạp) (?:âm|al)\b"),
        ("lunar", rf"\b{_LEAD}\d{{1,2}} (?:âm lịch|tháng (?:giêng|chạp)|tết)\b"),
        ("today", rf"\b(?:{_PART}(?:hôm|hum|bữa) (?:nay|ni)|(?P<part_now>sáng|trưa|chiều|~tối|đêm) (?:nay|ni)|h[ôo]?m?nay)\b"),
        ("this_part", r"\bhồi (?P<part>sáng|trưa|chiều)\b(?! (?:hôm|bữa|qua|thứ|chủ|ngày|mai|kia|mốt|\d))"),
        ("yesterday", rf"\b(?:{_PART}(?:ngày )?(?:hôm|hum|bữa) qua|(?P<part_now>sáng|trưa|chiều|~tối|đêm) qua|h[ôo]?m?qua)\b"),
        ("two_ago", rf"\b{_PART}(?:hôm|hum|bữa) kia\b"),
        ("three_ago", rf"\b{_PART}(?:hôm|hum|bữa) ~kìa\b"),
        ("someday", r"\bmai mốt\b|\b(?:hôm|bữa|ngày) (?:nào|tới)\b(?= (?:\w+ ){0,2}nộp)"),
        ("tomorrow", rf"\b(?:{_PART}(?:ngày|bữa|hôm) (?:mai|mơi)|(?P<part_now>sáng|trưa|chiều|~tối) (?:mai|mơi))\b(?! táng)"),
        ("tomorrow", rf"{_NO_NAME}\bmai(?= (?:(?:tôi|em|mình|con|cháu|anh|chị|mới|sẽ|đi|ra|lên|{_GO}) ){{0,4}}(?:nộp|gửi|đi làm)\b)|(?<=nộp )mai\b(?! táng)"),
        ("in_two", rf"\b(?:{_PART}(?:(?:ngày|bữa) mốt|~mốt)|ngày kia|(?P<part_now>sáng|trưa|chiều) mốt)\b(?! táng)"),
        ("weekday", rf"\b{_PART}{_LEAD}(?:{_NO_RANK}thứ (?P<name>hai|ba|tư|năm|sáu|bảy|[2-7])|t(?P<short>[2-7])|(?P<sunday>chủ nhật|cn))(?![/.-]?\d)\b(?! (?:bản|tờ|cái|lần|người|đứa|triệu|trăm|ngàn|nghìn|đồng)\b){_WEEK}"),
        ("full", r"(?<![\d/.-])(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d/-])"),
        ("full", rf"{_OPEN}{_PART}{_LEAD}(?P<day>\d{{1,2}}) ?[/-] ?(?P<month>\d{{1,2}})(?: ?[/-] ?(?P<year>\d{{4}}|\d{{2}}))?{_SHUT}{_THING}"),
        ("full", rf"{_OPEN}{_PART}(?P<lead>hôm|hum|bữa|ngày) (?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})(?:\.(?P<year>\d{{4}}|\d{{2}}))?{_SHUT}{_THING}"),
        ("full", rf"{_OPEN}{_PART}{_LEAD}(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}){_SHUT}"),
        ("full", rf"{_OPEN}{_PART}{_LEAD}(?P<day>\d{{1,2}}|{_SAID})[ -]?tháng[ -]?(?P<month>\d{{1,2}}|{_SAID})\b(?:,? ?(?:năm |/|-)(?P<year>\d{{4}}))?{_SHUT}{_THING}"),
        ("ago", rf"\b(?=(?:{_ABOUT}|\d{{1,3}}|{_SAID}) )(?:(?P<about>{_ABOUT}) )?(?:(?P<count>\d{{1,3}}|{_SAID}) )?{_UNIT} (?:trước|rồi|nay|qua|về trước)\b"),
        ("ago", rf"\bcách đây (?:(?P<about>{_ABOUT}) )?(?:(?P<count>\d{{1,3}}|{_SAID}) )?{_UNIT}\b"),
        ("ahead", rf"\b(?P<count>\d{{1,3}}|{_SAID}) {_UNIT} nữa\b"),
        ("vague", r"\b(?:hôm|bữa) (?:trước|rồi|hổm|bữa|nọ)\b|\bhổm rày\b|\b(?:đầu|giữa|cuối) (?:tuần|tháng|năm)(?: (?:này|trước|rồi|sau|tới|\d{1,2}))?\b|\b(?:tuần|tháng) (?:này|trước|rồi|qua|sau|tới|\d{1,2}(?:/\d{4})?)\b(?![/-])"),
        ("bare", rf"\b{_PART}(?P<lead>hôm|hum|bữa|ngày) (?P<day>\d{{1,2}}){_SHUT}{_THING}(?! ?(?:làm việc|tháng|âm))"),
    )
)
"""(kind, pattern), the one to be believed first before the others where two begin at the same place and are equally long."""

TIME = spelt(
    r"(?<![\d/.,-])(?P<lead>(?:lúc|hồi|vào|khoảng) )?(?P<hour>\d{1,2}) ?(?:giờ|g|:)(?! ?(?:làm việc|nữa|trước|đồng hồ))(?: ?(?P<minute>[0-5]\d)(?!\d))?(?P<half> rưỡi)?(?: (?P<part>sáng|trưa|chiều|~tối))?\b"
)
PART_OF_DAY = spelt(r"\bbuổi (?P<part>sáng|trưa|chiều|~tối)\b")

FILED = spelt(
    r"\b(?:(?:nộp|gửi|~gởi)(?! (?:phạt|thuế|tiền|lệ phí|phí))|goi (?=ho so|giay)|(?:đưa|giao|bỏ|đem) (?=hồ sơ|giấy|đơn)|tiếp nhận|nhận (?:được )?(?=hồ sơ)|hồ sơ)\b"
)
"""Words of handing in."""
DONE = spelt(
    rf"\b(?:làm(?! việc| sao| thế| gì)|đăng ký|xin|khai(?! sinh| tử)|đi khai|(?:khai sinh|khai tử) cho|lăn tay|chụp hình|(?:đi|ra|lên|xuống|vô|đến|tới) (?={_GO}))\b"
)
"""Words of what is done at the office, which say as much when they stand near a day."""
HAPPENED = spelt(
    r"\b(?:(?<!khai )(?<!học )(?<!vệ )(?<!chứng )(?:sinh|sanh)(?! viên| hoạt)|đẻ|mất|chết|qua đời|cưới|hết hạn|hẹn|trả|nhận kết quả|lấy|cấp (?=ngày|hôm)|ký|mua|bán|nghỉ|bay|họp|thi|viện|xảy ra|tai nạn|khám|hiệu lực|nhập học|dọn|chuyển)\b"
)
"""Words of another event: a day beside them is not the day of handing in."""
PLANNED = spelt(r"\b(?:sẽ|định|tính|chuẩn bị|sắp|muốn|nếu|giả sử|để|đợi|chờ|phải|nên)\b")
OVER = spelt(
    r"\b(?:đã|vừa|mới|được)\b(?= (?:\w+ ){0,2}?(?:nộp|gửi|làm|đăng ký|khai|đi|đưa))|\brồi\b(?=\W*$|[,.;?!]| (?:mà|giờ|nay|tới|đến|chừng|bao|khi|bữa|ngày|chưa|sao|không biết|vẫn|thì|ạ|ad|đó|á)\b)|\bchưa\b(?! (?:nộp|gửi|làm|đi))|\b(?:trễ|quá hẹn|quá hạn|lâu quá|tới giờ|đến giờ|hồi nãy)\b"
)
SUPPOSED = spelt(r"(?:thì|là)\b")
NOT_BEFORE = spelt(r"(?:(?:tôi|em|con|mình|cháu) )?mới\b")
"""After a day: "thứ Sáu tôi mới nộp" is still to come, "mới nộp thứ Sáu" is over."""
CHANNELS = (
    ("post", spelt(r"\b(?:nộp|gửi|~gởi|goi|đưa|nhờ)\b(?: \w+){0,8}? (?:bưu điện|bưu chính|chuyển phát|ems)\b|\b(?:qua|bằng|đường) (?:bưu điện|bưu chính)(?= (?:hôm|ngày|bữa|sáng|chiều|thứ|\d))")),
    ("online", spelt(r"\b(?:trực tuyến|qua mạng|trên mạng|qua app|dịch vụ công|vneid|trên web)\b")),
    ("direct", spelt(rf"\b(?:trực tiếp|tại quầy|tận nơi|(?:ra|lên|tại|ở|vô|tới) {_GO})\b")),
)
