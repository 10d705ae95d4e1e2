"""Ways of filing and getting the result, and the place, of a portal record."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from index.finding import Notes
from index.portal_shape import names, raw_text, rows, text
from index.portal_text import clean, cut, lines, strings
from index.procedure import Channel, Place

UNKNOWN = Channel("unknown")
AGENCY_CHARS = 600
WHERE_CHARS = 300
_POST = re.compile(r"bưu chính|bưu điện|bcci", re.I)
_AT_HOME = re.compile(r"tại nhà|tận nơi", re.I)
_DESK = re.compile(r"tiếp nhận (?:hồ sơ )?(?:và|&) (?:hoàn )?trả kết quả|tiếp nhận và giải quyết", re.I)
_RETURN = re.compile(r"(?:trả|nhận|gửi|phát|chuyển) (?:thẻ|hộ chiếu|giấy|kết quả)|trả cho", re.I)
_RESULT = re.compile(r"[\s*+-]*(?:cách thức )?nhận kết quả(?!.*\bnộp\b)", re.I)
"""The beginning of a clause about the result alone, whatever desk "tiếp nhận hồ sơ" it names."""
_SUPPLEMENT = re.compile(r"(?:nộp|gửi) bổ sung (?:hồ sơ |giấy tờ |tài liệu )?(?:thông )?qua (?:dịch vụ |hệ thống )?bưu chính(?: công ích)?", re.I)
"""Papers sent after a file that was handed in otherwise: no way of filing."""
_FILE = re.compile(r"\bnộp\b|(?:gửi|chuyển|tiếp nhận|nhận|lập) (?:[\w,]+ ){0,3}hồ sơ|hồ sơ (?:được )?gửi|gửi (?:qua|đến)", re.I)


def channels(detail: dict[str, Any], notes: Notes) -> dict[str, Channel]:
    """{post_submit, post_return, online} -> Channel. What the portal does not list stays unknown, never "not_accepted"."""
    methods = rows(detail, "executionMethods", notes, "online")
    listed = {method.get("submissionMethod") for method in methods if isinstance(method.get("submissionMethod"), str)}
    postal = [raw_text(m, "description", notes, "post_submit") for m in methods if m.get("submissionMethod") == "POSTAL"]
    submit, back = _post(postal, notes)
    returning = [way for row in rows(detail, "returningMethods", notes, "post_return") for way in _ways(row)]
    found = {
        "post_submit": submit,
        "post_return": Channel("accepted") if back or "AT_HOME" in returning else UNKNOWN,
        "online": Channel("full" if detail.get("isFullProcess") is True else "partial") if "ONLINE" in listed else UNKNOWN,
    }
    if not postal and any(_POST.search(clean(text)) for text in strings(detail)):
        notes.found("post_mentioned_without_row", "post_submit", "no POSTAL row")
    for part, reason in (
        ("post_submit", _no_post(notes, bool(postal))),
        ("post_return", "dữ liệu cổng không nói có trả kết quả qua bưu chính hay không"),
        ("online", "dữ liệu cổng không ghi cách nộp trực tuyến"),
    ):
        if found[part].status == "unknown":
            notes.missing(part, reason)
    return found


def _no_post(notes: Notes, postal: bool) -> str:
    if any(finding.kind == "post_supplement_only" for finding in notes.findings):
        return "dữ liệu cổng chỉ nói gửi bổ sung giấy tờ qua bưu chính cho hồ sơ đã nộp"
    if postal:
        return "dữ liệu cổng chỉ nói trả kết quả qua bưu chính"
    if any(finding.kind == "post_mentioned_without_row" for finding in notes.findings):
        return "dữ liệu cổng có nhắc bưu chính nhưng không ghi là một cách nộp"
    return "dữ liệu cổng không ghi cách nộp qua bưu chính"


def _ways(row: dict[str, Any]) -> list[Any]:
    ways = row.get("value")
    return ways if isinstance(ways, list) else []


def _post(postal: Collection[str], notes: Notes) -> tuple[Channel, bool]:
    """POSTAL rows -> (may the dossier be posted, does the row speak of sending the result)."""
    said = [_speaks(words) for words in postal]
    if not said:
        return UNKNOWN, False
    returns = any(back for _, back in said)
    if any(filing for filing, _ in said):
        return Channel("accepted"), returns
    if any(_SUPPLEMENT.search(clean(words)) for words in postal):
        notes.found("post_supplement_only", "post_submit", "the POSTAL row speaks of papers added to a file")
    else:
        notes.found("post_return_only", "post_submit", "the POSTAL row speaks of the result only")
    return UNKNOWN, returns


def _speaks(words: str) -> tuple[bool, bool]:
    """(of filing, of the result): what the clauses that name the post say; a row without such a clause is about filing, unless
    it names the post for adding papers only."""
    filing = back = added = False
    for line in lines(words):
        for whole in re.split(r"[.;]\s", _DESK.sub(" ", line)):
            clause = _SUPPLEMENT.sub(" ", whole)
            added |= clause != whole
            post = _POST.search(clause) or _AT_HOME.search(clause)
            if post and _RESULT.match(clause):
                back = True
            elif post:
                result = _RETURN.search(clause[: post.start()])
                back |= bool(result and not _FILE.search(clause[result.end() : post.start()]))
                filing |= bool(_FILE.search(clause))
    return filing or not (back or added), back


def place(detail: dict[str, Any], notes: Notes) -> Place:
    """Who executes, both lists of the portal, and the desk's address when there is one."""
    agency = agencies(detail, notes)
    if not agency:
        notes.found("missing_part", "place", "no executing agency")
        notes.missing("place", "dữ liệu cổng không ghi cơ quan thực hiện")
    if len(agency) > AGENCY_CHARS:
        notes.found("shortened", "place", "agencies")
    where = text(detail, "dossierReceivingAddresses", notes, "place").strip(' "-')
    where = cut(where, WHERE_CHARS) if where[:8].lower() != "không có" and any(c.isalpha() for c in where) else ""
    return Place(cut(agency, AGENCY_CHARS), where or None)


def agencies(detail: dict[str, Any], notes: Notes) -> str:
    """Who executes, each once, joined by "; "."""
    listed = dict.fromkeys(name for key in ("departmentsExecuting", "unitGroupsExecuting") for name in names(detail, key, notes, "place"))
    return "; ".join({name.casefold().rstrip(" ."): name.rstrip(" .") for name in listed}.values())
