"""Sentences with names of persons, made by code for the tagger: no name and no sentence here is a citizen's.

Frames (names_frames.py) and real phrasings of data/ with a made-up name put behind kin words; written as citizens write:
small letters, no diacritics, capitals only, chat words, typing errors. The same seed gives the same sentences.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.gateway.masking_given import GIVEN_SYLLABLES
from bot.gateway.masking_places import COMMUNES, STREETS
from index.text import fold
from training import names_frames as frames
from training.noise import _chat as chat
from training.noise import _typo as typo

SURNAMES = (
    ("Nguyễn", 290), ("Trần", 105), ("Lê", 90), ("Phạm", 65), ("Huỳnh", 55), ("Võ", 45), ("Phan", 42), ("Trương", 28), ("Bùi", 26), ("Đặng", 26),
    ("Đỗ", 24), ("Ngô", 24), ("Hồ", 24), ("Dương", 22), ("Lý", 22), ("Đinh", 16), ("Lâm", 24), ("Mai", 16), ("Trịnh", 16), ("Đoàn", 14), ("Tô", 12),
    ("Hà", 12), ("Cao", 14), ("Tạ", 12), ("Lưu", 12), ("Châu", 14), ("Phùng", 9), ("Lương", 12), ("Tăng", 10), ("Thái", 12), ("Đào", 12), ("Vương", 9),
    ("Diệp", 8), ("Kiều", 7), ("Hứa", 9), ("Từ", 8), ("Quách", 10), ("Thạch", 16), ("Danh", 16), ("Sơn", 10), ("Kim", 10), ("Hoàng", 18), ("Vũ", 18),
    ("Tiêu", 7), ("Giang", 7), ("Tống", 5), ("Triệu", 8), ("Khưu", 7), ("Âu", 5), ("Mạc", 5), ("Chu", 6), ("La", 7), ("Đồng", 5), ("Thân", 4), ("Tôn", 5),
    ("Bành", 3), ("Bạch", 5), ("Doãn", 3), ("Lại", 4), ("Lã", 3), ("Nghiêm", 4), ("Nhan", 5), ("Ong", 5), ("Ông", 3), ("Quan", 4), ("Tiền", 3),
    ("Tiết", 4), ("Trà", 4), ("Viên", 3), ("Kha", 4), ("Khương", 3), ("Liêu", 5), ("Lư", 5), ("Lữ", 6), ("Vưu", 5), ("Ngụy", 2), ("Mã", 5), ("Chung", 6),
    ("Cổ", 3), ("Đàm", 5), ("Hàng", 3), ("Hầu", 3), ("Hữu", 3), ("Kiên", 5), ("Sầm", 2), ("Nông", 3), ("Đậu", 2), ("Phí", 2), ("Trang", 4), ("Cù", 2),
    ("Thi", 2), ("Phó", 2), ("Ninh", 3), ("Hàn", 3), ("Khổng", 2), ("Lục", 3), ("Bế", 2), ("Ma", 2), ("Lò", 3), ("Giàng", 2), ("Sùng", 2), ("Điểu", 2),
    ("Thị", 6), ("Néang", 2), ("Chau", 3), ("Ngân", 1), ("Văn", 3), ("Nhâm", 2), ("Ưng", 1), ("Cái", 1), ("Trầm", 5), ("Mang", 1), ("Hùynh", 2),
    ("Ngũ", 3), ("Tất", 3), ("Biện", 4), ("Trác", 2), ("Lai", 3), ("Dư", 3), ("Kỷ", 2), ("Sử", 2), ("Cam", 2), ("Bồ", 2), ("Phù", 3), ("Khấu", 2), ("Thiều", 2), ("Tưởng", 2),
    ("Giáp", 2), ("Khuất", 2), ("Lỗ", 2), ("Sái", 2), ("Thẩm", 2), ("Trình", 2), ("Ung", 2), ("Bàng", 2), ("Ngọ", 1), ("Nhữ", 2), ("Thới", 2), ("Nguyển", 3),
)  # fmt: skip
EVEN = 0.65
"""Exponent of the shares: below 1, rare surnames are met more often than among people, because they are the ones that are missed."""
WEIGHED = [name for name, _ in SURNAMES], [share**EVEN for _, share in SURNAMES]
KHMER = (
    "Sà Rươl|Sa Rết|Phol|Sà Phol|Thị Sà Rinh|Ượl|Thị Sa Vane|Hoàng Em|Thol|Sô Phia|Rích Thi|Chanh Đa|Thị Pha Ly|Sóc Kha|Na Rinh|Phi Rum|Thị Sô Khan|Ra Sây|Đa|Sết|Hên"
    "|Thị Na Vy|Sà Kha|Om|Thuôl|Pho La|Thị Srây|Si Na|Mô Ni|Chên Đa|Thị Sa Ri|Ril|Va Na|Sang Ha|Sa Mết|Um|Thị Rết|Xà Phal|Hươl|Pech"
).split("|")
HOA = "Tú Xiếu Mỹ Chấn Cẩm Vĩnh Chí Bửu Xú A Muối Mùi Lìn Khíu Sáng Há Khánh Huê Phụng Hào Phát Cường Tài Dũng Lệ Nga Quyên Bình Hớn Cuội Kiếm Chánh Nhiêu Kía Sến Ná Ủ Tỷ".split()
PEOPLES = (
    ("Y H Siu Rmah Ksor Kpă Rơ Rô Nay".split(), "Bhok Thoan Lơi Nhung Blok Bliă Đuôn Ring Wăn Loan Khuê Sen Rin Yưi Hwing Chem".split(), "Niê Byă Kbuôr Êñuôl Ayŭn Mlô Êban Knul Hmok Ktla".split()),
    ("Giàng Vừ Sùng Thào Lầu Mùa Hạng Cứ Vàng Ma Ly".split(), "A Thị Mí Seo".split(), "Lử Dơ Chứ Páo Sình Pó Dính Mua Súa Lềnh Chía Say Nhè Tủa Máy Khúa Cở Phừ".split()),
    ("Lò Quàng Lường Cầm Hoàng Bế Nông Vi Lương Tòng Cà Hà Quách Bùi Đinh Điểu Hồ Triệu Chíu Voòng".split(), "Văn Thị".split(), "Inh Panh Ính Ún Phớ Thoại Ón Khặn Pọm Xuân Chựa Lả Nghiên Bóng Sáng Đội Pâng Lai Póm Ết".split()),
)
"""Of three groups of peoples: first, second, third part."""
FOREIGN = (
    "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Shin Seo Kwon|Ji Min Soo Hyun Young Hee Jun Woo Seung Eun Sung Jin Yeon Ho Tae Hye Kyung Sang Won Mi".split("|"),
    "Chen Lin Huang Chang Wang Wu Liu Tsai Yang Hsu Cheng Hsieh Kuo Chiu Tseng Liao Lai Zhang Li Zhao Zhou Xu Sun Ma Zhu|Wei Ming Chun Mei Yu Ting Chih Hao Hsin Yi Chia Jung Wen Hui Ying Jie Xin Tao Feng Jian Hong Ling Fang Guo Chieh Ya".split("|"),
    "Sok Chea Keo Chan Sim Heng Prak Nuon Ros Som Mao Ung Long Kong|Dara Sokha Bopha Vannak Pisey Rith Chenda Samnang Theary Sophea Ratha Kunthea Vuthy Sreymom Makara Borey".split("|"),
    "Sato Suzuki Takahashi Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida|Haruto Yuki Takeshi Akira Naoko Keiko Satoshi Hiroki Mayumi Daisuke Kazuo Emi".split("|"),
    "James Robert William Thomas Daniel Mark Paul Andrew Kevin Steven Emily Sarah Linda Jessica Sophie Lucas Marie Hans Pierre Ivan Ahmed Jose Carlos Rosa Grace|Smith Miller Davis Wilson Taylor Moore Martin Clark Lewis Robinson Young King Green Baker Müller Dubois Garcia Reyes Cruz Petrov Khan Nguyen Tran Le Pham Vo".split("|"),
)
"""Names of foreigners by language: surnames and given names, in the order in which they are said there."""
HOA_SURNAMES = frozenset("Trần Lâm Huỳnh Quách Lý Khưu Tăng Mã Vương Tạ Ong Lưu Trầm Ngũ Tất Thái Hứa Dương Ngô Trịnh Châu La Lữ Vưu Tô Trương Phù Lư Âu".split())
NUMBERED = "Hai Ba Tư Năm Sáu Bảy Tám Chín Mười Út Đực Cu Tèo Lượm Đẹt Mót Rớt Lùn Mập Nhỏ Lớn Xíu Xinh Đẹp Giàu Có Nở Hết Thôi Dư Bé Em Anh Chị Cô Gái Trai Tý Mẹo Thìn Tỵ Ngọ Mùi Thân Dậu Tuất Hợi".split()
MALE = "Văn Hữu Đức Công Quốc Minh Hoàng Thanh Thành Chí Trọng Tấn Phước Gia Duy Nhật Anh Trung Hải Quang Đình Xuân Thế Vĩnh Phú Bảo Ngọc Hồng Trường Nhựt Huy Khắc Tuấn Thái Tiến Việt Nam Bá Mạnh".split()
FEMALE = "Ngọc Thị Mỹ Kim Thanh Thúy Thùy Bích Hồng Diễm Cẩm Tuyết Phương Như Bảo Hoài Thu Xuân Minh Yến Ánh Kiều Trúc Huỳnh Lan Mộng Tố Quỳnh Khánh Gia Tường Hải Bé Út Ái Lệ Phượng Trà Hạ Yên".split()
GIVEN_LIST = tuple(dict.fromkeys(GIVEN_SYLLABLES.split()))
STYLES = (("typed", 24), ("small", 20), ("bare", 10), ("bare small", 30), ("loud", 7), ("loud bare", 3), ("name bare", 3), ("rest bare", 4), ("name small", 3),
          ("chat", 5), ("chat bare", 10), ("typo", 4), ("name capital", 2))  # fmt: skip
"""How a sentence is written and its share."""
MOST_RECORD = 160
"""Characters of an official string that is learnt from."""
_MARKED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_KIN_SLOT = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, frames.KIN), key=len, reverse=True)) + r"|tôi|em|tui|mình|bé|cháu|anh|chị|ông|bà)\b(?= \w)", re.IGNORECASE)
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """names: places in text, in characters. base: the phrasing of data/ it was made from, "" when none."""

    text: str
    names: tuple[tuple[int, int], ...]
    base: str


def phrasings(data: Path) -> list[str]:
    """All questions of data/phrasings and data/nlu, in file order."""
    found: list[str] = []
    for file in sorted((data / "phrasings").glob("*.yml")):
        for aspects in (yaml.load(file.read_text("utf-8"), yaml.CSafeLoader) or {}).values():
            for questions in aspects.values():
                found += map(str, questions)
    for file in sorted((data / "nlu").glob("*.yml")):
        for entry in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader).get("nlu", ()):
            examples = entry.get("examples", "")
            lines = [line[2:] for line in examples.split("\n") if line.startswith("- ")] if isinstance(examples, str) else [one["text"].strip() for one in examples]
            found += [_MARKED.sub(r"\1", line) for line in lines]
    return list(dict.fromkeys(found))


def records(data: Path) -> list[str]:
    """All short strings of data/procedures, in file order: official wording, which names nobody."""
    found: list[str] = []

    def gather(tree: object) -> None:
        if isinstance(tree, str):
            found.extend(" ".join(line.strip(" -").split()) for line in tree.splitlines())
        for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
            gather(part)

    for file in sorted((data / "procedures").rglob("*.yml")):
        gather(yaml.load(file.read_text("utf-8"), yaml.CSafeLoader))
    return [line for line in dict.fromkeys(found) if 3 <= len(line.split()) and len(line) <= MOST_RECORD]


class Maker:
    """Makes sentences. syllables: words of the phrasings, some of which serve as unheard-of given names."""

    def __init__(self, asks: Sequence[str], seed: int) -> None:
        self.rng, self.asks = random.Random(seed), asks
        self.short = [ask for ask in asks if len(ask) < 90]
        self.syllables = sorted({word for ask in asks for word in ask.split() if word.isalpha() and word.islower() and 2 <= len(word) <= 6})
        self.known = sorted(COMMUNES | STREETS)
        self.accented = _accented_places(asks)

    def name(self) -> str:
        """A full name in capitals at the beginning of each syllable."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.06:
            return self._abroad()
        if kind < 0.09:
            first, second, third = rng.choice(PEOPLES)
            begins = rng.choice(first)
            return f"{begins}{chr(39) if begins == 'H' else ' '}{rng.choice(second)} {rng.choice(third)}"
        surname = rng.choices(*WEIGHED)[0]
        if surname in ("Danh", "Thạch", "Sơn", "Kim", "Kiên", "Thị", "Néang", "Chau", "Lâm") and rng.random() < 0.5:
            return f"{surname} {rng.choice(KHMER)}"
        if surname in HOA_SURNAMES and rng.random() < 0.35:
            return " ".join([surname, *rng.sample(HOA, rng.choice((1, 2, 2)))])
        woman, kind = rng.random() < 0.5, rng.random()
        middle = rng.choice(FEMALE if woman else MALE)
        if kind < 0.27:
            parts = ["Thị" if woman else "Văn", self._given()]
        elif kind < 0.66:
            parts = [middle, self._given()]
        elif kind < 0.74:
            parts = [self._given()]
        elif kind < 0.86:
            parts = ["Thị" if woman else rng.choice(MALE), middle, self._given()]
        elif kind < 0.94:
            parts = [rng.choices(*WEIGHED)[0], middle, self._given()]
        elif kind < 0.97:
            parts = [self._given(), self._given(), self._given()]
        else:
            parts = ["Thị" if woman else "Văn", rng.choice(("Bé", "Út", "Hoàng", "Ngọc")), rng.choice(NUMBERED)]
        return " ".join([surname, *parts])

    def _abroad(self) -> str:
        """A foreigner's name: one or two given names, sometimes another behind."""
        first, given = (names.split() for names in self.rng.choice(FOREIGN))
        return " ".join([self.rng.choice(first), *self.rng.sample(given, self.rng.choice((1, 2, 2)) if len(given[0]) < 5 else 1)])

    def _given(self) -> str:
        kind = self.rng.random()
        pool = GIVEN_LIST if kind < 0.83 else NUMBERED if kind < 0.9 else self.syllables
        return self.rng.choice(pool).capitalize()

    def place(self) -> str:
        """What bears a person's name: known communes and streets, or any name."""
        return self.rng.choice(self.accented) if self.rng.random() < 0.75 else self.name()

    def sentence(self, with_names: bool) -> Sentence:
        """One sentence from a frame."""
        rng = self.rng
        frame = rng.choice(frames.WITH_NAME if with_names else frames.WITHOUT_NAME)
        parts: list[tuple[str, bool]] = []
        base, at = "", 0
        for slot in _SLOT.finditer(frame):
            parts.append((frame[at : slot.start()], False))
            value = self._fill(slot[1])
            if slot[1].lower() == "ask":
                base = value
            parts.append((value, slot[1] == "N"))
            at = slot.end()
        parts.append((frame[at:], False))
        if with_names and rng.random() < 0.3:
            parts.insert(0, (rng.choice(("Dạ ", "dạ cho em hỏi ", "Cho tôi hỏi ", "xin hỏi ", "ad ơi ", "cán bộ cho hỏi ", "Chào anh/chị, ", "vậy ", "dạ thưa cán bộ, ", "hôm qua ", "bên xã nói ")), False))
        return self._written(parts, base)

    def inserted(self, ask: str) -> Sentence | None:
        """A phrasing with a name behind its kin word: "ba tui Trần Văn Bé mới mất …"; nothing without such a word."""
        spots = list(_KIN_SLOT.finditer(ask))
        if not spots:
            return None
        spot = self.rng.choice(spots)
        link = self.rng.choice((" ", " ", " ", " tên ", " là ", " (", ", "))
        close = {" (": ")", ", ": ","}.get(link, "")
        return self._written([(ask[: spot.end()] + link, False), (self.name(), True), (close + ask[spot.end() :], False)], ask)

    def plain(self, ask: str, base: str | None = None) -> Sentence:
        """A phrasing as it is, written in some style. base: "" for a text that is no phrasing."""
        return self._written([(ask, False)], ask if base is None else base)

    def _fill(self, slot: str) -> str:
        rng = self.rng
        match slot:
            case "N":
                return self.name()
            case "PN":
                return self.place()
            case "PB":
                return rng.choice(frames.BUSINESS)
            case "ask" | "Ask":
                ask = rng.choice(self.short)
                return ask[0].upper() + ask[1:] if slot == "Ask" else ask
            case "title":
                return rng.choice(frames.TITLES)
            case "kin":
                return rng.choice(frames.KIN)
            case "proc":
                return rng.choice(frames.PROCEDURES)
            case "doc":
                return rng.choice(frames.DOCUMENTS)
            case "job":
                return rng.choice(frames.JOBS)
            case "law":
                return rng.choice(frames.LAWS)
            case "com":
                name = rng.choice(frames.COMMUNES_PLAIN) if rng.random() < 0.6 else self.place()
                return f"{rng.choice(('xã', 'xã', 'phường', 'xã'))} {name}"
            case "school":
                return f"{rng.choice(('trường tiểu học', 'trường THPT', 'trường', 'trường THCS', 'trường mầm non'))} {self.place()}"
            case "house":
                number = f"{rng.randint(1, 400)}{rng.choice(('', '', 'A', '/12', '/3', 'B/5'))}"
                street = rng.choice((f"đường {self.place()}", f"ấp {rng.randint(1, 12)}", f"ấp {rng.choice(frames.HAMLETS)}", f"khóm {rng.randint(1, 9)}", f"{self.place()}"))
                return rng.choice((f"số {number} {street}", f"số nhà {number}, {street}", f"{number} {street}", f"{street}", f"nhà số {number} {street}"))
            case "num":
                digits = "".join(rng.choices("0123456789", k=9))
                return rng.choice((f"sđt 09{digits[:8]}", f"09{digits[:8]}", f"cccd 096{digits}", f"số căn cước 095{digits}", f"cmnd 38{digits[:7]}", f"điện thoại 0912.{digits[:3]}.{digits[3:6]}",
                                   f"stk 0{digits} Agribank", f"mst 19{digits[:8]}", f"hs H12.{digits[:2]}-250{digits[:3]}-{digits[:4]}", f"bhxh 79{digits[:8]}", f"69A1-{digits[:3]}.{digits[3:5]}",
                                   f"zalo 08{digits[:8]}", f"hộ chiếu C{digits[:7]}"))  # fmt: skip
            case "year":
                return str(rng.randint(1935, 2024))
            case "age":
                return str(rng.randint(1, 95))
            case "small":
                return str(rng.randint(1, 30))
            case "day":
                return f"{rng.randint(1, 28)}/{rng.randint(1, 12)}/{rng.randint(2015, 2026)}"
        raise ValueError(f"unknown slot {slot}")

    def _written(self, parts: list[tuple[str, bool]], base: str) -> Sentence:
        style = self.rng.choices([name for name, _ in STYLES], [share for _, share in STYLES])[0]
        text, names = "", []
        for part, is_name in parts:
            part = self._style(part, is_name, style)
            if is_name:
                names.append((len(text), len(text) + len(part)))
            text += part
        return Sentence(text, tuple(names), base)

    def _style(self, part: str, is_name: bool, style: str) -> str:
        match style:
            case "small":
                return part.lower()
            case "bare":
                return fold_kept(part)
            case "bare small":
                return fold_kept(part).lower()
            case "loud":
                return part.upper()
            case "loud bare":
                return fold_kept(part).upper()
            case "name bare":
                return fold_kept(part) if is_name else part
            case "rest bare":
                return part if is_name else fold_kept(part).lower()
            case "name small":
                return part.lower() if is_name else part
            case "name capital":
                return part.upper() if is_name else part
            case "chat" if not is_name:
                return self._chat(part)
            case "chat bare":
                return fold_kept(part if is_name else self._chat(part)).lower()
            case "typo" if len(part) > 8 and (not is_name or self.rng.random() < 0.3):
                head, tail = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
                return head + typo(part.strip(), self.rng) + tail
        return part

    def _chat(self, part: str) -> str:
        edge = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
        return edge[0] + chat(part.strip(), self.rng) + edge[1] if part.strip() else part


