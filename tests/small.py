"""A small world for tests: three invented procedures, questions of a fourth that is not loaded, and an encoder without a model."""

from __future__ import annotations

import copy
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from index.catalogue import parse_procedure
from index.procedure import Procedure
from index.text import fold, normalise, tokens

REGISTER, RENEW, CARD = "1.900001", "1.900002", "2.900003"
BOATS = "3.900009"
"""Has questions and no record."""

BEES: dict[str, Any] = {
    "code": REGISTER,
    "name": "Đăng ký nuôi ong mật",
    "aliases": ["xin nuôi ong", "đăng ký trại ong"],
    "overview": "Ghi tên trại ong vào sổ của xã để được đặt thùng ong",
    "field": "Chăn nuôi",
    "level": "commune",
    "province": None,
    "applicants": ["Chủ trại ong", "Hợp tác xã có trại ong"],
    "cases": [{"id": "di-chuyen", "name": "Trại ong di chuyển theo mùa hoa"}],
    "documents": [
        {"name": "Tờ khai đăng ký nuôi ong", "originals": 1, "copies": 0, "template": "to-khai"},
        {"name": "Giấy tờ tùy thân có ảnh", "kind": "show"},
        {"name": "Sơ đồ nơi đặt thùng ong", "originals": 1, "copies": 2, "kind": "if_needed", "note": "vẽ tay cũng được"},
        {"name": "Lịch di chuyển trại ong", "originals": 1, "copies": 0, "case": "di-chuyen"},
    ],
    "duration": [{"working_days": 5, "channel": "direct"}, {"working_days": 3, "channel": "online", "note": "không tính ngày lễ"}],
    "fees": [
        {"name": "Lệ phí đăng ký", "amount_vnd": 30000, "effective_to": "2026-06-30"},
        {"name": "Lệ phí đăng ký", "amount_vnd": 50000, "per": "lần", "source": "Thông tư 12/2026/TT-BTC", "effective_from": "2026-07-01", "effective_to": "2026-12-31"},
        {"name": "Lệ phí đăng ký", "amount_vnd": 100000, "per": "lần", "effective_from": "2027-01-01"},
        {"name": "Phí thẩm định", "amount_vnd": 0, "condition": "hộ nghèo"},
    ],
    "post_submit": {"status": "accepted", "note": "gửi bảo đảm"},
    "post_return": {"status": "not_accepted"},
    "online": {"status": "partial", "note": "tờ khai giấy nộp sau"},
    "place": {"agency": "Ủy ban nhân dân cấp xã", "where": "nộp tại nơi đặt trại ong"},
    "steps": ["Điền tờ khai.", "Nộp hồ sơ tại xã.", "Nhận giấy xác nhận."],
    "conditions": ["Trại ong cách khu dân cư ít nhất 200 mét."],
    "result": ["Giấy xác nhận đăng ký nuôi ong"],
    "template": [{"id": "to-khai", "name": "Tờ khai đăng ký nuôi ong", "number": "NO01"}],
    "legal_basis": ["Luật Chăn nuôi 32/2018/QH14"],
    "decision": {"number": "77/QĐ-BNN", "date": "2026-02-03"},
    "source": {"title": "Cổng Dịch vụ công quốc gia", "url": "https://dichvucong.gov.vn", "taken_on": "2026-07-18"},
    "contact": "commune",
    "checked_on": "2026-11-22",
    "effective_from": None,
    "effective_to": None,
}

BEES_AGAIN: dict[str, Any] = {
    **{key: BEES[key] for key in ("field", "level", "province", "applicants", "steps", "conditions", "decision", "source", "contact", "checked_on", "place", "online")},
    "code": RENEW,
    "name": "Gia hạn đăng ký nuôi ong mật",
    "aliases": ["gia hạn trại ong", "đăng ký ong sắp hết hạn"],
    "overview": "Kéo dài thời hạn của giấy xác nhận đăng ký nuôi ong",
    "documents": [{"name": "Đơn gia hạn", "originals": 1, "copies": 0}],
    "duration": [{"same_day": True}],
    "fees": [{"name": "Lệ phí gia hạn", "amount_vnd": None, "note": "mức thu do Hội đồng nhân dân tỉnh quy định"}],
    "post_submit": {"status": "accepted"},
    "post_return": {"status": "accepted"},
    "result": ["Giấy xác nhận được gia hạn"],
    "template": [],
    "legal_basis": ["Nghị định 13/2020/NĐ-CP"],
    "effective_from": "2026-01-01",
    "effective_to": "2026-12-31",
}

LIBRARY_CARD: dict[str, Any] = {
    **{key: BEES[key] for key in ("source", "contact", "checked_on", "province")},
    "code": CARD,
    "name": "Cấp thẻ thư viện tỉnh",
    "aliases": ["làm thẻ mượn sách", "xin thẻ đọc sách"],
    "overview": "Được mượn sách của thư viện tỉnh",
    "field": "Văn hóa",
    "level": "province",
    "applicants": ["Mọi công dân"],
    "documents": [{"name": "Đơn xin cấp thẻ", "originals": 1, "copies": 0}],
    "duration": [{"note": "trả theo giấy hẹn"}],
    "post_submit": {"status": "not_accepted"},
    "online": {"status": "not_accepted"},
    "place": {"agency": "Thư viện tỉnh"},
    "steps": ["Đến thư viện."],
    "result": ["Thẻ thư viện"],
    "contact": "library",
    "unknown": {
        "fees": "Nguồn không nói mức thu", "post_return": "nguồn không nói", "conditions": "nguồn không nói", "legal_basis": "nguồn không nói",
        "decision": "nguồn không ghi",
    },
    "effective_from": None,
    "effective_to": None,
}

