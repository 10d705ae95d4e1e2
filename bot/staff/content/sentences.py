"""An error line of the readers in index/ ("fees[0].amount_vnd: is 'x'; expected …") in, the field and a Vietnamese sentence out.

The readers speak to developers; this is the one place where their words are told to the staff. A line that no row knows is shown
as it is after a Vietnamese opening: better a half-foreign sentence than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.staff.content.revision import FieldError

TYPES = {
    "dict": "các dòng khóa: giá trị",
    "list": "danh sách",
    "str": "chữ",
    "int": "số",
    "bool": "true/false",
    "NoneType": "trống",
}
_ROWS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"is empty; write it, or put (?:it|place) under .*", "Phần này đang trống. Hãy ghi vào, hoặc đưa vào phần chưa rõ kèm lý do."),
    (r"missing; write it, or put it under .*", "Còn thiếu phần này. Hãy ghi vào, hoặc đưa vào phần chưa rõ kèm lý do."),
    (r"missing", "Còn thiếu; hãy ghi vào."),
    (r"is empty; expected the names people use", "Đang trống; cần ít nhất một cách gọi của người dân."),
    (r"the part is filled; drop one of the two", "Phần này đã có nội dung mà vẫn ghi là chưa rõ; hãy bỏ một trong hai."),
    (r"unknown key; expected one of (.+)", lambda m: f"Khóa này không có trong mẫu; các khóa dùng được: {m[1]}."),
    (r"unknown key in (.+)", lambda m: f"Có khóa không dùng được trong {_shown(m[1])}."),
    (r"unknown (.+); expected some of (.+)", lambda m: f"Có khóa không dùng được: {m[1]}; các khóa dùng được: {m[2]}."),
    (r"only the import sets it; .*", "Khóa này chỉ bản nhập từ danh mục quốc gia được ghi; hãy bỏ đi."),
    (r"has (\d+) lines; expected at most (\d+)", lambda m: f"Có {m[1]} dòng; nhiều nhất {m[2]} dòng."),
    (r"steps: (\d+) rows; expected at most (\d+)", lambda m: f"Có {m[1]} bước; nhiều nhất {m[2]} bước."),
    (r"has (\d+) values; expected (\d+)", lambda m: f"Có {m[1]} giá trị; cần đúng {m[2]}."),
    (r"has units (.+); expected one of (.+), or a note alone", lambda m: f"Cần đúng một đơn vị trong {m[2]}, hoặc chỉ có ghi chú."),
    (r"is (.+); expected digit, dot, six digits, in quotes", lambda m: f'Mã đang là {_shown(m[1])}; cần dạng "1.001193", trong nháy kép.'),
    (r"is (.+); expected whole đồng, 0 when free", lambda m: f"Đang là {_shown(m[1])}; cần số đồng là số nguyên, 0 nếu miễn phí."),
    (r"is (.+); expected a whole number from (\d)", lambda m: f"Đang là {_shown(m[1])}; cần một số nguyên từ {m[2]}."),
    (r"is (.+); expected true or false", lambda m: f"Đang là {_shown(m[1])}; cần true hoặc false."),
    (r"is (.+); expected true", lambda m: f"Đang là {_shown(m[1])}; chỉ được ghi true."),
    (r"is (.+); expected a day such as .*", lambda m: f'Đang là {_shown(m[1])}; cần một ngày có thật, dạng "2026-11-22".'),
    (r"is (.+); expected text", lambda m: f"Đang là {_shown(m[1])}; cần chữ."),
    (r"is an? (\w+); expected a (list|mapping)", lambda m: f"Đang là {TYPES.get(m[1], m[1])}; cần {_wanted(m[2])}."),
    (r"is (.+); expected a list(?: of .+)?", lambda m: f"Đang là {_shown(m[1])}; cần một danh sách, mỗi dòng một mục."),
    (r"is (.+); expected a mapping.*", lambda m: f"Đang là {_shown(m[1])}; cần {_wanted('mapping')}."),
    (r"is (.+); expected one of its members", lambda m: f"Đang là {_shown(m[1])}; cần một mã trong members."),
    (r"is (.+); expected one of (.+)", lambda m: f"Đang là {_shown(m[1])}; cần một trong: {_names(m[2])}."),
    (r"expected a mapping of part -> reason", "Cần từng phần kèm lý do, dạng phần: lý do."),
    (r"part is (.+); expected one of (.+)", lambda m: f"Phần {_shown(m[1])} không có; cần một trong: {m[2]}."),
    (r"expected one of (.+)", lambda m: f"Tên này không dùng được; cần một trong: {_names(m[1])}."),
    (r"id (.+) is not a plain ASCII id or stands twice", lambda m: f"Tên riêng {_shown(m[1])} phải là chữ không dấu và chỉ có một lần."),
    (r"is (.+); expected a plain ASCII id that stands once", lambda m: f"Tên riêng {_shown(m[1])} phải là chữ không dấu và chỉ có một lần."),
    (r"id (.+): expected a plain ASCII id and at least two members", lambda m: f"Nhóm {_shown(m[1])}: cần tên không dấu và ít nhất hai thủ tục."),
    (r"id (.+) stands twice", lambda m: f"Tên {_shown(m[1])} có hai lần."),
    (r"effective_from (\S+) is after effective_to (\S+)", lambda m: f"Ngày bắt đầu {m[1]} ở sau ngày kết thúc {m[2]}."),
    (r"file name; expected (.+)", lambda m: f"Tên tệp chưa đúng; cần {m[1]}."),
    (r"text is not in NFC", "Chữ có dấu ở dạng tách rời; hãy lưu lại ở dạng Unicode dựng sẵn (NFC)."),
    (r"line (\d+): key (.+) stands twice", lambda m: f"Khóa {_shown(m[2])} có hai lần; chỉ giữ một."),
    (r"line (\d+): key is (.+); expected text", "Khóa phải là chữ."),
    (r"key (.+); expected aspects joined by \+ in the order (.+)", lambda m: f"{_shown(m[1])} không phải điều được hỏi; cần các tên nối bằng dấu +, theo thứ tự: {m[2]}."),
    (r"is a (\w+); expected aspects -> sentences", "Dưới mã thủ tục cần từng điều được hỏi, mỗi điều một danh sách câu."),
    (r"expected a list of sentences", "Cần một danh sách câu, không có câu trống."),
    (r"contacts: expected contacts by key.*", "Cần danh sách nơi liên hệ (contacts), trong đó có commune."),
    (r"expected at least a name", "Nơi liên hệ cần ít nhất tên (name)."),
    (r"an address or a phone without its source", "Có địa chỉ hoặc số điện thoại thì phải ghi nguồn (source)."),
    (r"is (.+); expected text and source", "Cần câu chữ (text) và nguồn (source), không thêm gì khác."),
    (r"expected days, spells and source, and nothing else", "Mỗi dòng giờ làm việc cần ngày (days), các buổi (spells) và nguồn (source)."),
    (r"is (.+); expected numbers from 2 .*", lambda m: f"Ngày đang là {_shown(m[1])}; cần số từ 2 (thứ Hai) đến 8 (Chủ nhật), mỗi ngày chỉ ở một dòng."),
    (r"is (.+); expected e\.g\. .*", lambda m: f'Các buổi đang là {_shown(m[1])}; cần dạng "07:00-11:00", buổi sau nối tiếp buổi trước.'),
    (r"is (.+); expected a list of rows, or nothing", "Giờ làm việc cần một danh sách dòng, hoặc bỏ hẳn."),
    (r"(\S+) has no reviewed record; expected a code of data/procedures", lambda m: f"Thủ tục {m[1]} chưa có bản ghi; cần mã của một thủ tục đã soạn."),
    (r"stands twice", "Có hai lần; chỉ giữ một."),
    (r"(.+) stands in (\S+) too; expected a message of this event alone", lambda m: f"Câu {_shown(m[1])} đã có ở {m[2]}; mỗi câu chỉ thuộc một việc."),
    (r"(.+) is not told by heads and words that ask for everything.*", lambda m: f"Câu {_shown(m[1])} chưa khớp cụm từ ở heads, hoặc có từ trong others; hãy sửa câu hay cụm từ."),
    (r"a number in why, or in when without said_in.*", "Có số trong why, hoặc trong when mà không ghi said_in; số nào cũng phải chỉ ra câu làm căn cứ."),
    (r"expected (.+); id is the file's name", lambda m: f"Cần đủ các khóa {m[1]}; id phải trùng tên tệp."),
    (r"not as tools/old_names.py writes it .*", "Tệp này do công cụ tools/old_names.py viết ra; hãy sửa bảng nguồn rồi chạy lại công cụ."),
    (r"expected (id, ask, .+) and maybe usual", lambda m: f"Mỗi nhóm cần đủ các khóa {m[1]}; có thể thêm usual."),
    (r"keys (.+); expected heading and rows", "Tệp cần đúng hai khóa: heading và rows."),
    (r"code (\S+) is already in (\S+)", lambda m: f"Mã {m[1]} đã có ở {m[2]}."),
)  # fmt: skip
_RULES = [(re.compile(pattern, re.S), told) for pattern, told in _ROWS]
_FIELD = re.compile(r"((?:[A-Za-z_][\w-]*|\[\d+\]|\d\.\d{6})(?:\[\d+\]|\.[A-Za-z_][\w-]*)*): (.+)", re.S)
_LINE = re.compile(r"line (\d+)")


def told(message: str) -> FieldError:
    """message: of a DataError, without the file's name."""
    fields: list[str] = []
    rest = message.strip()
    while not (sentence := _sentence(rest)) and (match := _FIELD.fullmatch(rest)):
        fields.append(match[1])
        rest = match[2]
    lines = _LINE.findall(message)
    if sentence:
        where = f"dòng {lines[0]}" if rest.startswith("line ") and lines else ".".join(fields).replace(".[", "[")
        return FieldError(where, sentence)
    if lines and re.search(r"while (?:parsing|scanning)|mapping values|found|expected|could not", message):
        return FieldError(
            f"dòng {lines[-1]}", f"Sai cú pháp YAML ở dòng {lines[-1]}; xem lại thụt đầu dòng, dấu hai chấm và dấu nháy."
        )
    return FieldError(".".join(fields).replace(".[", "["), f"Nội dung chưa dùng được: {rest}")


def _sentence(rest: str) -> str | None:
    for pattern, words in _RULES:
        if match := pattern.fullmatch(rest):
            return words if isinstance(words, str) else words(match)
    return None


def _shown(value: str) -> str:
    """A Python literal as staff would write it: 'miễn phí' -> "miễn phí", None -> trống."""
    value = {"None": "trống", "True": "true", "False": "false", "''": "trống"}.get(value, value)
    return f'"{value[1:-1]}"' if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def _names(values: str) -> str:
    return values.strip("[]").replace("'", '"') or "(chưa có)"


def _wanted(kind: str) -> str:
    return "danh sách, mỗi dòng bắt đầu bằng dấu gạch ngang" if kind == "list" else "các dòng khóa: giá trị"
