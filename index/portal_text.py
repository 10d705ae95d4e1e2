"""Text of the national portal in, the same words in plain NFC out: what every reader of its records cleans with.

The source mixes decomposed letters, no-break spaces, private-use bullets, zero-width marks, HTML and Cyrillic letters that
look like Latin ones. All functions are linear in the text and never raise.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

# Cyrillic and Greek letters drawn as Latin ones, and the Icelandic eth that old fonts put for Đ.
_CYRILLIC = "АВЕІЈКМНОРЅСТУХаеіјорѕсух"
_GREEK = "ΑΒΕΗΙΚΜΝΟΡΤΥΧΖ"
LOOKALIKES = str.maketrans(_CYRILLIC + _GREEK + "Ðð", "ABEIJKMHOPSCTYXaeijopscyx" + "ABEHIKMNOPTYXZ" + "Đđ")
_FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u04ffÐð]")
_FOREIGN_WORD = re.compile(r"\S*[\u0370-\u03ff\u0400-\u04ffÐð]\S*")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_BLANK = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufffd]")
_HIDDEN = re.compile(rf"{_INVISIBLE.pattern}|[\u00a0\u2000-\u200a\u202f\u3000\ue000-\uf8ff]")
_ENTITY = re.compile(r"&#?\w{1,8};")
# Only names of HTML, so that "<tên cơ quan>" and "< 5 ngày" stay.
_BREAK = re.compile(r"<(?:br|hr)\s*/?>|</(?:p|li|div|tr|h[1-6]|ul|ol|table)\s*>", re.I)
_TAG = re.compile(
    r"</?(?:a|b|br|div|em|font|h[1-6]|hr|i|img|li|o:p|ol|p|s|span|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul)\b[^<>]*>",
    re.I,
)
_BULLET = re.compile(r"^[\s\-–—+*•●○◦▪■►➢⁕⃰¬.,;:]+(?=\S)|^[\s\-–—+*•●○◦▪■►➢⁕⃰¬.,;:]+$")
# Names that always begin with another word: found without it, the source has lost or moved a piece of the sentence.
_TORN = re.compile(r"(?<!trung )tâm phục vụ hành chính|(?<![ủuỷ][yỷỳ] )(?<!phó )(?<!\w)ban nhân dân (?:cấp|tỉnh|xã|phường)", re.I)


def clean(text: Any) -> str:
    """One line: NFC, plain single spaces, no HTML, no hidden characters, Latin letters for look-alikes. None gives ""."""
    return " ".join(_plain(text).split())


def lines(text: Any) -> list[str]:
    """The cleaned lines that say something, without bullets. A line that goes on in a small letter joins the one before."""
    found: list[str] = []
    for line in _plain(text).split("\n"):
        bulleted = bool(re.match(r"\s*[-–+*•●]", line))
        line = " ".join(_BULLET.sub("", line).split())
        if found and line[:1].islower() and not bulleted and found[-1][-1] not in ".;:!?":
            found[-1] = f"{found[-1]} {line}"
        elif any(c.isalnum() for c in line):
            found.append(line)
    return found


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word; "…" says that something was left out."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    head = head.rsplit(" ", 1)[0] if " " in head else head[:-1]
    return head[: limit - 1].rstrip(" ,;:.-–(") + "…"


def first_sentence(text: str) -> str:
    """Up to the first full stop or semicolon after a word of two letters: "Điều 5. Nộp" is not cut after the number."""
    found = re.match(r".*?[^\W\d]{2}\)?[.;](?=\s|$)", text)
    return (found.group() if found else text).rstrip(" ;.:")


def flaws(text: str) -> set[str]:
    """What was wrong with a raw text: some of not_nfc, hidden_characters, lookalikes, scrambled_text."""
    found = set()
    if not unicodedata.is_normalized("NFC", text):
        found.add("not_nfc")
    if _HIDDEN.search(text):
        found.add("hidden_characters")
    if any(_latin(match.group()) != match.group() for match in _FOREIGN_WORD.finditer(text)):
        found.add("lookalikes")
    if _TORN.search(clean(text)):
        found.add("scrambled_text")
    return found


def strings(value: Any) -> Iterator[str]:
    """Every text of a record, depth first; ids, paths and times of storage are left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "id" or str(key).endswith(("Id", "Ids", "Path", "At")):
                continue
            yield from strings(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from strings(item)


def _plain(text: Any) -> str:
    """Everything but the spaces: line breaks stay for `lines`."""
    text = "" if text is None else str(text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    if "<" in text:
        text = _TAG.sub(" ", _BREAK.sub("\n", text))
    text = _BLANK.sub(" ", _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = unicodedata.normalize("NFC", text)
    return _FOREIGN_WORD.sub(lambda match: _latin(match.group()), text) if _FOREIGN.search(text) else text


def _latin(word: str) -> str:
    """"NĐ-СР" -> "NĐ-CP"; a word with a letter that looks like no Latin one ("Москва") is left as it is."""
    spelt = word.translate(LOOKALIKES)
    return word if _FOREIGN.search(spelt) else spelt
