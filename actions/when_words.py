"""Vietnamese words for days, hours and handing in, as patterns: language as data for actions.when_day and actions.when.

They match a message after normalise and expand, with its diacritics: folded, "mái" is tomorrow, "một" is the day after and "tôi"
is the evening.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from index.telex import is_spelt, is_syllable
from index.text import TOKEN, expand, fold, normalise

_WORD = re.compile(r"\\[A-Za-z]|~?[^\W\d_]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SHAPES = re.compile("[\u0302\u0306\u031b]")
TONE_KEYS, MIN_KEYED = "fsrxj", 4
"""Telex keys of the tones, and the letters of a word from which the last one may be one: "ems" is a word."""


HALF_TYPED = {"nọp": "nộp", "nôp": "nộp", "gưi": "gửi", "gủi": "gửi"}
"""Verbs of handing in as expand leaves "nopj" and "noop": no words, so the search shall not see them."""


@lru_cache(maxsize=1024)  # asked before and in answering
def written_out(message: str) -> str:
    """A message as the patterns here read it: normalised, expanded, single spaces, without a Telex key that `expand` left behind a
    half-typed syllable ("chieuf" -> "chieu")."""
    return " ".join(TOKEN.sub(_without_key, expand(normalise(message))).split())


def _without_key(match: re.Match[str]) -> str:
    word = match.group()
    if word in HALF_TYPED:
        return HALF_TYPED[word]
    left = len(word) >= MIN_KEYED and word[-1] in TONE_KEYS and not is_spelt(word) and is_syllable(word[:-1])
    return word[:-1] if left else word


def spelt(pattern: str) -> re.Pattern[str]:
    """A pattern whose words match as written here, without any diacritics, or as half-typed Telex leaves them, with the tone alone
    or the letters' marks alone (nộp, nop, nọp, nôp); never with other ones. ~word only as written."""

    def either(match: re.Match[str]) -> str:
        word = match.group()
        if word[0] == "~":
            return word[1:]
        apart = unicodedata.normalize("NFD", word)
        half = (_TONES.sub("", apart), _SHAPES.sub("", apart).replace("đ", "d"))
        ways = dict.fromkeys((word, fold(word), *(unicodedata.normalize("NFC", way) for way in half)))
        return word if len(ways) == 1 else f"(?:{'|'.join(ways)})"

    return re.compile(_WORD.sub(either, pattern))


NUMBERS = {
    fold(word): n
    for n, word in enumerate("một hai ba bốn năm sáu bảy tám chín mười".split(), 1)
} | {"muoi mot": 11, "muoi hai": 12, "tu": 4, "gieng": 1}
PARTS = {
    "sang": "morning", "xang": "morning", "som": "morning", "trua": "noon", "chieu": "afternoon", "chiu": "afternoon",
    "tối": "evening", "dem": "evening",
}
WEEKDAYS = ("hai", "ba", "tu", "nam", "sau", "bay")
"""Folded, from Monday; Sunday has a name of its own."""

