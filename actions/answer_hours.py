"""When a desk is open: the desk, the day or moment asked about and the calendar in, sentences with their facts out. Pure.

What is told of a desk follows its name and a colon, since names end in "nơi anh/chị ở".
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby

from actions import words
from actions.calendar import SATURDAY, WEEKDAYS, OfficeCalendar
from actions.deadline_step import weekday
from actions.opening import OWN_TIMES, Desk, OpenDay, next_open, open_day, opening
from actions.section import Section
from index.contacts import Spells

SOON = timedelta(days=7)
"""Days off within this time are told unasked."""
NO_HOURS = "Giờ mở cửa, đóng cửa tôi chưa có nguồn chắc chắn nên không nói đoán."


def hours_at(desk: Desk, now: datetime, calendar: OfficeCalendar) -> Section:
    """Is it open at this moment; else when next."""
    found = opening(desk, now, calendar)
    if not found.today.open or found.today.spells is None:
        return hours_on(desk, now.date(), now.date(), calendar)
    section = _about(desk)
    if found.until is None:
        section.say(f"{desk.name}: hôm nay đã hết giờ làm việc.")
        _say_next(section, desk, now.date(), calendar)
    else:
        state = "đang mở cửa, đến" if found.open else "đang nghỉ, mở cửa lúc"
        section.say(f"{desk.name}: bây giờ {state} {found.until:%H:%M}.", _spells_fact(desk, found.today.spells))
    _say_source(section, desk)
    return section


def hours_on(desk: Desk, day: date, today: date, calendar: OfficeCalendar) -> Section:
    """Is it open on `day`; if not, when next."""
    section, found, when = _about(desk), open_day(desk, day, calendar), _when(day, today)
    section.facts.append(("calendar.day", words.day(day)))
    if found.open is None:
        section.say(f"{desk.name}: {when} tôi chưa chắc có làm việc hay không; {found.why}.")
        section.say(_ask_first(section, desk))
    elif not found.open:
        why = [("holidays.days_off", found.why)] if found.why else []
        section.say(f"{desk.name}: {when} nghỉ{f' ({found.why})' if found.why else ''}.", *why)
        if day.weekday() == SATURDAY and desk.key == "commune" and "police_commune" in calendar.saturday_mornings:
            section.say("Riêng Công an xã, phường nhận hồ sơ cư trú, căn cước cả sáng thứ Bảy, trừ ngày lễ.")
        _say_next(section, desk, day, calendar)
    elif found.spells is not None:
        section.say(
            f"{desk.name}: {when} làm việc {times(found.spells)}; ngoài các giờ đó thì nghỉ.",
            _spells_fact(desk, found.spells),
        )
        _say_source(section, desk)
    else:
        only = "chỉ nhận hồ sơ buổi sáng" if found.morning else "có làm việc"
        section.say(f"{desk.name}: {when} {only}.")
        section.say(f"{NO_HOURS} {_ask_first(section, desk)}")
    _say_doubts(section, found, calendar)
    if found.open:
        _say_days_off(section, day, calendar)
    return section


def hours_of_week(desk: Desk, today: date, calendar: OfficeCalendar) -> Section:
    """Its days and times in general, and the days off that are near."""
    section, week = _about(desk), desk.week
    if week is not None:
        section.say(f"{desk.name} làm việc:")
        for spells, days in groupby(range(7), key=lambda n: week[n]):
            if spells:
                section.say(f"- {_span(list(days))}: {times(spells)}.", _spells_fact(desk, spells))
        if desk.key in calendar.saturday_mornings and not week[SATURDAY]:
            section.say("- sáng thứ Bảy: có nhận hồ sơ.")
        section.say("Ngày lễ, Tết nghỉ.")
        _say_source(section, desk)
    elif desk.key in OWN_TIMES:
        section.say(f"Tôi chưa có lịch làm việc của {desk.name}. {_ask_first(section, desk)}")
        return section
    else:
        morning = desk.key in calendar.saturday_mornings
        days = "từ thứ Hai đến thứ Sáu và sáng thứ Bảy, nghỉ Chủ nhật" if morning else "từ thứ Hai đến thứ Sáu, nghỉ thứ Bảy, Chủ nhật"
        section.say(f"{desk.name}: nhận hồ sơ {days} và ngày lễ, Tết.")
        section.say(f"{NO_HOURS} {_ask_first(section, desk)}")
    _say_days_off(section, today, calendar)
    return section


def times(spells: Spells) -> str:
    """ "07:00–11:00 và 13:00–17:00"."""
    return " và ".join(f"{a // 60:02d}:{a % 60:02d}–{b // 60:02d}:{b % 60:02d}" for a, b in spells)


def _about(desk: Desk) -> Section:
    return Section(facts=[(f"contacts.{desk.key}.name", desk.name)])


def _when(day: date, today: date) -> str:
    named = f"{weekday(day)} {words.day(day)}"
    near = {today: "hôm nay, ", today + timedelta(days=1): "ngày mai, "}.get(day, "")
    return f"{near}{named}," if near else named


def _span(days: list[int]) -> str:
    return WEEKDAYS[days[0]] if len(days) == 1 else f"{WEEKDAYS[days[0]]} đến {WEEKDAYS[days[-1]]}"


def _spells_fact(desk: Desk, spells: Spells) -> tuple[str, str]:
    return f"contacts.{desk.key}.hours", times(spells)


def _say_source(section: Section, desk: Desk) -> None:
    sources = list(dict.fromkeys(str(row["source"]) for row in desk.contact["hours"]))
    section.say(f"Nguồn: {'; '.join(sources)}.", (f"contacts.{desk.key}.hours.source", "; ".join(sources)))


def _ask_first(section: Section, desk: Desk) -> str:
    """A number to call becomes a fact of the section; one with a note is somebody else's, such as a ministry's hotline."""
    phone = None if desk.contact.get("note") else desk.contact.get("phone")
    section.facts += [(f"contacts.{desk.key}.phone", phone)] if phone else []
    return f"Anh/chị gọi hỏi {phone} trước khi đi." if phone else "Anh/chị hỏi nơi đó trước khi đi."


def _say_next(section: Section, desk: Desk, day: date, calendar: OfficeCalendar) -> None:
    found = next_open(desk, day, calendar)
    if found is None:
        return
    only = " (buổi sáng)" if found.morning else f", từ {found.spells[0][0] // 60:02d}:{found.spells[0][0] % 60:02d}" if found.spells else ""
    section.say(
        f"Ngày làm việc kế tiếp: {weekday(found.day)} {words.day(found.day)}{only}.",
        ("calendar.day", words.day(found.day)),
        *([_spells_fact(desk, found.spells)] if found.spells else []),
    )
    _say_doubts(section, found, calendar)


def _say_days_off(section: Section, first: date, calendar: OfficeCalendar) -> None:
    """The days off within SOON of the first day."""
    for day in sorted(day for day in calendar.days_off if first <= day <= first + SOON):
        name = calendar.days_off[day]
        section.say(
            f"Sắp tới nghỉ {weekday(day)} {words.day(day)}: {name}.", ("holidays.days_off", name), ("calendar.day", words.day(day))
        )


def _say_doubts(section: Section, found: OpenDay, calendar: OfficeCalendar) -> None:
    for doubt in calendar.doubts_within(found.day, found.day):
        section.say(f"Lưu ý: {doubt}.", ("holidays.doubts", doubt))
