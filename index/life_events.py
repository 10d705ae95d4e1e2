"""Life events and all that has to be done for them: data/life_events/*.yml, curated by staff.

"Ba tôi mới mất, cần làm thủ tục gì hết" asks for no procedure but for all of them, in their order. An event is told by its own
words together with words that ask for everything, and not when one procedure is named: that one is meant then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.catalogue import DataError, read_yaml
from index.life_words import asks_for_all, pattern, phrases, told
from index.procedure import Procedure
from index.text import fold, tokens

FILE = "life_events.json"
"""Name in a release."""
MAX_STEPS = 6
LONGEST = 40
"""Words of a message that is looked at: a longer story tells of an event on the way to one question."""
_SAID_IN = re.compile(r"(conditions|steps|applicants)\[(\d+)\]")
_KEYS = {"id", "name", "heads", "others", "asked", "steps", "notes"}
_STEP_KEYS = {"code", "when", "why"}


@dataclass(frozen=True, slots=True)
class Step:
    """A procedure to be done. when: its turn, limit or condition in plain words; said_in: the sentence of its record that the
    numbers of `when` were read in. case: the one of its cases that applies. after: a code of the same event done before."""

    code: str
    when: str
    why: str
    said_in: str | None = None
    case: str | None = None
    optional: bool = False
    after: str | None = None

    def sentence(self, record: Procedure) -> str:
        """The sentence of its record that `said_in` names. Raises LookupError when there is none."""
        match = _SAID_IN.fullmatch(self.said_in or "")
        if match is None:
            raise LookupError(f"{self.said_in!r}; expected a row of conditions, steps or applicants")
        return str(getattr(record, match[1])[int(match[2])])


@dataclass(frozen=True, slots=True)
class Note:
    """What one should know beside the steps, where it was read, and the procedures that it speaks of."""

    text: str
    source: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """heads: phrases that tell the event; others: phrases that show that one procedure, or something else, is asked for; both as
    index.life_words.phrases makes them. several: two of `others` still mean the event (a purse with an ID card and a licence).
    asked: whole messages, as people write them. opening: a sentence said first, None for none."""

    id: str
    name: str
    heads: tuple[str, ...]
    others: tuple[str, ...]
    asked: tuple[str, ...]
    steps: tuple[Step, ...]
    notes: tuple[Note, ...] = ()
    several: bool = False
    opening: str | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Of the steps in their order, then those that only the notes speak of."""
        return tuple(dict.fromkeys([*(step.code for step in self.steps), *(code for note in self.notes for code in note.codes)]))

    def speaks(self, message: str) -> bool:
        """True when a message as index.life_words.told makes it tells this event and nothing that is asked for by itself."""
        if not any(pattern(head).search(message) for head in self.heads):
            return False
        named = {match.group() for other in self.others for match in pattern(other).finditer(message)}
        return not named or (self.several and len(named) > 1)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> LifeEvent:
        """From plain data, as dataclasses.asdict makes it. Raises KeyError or TypeError when it is none."""
        notes = tuple(Note(note["text"], note["source"], tuple(note["codes"])) for note in raw["notes"])
        lists = {key: tuple(raw[key]) for key in ("heads", "others", "asked")}
        return cls(**{**raw, **lists, "steps": tuple(Step(**step) for step in raw["steps"]), "notes": notes})


@dataclass(frozen=True, slots=True)
class LifeEvents:
    """The events of a release, in the order of their ids."""

    events: tuple[LifeEvent, ...] = ()

    def find(self, message: str) -> LifeEvent | None:
        """The one event whose whole business a message asks for; None when it asks for none, or tells of two."""
        text = told(message)
        if len(text.split()) > LONGEST or not asks_for_all(text):
            return None
        found = [event for event in self.events if event.speaks(text)]
        return found[0] if len(found) == 1 else None

    def get(self, event_id: str) -> LifeEvent | None:
        """By id; None when there is no such event."""
        return next((event for event in self.events if event.id == event_id), None)


def open_life_events(release: Path) -> LifeEvents:
    """The events that a release carries. Raises OSError, ValueError, KeyError or TypeError when they cannot be read."""
    return LifeEvents(tuple(LifeEvent.from_dict(row) for row in json.loads((release / FILE).read_text("utf-8"))))


