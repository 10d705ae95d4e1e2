"""A cluster and a person's choice in, content out: the sentence where it belongs, and a question that checks it from now on.

Both go through the content's own checks and are written in one transaction, with the cluster's closing: killed anywhere, all of it
is there or nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.gateway.masking import PLACEHOLDERS, mask
from bot.staff.content.revision import Conflict, Edit, Revision
from bot.staff.person import Person
from bot.staff.procedures.spell import fresh, scalar
from bot.staff.publish.expected import read_expected
from bot.staff.queue.lines import add_alias, add_example, add_phrasing
from index.catalogue import CODE, DataError
from index.procedure import ASPECTS
from index.text import fold

HOW = {
    "phrasing": "Thêm cách hỏi cho một thủ tục",
    "alias": "Thêm tên gọi khác cho một thủ tục",
    "faq": "Viết một mục hỏi đáp",
    "record": "Sửa hồ sơ thủ tục",
    "out_of_scope": "Dạy bot nhận ra câu không thuộc việc của bot",
    "nothing": "Không cần làm gì",
}
INTENTS = {
    "out_of_scope": ("Không phải thủ tục hành chính", "unanswerable_out_of_scope"),
    "check_application": ("Hỏi hồ sơ của mình tới đâu", "unanswerable_own_case"),
    "ask_own_record": ("Hỏi dữ liệu về chính mình", "unanswerable_own_case"),
    "request_officer": ("Xin gặp cán bộ", "redirected_officer"),
    "make_complaint": ("Phản ánh, khiếu nại, tố cáo", "redirected_complaint"),
    "report_emergency": ("Việc khẩn cấp", "redirected_emergency"),
    "ask_legal_advice": ("Nhờ tư vấn pháp luật", "unanswerable_out_of_scope"),
    "ask_other_province": ("Hỏi của tỉnh khác", "unanswerable_out_of_scope"),
    "insult": ("Chửi bới", "refused_abuse"),
    "inject_prompt": ("Tìm cách điều khiển bot", "refused_injection"),
}
"""intent -> what staff call it, the status that its answer has."""
NLU_FIRST = ("nlu/out_of_scope.yml", "nlu/requests.yml")
MOST_SENTENCES = 20
LONGEST = 300
ORIGIN = "hàng việc"


class Store(Protocol):
    """What of the content is used (content/store.py)."""

    def paths(self, prefix: str = "") -> list[str]: ...

    def read(self, path: str) -> Revision | None: ...

    def save_all(self, edits: Sequence[Edit], *, who: Person, why: str) -> list[Revision]: ...


class ResolveError(ValueError):
    """errors: field of the form -> Vietnamese sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class Fix:
    """What the form says. how: a key of HOW. sentences: as edited by the person, one each. facts: what the answer must show.

    faq: answer, source_title, source_url, checked_on of an FAQ entry.
    """

    how: str
    sentences: tuple[str, ...] = ()
    code: str = ""
    aspects: tuple[str, ...] = ()
    intent: str = "out_of_scope"
    reason: str = ""
    facts: tuple[str, ...] = ()
    faq: Mapping[str, str] = field(default_factory=dict)


def errors_of(fix: Fix) -> dict[str, str]:
    """What keeps the form from being used, before any file is looked at."""
    if fix.how not in HOW:
        return {"how": "Anh/chị chọn một cách xử lý."}
    if fix.how == "nothing":
        return {} if fix.reason else {"reason": "Anh/chị ghi lý do không cần làm gì."}
    errors = {} if fix.sentences else {"sentences": "Chưa có câu nào; cần ít nhất một câu, mỗi câu một dòng."}
    for sentence in fix.sentences:
        if any(placeholder in sentence for placeholder in PLACEHOLDERS):
            errors["sentences"] = f'Câu "{sentence}" còn chỗ đã che; anh/chị bỏ chỗ đó rồi viết lại câu cho trọn.'
        elif mask(sentence) != sentence:
            errors["sentences"] = f'Câu "{mask(sentence)}" có thông tin riêng của người hỏi; anh/chị bỏ đi rồi gửi lại.'
        elif len(sentence) > LONGEST:
            errors["sentences"] = f"Có câu dài {len(sentence)} ký tự; nhiều nhất {LONGEST}."
    if len(fix.sentences) > MOST_SENTENCES:
        errors["sentences"] = f"Có {len(fix.sentences)} câu; mỗi lần nhiều nhất {MOST_SENTENCES}."
    if fix.how in ("phrasing", "alias", "record") and not CODE.fullmatch(fix.code):
        errors["code"] = f'Mã thủ tục đang là "{fix.code}"; cần dạng 1.001193.'
    if fix.how == "faq" and fix.code and not CODE.fullmatch(fix.code):
        errors["code"] = f'Mã thủ tục đang là "{fix.code}"; cần dạng 1.001193, hoặc để trống.'
    if any(aspect not in ASPECTS for aspect in fix.aspects):
        errors["aspects"] = "Mục được hỏi không có trong danh sách; anh/chị chọn lại."
    if fix.how == "out_of_scope" and fix.intent not in INTENTS:
        errors["intent"] = "Anh/chị chọn một loại câu trong danh sách."
    if fix.how == "faq":
        needed = {"answer": "Câu trả lời", "source_title": "Nguồn", "checked_on": "Ngày đối chiếu"}
        errors |= {name: f"{title} đang trống; hãy ghi vào." for name, title in needed.items() if not fix.faq.get(name)}
    return errors


