"""Numbers, also with letters in them: a view in; plates, passports, application numbers, rows of digits out.

One scan from left to right: what looks like a public number (procedure code, law, date, money) is passed over first. Every
pattern is linear: an alternative starts only at the head of its run of characters and is bounded or never re-reads it.
"""

from __future__ import annotations

import re

from bot.gateway.masking_digits import APPLICATION, FEWEST, IDENTITY, is_odd_row, judge_row
from bot.gateway.masking_labels import REACH, label_after, label_before
from bot.gateway.masking_view import Masked, View

PLATE = "plate"
FEWEST_DIGITS = min(FEWEST.values())

_SCAN = re.compile(
    r"""
      (?P<application>
        (?<![\w.]) (?:\d{2,3}[.-]){0,4} [a-z][a-z\d]{1,3} (?:\.[a-z\d]{1,4}){0,5} [ ]?[-_/][ ]? \d{6} [ ]?[-_/][ ]? [a-z]{0,3}\d{3,8} (?!\d)
      | (?<![\w.]) (?:\d{2,3}\.){0,4} [a-z]\d{2} (?:\.\d{1,4}){1,5} [ .] \d{6} [ .] \d{3,6} (?!\d)
      | (?<![\w.]) [a-z]\d{2} (?: [ ]?[._/-][ ]?\d{1,3} | [ ]?\d{1,2} ){1,3} (?P<part>[ ]?[ ._/-][ ]?) 2\d(?:0\d|1[0-2])[0-3]\d (?P=part) \d{3,6} (?!\d)   # H12-34-251101-0001
      | (?:(?<!\w)|(?<=hoso)) [a-z]\d{2} [._-] \d{1,3} [._-] 2\d(?:0\d|1[0-2]) [._-]? [0-3]\d [._-] \d{3,6} (?!\d)          # H12.41-2510-29-0009
      | (?<!\w) mx [ .:/-]? (?=[\w./-]{0,8}\d{3}) [\w./-]{4,40}
      | (?<!\w) (?:(?:ho[ ]so|hs)[ ](?:cua[ ](?:em|toi|tui|con|minh)[ ])?(?:so|ma[ ]so|ma)|(?:ma|so)[ ](?:so[ ])?(?:ho[ ]so|hs|bien[ ]nhan|tra[ ]cuu|tiep[ ]nhan|giay[ ]hen|phieu[ ]hen|phieu)|bien[ ]nhan|phieu[ ]hen|giay[ ]hen|giay[ ]tiep[ ]nhan|phieu[ ]tiep[ ]nhan)
        (?:[ :]|la\b|so\b|cua\b|em\b|toi\b|tui\b|nay\b|ho[ ]so\b|dat[ ]dai\b|tu[ ]phap\b|ho[ ]tich\b|tra[ ]ket[ ]qua\b){1,8} (?P<receipt> (?!(?:ngay|hom|luc|gio|thang|nam|mau|lan|hen|tra|dot)[ ])[a-z]{2,4}[ ]\d{2,8}[-/][\d/-]{3,12} | (?=[\d.-]{0,20}[a-z/]) (?=[a-z./-]{0,12}\d) \w[\w./-]{2,40} (?:[ ]-[ ]\d{3,8}){0,2}) )
    | (?P<public>
        (?<!\d) \d [.,]\d{6} (?:\.\d{3}\.\d{2}\.\d{2}\.[a-z]\d{2,3})? (?![\d])                   # procedure code
      | (?<!\d) \d{1,4} / \d{4} / [^\W\d_]+ [\w-]*                                               # 123/2015/NĐ-CP
      | (?<!\d) (?:0?[1-9]|[12]\d|3[01]) (?P<sep>[./-]) (?:0?[1-9]|1[0-2]) (?P=sep) (?:19|20)\d\d (?!\d)   # a day
      | (?<!\d) (?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?!\d)
      | (?<!\d) (?![1-9]\dd[ ](?!\d\d000)\d{3}\.?\d{2}(?![\w/.,])) [1-9] (?:\d{0,2} (?:[., ]\d{3}){1,4} | \d{0,14}) (?:,\d{1,3})? [ ]?                # money, area
        (?:dong|d|vnd|usd|\$|nghin|ngan(?![ ]hang)|trieu|ty|ti|m2|m²|ha) (?!\w) )
    | (?P<plate>
        (?: (?<!\w) (?=[a-z]{2,3}[ ._-]{0,3}\d{4,5}[ ._-]{0,3}ts(?!\w))                            # fishing boat, CM-91234-TS
          | \b(?:tau(?:[ ]ca|[ ]bien)?|ghe|thuyen|xuong|vo[ ]lai|so[ ]dang[ ]ky|phuong[ ]tien|bien[ ]kiem[ ]soat|so[ ]hieu) (?:[ ]so|[ ]hieu|[ ]mang|[ ]la|[ ]van[ ]tai|[ ]cau|[ ]luoi|[ ]keo|:){0,3} [ ] )
        (?P<boat> (?:cm|bl|kg|bt|tv|st|tg|vt|btr|bth|kh|bd|py|na|th|hp|dna|qng|qn|qna|nt|sg|ag) [ ._-]{0,3} \d{4,5} (?:[ ._-]{0,3}ts)? ) (?![\w/])
      | (?<![\w.,/]) [1-9]\d [ ]?-?[ ]? (?:[a-z]\d|md\d?) [ ]?[-._/]?[ ]? (?: \d{3}[. ]?\d{2} | \d{2}\.\d{3} | (?<!m[23][ ]) \d{2}[ ]\d{3} ) (?![\w/])
      | (?<![\w.,/]) [1-9]\d -? (?!m[23]|[hkgl]\d) [a-z]\d [ ] (?!(?:19|20)\d\d|\d000) \d{4} (?![\w/-]|[.,]\d)
      | (?<![\w.,/]) [1-9]\d -? (?!(?:kg|km|cm|mm|ha|m[23])[ -]?\d|[kh][ ]) [a-z]{1,2} [ ]?[-.]?[ ]? \d{3}\.?\d{2} (?![\w/])
      | (?<![\w.,/]) [1-9]\d [ ]-?[ ]? (?P<shouted>[a-z]{1,2}) [ ]?[-.]?[ ]? \d{3}\.?\d{2} (?![\w/])
      | (?<![\w.,/]) [1-9]\d [ -]? [a-z]{1,2}\d? [ ]?-[ ]? \d{4} (?![\w/.])
      | (?<![\w.,/]) (?P<forces> [abhkpqtv][a-z]) (?:-\d\d-\d\d | [ ]?\d\d-\d\d) (?![\w/.-])
      | (?:bien[ ](?:so|kiem[ ]soat)|\bbien|\bbks|\bbsx?|\bxe) (?:[ ]xe|[ ]so|[ ]may|[ ]hon[ ]da|[ ]o[ ]to|[ ]la|[ ]mang|:){0,4} [ ]?
        (?P<said> [1-9]\d[ -]?[a-z]{1,2}\d?[ .-]?\d{3}[. ]?\d{1,2} | (?P<called> [a-z]{2})[ -]?\d\d[ .-]?\d\d ) (?![\w/]) )
    | (?P<serial>
        (?<!\w) [a-z] \d{7,8} (?!\w)                                                              # passport
      | (?:ho[ ]chieu|passport|\bhc) [ ]?(?:so|cua[ ]\w+|la|pho[ ]thong|:){0,2} [ ]? (?P<spaced> [a-z][ -]\d{7,8} | [a-z][ -]?\d{3,4}[ .]\d{3,4}) (?!\w)
      | (?:(?<!\w)|(?<=chieu)|(?<=passport)) (?P<book> [a-z] (?:[ .-]? \d) (?:[ ./-]?\d){6,7} ) (?!\d)
      | (?<!\w) (?P<parted> [bcepn]) [ ] \d{7,8} (?!\w)
      | (?<!\w) [a-z]{2} [ -]? \d (?:[ -]?\d){12} (?!\d)                                         # health insurance card
      | (?<!\w) (?P<deed> [a-z]{2}) [ ]? \d{6,8} (?!\w) )                                         # land certificate
    | (?P<slashed> (?<![\d.,/]) [1-9]\d{2,3} (?:/\d{3}){2} (?![\d/]) )
    | (?P<split> (?<![\d.,/]) (?: 0 | \+?84 ) \d{0,6} (?:[,/_*|·\u20e3]{1,2}[ ]?\d{1,4}){2,9} (?![\d]|[,/]\d) )
    | (?P<digits> (?<!\d) \(? \+? \d+ (?: (?:[ .()\u20e3-]{1,3} | [ ](?:cham|gach(?:[ ]ngang)?|tru|xet)[ ])
        \d++ (?![a-z]{1,2}\d?[ ]?[-.]?\d{3}[. ]?\d{2}) )* )                                        # a plate may follow
    """,
    re.VERBOSE,
)
_DATE_OR_CODE = re.compile(
    r"\d[.,]\d{6}.*|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|\d{1,2}/(?:19|20)\d\d|(?:19|20)\d\d|\d{1,2}h\d*|\d+(?:k|tr\d*|d|dong)"
    r"|\d{1,3}(?:\.\d{3})+|\d{1,4}/(?:19|20)?\d\d/(?!(?:bn|tn|hs|pth|ptn|bnhs|tnhs|ptnhs)$)[a-z-]+|[1-9]\d*0000?"
)