def read_life_events(folder: Path, procedures: Mapping[str, Procedure], phrasings: Iterable[str]) -> LifeEvents:
    """Every event below `folder`, none without the folder. procedures: the reviewed records by code; phrasings: questions about
    one procedure each. Raises DataError naming file and row: what is there; what is expected."""
    taken = {_key(text): "data/phrasings" for text in phrasings}
    found = []
    for path in sorted(folder.glob("*.yml")):
        event = _parse(path)
        _check_steps(path, event, procedures)
        for n, text in enumerate(event.asked):
            owner = taken.setdefault(_key(text), path.name)
            if owner != path.name or _key(text) in map(_key, event.asked[:n]):
                raise DataError(f"{path}: asked[{n}]: {text!r} stands in {owner} too; expected a message of this event alone")
        found.append(event)
    events = LifeEvents(tuple(found))
    for event in found:
        for n, text in enumerate(event.asked):
            if events.find(text) is not event:
                raise DataError(
                    f"{folder / event.id}.yml: asked[{n}]: {text!r} is not told by heads and words that ask for everything, "
                    "or one of others stands in it; expected a message that only this event fits"
                )
    return events


def _key(text: str) -> str:
    """The same for two messages that differ in case, diacritics or punctuation."""
    return " ".join(tokens(fold(text.lower())))


def _parse(path: Path) -> LifeEvent:
    raw = read_yaml(path)
    if not isinstance(raw, dict) or set(raw) - {"several", "opening"} != _KEYS or raw["id"] != path.stem:
        raise DataError(f"{path}: expected {', '.join(sorted(_KEYS))}, maybe several and opening; id is the file's name")
    for key in ("heads", "others", "asked", "steps", "notes"):
        if not isinstance(raw[key], list) or (key not in ("others", "notes") and not raw[key]):
            raise DataError(f"{path}: {key}: is {raw[key]!r}; expected a list")
    if len(raw["steps"]) > MAX_STEPS:
        raise DataError(f"{path}: steps: {len(raw['steps'])} rows; expected at most {MAX_STEPS}")
    try:
        return LifeEvent(
            raw["id"],
            str(raw["name"]),
            tuple(phrases(str(text)) for text in raw["heads"]),
            tuple(phrases(str(text)) for text in raw["others"]),
            tuple(map(str, raw["asked"])),
            tuple(_step(f"steps[{n}]", row) for n, row in enumerate(raw["steps"])),
            tuple(_note(f"notes[{n}]", row) for n, row in enumerate(raw["notes"])),
            raw.get("several") is True,
            raw.get("opening"),
        )
    except ValueError as error:
        raise DataError(f"{path}: {error}") from None


def _step(where: str, row: Any) -> Step:
    optional = {"said_in", "case", "optional", "after"}
    if not isinstance(row, dict) or set(row) - optional != _STEP_KEYS or row.get("optional", True) is not True:
        raise DataError(f"{where}: is {row!r}; expected code, when, why and maybe said_in, case, after, optional: true")
    if re.search(r"\d", row["why"]) or (re.search(r"\d", row["when"]) and "said_in" not in row):
        raise DataError(f"{where}: a number in why, or in when without said_in; expected numbers only with the sentence they stand in")
    return Step(**row)


def _note(where: str, row: Any) -> Note:
    if not isinstance(row, dict) or set(row) != {"text", "source", "codes"} or re.search(r"\d", str(row["text"])):
        raise DataError(f"{where}: is {row!r}; expected text without numbers, source and codes")
    return Note(row["text"], row["source"], tuple(row["codes"]))


def _check_steps(path: Path, event: LifeEvent, procedures: Mapping[str, Procedure]) -> None:
    for code in event.codes:
        if code not in procedures:
            raise DataError(f"{path}: {code} has no reviewed record; expected a code of data/procedures")
    before: list[str] = []
    for n, step in enumerate(event.steps):
        where, record = f"{path}: steps[{n}] ({step.code})", procedures[step.code]
        if step.code in before:
            raise DataError(f"{where}: stands twice")
        if step.after and step.after not in before:
            raise DataError(f"{where}: after: is {step.after!r}; expected a step above it, so that no step waits for itself")
        if step.case and step.case not in [case.id for case in record.cases]:
            raise DataError(f"{where}: case: is {step.case!r}; expected one of {', '.join(case.id for case in record.cases)}")
        if step.said_in:
            try:
                said = step.sentence(record)
            except LookupError as error:
                raise DataError(f"{where}: said_in: {error}") from None
            if not set(re.findall(r"\d+", step.when)) <= set(re.findall(r"\d+", said)):
                raise DataError(f"{where}: when: {step.when!r}; {step.said_in} of the record says {said!r}")
        before.append(step.code)
