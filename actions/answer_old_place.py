"""What an old place is called now and where its people go: units that are no more in, sentences with their facts out. Pure.

The first line goes on from "Dạ, ", so it begins in lower case.
"""

from __future__ import annotations

from collections.abc import Sequence

from actions import words
from actions.answer import Choice
from actions.opening import Desk
from actions.section import Section
from index.old_names import OldNames, OldUnit

HOME = "Cà Mau"
AT_HOME = "xã, phường nơi anh/chị ở"
"""In the name of a desk that every commune has, what stands for the commune."""


def told(unit: OldUnit, now: str | None, desk: Desk, centre: Desk, names: OldNames) -> Section:
    """now: the one of unit.now that the citizen has chosen; None when there is but one, or the unit is larger than a commune.
    desk: where to go; centre: the province's, told beside the commune's for the province as a whole."""
    path, since = f"old_names.{unit.path}", words.day(names.since)
    section = Section(facts=[(path, unit.name), ("old_names.since", since)])
    if unit.kind == "province":
        section.say(f"tỉnh {unit.name} cũ nay thuộc {_province(unit.now[0])}, từ {since}.", (f"{path}.now", unit.now[0]))
    elif unit.kind == "district":
        section.say(f"{_old(unit)} không còn từ {since}; địa bàn nay thuộc: {_listed(unit.now)}.", *_now_facts(unit))
        section.say("Anh/chị cho biết tên xã, phường, thị trấn cũ, tôi nói nay là nơi nào.")
    else:
        section.say(f"{_old(unit)} nay thuộc {_lower(now or unit.now[0])}, tỉnh {HOME}, từ {since}.", (f"{path}.now", now or unit.now[0]))
    if unit.kind == "province" and unit.now[0] != HOME:
        section.say(f"Tôi chỉ có nơi nộp của tỉnh {HOME}; anh/chị hỏi Trung tâm Phục vụ hành chính công nơi đó.")
    else:
        _say_desk(section, desk, (now or unit.now[0]) if unit.kind == "commune" else None)
    if unit.kind == "province" and unit.now[0] == HOME and desk.key == "commune":
        _say_desk(section, centre, None, opening="Thủ tục của tỉnh thì")
    section.say(f"Nguồn: {names.source(unit)}.", ("old_names.source", names.source(unit)))
    return section


def asked_which_now(unit: OldUnit, desk: Desk, tail: str) -> tuple[Section, tuple[Choice, ...]]:
    """A commune that lies in several of today: which? tail: what a choice's message asks after the names."""
    section = Section(facts=[(f"old_names.{unit.path}", unit.name), *_now_facts(unit)])
    section.say(f"{_old(unit)} nay nằm ở mấy nơi: {_listed(unit.now)}. Nhà, đất của anh/chị nay thuộc nơi nào?")
    section.say("Nếu chưa rõ, anh/chị hỏi trưởng ấp, trưởng khóm.")
    _say_filing(section, desk)
    return section, tuple(Choice(name, f"{unit.name}, {_within(unit)} cũ, nay thuộc {_lower(name)}: {tail}") for name in unit.now)


def asked_which_old(units: Sequence[OldUnit], tail: str) -> tuple[Section, tuple[Choice, ...]]:
    """Several old units of one name: which?"""
    section = Section(facts=[(f"old_names.{unit.path}", unit.name) for unit in units])
    section.say("có mấy nơi cũ cùng tên này; anh/chị hỏi nơi nào?")
    choices = []
    for unit in units:
        title = f"{_full(unit)} ({_within(unit)})" if unit.within else _full(unit)
        section.say(f"- {title}")
        choices.append(Choice(title, f"{_full(unit)}{f', {_within(unit)}' if unit.within else ''} cũ {tail}"))
    return section, tuple(choices)


def _say_desk(section: Section, desk: Desk, commune: str | None, opening: str = "Anh/chị") -> None:
    """Where to go, by the name of the commune of today when it is known."""
    name = desk.name.replace(AT_HOME, _lower(commune)) if commune else desk.name
    address = desk.contact.get("address")
    section.say(
        f"{opening} đến {name}{f': {address}' if address else ''}.",
        (f"contacts.{desk.key}.name", desk.name),
        *([(f"contacts.{desk.key}.address", address)] if address else []),
    )
    _say_filing(section, desk)


def _say_filing(section: Section, desk: Desk) -> None:
    if filing := desk.contact.get("filing"):
        section.say(
            f"{filing['text']} (theo {filing['source']}).",
            (f"contacts.{desk.key}.filing.text", filing["text"]),
            (f"contacts.{desk.key}.filing.source", filing["source"]),
        )


def _now_facts(unit: OldUnit) -> list[tuple[str, str]]:
    return [(f"old_names.{unit.path}.now", name) for name in unit.now]


def _old(unit: OldUnit) -> str:
    """ "xã Khánh Lâm cũ (huyện U Minh, tỉnh Cà Mau)"."""
    return f"{_lower(unit.name)} cũ ({_within(unit)})"


def _full(unit: OldUnit) -> str:
    return f"Tỉnh {unit.name}" if unit.kind == "province" else unit.name


def _within(unit: OldUnit) -> str:
    *districts, province = unit.within
    return ", ".join([*map(_lower, districts), f"tỉnh {province}"])


def _province(name: str) -> str:
    """The province of today; others are named alone, for some have become cities since."""
    return f"tỉnh {name}" if name == HOME else name


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(_lower, names))


def _lower(name: str) -> str:
    return words.lower_first(name)
