"""The parts of a record as its form shows them, in the order of the page: a closed list of fields with their Vietnamese names."""

from __future__ import annotations

from dataclasses import dataclass

from actions.words import ASPECT_TITLES
from index.catalogue import MAY_BE_UNKNOWN

Options = tuple[tuple[str, str], ...]
LEVELS: Options = (("commune", "Cấp xã"), ("province", "Cấp tỉnh"), ("ministry", "Cấp bộ"), ("agency", "Cơ quan chuyên ngành"))
CHANNELS: Options = (("", "Mọi cách nộp"), ("direct", "Nộp trực tiếp"), ("online", "Nộp trực tuyến"), ("post", "Nộp qua bưu chính"))
UNITS: Options = (
    ("", "Nguồn không cho số"),
    ("working_days", "ngày làm việc"),
    ("days", "ngày"),
    ("working_hours", "giờ làm việc"),
    ("hours", "giờ"),
    ("months", "tháng"),
    ("same_day", "trong ngày"),
)
KINDS: Options = (
    ("", "Nộp"),
    ("submit", "Nộp (ghi rõ)"),
    ("show", "Mang theo xuất trình"),
    ("issued_on_site", "Lập tại quầy"),
    ("if_needed", "Chỉ khi được yêu cầu"),
)
POST: Options = (("unknown", "Chưa rõ"), ("accepted", "Được"), ("not_accepted", "Không được"))
ONLINE: Options = (
    ("unknown", "Chưa rõ"),
    ("full", "Toàn trình"),
    ("partial", "Một phần"),
    ("appointment", "Chỉ đặt lịch"),
    ("not_accepted", "Không có"),
)
MAX_NUMBER = 10**12


