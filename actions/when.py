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
from actions.when_day import Tense, days_meant
from actions.when_words import CHANNELS, DAYS, DONE, FILED, HAPPENED, NOT_BEFORE, OVER, PART_OF_DAY, PARTS, PLANNED, SUPPOSED, TIME
from index.text import expand, fold, normalise, tokens

FILED_WITHIN, DONE_WITHIN = 8, 4
"""Words between the day and the word of handing in at most, for words that say it outright and for those that only hint at it."""
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


def received_on(message: str, now: datetime, *, asked: bool = False) -> Received | None:
    """None when the message tells no day of handing in. now: in Vietnam's time when it has no offset. asked: the writer was asked
    for that day, so it needs no word of handing in beside it.

    Of several days the one nearest to a word of handing in counts, the earlier one of two equally near.
    """
    text = " ".join(expand(normalise(message)).split())
    today = (now.astimezone(VIETNAM) if now.tzinfo else now).date()
    told = min(_told(text, asked), key=lambda one: one.distance, default=None)
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
    for kind, match in _exact(text, _days(text)):
        filed = _distance(text, match, FILED, FILED_WITHIN, ENDS)
        done = _distance(text, match, DONE, DONE_WITHIN, HALTS)
        happened = _distance(text, match, HAPPENED, FILED_WITHIN, ENDS)
        if min(filed, done) <= happened and (min(filed, done) <= FILED_WITHIN or asked):
            found.append(_Told(kind, match, min(filed, done), filed <= FILED_WITHIN or asked))
    return found


def _days(text: str) -> list[tuple[str, re.Match[str]]]:
    """Every day of the message, in order; of those that overlap the first, of those that begin together the longest."""
    matches = [(kind, match) for kind, pattern in DAYS for match in pattern.finditer(text)]
    matches.sort(key=lambda one: (one[1].start(), -len(one[1].group().strip())))
    found: list[tuple[str, re.Match[str]]] = []
    for kind, match in matches:
        if not found or match.start() >= found[-1][1].end():
            found.append((kind, match))
    return found


def _exact(text: str, days: list[tuple[str, re.Match[str]]]) -> list[tuple[str, re.Match[str]]]:
    """Without the weekdays that only name a date beside them: "thứ 6 ngày 20/11", "20/11 (thứ 6)"."""
    dates = [match for kind, match in days if kind in ("full", "bare")]
    gaps = ((one, whole, text[min(one.end(), whole.end()) : max(one.start(), whole.start())]) for _, one in days for whole in dates)
    beside = {one.span() for one, whole, gap in gaps if one is not whole and not tokens(gap)}
    return [(kind, match) for kind, match in days if kind != "weekday" or match.span() not in beside]


def _distance(text: str, day: re.Match[str], pattern: re.Pattern[str], within: int, stop: re.Pattern[str]) -> int:
    """Words between the day and the nearest match, one more for a match behind it; beyond `within`, or across a `stop`, it is as
    good as infinite."""
    found = [within + FILED_WITHIN + 1]
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
    return "future" if supposes or PLANNED.search(before) or PLANNED.match(after) else ""


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
