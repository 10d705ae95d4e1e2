"""A page of the form in, what its browser would send out."""

from __future__ import annotations

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Fields of the form that holds the save button, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.told: set[str] = set()
        self._on = False
        self._area: str | None = None
        self._select: str | None = None
        self._chosen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {key: value or "" for key, value in attrs}
        if "id" in a:
            self.ids.append(a["id"])
        if tag == "label" and "for" in a:
            self.labelled.add(a["for"])
        self.told.update(a.get("aria-describedby", "").split())
        if tag == "form":
            self._on = "data-unsaved" in a
        if not self._on:
            return
        if tag == "input" and a.get("name"):
            self.items.append((a["name"], a.get("value", "")))
        elif tag == "textarea":
            self._area, self._text = a["name"], ""
        elif tag == "select":
            self._select, self._chosen = a["name"], ""
        elif tag == "option" and "selected" in a:
            self._chosen = a["value"]

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            self.items.append((self._area, self._text.removeprefix("\n")))
            self._area = None
        elif tag == "select" and self._select is not None:
            self.items.append((self._select, self._chosen))
            self._select = None


def parsed(page: str) -> _Fields:
    found = _Fields()
    found.feed(page)
    return found


def fields(page: str, **changes: str) -> dict[str, str | list[str]]:
    """What the page's form would send, with changes; `__` in a name stands for `-`."""
    sent: dict[str, str | list[str]] = {}
    for name, value in parsed(page).items:
        if name.endswith("-rows"):
            sent.setdefault(name, []).append(value)  # type: ignore[union-attr]
        elif name != "csrf":
            sent[name] = value
    return sent | {name.replace("__", "-"): value for name, value in changes.items()}
