"""E-mail addresses, also those written so that machines shall not read them: a view in, addresses out."""

from __future__ import annotations

import re

from bot.gateway.masking_view import Masked, View

EMAIL = "email"

_PROVIDER = r"(?:gmail|gmai|gmal|yahoo|hotmail|outlook|icloud|ymail|live)"
_DOT = r"(?:[ ]?\.[ ]?|,[ ]?|[ ]?[\[({]dot[\])}][ ]?|[ ](?:dot|cham)[ ])"
_TOP = r"(?:com|vn|net|org|edu|gov|info)\b"
_AT = r"(?:[ ]?@[ ]?|[ ]?[\[({](?:at|@|a[ ]cong)[\])}][ ]?|[ ](?:a[ ]cong|a[ ]moc|a[ ]vong)[ ]|[ ]at[ ](?=" + _PROVIDER + r"))"
_ADDRESS = re.compile(
    rf"""
      (?<![\w.+-]) [\w.+-]++ {_AT} (?:
          [\w-]++ (?: \.[\w-]++ | {_DOT}{_TOP} )+
        | {_PROVIDER} (?![\w]) )
    | (?<![\w.+@/-]) (?!(?:www|https?|mail|m)[.]) [\w+-][\w.+-]{{2,39}}? (?:gmail|yahoo|hotmail|icloud|\.outlook)[.]com(?:[.]vn)?(?!\w)
    """,
    re.VERBOSE,
)
_HINT = re.compile(r"@|\b(?:at|cong|moc|vong)\b|[\[({]at|(?:mail|yahoo|icloud|outlook)\.com")
_OFFICE = re.compile(
    r"(?:so|ubnd|vp|vanphong|vanthu|phong|trungtam|tt|hcc|ttpvhcc|cong?an|bhxh|motcua|dvc|dichvucong|hotro|support|lienhe|contact|info"
    r"|banbientap|bbt|chicuc|cuc|thue|tochuc|tiepdan|gopy|phananh)[\w.+-]*@[\w.-]+\.(?:gov|edu)\.vn$"
)


def find_emails(view: View) -> list[Masked]:
    """Every address except an office's own (sotuphap@….gov.vn), which is no person's."""
    if not _HINT.search(view.folded):
        return []
    return [view.item(EMAIL, *found.span()) for found in _ADDRESS.finditer(view.folded) if not _OFFICE.match(found[0])]
