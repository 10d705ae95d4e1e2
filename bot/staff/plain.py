"""What the program calls a thing in, what an officer is told out. What has no name here is "", and a page then shows the key alone, in
<code>, where whoever gives support finds it."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

from bot.staff.content.paths import KINDS, kind
from bot.staff.content.sentences import told
from bot.staff.procedures.parts import PARTS
from bot.staff.procedures.record import code_in
from index.province import CONTACTS_FILE

INTENT_NAMES = {
    "ask_documents": "Hỏi giấy tờ", "ask_duration": "Hỏi thời hạn", "ask_fees": "Hỏi phí, lệ phí",
    "ask_post_submit": "Hỏi nộp qua bưu chính",
    "ask_post_return": "Hỏi nhận kết quả qua bưu chính", "ask_online": "Hỏi nộp trực tuyến", "ask_place": "Hỏi nơi nộp",
    "ask_steps": "Hỏi các bước",
    "ask_conditions": "Hỏi điều kiện", "ask_result": "Hỏi kết quả", "ask_template": "Hỏi biểu mẫu", "ask_legal_basis": "Hỏi căn cứ pháp lý",
    "ask_applicants": "Hỏi ai được làm", "ask_overview": "Hỏi chung về thủ tục", "ask_several": "Hỏi nhiều điều một lúc",
    "correct": "Nói lại cho đúng",
    "affirm": "Đồng ý", "deny": "Không phải", "out_of_scope": "Ngoài phạm vi", "nonsense": "Câu không có nghĩa", "greet": "Chào",
    "goodbye": "Tạm biệt",
    "thank": "Cảm ơn", "ask_bot": "Hỏi về bot", "react": "Khen, chê, cảm thán", "start_over": "Bắt đầu lại",
    "check_application": "Hỏi hồ sơ của mình tới đâu",
    "ask_own_record": "Hỏi dữ liệu về chính mình", "ask_other_province": "Hỏi của tỉnh khác", "request_officer": "Xin gặp cán bộ",
    "make_complaint": "Phản ánh, khiếu nại, tố cáo", "report_emergency": "Việc khẩn cấp", "ask_legal_advice": "Nhờ tư vấn pháp luật",
    "insult": "Chửi bới", "inject_prompt": "Tìm cách điều khiển bot",
}  # fmt: skip
"""Every intent of domain.yml."""
FILE_NAMES = {
    CONTACTS_FILE: "Nơi liên hệ", "province/holidays.yml": "Lịch nghỉ", "province/post.yml": "Bưu chính",
    "province/old_names.yml": "Tên đơn vị hành chính cũ",
}  # fmt: skip
FIELD_NAMES = {
    **{cell.key: cell.label for part in PARTS.values() for cell in part.cells}, **{part.key: part.title for part in PARTS.values()},
    "name": "Tên", "unknown": "Nguồn không nói rõ", "question": "Câu hỏi", "asked": "Các cách hỏi", "answer": "Câu trả lời",
    "procedure": "Mã thủ tục",
    "owner": "Người phụ trách", "owner_name": "Người phụ trách", "url": "Địa chỉ trang", "expect": "Phải trả lời", "origin": "Có từ",
    "created": "Ngày tạo",
    "facts": "Phải có", "aspects": "Mục được hỏi", "before": "Các câu trước", "address": "Địa chỉ", "phone": "Điện thoại",
    "hours": "Giờ làm việc",
    "filing_text": "Nhận hồ sơ của ai", "filing_source": "Căn cứ của câu trên", "contacts": "Nơi liên hệ",
    "confirmed_until": "Lịch nghỉ đã xác nhận đến",
    "off": "Ngày nghỉ", "worked": "Ngày làm bù", "saturday_mornings": "Sáng thứ Bảy nhận hồ sơ", "timetables": "Khung giờ làm việc",
    "day": "Ngày", "kind": "Loại", "instead_of": "Bù cho", "text": "Câu chữ", "why": "Lý do",
    "own": "Câu của cơ quan", "examples": "Câu ví dụ", "sentences": "Các câu", "message": "Câu hỏi", "code": "Mã thủ tục",
    "how": "Cách làm", "reason": "Lý do",
    "state": "Tình trạng", "due": "Hạn xử lý", "note": "Ghi chú", "roles": "Quyền", "login": "Tên đăng nhập",
    "revision": "Lần sửa trong kho",
    "restored": "Khôi phục lần sửa", "files": "Số tệp", "file": "Tệp", "paths": "Các tệp", "snapshot": "Nội dung đến lần sửa",
    "release": "Bản phát hành", "into": "Thành nhóm",
    "turns": "Các câu", "taken": "Nhóm được gộp", "population": "Số câu có thể chọn", "lost": "Số câu không còn chữ",
    "size": "Số câu trong mẫu", "rows": "Số dòng",
    "broken": "Dòng bị sửa", "number": "Bản số", "disabled": "Đã ngừng", "members": "Các thủ tục", "ask": "Câu hỏi lại", "codes": "Các mã",
    "part": "Phần", "n": "Số thủ tục", "person": "Người làm", "action": "Việc", "subject": "Đối tượng", "from": "Từ ngày",
    "to": "Đến ngày", "word": "Chữ cần tìm", "passed": "Đã có người quyết định trước", "rule": "Theo bộ lọc",
    "clean": "Không có nghi vấn",
    "reviewed": "Tỉnh có bản riêng", "parts": "Các phần",
}  # fmt: skip
_HOLE, _HOLES = re.compile(r"\{\w*\}"), re.compile(r"(\{\w*\})")
_STEM = re.compile(r"[/#]([^/#]+?)(?:\.\w+)?$")
_EXPIRED = re.compile(r"(?:(\S+) )?expired on (\d{4}-\d\d-\d\d)")
_KEY = re.compile(r"\b(?!(?:to|n)\b)[a-z]+(?:_[a-z]+)*\b")
"""A word that may be a key of a file; two keys are Vietnamese words as well."""
_NAMED = ("faq/", "life_events/", "golden/", "regression/", "phrasings/")
"""Folders whose files bear Vietnamese names."""


def intent_words(intent: str) -> str:
    """ "ask_fees" -> "Hỏi phí, lệ phí"."""
    return INTENT_NAMES.get(intent, "")


def file_words(path: str) -> str:
    """ "procedures/ho-tich/1.001193-….yml" -> "Thủ tục 1.001193"; "faq/lich-cup-dien.yml" -> "Hỏi đáp riêng: lich cup dien"."""
    path, _, part = path.partition("#")
    if code := code_in(path):
        return f"Thủ tục {code}"
    if path in FILE_NAMES:
        return FILE_NAMES[path]
    stem = _STEM.search(path)
    name = kind(path)
    if path.startswith(_NAMED) and stem:
        name = f"{name}: {stem[1].replace('-', ' ')}"
    return f"{name} ({part})" if part and re.fullmatch(r"\d\.\d{6}", part) else name


def is_file(path: str) -> bool:
    """Does it look like a file of the content?"""
    return any(path.startswith(prefix) for prefix, _ in KINDS) and "." in path


def field_words(field: str) -> str:
    """ "fees[0].amount_vnd", "fees-0-amount_vnd", "asked:steps" -> "Phí, lệ phí 1: Số tiền (đồng)"; rows count from 1; "" where a key is unknown."""
    found = []
    for piece in re.split(r"[.\-:]|(?<=\w)(?=\[)", re.sub(r"\b(\d)\.(\d{6})", r"\1\2", field)):
        number = re.fullmatch(r"\[?(\d{1,3})\]?", piece)
        if number and found:
            found[-1] += f" {int(number[1]) + 1}"
        elif re.fullmatch(r"\d{7}", piece):
            found.append(f"{piece[0]}.{piece[1:]}")
        elif all(name in FIELD_NAMES for name in piece.split("+")):
            found.append(" và ".join(FIELD_NAMES[name] for name in piece.split("+")))
        else:
            return ""
    return ": ".join(dict.fromkeys(found))


def gist(text: str) -> str:
    """The beginning of a small text, to know it by; what the bot fills in as "…"."""
    text = _HOLE.sub("…", " ".join(text.split()))
    return text if len(text) <= 60 else f"{text[:60].rsplit(' ', 1)[0].rstrip('.,;:')}…"


def holes(text: str) -> Markup:
    """A small text with its {places} set apart."""
    pieces = _HOLES.split(text)
    return Markup("").join(Markup("<code>{}</code>").format(piece) if _HOLE.fullmatch(piece) else escape(piece) for piece in pieces)


def value_words(value: Any) -> str:
    """A value as YAML reads it, in a line: lists by semicolons, mappings by the names of their fields."""
    if isinstance(value, dict):
        return "; ".join(f"{field_words(str(name)) or name}: {value_words(one)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(map(value_words, value))
    if isinstance(value, bool) or value is None:
        return {True: "có", False: "không", None: "trống"}[value]
    return str(value)


def problem_words(line: str) -> tuple[str, str, str]:
    """ "path: what is wrong" of the readers -> (what the file is, what is wrong in Vietnamese, the line for support, "" if all is said)."""
    path, _, rest = line.partition(": ")
    if not is_file(path):
        return "", "Có chỗ chưa đúng mẫu.", line
    if expired := _EXPIRED.fullmatch(rest):
        what = field_words(expired[1]) if expired[1] else "Bản ghi"
        return file_words(path), f"{what or 'Một mục'} đã hết hạn ngày {expired[2][8:]}/{expired[2][5:7]}/{expired[2][:4]}.", path
    found = told(rest)
    if found.sentence.startswith("Nội dung chưa dùng được") and rest.isascii():
        return file_words(path), "Có chỗ chưa đúng mẫu; anh/chị nhờ người quản trị xem giúp.", line
    field, _, said = rest.partition(": ")
    if found.sentence.startswith("Nội dung chưa dùng được"):
        found_field, sentence = (field, said) if said and field.isascii() else ("", rest)
    else:
        found_field, sentence = found.field, found.sentence
    where, sentence = field_words(found_field) if found_field else "", _KEY.sub(lambda key: FIELD_NAMES.get(key[0], key[0]), sentence)
    return file_words(path), f"{where}: {sentence}" if where else sentence, f"{path} {found_field}".strip()
