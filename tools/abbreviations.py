"""Our tables of chat writing -> docs/abbreviations.md: how often each entry occurs, and where it comes from.

python -m tools.abbreviations [CATALOGUE] > docs/abbreviations.md
Counts are made anew each time, without CATALOGUE those of our questions only; sources stand in docs/abbreviations-sources.tsv.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.phrasings import read_asked
from index.portal_files import open_catalogue
from index.portal_text import clean, strings
from index.text import expand, normalise, tokens
from index.words import ABBREVIATIONS
from index.words_readings import READINGS

SOURCES = Path("docs/abbreviations-sources.tsv")
PHRASINGS = Path("data/phrasings")
NONE = "none found"
AS_TYPED = "="
"""The reading of index.words_readings that leaves an abbreviation alone."""

_KEYS = frozenset(ABBREVIATIONS) | frozenset(READINGS)

_INTRO = """# Abbreviations: counts and sources

Made by `python -m tools.abbreviations CATALOGUE`; edit `docs/abbreviations-sources.tsv`, not this page. The tables themselves are `index/words.py` (one meaning) and `index/words_readings.py` (several).

- Questions: tokens in the {questions} questions of `data/phrasings`. We wrote these ourselves, so a number says that we use a spelling, not how often citizens do.
- Catalogue, lower and UPPER: tokens in all texts, file names and codes of {records}; UPPER is written in capitals throughout. A token may be a form's mark or a law's number and mean something else.
- Source: `own` when our questions have it with this meaning; `catalogue` when somebody looked at the places and it has this meaning there; else one of the sources below, each opened on 2026-11-22. Nothing was copied from them: they attest what we had. A key without diacritics is attested by its twin with them.
"""
_SEVERAL = """Questions: how often the neighbours decide so. The catalogue's numbers are the key's, whatever it means there. A reading that nobody attests is written out only where a neighbour tells it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """names: sources that have the entry with our meaning. elsewhere: what others read, with their sources; "" when nothing."""

    names: tuple[str, ...]
    elsewhere: str


def read_sources(path: Path = SOURCES) -> tuple[dict[str, str], dict[tuple[str, str], Evidence]]:
    """Source name -> what and where; (key, meaning) -> its evidence, both in file order.

    Raises ValueError naming the line for a row with too few columns, an entry that stands twice or a source that is not listed.
    """
    listed: dict[str, str] = {}
    evidence: dict[tuple[str, str], Evidence] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        first, *rest = line.split("\t")
        if line.startswith("@") and rest:
            listed[first[1:]] = ": ".join(rest)
        elif line and not line.startswith("#"):
            if len(rest) != 3 or (first, rest[0]) in evidence:
                raise ValueError(f"{path}:{number}: {line!r}; expected key, meaning, sources, elsewhere, each entry once")
            names = tuple(rest[1].split())
            if unknown := set(names) - listed.keys():
                raise ValueError(f"{path}:{number}: {sorted(unknown)} not among the sources above: {', '.join(listed)}")
            evidence[first, rest[0]] = Evidence(names, rest[2])
    return listed, evidence


def count_questions(texts: Iterable[str]) -> Counter[tuple[str, str]]:
    """(key, meaning) -> tokens read so; a key with several readings that is left alone counts under AS_TYPED."""
    counts: Counter[tuple[str, str]] = Counter()
    for text in texts:
        spelt = normalise(text)
        written = expand(spelt)
        for key, typed in Counter(tokens(spelt)).items():
            if key in ABBREVIATIONS:
                counts[key, ABBREVIATIONS[key]] += typed
            elif key in READINGS:
                for words in _readings(key):
                    counts[key, words] += max(0, min(typed, _times(words, written) - _times(words, spelt)))
                counts[key, AS_TYPED] += tokens(written).count(key)
    return counts


def _times(words: str, text: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def count_catalogue(path: Path) -> tuple[int, Counter[str]]:
    """Records read, and tokens with their case kept: only those that are an entry of ours in lower case."""
    records, counts = 0, Counter[str]()
    for row in open_catalogue(path).rows():
        records += 1
        counts.update(token for text in strings(row) for token in tokens(clean(text)) if token.lower() in _KEYS)
    return records, counts


def entries() -> Iterator[tuple[str, str]]:
    """(key, meaning) of both tables in their order, without the readings that leave a key alone."""
    yield from ABBREVIATIONS.items()
    for key in READINGS:
        yield from ((key, words) for words in _readings(key))


def _readings(key: str) -> list[str]:
    """Each meaning once; the table may give one in two lines."""
    return [words for words in dict.fromkeys(reading.words for reading in READINGS[key]) if words != AS_TYPED]


def page(questions: Sequence[str], catalogue: tuple[int, Counter[str]] | None) -> str:
    """The whole page; `catalogue` as count_catalogue gives it."""
    listed, evidence = read_sources()
    own = count_questions(questions)
    lower, upper = Counter[str](), Counter[str]()
    for token, times in catalogue[1].items() if catalogue else ():
        (upper if token.isupper() else lower)[token.lower()] += times

    def line(key: str, words: str) -> list[str]:
        names = ("own",) * (own[key, words] > 0) + (evidence[key, words].names if (key, words) in evidence else ())
        found = [str(lower[key]), str(upper[key])] if catalogue else ["", ""]
        return [key, words, str(own[key, words]), *found, ", ".join(names) or NONE]

    rows = [line(key, words) for key, words in entries()]
    alone = [[key, "left as typed", str(own[key, AS_TYPED]), "", "", ""] for key in READINGS if own[key, AS_TYPED]]
    several = sorted([row for row in rows if row[0] in READINGS] + alone, key=lambda row: list(READINGS).index(row[0]))
    elsewhere = [[*entry, found.elsewhere] for entry, found in evidence.items() if found.elsewhere]
    unsupported = [f"`{key}` ({words})" for key, words, *_, source in rows if source == NONE]
    records = f"{catalogue[0]:,} records of the national catalogue" if catalogue else "the catalogue (not counted this time)"
    head = ["as typed", "means", "questions", "catalogue, lower", "catalogue, UPPER", "source"]
    return "\n".join([
        _INTRO.format(questions=f"{len(questions):,}", records=records),
        "## One meaning\n", *_table(head, [row for row in rows if row[0] in ABBREVIATIONS]),
        f"\n## Several meanings\n\n{_SEVERAL}\n", *_table(head, several),
        "\n## Read differently elsewhere\n", *_table(["as typed", "ours", "elsewhere"], elsewhere),
        "\n## Sources\n", *(f"- `{name}`: {what}" for name, what in listed.items()),
        "\n## Neither counted nor attested\n", ", ".join(unsupported) + "." if unsupported else "None.",
    ])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(page([asked.text for asked in read_asked(PHRASINGS)], count_catalogue(Path(sys.argv[1])) if sys.argv[1:] else None))
