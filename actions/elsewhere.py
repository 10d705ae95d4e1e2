"""Does a message name another province? By the names in force since 1 July 2025, by those before, and by what people call its city."""

from __future__ import annotations

import re

from index.text import expand, fold, normalise

_NAMES = (
    "an giang|ba ria|bac giang|bac kan|bac ninh|ben tre|binh dinh|binh duong|binh phuoc|binh thuan|can tho|cao bang|da nang|dak lak|dac lac|dak nong|dac nong"
    "|dien bien|dong nai|dong thap|gia lai|ha giang|ha nam|ha noi|ha tinh|hai duong|hai phong|hau giang|hoa binh|ho chi minh|hue|hung yen|khanh hoa|kien giang"
    "|kon tum|lai chau|lam dong|lang son|lao cai|long an|nam dinh|nghe an|ninh binh|ninh thuan|phu tho|phu yen|quang binh|quang nam|quang ngai|quang ninh"
    "|quang tri|sai gon|soc trang|son la|tay ninh|thai binh|thai nguyen|thanh hoa|tien giang|tra vinh|tuyen quang|vinh long|vinh phuc|vung tau|yen bai"
    "|buon ma thuot|bien hoa|da lat|long xuyen|my tho|nha trang|phu quoc|quy nhon|rach gia|thu dau mot|viet tri"
)
"""Folded. Cà Mau and Bạc Liêu are ours."""
_ELSEWHERE = re.compile(rf"\b(?:{_NAMES})\b|\btinh (?:khac|do|kia|ban|ngoai)\b|\b(?:ngoai|tren|duoi) (?:tinh|do)\b")


def elsewhere(message: str) -> bool:
    """True also where the name is a person's or a street's ("đường Hoà Bình"): then nothing is taken for granted."""
    return bool(_ELSEWHERE.search(fold(expand(normalise(message)))))