def find_codes(view: View) -> list[Masked]:
    """Everything that holds a digit, except e-mail addresses and addresses of houses."""
    found: list[Masked] = []
    match = _SCAN.search(view.folded) if _DIGIT.search(view.folded) else None
    while match:
        refused = _refused(view, match)
        if refused is None:
            found += _items(view, match)
        match = _SCAN.search(view.folded, match.end() if refused is None else refused)
    return found


def _items(view: View, match: re.Match[str]) -> list[Masked]:
    if match["slashed"]:
        return [view.item(IDENTITY, *match.span())] if _is_odd(view, match) else []
    if match["digits"] or match["split"]:
        return _numbers(view, match)
    if match["public"]:
        return _paid_in(view, match)
    if match["application"]:
        start, end = _span(match, "receipt")
        return [view.item(APPLICATION, start, start + len(view.folded[start:end].rstrip("./-")))]
    if match["plate"]:
        return [view.item(PLATE, *_span(match, "boat" if match["boat"] else "said"))]
    return [view.item(IDENTITY, *_span(match, "book" if match["book"] else "spaced"))] if match["serial"] else []


def _refused(view: View, match: re.Match[str]) -> int | None:
    """Where to go on when a second look tells that it is something else: it needs capitals, or is no receipt."""
    if match["receipt"] is not None and not _is_receipt(match["receipt"]):
        return match.start("receipt")
    if match["book"] is not None and not _OF_BOOKS.search(view.folded):
        return match.start("book") + 1
    if match["forces"] and match["forces"] in _FORMS:
        return match.end("forces")
    for group in ("forces", "shouted", "called", "deed", "parted"):
        if match[group] is not None and not view.plain[match.start(group) : match.end(group)].isupper():
            return match.end(group)
    return None