def fold_kept(text: str) -> str:
    """Without diacritics, capitals kept."""
    return "".join(plain.upper() if char.isupper() else plain for char, plain in zip(text, fold(text), strict=True)) if len(fold(text)) == len(text) else fold(text)


def _accented_places(asks: Sequence[str]) -> list[str]:
    """Known names of streets and communes with diacritics, for frames; from this list only."""
    return (
        "Trần Hưng Đạo|Nguyễn Trãi|Lý Thường Kiệt|Phan Ngọc Hiển|Lý Văn Lâm|Nguyễn Phích|Hồ Thị Kỷ|Trần Văn Thời|Quách Phẩm|Tạ An Khương|Trần Phán|Trần Hợi|Nguyễn Việt Khái"
        "|Nguyễn Huân|Lương Thế Trân|Trần Thới|Lê Hồng Phong|Nguyễn Tri Phương|Nguyễn Du|Nguyễn Huệ|Lê Lợi|Lê Duẩn|Ngô Quyền|Ngô Gia Tự|Võ Thị Sáu|Võ Văn Kiệt|Võ Nguyên Giáp"
        "|Phan Bội Châu|Phan Đình Phùng|Phạm Ngũ Lão|Phạm Hùng|Phạm Văn Đồng|Hai Bà Trưng|Hoàng Diệu|Hoàng Văn Thụ|Hùng Vương|Bà Triệu|Cao Văn Lầu|Châu Văn Đặng|Đinh Tiên Hoàng"
        "|Đoàn Thị Điểm|Lâm Thành Mậu|Lê Quý Đôn|Lê Thị Riêng|Lê Văn Tám|Lương Thế Vinh|Lý Bôn|Lý Tự Trọng|Mạc Đĩnh Chi|Nguyễn Bỉnh Khiêm|Nguyễn Chí Thanh|Nguyễn Công Trứ|Nguyễn Đình Chiểu"
        "|Nguyễn Hữu Lễ|Nguyễn Khuyến|Nguyễn Ngọc Sanh|Nguyễn Tất Thành|Nguyễn Thái Bình|Nguyễn Thái Học|Nguyễn Thị Minh Khai|Nguyễn Trung Trực|Nguyễn Văn Cừ|Nguyễn Văn Linh|Nguyễn Văn Trỗi"
        "|Phan Chu Trinh|Tạ Uyên|Tôn Đức Thắng|Trần Bình Trọng|Trần Huỳnh|Trần Phú|Trần Quang Khải|Trần Quốc Toản|Trần Văn Bỉnh|Trần Văn Ơn|Trương Phùng Xuân|Trương Định|Vừ A Dính|Kim Đồng"
        "|Tố Hữu|Hồ Trung Thành|Huỳnh Thúc Kháng|Hồ Chí Minh|Hồ Xuân Hương|Lê Anh Xuân|Lê Hoàng Thá|Phan Thị Ràng|Bông Văn Dĩa|Đặng Tấn Triệu|Trần Văn Phú|Nguyễn Đình Thi|Ngọc Hiển|Thanh Tùng"
        "|Chu Văn An|Bùi Thị Xuân|Đặng Thùy Trâm|Nguyễn Hữu Cảnh|Lê Thánh Tông|Lý Thái Tổ|Cách Mạng Tháng Tám|Lê Khắc Xương|Nguyễn Tạo|Nguyễn Mai|Trần Ngọc Hy|Phạm Chí Hiền|Hà Huy Tập|Cao Thắng"
    ).split("|")


def make(
    asks: Sequence[str], seed: int, frames_of: int, plain_of: int, inserted_of: int, official: Sequence[str] = (), official_of: int = 0,
) -> Iterator[Sentence]:  # fmt: skip
    """frames_of sentences with names from frames and half as many without; phrasings plain and with a name put in; official strings."""
    maker = Maker(asks, seed)
    for n in range(frames_of):
        yield maker.sentence(True)
        if n % 2:
            yield maker.sentence(False)
    for n in range(plain_of):
        yield maker.plain(asks[n % len(asks)])
    picked = maker.rng.choices(asks, k=inserted_of)
    yield from filter(None, map(maker.inserted, picked))
    for line in maker.rng.sample(official, min(official_of, len(official))):
        yield maker.plain(line, "")