def resolve(content: Store, fix: Fix, cluster: str, who: Person, today: str) -> list[Revision]:
    """Write what the fix asks for, and its check question -> the revisions, the check question's last; [] for "nothing".

    The cluster's closing belongs to the same act (transaction.py). Raises ResolveError for a form that cannot be used or a file that
    somebody is working on; Conflict and ContentError as the content does; nothing is written then.
    """
    if errors := errors_of(fix):
        raise ResolveError(errors)
    if fix.how == "nothing":
        return []
    check_path = f"regression/{_slug(fix.sentences[0])}-{hashlib.sha256(cluster.encode()).hexdigest()[:6]}.yml"
    check = expected_text(fix, today)
    read_expected(check)
    why = fix.reason or f"{HOW[fix.how]} (từ hàng việc)"
    try:
        files = _files(content, fix, who)
    except DataError as error:
        raise ResolveError({"how": f"Không sửa tự động được tệp vì tệp đang sai mẫu ({error}); anh/chị sửa tệp trước."}) from error
    return content.save_all([*files, _edit(content, check_path, check)], who=who, why=why)


def expected_text(fix: Fix, today: str) -> str:
    """The check question's file (bot/staff/publish/expected.py)."""
    expect: dict[str, Any] = {"status": "answered"}
    if fix.how == "out_of_scope":
        expect = {"status": INTENTS[fix.intent][1]}
    elif fix.code and fix.how != "faq":
        expect |= {"procedure": fix.code}
    if fix.aspects and fix.how != "out_of_scope" and fix.how != "faq":
        expect |= {"aspects": [aspect for aspect in ASPECTS if aspect in fix.aspects]}
    if fix.facts:
        expect |= {"facts": list(fix.facts)}
    lines = [f"question: {scalar(fix.sentences[0])}", f"expect:{fresh(expect)}", f"origin: {ORIGIN}", f"created: {scalar(today)}"]
    return "\n".join(lines) + "\n"


def _files(content: Store, fix: Fix, who: Person) -> list[Edit]:
    if fix.how == "phrasing":
        path = phrasings_path(content, fix.code)
        text, base = _text(content, path)
        for sentence in fix.sentences:
            text = add_phrasing(text, fix.code, fix.aspects, sentence)
        return [Edit(path, text, base)]
    if fix.how == "alias":
        path = record_path(content, fix.code)
        if path is None:
            raise ResolveError({"code": f"Thủ tục {fix.code} chưa có hồ sơ của tỉnh để thêm tên gọi; anh/chị thêm cách hỏi thay vào."})
        text, base = _text(content, path)
        for sentence in fix.sentences:
            text = add_alias(text, sentence)
        return [Edit(path, text, base)]
    if fix.how == "faq":
        return [_faq(content, fix, who)]
    return [_example(content, fix)] if fix.how == "out_of_scope" else []


def record_path(content: Store, code: str) -> str | None:
    """The record of a code; None when nobody has written one here."""
    return next((path for path in content.paths("procedures/") if path.rsplit("/", 1)[-1].startswith(f"{code}-")), None)


def phrasings_path(content: Store, code: str) -> str:
    """Where the code has phrasings already; else the file of its record's field; else one for all others."""
    start = re.compile(rf'^["\']?{re.escape(code)}["\']?:', re.M)
    paths = content.paths("phrasings/")
    for path in paths:
        if (now := content.read(path)) and now.text and start.search(now.text):
            return path
    record = record_path(content, code)
    parts = record.split("/") if record else []
    return f"phrasings/{parts[1]}.yml" if len(parts) > 2 else "phrasings/tu-hang-viec.yml"


def _example(content: Store, fix: Fix) -> Edit:
    for path in dict.fromkeys((*NLU_FIRST, *content.paths("nlu/"))):
        text, base = _text(content, path)
        if text and add_example(text, fix.intent, fix.sentences[0]) is not None:
            for sentence in fix.sentences:
                text = add_example(text, fix.intent, sentence) or text
            return Edit(path, text, base)
    raise ResolveError({"intent": f'Không có tệp ví dụ nào cho "{INTENTS[fix.intent][0]}".'})


def _faq(content: Store, fix: Fix, who: Person) -> Edit:
    path = f"faq/{_slug(fix.sentences[0])}.yml"
    now = content.read(path)
    if now is not None and now.text is not None:
        raise ResolveError({"sentences": f"Đã có mục hỏi đáp {path}; anh/chị sửa mục đó, hoặc viết câu đầu khác đi."})
    source = {"title": fix.faq["source_title"], **({"url": fix.faq["source_url"]} if fix.faq.get("source_url") else {})}
    values = {
        "question": fix.sentences[0],
        "asked": list(fix.sentences[1:]),
        "answer": fix.faq["answer"],
        "procedure": fix.code or None,
        "owner": who.name,
        "source": source,
        "checked_on": fix.faq["checked_on"],
    }
    return Edit(path, "".join(f"{key}:{fresh(value)}\n" for key, value in values.items()), now.id if now else None)


def _text(content: Store, path: str) -> tuple[str, int | None]:
    """(submitted text of now, "" for none; the revision that it is). Raises ResolveError where somebody's draft lies on top: it would
    go live with ours."""
    now = content.read(path)
    if now is not None and now.state == "draft":
        raise ResolveError({"how": f"{now.author_name} đang sửa dở tệp {path}; chờ bản đó được nộp rồi làm tiếp."})
    return (now.text if now else None) or "", now.id if now else None


def _edit(content: Store, path: str, text: str) -> Edit:
    """The file whole, whatever it was."""
    now = content.read(path)
    return Edit(path, text, now.id if now else None)


def _slug(sentence: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(sentence).lower()).strip("-")[:60].strip("-") or "cau-hoi"


__all__ = ["HOW", "INTENTS", "Conflict", "Fix", "ResolveError", "Store", "errors_of", "expected_text", "resolve"]