_DAYTIME = "sáng|xáng|sớm|trưa|chiều|chìu"
"""Halves of a day, with how they are often misspelt."""
_PART = rf"(?:(?P<part>{_DAYTIME}|~tối|đêm) )?"
_LEAD = r"(?:(?P<lead>hôm|hum|bữa|hồi|ngày|vào) )?"
_SAID = r"(?:một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười(?: một| hai)?)"
_ABOUT = r"(?:mấy|hơn|gần|khoảng|chừng|vài|nửa|cả)"
_UNIT = r"(?P<unit>ngày|bữa|hôm|tuần|tháng)"
_THING = r"(?! ?(?:(?:ngày|bữa|hôm|tuần|tháng|năm)(?! (?:nào|mấy|nay|này|đó))|giờ|tiếng|phút|bản|tờ|cái|lần|người|đứa|tuổi|triệu|trăm|ngàn|nghìn|đồng|mét)\b)"
_NO_RANK = "".join(f"(?<!{word} )" for word in "lần con bản tờ đứa người cái số mục câu vợ bước bậc hạng nước bên vị hàng chỗ".split())
_NO_NAME = "".join(f"(?<!{word} )" for word in "chị cô bà dì thím mợ bé tên thị hoa anh bạn ông".split())
_WEEK = r"(?: (?P<week>(?:của )?tuần (?:này|nay|trước|rồi|qua|vừa rồi|vừa qua|sau|tới)|này|nay|trước|rồi|vừa rồi|mới rồi|vừa qua|~tới|toi(?! (?:\w+ )?nop)|sau))?"
_GO = r"(?:xã|phường|tỉnh|công an|ủy ban|trung tâm|một cửa|quầy)"
_OFFICE = rf"(?:{_GO}|cơ quan|bộ phận|phòng|sở|cục|hệ thống|cán bộ|bên (?:đó|kia)|người ta|họ)"
_WHO = r"(?:tôi|em|e|mình|con|cháu|anh|chị)"
_START = "".join(("(?:^|(?<=[,.;?!] )", *(rf"|(?<=\b{word} )" for word in "tôi em e mình con cháu anh chị dạ mà thì ơi vợ chồng ba má mẹ".split()), ")"))
"""Where a word stands that begins a clause, or follows who does it: "nay" and "mai" alone are a day there, elsewhere they are
"này" or "mái"."""
_DO = r"(?:nộp|gửi|làm|đi|ra|lên|xuống|khai|xin|đăng ký|đổi|lăn tay|bỏ|giao)"
_NO_STRETCH = "".join(f"(?<!{word} )" for word in "năm tháng ngày tuần lâu đến tới hiện mấy trước rày giờ xưa".split())
_ACCENTED = r"(?:(?<=[^\x00-\x7f] )|(?<=[^\x00-\x7f]\w )|(?<=[^\x00-\x7f]\w\w )|(?<=nop )|(?<=xong )|(?<=roi ))"
"""Behind a word with diacritics "nay" is no "này"."""
_ENDS = r"(?=\W*$|\s*[,.?!;]| (?:thì|mà|chừng|khi|bao|bữa|hôm|ngày|mấy|luôn|nè|rồi|đó|á|ạ)\b)"
_OPEN = r"(?<![\w.,/-])"
_SHUT = r"(?![\w/-]|[.,]\d)"