@dataclass(frozen=True, slots=True)
class Cell:
    """One field. kind: text, area, number, day, choose, case, template, contact (the last three: choices from elsewhere).

    keep_null: an empty field is written as null, not left out.
    """

    key: str
    label: str
    kind: str = "text"
    options: Options = ()
    hint: str | None = None
    must: bool = False
    keep_null: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One key of the record. shape: value (one cell), lines (a text a line), rows (mappings), group (one mapping).

    title: over the part; one: what a row is called.
    """

    key: str
    title: str
    shape: str
    cells: tuple[Cell, ...] = ()
    hint: str | None = None
    one: str = ""
    must: bool = False

    @property
    def may_be_unknown(self) -> bool:
        """May the source leave it open, with the reason told?"""
        return self.key in MAY_BE_UNKNOWN

    @property
    def cell(self) -> Cell:
        """Of a part that is one value."""
        return self.cells[0]


def _value(key: str, label: str, kind: str = "text", **more: object) -> Part:
    cell = Cell(key, label, kind, **more)  # type: ignore[arg-type]
    return Part(key, label, "value", (cell,), must=cell.must)


_NOTE = Cell("note", "Ghi chú", "area")
_CASE = Cell("case", "Trường hợp", "case")
_CHANNEL = Cell("channel", "Cách nộp", "choose", CHANNELS)
_A = ASPECT_TITLES
SECTIONS: tuple[tuple[str, str, tuple[Part, ...]], ...] = (
    (
        "about",
        "Tên và cơ quan",
        (
            _value("name", "Tên thủ tục", must=True, hint="Ngắn gọn, không có chữ “Thủ tục” ở đầu."),
            Part("aliases", "Tên người dân hay gọi", "lines", hint="Mỗi dòng một cách gọi, 4 đến 10 dòng.", must=True),
            _value("overview", "Tóm tắt", "area", must=True, hint="Một câu: làm thủ tục này để được gì."),
            _value("field", "Lĩnh vực", must=True),
            _value("level", "Cấp giải quyết", "choose", options=LEVELS, must=True),
            _value("province", "Mã tỉnh", hint="Để trống khi dùng cho cả nước; của riêng tỉnh thì ghi như ca-mau.", keep_null=True),
            _value("contact", "Hỏi ai khi chưa rõ", "contact", must=True),
            Part("applicants", _A["applicants"], "lines", hint="Mỗi dòng một đối tượng."),
        ),
    ),
    (
        "papers",
        "Trường hợp và giấy tờ",
        (
            Part("cases", "Trường hợp", "rows", (
                Cell("id", "Tên riêng", hint="Không dấu, ví dụ qua-han.", must=True),
                Cell("name", "Tên gọi", must=True),
            ), hint="Chỉ ghi khi giấy tờ, thời hạn hay lệ phí khác nhau.", one="trường hợp"),
            Part("documents", _A["documents"], "rows", (
                Cell("name", "Tên giấy tờ", "area", must=True),
                Cell("originals", "Số bản chính", "number"),
                Cell("copies", "Số bản sao", "number"),
                Cell("kind", "Cách dùng", "choose", KINDS),
                _CASE,
                Cell("template", "Theo mẫu", "template"),
                _NOTE,
            ), hint="Nguồn không nói số bản thì để trống.", one="giấy tờ"),
            Part("template", _A["template"], "rows", (
                Cell("id", "Tên riêng", hint="Không dấu, ví dụ to-khai.", must=True),
                Cell("name", "Tên biểu mẫu", must=True),
                Cell("number", "Số hiệu mẫu", hint="Ví dụ CT01."),
                _NOTE,
            ), one="biểu mẫu"),
        ),
    ),
    (
        "time",
        "Thời hạn và tiền",
        (
            Part("duration", _A["duration"], "rows", (
                Cell("amount", "Số", "number"),
                Cell("unit", "Đơn vị", "choose", UNITS),
                _CASE,
                _CHANNEL,
                _NOTE,
            ), one="thời hạn"),
            Part("fees", _A["fees"], "rows", (
                Cell("name", "Tên khoản thu", must=True),
                Cell("amount_vnd", "Số tiền (đồng)", "number", hint="0 là miễn phí; có thu mà nguồn không cho mức thì để trống.", keep_null=True),
                Cell("amount_usd", "Số tiền (đô la Mỹ)", "number"),
                Cell("max_vnd", "Mức cao nhất (đồng)", "number"),
                Cell("per", "Tính cho", hint="Ví dụ: bản, lần."),
                _CASE,
                _CHANNEL,
                Cell("condition", "Ai áp dụng", "area"),
                _NOTE,
                Cell("source", "Văn bản quy định", "text"),
                Cell("effective_from", "Áp dụng từ ngày", "day"),
                Cell("effective_to", "Áp dụng đến hết ngày", "day"),
            ), one="khoản thu"),
        ),
    ),
    (
        "ways",
        "Cách nộp, nơi nộp",
        (
            Part("post_submit", _A["post_submit"], "group", (Cell("status", "Nhận không", "choose", POST), _NOTE)),
            Part("post_return", _A["post_return"], "group", (Cell("status", "Trả không", "choose", POST), _NOTE)),
            Part("online", _A["online"], "group", (Cell("status", "Mức độ", "choose", ONLINE), _NOTE)),
            Part("place", _A["place"], "group", (
                Cell("agency", "Cơ quan nhận", must=True),
                Cell("where", "Nộp ở đâu", "area"),
                _NOTE,
            )),
        ),
    ),
    (
        "doing",
        "Các bước, điều kiện, kết quả",
        (
            Part("steps", _A["steps"], "lines", hint="Mỗi dòng một bước ngắn, nhiều nhất 8 dòng."),
            Part("conditions", _A["conditions"], "lines", hint="Mỗi dòng một điều kiện."),
            Part("result", _A["result"], "lines", hint="Mỗi dòng một kết quả."),
        ),
    ),
    (
        "origin",
        "Căn cứ, nguồn, hiệu lực",
        (
            Part("legal_basis", _A["legal_basis"], "lines", hint="Mỗi dòng một văn bản: tên loại và số hiệu."),
            Part("decision", "Quyết định công bố", "group", (Cell("number", "Số"), Cell("date", "Ngày", "day"))),
            Part("source", "Nguồn", "group", (
                Cell("title", "Tên nguồn", must=True),
                Cell("url", "Địa chỉ", hint="Bắt đầu bằng https://"),
                Cell("taken_on", "Ngày của bản sao đã đối chiếu", "day"),
            )),
            _value("checked_on", "Ngày đối chiếu với nguồn", "day", must=True),
            _value("effective_from", "Dùng được từ ngày", "day", keep_null=True),
            _value("effective_to", "Dùng đến hết ngày", "day", keep_null=True, hint="Để trống khi chưa biết ngày hết."),
            Part("replaces", "Mã cũ được thay", "lines", hint="Mỗi dòng một mã."),
            Part("differences", "Chỗ cố ý khác bản chính thức", "rows", (
                Cell("field", "Mục", must=True),
                Cell("value", "Khác thế nào", must=True, hint="Đúng chữ mà phần cảnh báo ghi."),
                Cell("reason", "Lý do", "area", must=True),
            ), one="chỗ khác"),
        ),
    ),
)  # fmt: skip
"""(anchor, title, parts)."""
PARTS = {part.key: part for _, _, parts in SECTIONS for part in parts}
ORDER = (
    "code", "name", "aliases", "overview", "field", "level", "province", "applicants", "cases", "documents", "duration", "fees",
    "post_submit", "post_return", "online", "place", "steps", "conditions", "result", "template", "legal_basis", "decision", "source",
    "contact", "checked_on", "effective_from", "effective_to", "unknown", "replaces", "differences",
)  # fmt: skip
"""Of the keys in a file."""
DROPPED_WHEN_EMPTY = {"cases", "template", "replaces", "differences"}
