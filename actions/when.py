"""A message and the moment it came -> the day on which its writer handed in an application, or will. Pure.

A day counts only beside words of handing in: a birthday or the day on a card is none. Words with two readings are asked back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from actions import words
from actions.deadline_input import VIETNAM
from actions.deadline_step import weekday
from actions.when_day import SHIFTS, Tense, days_meant
from actions.when_found import named_days
from actions.when_words import (
    AT_COUNTER,
    CHANNELS,
    DONE,
    FILED,
    HAPPENED,
    NOT_BEFORE,
    OVER,
    PART_OF_DAY,
    PARTS,
    PLANNED,
    SUPPOSED,
    TAKEN,
    TIME,
    written_out,
)
from index.text import fold, tokens

FILED_WITHIN, DONE_WITHIN, COUNTER_WITHIN = 8, 4, 12
"""Words between the day and the word of handing in at most, for words that say it outright, for those that only hint at it, and for
those of the counter."""
CLAUSE = 20
"""The same for "sáng nay", "hôm qua" and the like within one half of a sentence: they belong to its verb however late that comes."""
NOWHERE = 99
"""The distance of what is further away."""
ENDS, HALTS = re.compile(r"[?!;]|\.\s"), re.compile(r"[?!;,]|\.\s")
"""What parts sentences, and what parts them or their halves."""
NOON = 12
EARLY = 5
"""An hour up to which, told without its half of the day, the afternoon is meant: no office is open at three in the morning."""


@dataclass(frozen=True, slots=True)
class Received:
    """day: None when it is not clear; then `unclear` is a Vietnamese question and `readings` the days it may be, earliest first.

    time: the hour, part: morning, noon, afternoon or evening, each when told. planned: it is still to be handed in.
    channel: direct, online or post, None when not told (counted as direct). words: those it was read from, as normalised.
    """

    day: date | None
    words: str
    time: time | None = None
    part: str | None = None
    planned: bool = False
    channel: str | None = None
    unclear: str | None = None
    readings: tuple[date, ...] = ()

    @property
    def moment(self) -> date | datetime | None:
        """The day, with its hour when that was told."""
        return datetime.combine(self.day, self.time) if self.day and self.time else self.day


@dataclass(frozen=True, slots=True)
class _Told:
    kind: str
    match: re.Match[str]
    distance: int
    outright: bool
    """Handing in is said, not only hinted at."""
    taken: bool
    """It is the office's own receipt."""


def received_on(message: str, now: datetime, *, asked: bool = False) -> Received | None:
    """None when the message tells no day of handing in. now: in Vietnam's time when it has no offset. asked: the writer was asked
    for that day, so it needs no word of handing in beside it.

    Of several days the one nearest to a word of handing in counts, the earlier one of two equally near; but before all others one
    on which the office itself received it: what is sent on Monday and received on Wednesday counts from Wednesday.
    """
    text = written_out(message)
    today = (now.astimezone(VIETNAM) if now.tzinfo else now).date()
    told = min(_told(text, asked), key=lambda one: (not one.taken, one.distance), default=None)
    if told is None:
        return None
    tense = _tense(text, told)
    found = days_meant(told.kind, told.match, today, tense)
    channel = next((channel for channel, pattern in CHANNELS if pattern.search(text)), None)
    received = Received(None, told.match.group().strip(), channel=channel)
    if isinstance(found, str):
        return replace(received, unclear=found)
    if not found and not told.outright:
        return None  # "cuối năm" beside "đăng ký" is hardly when that was done
    if len(found) != 1:
        return replace(received, unclear=_question(received.words, found, today), readings=found)
    part, hour = _hour(text, told.match)
    planned = found[0] > today or (found[0] == today and tense != "past" and told.kind != "this_part")
    return replace(received, day=found[0], time=hour, part=part, planned=planned)


def _question(said: str, readings: tuple[date, ...], today: date) -> str:
    if not readings:
        return f"Dạ, anh/chị nộp hồ sơ đúng ngày nào ạ? Anh/chị ghi ngày, ví dụ {words.day(today)}."
    return f"Dạ, “{said}” là ngày nào ạ: {' hay '.join(f'{weekday(day)} {words.day(day)}' for day in readings)}?"


def _told(text: str, asked: bool) -> list[_Told]:
    """Every day of the message that stands near words of handing in and nearer to them than to those of another event."""
    found = []
    for kind, match in named_days(text):
        clause, hinted = (CLAUSE, FILED_WITHIN) if kind in SHIFTS else (0, DONE_WITHIN)
        taken = _distance(text, match, TAKEN, FILED_WITHIN, HALTS)
        filed = min(_distance(text, match, FILED, FILED_WITHIN, ENDS), _distance(text, match, FILED, clause, HALTS))
        done = min(
            _distance(text, match, DONE, hinted, HALTS), _distance(text, match, AT_COUNTER, max(clause, COUNTER_WITHIN), HALTS)
        )
        happened = _distance(text, match, HAPPENED, max(clause, COUNTER_WITHIN), HALTS)
        distance = min(taken, filed, done)
        if distance <= happened and (distance < NOWHERE or asked):
            outright = min(taken, filed) < NOWHERE or asked
            found.append(_Told(kind, match, taken if taken < NOWHERE else distance, outright, taken < NOWHERE))
    return found


def _distance(text: str, day: re.Match[str], pattern: re.Pattern[str], within: int, stop: re.Pattern[str]) -> int:
    """Words between the day and the nearest match, one more for a match behind it; NOWHERE beyond `within` or across a `stop`."""
    found = [NOWHERE]
    for match in pattern.finditer(text):
        if match.start() < day.end() and day.start() < match.end():
            continue
        behind = match.start() >= day.end()
        between = text[day.end() : match.start()] if behind else text[match.end() : day.start()]
        count = len(tokens(between)) + behind
        if count <= within and not stop.search(between):
            found.append(count)
    return min(found)


def _tense(text: str, told: _Told) -> Tense:
    """What the verbs around the day say. "Nộp thứ Sáu thì chừng nào có" supposes, as a plan does."""
    before, after = text[: told.match.start()], text[told.match.end() :].strip()
    if NOT_BEFORE.match(after):
        return "future"
    if OVER.search(text):
        return "past"
    supposes = told.kind == "weekday" and SUPPOSED.match(after)
    if supposes or PLANNED.search(before) or PLANNED.match(after):
        return "future"
    return "past" if told.taken else ""  # who tells of a receipt has seen it


def _hour(text: str, day: re.Match[str]) -> tuple[str | None, time | None]:
    """The half of the day and the hour that are told."""
    groups = day.groupdict()
    buoi = PART_OF_DAY.search(text)
    told = groups.get("part") or groups.get("part_now") or (buoi and buoi["part"])
    part = PARTS[told if told == "tối" else fold(told)] if told else None
    for match in TIME.finditer(text):
        if not (match["lead"] or match["minute"] or match["part"] or part):
            continue
        hour, minute = int(match["hour"]), int(match["minute"] or (30 if match["half"] else 0))
        part = part or (PARTS[match["part"] if match["part"] == "tối" else fold(match["part"])] if match["part"] else None)
        late = part in ("afternoon", "evening") or (part == "noon" and hour < 10) or (part is None and hour <= EARLY)
        if hour < NOON and late:
            hour += NOON
        if hour < 24:
            return part, time(hour, minute)
    return part, None