DAYS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, spelt(pattern))
    for kind, pattern in (
        ("lunar", rf"\b{_LEAD}(?:(?:mùng|mồng) (?P<day>\d{{1,2}}|{_SAID})|rằm)\b(?: tháng (?:\d{{1,2}}|{_SAID}|giêng|chạp))?"),
        ("lunar", rf"{_OPEN}{_LEAD}\d{{1,2}}(?:[/.-]| tháng )(?:\d{{1,2}}|{_SAID}|giêng|chạp) (?:âm|al)\b"),
        ("lunar", rf"\b{_LEAD}\d{{1,2}} (?:âm lịch|tháng (?:giêng|chạp)|tết)\b"),
        ("today", rf"\b(?:{_PART}(?:hôm|hum|bữa) (?:nay|ni)|(?P<part_now>{_DAYTIME}|~tối|đêm) (?:nay|ni)|h[ôo]?m?nay)\b"),
        ("today", rf"{_START}nay\b(?= (?:(?:{_WHO}|mới|sẽ|tính|định|vừa|đã|rồi) ){{0,3}}{_DO}\b| (?:là |nhằm |đúng )?(?:rằm|mùng|mồng|thứ|chủ nhật)\b)"),
        ("today", rf"(?<=nộp )nay\b|{_NO_STRETCH}{_ACCENTED}nay\b{_ENDS}"),
        ("this_part", rf"\bhồi (?P<part>{_DAYTIME})\b(?! (?:hôm|bữa|qua|thứ|chủ|ngày|mai|kia|mốt|\d))"),
        ("yesterday", rf"\b(?:{_PART}(?:ngày )?(?:hôm|hum|bữa) qua|(?P<part_now>{_DAYTIME}|~tối|đêm) qua|h[ôo]?m?qua)\b"),
        ("two_ago", rf"\b{_PART}(?:hôm|hum|bữa) kia\b"),
        ("three_ago", rf"\b{_PART}(?:hôm|hum|bữa) ~kìa\b"),
        ("someday", r"\bmai mốt\b|\b(?:hôm|bữa|ngày) (?:nào|tới)\b(?= (?:\w+ ){0,2}nộp)"),
        ("tomorrow", rf"\b(?:{_PART}(?:ngày|bữa|hôm) (?:mai|mơi)|(?P<part_now>{_DAYTIME}|~tối) (?:mai|mơi))\b(?! táng)"),
        ("tomorrow", rf"{_NO_NAME}\bmai(?= (?:(?:tôi|em|mình|con|cháu|anh|chị|mới|sẽ|đi|ra|lên|{_GO}) ){{0,4}}(?:nộp|gửi|đi làm)\b)|(?<=nộp )mai\b(?! táng)"),
        ("tomorrow", rf"{_NO_NAME}{_START}mai(?= (?:(?:{_WHO}|mới|sẽ|tính|định) ){{0,3}}{_DO}\b)"),
        ("tomorrow", rf"{_START}mai(?=,? (?:là )?(?:thứ|t[2-7]\b|chủ nhật|cn\b))"),
        ("in_two", rf"\b(?:{_PART}(?:(?:ngày|bữa) mốt|~mốt)|ngày kia|(?P<part_now>{_DAYTIME}) mốt)\b(?! táng)"),
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
    r"\b(?:(?:nộp|gửi|~gởi)(?! (?:phạt|thuế|tiền|lệ phí|phí))|goi (?=ho so|giay)|(?:đưa|giao|bỏ|đem) (?=hồ sơ|giấy|đơn|bưu điện)|tiếp nhận(?! và\b)|nhận (?:được )?(?=hồ sơ)|hồ sơ)\b"
)
"""Words of handing in."""
TAKEN = spelt(
    rf"\b(?:(?<!chưa )(?<!bộ phận )tiếp nhận(?! và\b)|{_OFFICE}(?: (?:đã|mới|vừa|sẽ|xác nhận))* (?:ký )?nhận(?: đủ| được)?(?! chưa| kết quả)|ký nhận|(?:đã|được) nhận(?: đủ)?(?= (?:hồ sơ|giấy|hôm|bữa|ngày|thứ|sáng|chiều|\d))|nhận đủ|ghi nhận|ngày (?:tiếp )?nhận hồ sơ"
    rf"|(?:(?:bưu điện|bưu tá|shipper) (?:đã |mới )?)?(?:giao|phát|(?:bưu điện|hồ sơ|thư|giấy) (?:\w+ ){{0,4}}?chuyển)(?: \w+){{0,2}}? (?:tới|đến|cho|lên|về|xuống) {_OFFICE}|(?:bưu điện|bưu tá|shipper) (?:đã |mới )?(?:giao|phát|chuyển)|(?:hồ sơ|thư) (?:đã |mới )?(?:tới|đến) {_OFFICE})\b(?! kết quả)"
)
"""Words of the office's own receipt: its day counts, not that of sending."""
DONE = spelt(
    rf"\b(?:làm(?! việc| sao| thế| gì| mất| hư| rớt| rơi| rách| lạc)|đăng (?:ký|kí)|xin|khai(?! sinh| tử)|đi khai|(?:khai sinh|khai tử) cho|chụp (?:hình|ảnh)|(?:đi|ra|lên|xuống|vô|đến|tới) (?={_GO}))\b"
)
"""Words of what is done at the office, which say as much when they stand near a day."""
AT_COUNTER = spelt(
    rf"\b(?:lăn (?:dấu )?(?:vân )?tay|(?:lấy|thu|quét)(?: nhận)? (?:dấu )?(?:vân tay|sinh trắc)|(?:đi|ra|lên|xuống|vô|đến|tới|qua|ghé) (?:{_GO}(?: \w+){{0,4}}? )?(?:làm|khai|xin|đăng (?:ký|kí)|đổi|báo|cắt|nhập|mở khóa|kích hoạt|sang tên|gia hạn|chứng thực|sao y|ký tên|lăn)|xin mở khóa|làm (?:thủ tục|giấy tờ) xong)\b"
)
"""Words of having been at the counter, or going there: they reach further."""
HAPPENED = spelt(
    r"\b(?:(?<!khai )(?<!học )(?<!vệ )(?<!chứng )(?:sinh|sanh)(?! viên| hoạt)|đẻ|mất|chết|qua đời|cưới|hết hạn|(?<!nào )(?<!giờ )(?<!mấy )(?:hẹn|trả|nhận kết quả|lấy(?! (?:dấu|vân|sinh trắc)))|cấp (?=ngày|hôm)|ký|mua|(?<!ủy )bán|nghỉ|bay|họp|thi(?! (?:chung|bao|khi|bua|hom|ngay|may|toi|em|tui|minh|xong|la|co|den|nop|lam)\b)|viện|xảy ra|tai nạn|khám|hiệu lực|nhập học|dọn|chuyển)\b"
)
"""Words of another event: a day beside them is not the day of handing in."""
PLANNED = spelt(r"\b(?:sẽ|định|tính|chuẩn bị|sắp|muốn|nếu|giả sử|để|đợi|~chờ|cho (?=thu|ngay|toi|den|sang|mai)|phải|nên)\b")
OVER = spelt(
    r"\b(?:đã|vừa|mới|được)\b(?= (?:\w+ ){0,2}?(?:nộp|gửi|làm|đăng (?:ký|kí)|khai|đi|đưa|ra|lên|giao|bỏ|lăn|chụp|xin|lấy (?:dấu|vân)|tiếp nhận|nhận (?:đủ|hồ sơ|hôm|bữa|ngày|thứ)))|\brồi\b(?=\W*$|[,.;?!]| (?:mà|giờ|nay|tới|đến|chừng|bao|khi|bữa|ngày|chưa|sao|không biết|vẫn|thì|ạ|ad|đó|á)\b)|\bchưa\b(?! (?:nộp|gửi|làm|đi))|\b(?:trễ|quá hẹn|quá hạn|lâu quá|tới giờ|đến giờ|hồi nãy)\b"
)
SUPPOSED = spelt(r"(?:thì|là)\b")
NOT_BEFORE = spelt(r"(?:(?:tôi|em|con|mình|cháu) )?mới\b")
"""After a day: "thứ Sáu tôi mới nộp" is still to come, "mới nộp thứ Sáu" is over."""
CHANNELS = (
    ("post", spelt(r"\b(?:nộp|gửi|~gởi|goi|đưa|nhờ|bỏ)\b(?: \w+){0,8}? (?:bưu điện|bưu chính|chuyển phát|ems)\b|\b(?:qua|bằng|đường) (?:bưu điện|bưu chính)(?= (?:hôm|ngày|bữa|sáng|chiều|thứ|\d))|\b(?:bưu điện|bưu tá|shipper) (?:đã |mới )?(?:giao|phát|chuyển)\b")),
    ("online", spelt(r"\b(?:trực tuyến|qua mạng|trên mạng|qua app|dịch vụ công|vneid|trên web)\b")),
    ("direct", spelt(rf"\b(?:trực tiếp|tại quầy|tận nơi|(?:ra|lên|tại|ở|vô|tới) {_GO})\b")),
)