RAW = (BEES, BEES_AGAIN, LIBRARY_CARD)
FILES = {REGISTER: "chan-nuoi/1.900001-dang-ky-nuoi-ong.yml", RENEW: "chan-nuoi/1.900002-gia-han-nuoi-ong.yml", CARD: "van-hoa/2.900003-the-thu-vien.yml"}
CONTACTS: dict[str, dict[str, str]] = {
    "commune": {"name": "Trung tâm Phục vụ hành chính công xã"},
    "library": {"name": "Thư viện tỉnh", "address": "5 Lê Lợi", "phone": "1900 0000", "source": "biển hiệu"},
}
OLD_NAMES: dict[str, Any] = {
    "since": "2025-07-01",
    "checked_on": "2026-11-22",
    "provinces": {"source": "Nghị quyết 1", "rows": [{"old": "Bạc Liêu", "now": "Cà Mau"}]},
    "communes": {
        "source": "Nghị quyết 2",
        "districts": [{"name": "Huyện Ong Mật", "province": "Cà Mau", "rows": [{"old": "Xã Hoa Tràm", "now": ["Xã Ong Vàng", "Xã Ong Bầu"]}]}],
    },
}
PHRASINGS = {
    REGISTER: {"documents": ["muốn nuôi ong thì cần giấy gì", "mở trại ong phải nộp gì"], "documents+fees": ["đăng ký ong cần gì tốn nhiêu"]},
    RENEW: {"duration": ["gia hạn nuôi ong mấy bữa xong"]},
    CARD: {"place": ["làm thẻ thư viện ở đâu"], "fees": ["thẻ mượn sách bao nhiêu tiền"]},
    BOATS: {"documents": ["xin tổ chức đua thuyền rồng cần gì"], "overview": ["giấy phép đua thuyền"]},
}

SWARM: dict[str, Any] = {
    "id": "bat-duoc-dan-ong",
    "name": "Khi bắt được đàn ong",
    "heads": ["bắt được/nhặt được … đàn ong"],
    "others": ["thẻ thư viện/gia hạn", "bán mật"],
    "asked": ["tui mới bắt được đàn ong, phải làm những giấy tờ gì"],
    "steps": [
        {"code": REGISTER, "when": "khi trại cách khu dân cư ít nhất 200 mét", "said_in": "conditions[0]", "why": "để được đặt thùng"},
        {"code": RENEW, "when": "khi sắp hết hạn", "why": "để nuôi tiếp", "optional": True, "after": REGISTER},
    ],
    "notes": [{"text": "Sách về ong có ở thư viện", "source": "thủ tục thẻ thư viện", "codes": [CARD]}],
}
"""A life event of the small world, as a file of data/life_events."""

FAQ: dict[str, Any] = {
    "question": "Bị ong đốt phải báo cho ai?",
    "asked": ["bị ong đốt phải báo ai", "ong hàng xóm đốt phải báo ai"],
    "answer": "Anh/chị báo trạm y tế, giữ lại 2 con ong.",
    "procedure": REGISTER,
    "owner": "Tổ ong",
    "source": {"title": "Sổ tay nuôi ong", "url": "https://example.vn/ong"},
    "checked_on": "2026-11-22",
}
"""An entry of the FAQ, as a file of data/faq."""


def raw(base: dict[str, Any] = BEES, **changes: Any) -> dict[str, Any]:
    """A copy of a record's mapping with keys replaced; a key set to `...` is left out."""
    return {key: value for key, value in copy.deepcopy({**base, **changes}).items() if value is not ...}


def procedure(base: dict[str, Any] = BEES, **changes: Any) -> Procedure:
    return parse_procedure(raw(base, **changes))


def write_yaml(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")
    return path


def write_data(folder: Path) -> Path:
    """The content files of the three procedures, as in data/."""
    for record in RAW:
        write_yaml(folder / "procedures" / FILES[record["code"]], record)
    write_yaml(folder / "phrasings" / "tat-ca.yml", PHRASINGS)
    write_yaml(folder / "province" / "ca-mau.yml", {"code": "ca-mau", "name": "Cà Mau", "contacts": CONTACTS})
    write_yaml(folder / "province" / "old_names.yml", OLD_NAMES)
    return folder


class HashedEncoder:
    """Folded words, hashed into a bag, as a unit vector: texts with common words are near. Follows index.encoder.Encoder."""

    def __init__(self, name: str = "hashed", dim: int = 64) -> None:
        self.name, self.dim = name, dim
        self.encoded = 0

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded += len(texts)
        rows = np.zeros((len(texts), self.dim), np.float32)
        rows[:, 0] = 0.1  # a text without words has a direction too
        for row, text in zip(rows, texts, strict=True):
            for word in tokens(fold(normalise(text))):
                row[1 + zlib.crc32(word.encode()) % (self.dim - 1)] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
