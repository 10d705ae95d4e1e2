"""How Vietnamese asks for a part of a procedure: aspect -> patterns over folded, written-out text; and the words of asking
that name no procedure. Language knowledge as data.

Used as evidence beside the learnt aspect classifier, and alone while no engine runs. Each pattern is linear: no nested
quantifiers, gaps of a few words at most.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.text import expand, fold, normalise, tokens

_GAP = r"(?:\w+ ){0,4}?"
_PATTERNS: dict[str, tuple[str, ...]] = {
    "documents": (
        r"(?:giay to|giay|ho so|tai lieu|to khai|don tu) (?:gi|nao|chi|nhung gi|gom|can|bao gom|ra sao)\b",
        r"\bcan (?:nhung |co |them )?(?:gi|chi|nao)\b",
        r"\bcan (?:nhung |co |san |them )?(?:giay|ho so|to)\b",
        r"chuan bi",
        rf"(?:mang|dem|nop|dua|trinh|cam|kem) (?:theo |ra |them )?{_GAP}(?:gi|giay nao|giay gi|nhung gi)\b",
        r"thanh phan ho so",
        r"ho so (?:gom|can|co|bao gom|nhu the nao)",
        r"bao nhieu ban\b",
        r"may ban\b",
        r"ban (?:sao|chinh|goc) (?:hay|duoc|khong|co)",
        r"photo (?:duoc|khong|hay|cong chung)",
        r"phai nop (?:nhung )?(?:gi|chi)",
        r"can (?:dap ung|bo sung) gi",
        r"thieu (?:\w+ ){1,5}(?:duoc khong|co sao)",
    ),
    "duration": (
        r"bao lau",
        r"\bmay (?:ngay|bua|hom|tuan|thang|tieng)\b(?! (?:nay|truoc|roi|qua))",
        r"chung nao",
        r"khi nao (?:thi )?(?:co|xong|lay|tra|nhan|ra|duoc)",
        r"bao gio (?:thi )?(?:co|xong|lay|tra|nhan|ra|duoc)",
        r"bao nhieu (?:ngay|lau|tuan|thang)",
        r"\blau (?:khong|lam khong|hong)",
        r"thoi (?:gian|han) (?:giai quyet|xu ly|bao|lam|cap|tra|la|may|nhu)",
        r"(?:lay|co|xong) (?:lien|ngay|trong ngay) (?:duoc )?(?:khong|hong|luon)",
        r"co lien",
        r"(?:cho|doi|mat) (?:bao )?(?:lau|may)",
        r"kip khong",
        r"thi sao(?= thoi gian)|thoi gian (?:thi )?sao|con thoi gian",
    ),
    "fees": (
        r"(?<!mai tang )(?<!hoc )(?<!vien )(?<!chi )(?<!kinh )(?<!an )\b(?:le )?phi\b(?! hanh)",
        r"nhieu tien",
        r"\bton (?:bao |nhieu|tien|kem|phi|het|khong|may)",
        r"\bhet (?:bao )?nhieu\b",
        r"\bhet may\b",
        r"mat (?:tien|bao nhieu|nhieu)(?! ngay)",
        r"dong (?:bao )?nhieu",
        r"dong (?:tien|phi|khoan|thue gi)",
        r"\bgia (?:bao nhieu|sao|ca|nhieu)",
        r"bao nhieu (?:tien|dong|do|mot|k\b)",
        r"thu (?:tien|bao nhieu|nhieu|khong)",
        r"may (?:tram|chuc|ngan|nghin|trieu|dong)\b",
        r"mien phi",
        r"\bnhieu (?:mot|1) (?:ban|to|cai|lan)",
        r"tien (?:nong|lam|cong) (?:sao|the nao)",
        r"tra (?:bao )?nhieu",
        r"(?:bao|ton|het) nhieu\b(?! (?:ngay|ban|lau|tuoi|thang|nguoi))",
    ),
    "post_submit": (
        rf"(?:gui|nop|chuyen|gởi|goi) {_GAP}(?:qua |bang |duong |theo |ra |bang duong )?(?:buu dien|buu chinh|chuyen phat|ems)",
        r"(?:qua|bang|duong) (?:buu dien|buu chinh|chuyen phat)(?! ve)",
        r"(?:buu dien|buu chinh) (?:duoc|co nhan|nhan|khong)",
        r"gui (?:ho so|giay to) (?:len|ra|ve xa|xuong)",
    ),
    "post_return": (
        rf"(?:gui|tra|giao|ship|phat|goi) {_GAP}(?:ve|toi|tan|den|tai) (?:tan |toi |cho )?(?:nha|que|dia chi)",
        # "chuyển khẩu về nhà chồng" moves a person, not a paper
        rf"chuyen (?:giay|ket qua|kq|the|so|bang|phieu|ho chieu|ban|cho (?:em|toi|tui|minh)|phat|giup|gium) {_GAP}(?:ve|toi|tan|den|tai) (?:tan |toi |cho )?(?:nha|que|dia chi)(?! (?:chong|vo|ba|me|ma|cha|noi|ngoai))",
        rf"(?:tra|nhan|lay) {_GAP}(?:qua|bang|o|tai|tu) (?:duong )?(?:buu dien|buu chinh|nha)",
        r"gui buu dien ve",
        r"(?:buu dien|buu chinh) ve\b(?! (?:xa|phuong|uy ban|ubnd|tinh|so|trung tam|co quan)\b)",
        r"ket qua (?:qua|bang) (?:buu|duong buu)",
        rf"(?:gui|ship|giao) (?:the|giay|ket qua|bang|ho chieu|so|phieu) {_GAP}(?:buu dien|ve)",
    ),
    "online": (
        r"truc tuyen",
        r"(?:tren|qua|bang|nop|lam|khai|dang ky) (?:mang|app|internet|dien thoai|may tinh|vneid|cong dich vu|dich vu cong|zalo|trang web|web)\b",
        r"ngoi (?:o )?nha",
        r"(?:o|tai) nha (?:lam|khai|nop|dang ky|bam)",
        r"kenh nao",
        r"khong (?:can|phai) (?:ra|di|len) (?:xa|phuong|tinh|uy ban|cong an)",
        r"khoi (?:ra|di|len) (?:xa|phuong|uy ban|cong an)",
    ),
    "place": (
        r"\b(?:o|ra|di|toi|len|den|nop|gap|tai|xin|lam|lay|xuong|ve|vo|qua|kiem|tim) (?:cho )?dau\b",
        r"\bdau (?:vay|nhi|a|ta|de|nop|lam|xin)\b",
        r"\b(?:cho|noi|co quan|don vi|phong|so|ban|xa|phuong|tinh|uy ban|cong an|toa|trung tam) nao\b",
        r"\b(?:xa|phuong|tinh|cong an|uy ban|so|huyen) hay (?:la |phai |ra |len |o )?(?:xa|phuong|tinh|cong an|uy ban|so|huyen|trung tam|toa|chi nhanh)",
        r"gap ai|nop (?:cho )?ai|bao (?:cho )?ai|hoi ai|ai (?:giai quyet|cap|nhan ho so|tiep nhan|xu ly)",
        rf"(?:tinh|xa|noi|cho|phuong) khac {_GAP}duoc (?:khong|hong)",
        r"(?:o day|tai day|noi tam tru|o sai gon|o ca mau|noi minh o|o que|tai que) (?:luon )?(?:duoc|co duoc|thi)",
        r"dia chi (?:nop|lam|o)",
        r"gio lam viec|thu bay co|may gio (?:mo|lam)",
        r"\bxa (?:lam|nhan|cap|ky|co lam|giai quyet) (?:duoc )?(?:khong|hong)",
        r"(?:o|ra|tai) (?:xa|phuong|uy ban|ubnd|tinh|cong an)\w* (?:xa |phuong |tinh )?duoc (?:khong|hong)",
    ),
    "steps": (
        r"cac buoc|tung buoc|buoc (?:nao|dau|tiep|mot|1)|may buoc",
        r"trinh tu|quy trinh",
        r"thu tuc (?:\w+ ){0,6}?(?:the nao|nhu the nao|ra sao|sao)\b",
        r"thu tuc lam sao\b",
        r"(?:lam|khai|nop|dang ky|xin|bao|giai quyet|thuc hien|tien hanh) (?:\w+ ){0,5}?(?:the nao|nhu the nao|ra sao|kieu gi|lam sao|bang cach nao)",
        r"\blam sao (?:de|cho|gio|bay gio|duoc)",
        r"(?:khai|lam|nop) sao\b",
        r"\b(?:gio|vay|day|lai) (?:sao|tinh sao|phai sao)\b(?! (?:vay )?y)",
        r"huong dan",
        r"\bcach (?:lam|nop|dang ky|xin|khai|nao)\b",
        r"bat dau tu dau|lam gi truoc|di dau truoc",
        r"chi (?:em|tui|toi|minh|con|chau|giup|cach)\b",
    ),
    "conditions": (
        r"dieu kien",
        r"(?:bao nhieu|may|du) tuoi",
        r"truong hop nao",
        r"(?:co )?bat buoc",
        r"\bco (?:duoc|phai|can|bi|dang|du) (?:\w+ ){1,12}?(?:khong|hong|chua)\b",
        r"doi tuong nao",
        r"(?:ai|nguoi nao) (?:duoc huong|thuoc dien)",
        r"trong (?:bao nhieu|may|vong|thoi han)",
        r"(?:cham|tre) nhat",
        r"han chot",
        r"\bbi phat",
        r"duoc (?:nhan|huong|lanh|cap|lam|mua|xin|dang ky) (?:\w+ ){0,5}?(?:khong|hong)\b",
        r"co xin duoc|co duoc (?:khong|hong)",
        r"truoc may (?:gio|tieng|ngay)|luc nao|may gio",
        r"phai (?:co mat|cung di|di cung)",
    ),
    "result": (
        r"nhan duoc (?:giay |cai |nhung )?gi",
        r"duoc (?:cap|nhan|phat) (?:giay |to )?gi\b",
        r"duoc (?:lanh|huong|nhan|tra|ho tro) (?:bao nhieu|may|nhieu)",
        r"(?:co )?(?:gia tri|hieu luc|thoi han) (?:bao lau|may|trong|den|su dung|khong|nhu|toi)",
        r"ket qua (?:la )?(?:gi|giay)",
        r"(?:xai|dung|su dung) duoc (?:bao lau|may)",
        r"(?:luong|tro cap|tien|muc huong) (?:\w+ ){0,4}?(?:bao nhieu|nhieu|may)\b",
    ),
    "template": (
        r"\bmau (?:nao|so|don|gi|to khai|ct|dc|tk|bieu|moi)\b",
        r"bieu mau",
        r"to khai (?:nao|gi|mau|so|o dau)",
        r"don (?:nao|theo mau|mau|viet sao|lay o dau)",
        r"(?:tai|xin|lay|dien|viet|kiem|mua|in) (?:\w+ ){0,2}?(?:mau|to khai|don)\b",
        r"viet don (?:sao|the nao|nhu)",
    ),
    "legal_basis": (
        r"can cu (?:vao|phap ly|theo|nao|luat)",
        r"\bluat nao|theo luat|nghi dinh (?:nao|so|may)|thong tu (?:nao|so|may)|van ban (?:nao|phap)|quy dinh (?:nao|tai|o dau|cua luat)|dieu (?:may|nao|luat)|co so phap ly|hiep dinh nao",
    ),
    "applicants": (
        r"uy quyen",
        r"\b(?:di|lam|nop|ky|lay|nhan|khai|dung|xin|dang ky) (?:\w+ ){0,2}?(?:thay|giup|gium|dum|ho)\b",
        r"\bnho (?:nguoi|con|vo|chong|em|ai|chi|anh|cha|me|ba|ban|hang xom|chau|thang|dua)",
        r"\bai (?:duoc|phai|di|lam|nop|dung|co quyen|la nguoi|ky|khai|yeu cau|moi|xin|co the)",
        r"(?:nguoi nao|nhung ai|doi tuong nao) (?:duoc|phai|lam|nop|di)",
        r"dai dien (?:di|nop|lam|ky|duoc)",
        r"(?:cha hay me|vo hay chong|toi di hay)",
        r"phai (?:tu|dich than|dich thi) (?:di|ra|toi|minh)",
    ),
}
_COMPILED = {aspect: re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) for aspect, patterns in _PATTERNS.items()}


@lru_cache(maxsize=2048)
def asked_in_words(message: str) -> tuple[str, ...]:
    """Aspects whose words stand in the message, in the order of ASPECTS; () when none does."""
    folded = fold(expand(normalise(message)))
    return claimed(message) or tuple(aspect for aspect, pattern in _COMPILED.items() if pattern.search(folded))


_TOLD = r"(?:nghe (?:noi|don|bao|dau)|(?:nguoi ta|hang xom|co nguoi|thay|ban be|ho) (?:noi|bao|keu|don)|co nguoi noi)"
_NOD = r"(?:\b(?:dung|phai|that|thiet)(?: vay| the)? (?:khong|hong|chu|ha|hen|a)\b|\bha\W*$|\bco (?:dung|that|thiet)\b)"
_SPENT = r"\b(?:dong|nop|ton|mat|het|tra|gia|phi|tien|phat|la|bieu|phai co)(?: \w+){0,4}?"
_WAITED = r"\b(?:(?:cho|doi)(?: \w+){0,2}?|(?:mat|ton|het)(?: \w+)?)"
_CLAIMS = {
    "duration": rf"{_WAITED} (?:\d+|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi) (?:ngay|tuan|thang|nam|tieng|gio|bua)\b(?! (?:roi|nay|truoc|tuoi))",
    "fees": rf"{_SPENT} \d[\d.,]* ?(?:tram|chuc|ngan|nghin|trieu|dong|ty|k|tr|cu|vnd)\b",
}
_CLAIMED = {aspect: re.compile(rf"{_TOLD}.*{said}|{said}.*{_NOD}") for aspect, said in _CLAIMS.items()}


@lru_cache(maxsize=2048)
def claimed(message: str) -> tuple[str, ...]:
    """Aspects of which the message says a value itself and wants a nod: ("fees",) for "nghe nói phải đóng 2 triệu đúng không". What
    the record says of them is the answer, whatever else such a sentence sounds like."""
    folded = fold(expand(normalise(message)))
    return tuple(aspect for aspect, pattern in _CLAIMED.items() if pattern.search(folded))


GENERIC = frozenset(
    """a ad ai ak allo alo anh app ay ba bac ban bang bao bat ben bi biet bieu bo bua buoc buoi buu ca cac cach cai cam can cap chac
    chau chi chinh cho chu chua chuan chuyen co con cong cu cua cung da dau day dc de dem di dia dien dieu dinh do don dong du dua
    dum dung duoc duong em gap gi gia giai gian giay gio giu gium giup goi gom gui ha hai han hay hem hen het ho hoac hoi hom hong
    huyen in k kem ket keu khac khi khoang khoi khong kia kiem kien kieu kip la lai lam lan lau lay le len lich lien lieu luat luc
    luon ly ma mac mang mat mau may mien minh moi mot muon nao nay ne neu ngay nghi ngoi nguoi nha nhan nhanh nhe nhieu nho nhu
    nhung no noi nop nua o ok oke on ong online phai phap phat phi phoco photo phuong qua quan quay quy quyen quyet ra re ro roi
    sang sao sau shop so su sung suot ta tai tan te thang that thay the them theo thi thieu thoai thoi thong thu tien tiep tiet
    tinh to toi ton tra tren trinh trong trua truc truoc tuan tui tuyen u uh uy va van vay ve vi viec voi vong vu web xa xai xin
    xong y""".split()
)
"""Folded words of asking, pointing back and politeness. A message of only these says nothing of which procedure is meant:
"thế nộp trên mạng thì tốn bao nhiêu vậy". Words that are common but name something (giấy phép, sổ, xe, đất) are not here."""


TELLING_PAIRS = frozenset(
    {
        "sao y",
        "bang lai",
        "giay dat",
        "so do",
        "so hong",
        "mat so",
        "quyen nha",
        "xin dien",
        "chu ho",
        "nguoi gia",
        "tien gia",
        "ban nha",
        "mua nha",
        "ra ho",
        "nhan cha",
        "nhan con",
        "nhan me",
        "mo quan",
        "truoc ba",
        "con dau",
        "khac dau",
        "dong ho",
        "nuoc may",
    }
)
"""Pairs of GENERIC words that name something together (sao y, chủ hộ)."""


def content_words(message: str) -> list[str]:
    """Folded words, and pairs of TELLING_PAIRS, that can tell which procedure is meant: none for "thế lệ phí bao nhiêu vậy"."""
    words = tokens(fold(expand(normalise(message))))
    pairs = [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)]
    return [word for word in words if word not in GENERIC and not word.isdigit()] + [
        pair for pair in pairs if pair in TELLING_PAIRS
    ]