_DIGIT = re.compile(r"\d")
_FORMS = ("ct", "tk", "qd", "tb", "bc", "hd", "ht")
"""Two letters before numbers that are a form or a document, though some units of the forces have them too."""


def _span(match: re.Match[str], group: str) -> tuple[int, int]:
    """Of the group when it took part, else of everything."""
    return match.span(group) if match[group] is not None else match.span()


def _paid_in(view: View, match: re.Match[str]) -> list[Masked]:
    """ "sổ bhxh 9163506895 đóng được 2 năm": not an amount in đồng, a number and the word that follows it."""
    number, unit = match[0].rstrip("dong").rstrip(), view.text[match.end() - 4 : match.end()].lower()
    if unit not in ("đóng", "dong") or not number.isdigit() or len(number) < 9 or number.endswith("00"):
        return []
    label = label_before(view.folded, match.start())
    return [view.item(kind, match.start() + start, match.start() + end) for kind, start, end in judge_row(number, label)]


_NINE = re.compile(r"\d{3}\.\d{3}\.\d{2}[1-9]")
_OF_BOOKS = re.compile(r"ho chieu|hochieu|passport|\bhc\b|dai su quan|xuat canh")
"""A letter and seven or eight digits in groups are a passport's in a text that speaks of one."""
_NUMBERED = re.compile(r"\b(?:mst|ma so|ma thue|ma cua|cai ma|ghi ma|thue|bhxh|bao hiem|that nghiep|so so|so bia|bia xanh|cmnd|cmt|chung minh|giay cu|can cuoc|cccd|ma|dinh danh)\b")
_OF_PAPERS = re.compile(r"\b(?:cmnd|cmt|cmtnd|chung minh|can cuoc|cccd|giay to tuy than)\b")
"""Nine digits with dots are money unless the text speaks of an identity paper anywhere."""


def _numbers(view: View, match: re.Match[str]) -> list[Masked]:
    if sum(map(str.isdigit, match[0])) < FEWEST_DIGITS:
        return []
    offset = match.start()
    label = label_before(view.folded, offset) or label_after(view.folded, match.end())
    if label is None and _NINE.fullmatch(match[0]) and _OF_PAPERS.search(view.folded):
        label = IDENTITY
    found = [view.item(kind, offset + start, offset + end) for kind, start, end in judge_row(match[0], label)]
    if not found and label is None and _is_odd(view, match):
        return [view.item(IDENTITY, offset, offset + len(match[0].rstrip(" .-(")))]
    return found


def _is_odd(view: View, match: re.Match[str]) -> bool:
    """A number whose form says nothing, near words of numbered papers."""
    around = view.folded[max(0, match.start() - REACH) : match.start()] + " \n " + view.folded[match.end() : match.end() + REACH // 2]
    return is_odd_row(match[0].rstrip(" .-(")) and bool(_NUMBERED.search(around))


def _is_receipt(shown: str) -> bool:
    return sum(char.isdigit() for char in shown) >= 3 and not _DATE_OR_CODE.fullmatch(shown.rstrip("./-"))
