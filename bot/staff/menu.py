"""Who is here in, the menu out: only what the person may open."""

from __future__ import annotations

from dataclasses import dataclass

from bot.staff.person import Person
from bot.staff.rights import Right


@dataclass(frozen=True, slots=True)
class Item:
    """path: below /can-bo. here: the open page lies below it."""

    path: str
    title: str
    here: bool = False


ALL: tuple[tuple[str, str, Right], ...] = (
    ("/queue", "Hàng việc", Right.QUEUE),
    ("/calls", "Gọi lại", Right.CALL),
    ("/procedures", "Thủ tục", Right.READ),
    ("/content", "Nội dung khác", Right.READ),
    ("/imports", "Nhập danh mục", Right.EDIT),
    ("/publish", "Xuất bản", Right.READ),
    ("/switches", "Tạm ngừng", Right.SWITCH),
    ("/figures", "Số liệu", Right.FIGURES),
    ("/people", "Người dùng", Right.PEOPLE),
    ("/audit", "Nhật ký", Right.AUDIT),
)
ALSO: dict[str, tuple[str, ...]] = {"/queue": ("/explain",), "/content": ("/faq", "/phrasings", "/nlu", "/texts", "/offices", "/holidays")}
"""What belongs to an item and lies beside it."""


def menu(person: Person | None, at: str) -> list[Item]:
    """at: the path that is open, below /can-bo."""
    if person is None:
        return []

    def here(path: str) -> bool:
        return any(at == one or at.startswith(f"{one}/") for one in (path, *ALSO.get(path, ())))

    return [Item(path, title, here(path)) for path, title, right in ALL if person.may(right)]
