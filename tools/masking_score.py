"""How well personal data is masked: a set of sentences in, recall, precision and the worst misses out.

python -m tools.masking_score [--set tests/privacy/masking_set_2.tsv] [--split test|dev|all]
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.gateway.masking import mask

SET = Path(__file__).parent.parent / "tests" / "privacy" / "masking_set_2.tsv"
"""The set nobody tunes on. masking_set.tsv beside it has served as development data, so its figures flatter."""
PLACEHOLDER = re.compile(r"\[[^\]]+\]")
RUN = 5
"""As many digits of a number in a row may not survive; of a shorter number, none of its full length."""
WORST = 30

Span = tuple[int, int]
"""Start and end (exclusive), in characters of the sentence as written."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of the set. items: (kind, what must not survive); keep: what must survive."""

    id: str
    split: str
    text: str
    items: tuple[tuple[str, str], ...]
    keep: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one sentence. hidden: one value an item; wrong: masked parts that touch no item; lost: keeps that are gone."""

    sentence: Sentence
    masked: str
    hidden: tuple[bool, ...]
    masks: int
    wrong: tuple[str, ...]
    lost: tuple[str, ...]
    aligned: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of many sentences. A ratio without anything to count is 1."""

    items: int
    hidden: int
    masks: int
    right: int

    @property
    def recall(self) -> float:
        """Hidden items among all items, in [0, 1]."""
        return self.hidden / self.items if self.items else 1.0

    @property
    def precision(self) -> float:
        """Masks that touch a personal item among all masks, in [0, 1]."""
        return self.right / self.masks if self.masks else 1.0


def read_set(path: Path = SET) -> list[Sentence]:
    """All sentences in file order. Raises ValueError for a line that has not five columns."""
    sentences = []
    for number, line in enumerate(path.read_text("utf-8").split("\n")[1:], 2):
        if not line:
            continue
        columns = line.split("\t")
        if len(columns) != 5:
            raise ValueError(f"{path}:{number}: {len(columns)} columns; expected id, split, text, items, keep")
        items = tuple((kind, part) for kind, part in json.loads(columns[3]))
        sentences.append(Sentence(columns[0], columns[1], columns[2], items, tuple(json.loads(columns[4]))))
    return sentences


def occurrences(text: str, part: str) -> list[Span]:
    """Every place of a part in a text, overlapping ones too."""
    return [(at, at + len(part)) for at in range(len(text) - len(part) + 1) if text.startswith(part, at)]


def align(text: str, masked: str, items: Sequence[Span]) -> list[Span] | None:
    """Which parts of a sentence its placeholders stand for, in order; None when the rest was altered as well.

    The literal pieces between the placeholders must follow each other in the sentence. Where they fit in several ways,
    that way counts which hides most of the items: what is masked in sum is the same in all of them.
    """
    pieces = PLACEHOLDER.split(masked)
    if len(pieces) == 1:
        return [] if text == masked else None
    if not text.startswith(pieces[0]):
        return None

    def gain(span: Span) -> int:
        return sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in items)

    @cache
    def best(piece: int, start: int) -> tuple[int, tuple[Span, ...]] | None:
        """The best spans from this piece on, when the placeholder before it begins at start."""
        last = piece == len(pieces) - 1
        literal = pieces[piece]
        places = [len(text) - len(literal)] if last else range(start + 1, len(text) - len(literal) + 1)
        found: tuple[int, tuple[Span, ...]] | None = None
        for at in places:
            if at <= start or not text.startswith(literal, at):
                continue
            rest = (0, ()) if last else best(piece + 1, at + len(literal))
            if rest is not None and (found is None or gain((start, at)) + rest[0] > found[0]):
                found = (gain((start, at)) + rest[0], ((start, at), *rest[1]))
        return found

    chosen = best(1, len(pieces[0]))
    return None if chosen is None else list(chosen[1])


def longest_run(left: str, wanted: Callable[[str], bool]) -> int:
    """Most wanted characters in a row; masked ones are NUL and end a row, separators do not, letters do."""
    longest = run = 0
    for character in left:
        if wanted(character):
            run += 1
        elif character == "\0" or character.isalnum():
            run = 0
        longest = max(longest, run)
    return longest


def is_hidden(kind: str, part: str, left: str) -> bool:
    """Whether what is left of an item tells nobody anything. left: the item with NUL for each masked character.

    Numbers: fewer than RUN digits in a row (all of its longest row where that is shorter). E-mail: the same for letters and
    digits before the @. House: no digit. Name, or a number said in words: no two neighbouring words whole.
    """
    if kind == "email":
        at = part.index("@") if "@" in part else len(part)  # "a còng", say
        return longest_run(left[:at], str.isalnum) < min(RUN, longest_run(part[:at], str.isalnum))
    if kind == "name" or not any(map(str.isdigit, part)):
        words = [not {"\0"} & set(left[word.start():word.end()]) for word in re.finditer(r"\S+", part)]
        return not any(first and second for first, second in zip(words, words[1:], strict=False))
    if kind == "name_address":
        return not any(map(str.isdigit, left))
    return longest_run(left, str.isdigit) < min(RUN, longest_run(part, str.isdigit))


def judge(sentence: Sentence, masked: str) -> Judgement:
    """A sentence against what became of it. Altered beyond its placeholders, nothing of it is right."""
    text = sentence.text
    places = [occurrences(text, part) for _, part in sentence.items]
    spans = align(text, masked, [span for group in places for span in group])
    lost = tuple(part for part in sentence.keep if part not in masked)
    if spans is None:
        found = tuple(PLACEHOLDER.findall(masked))
        return Judgement(sentence, masked, (False,) * len(places), len(found), found, lost, aligned=False)
    left = "".join("\0" if any(start <= at < end for start, end in spans) else character for at, character in enumerate(text))
    hidden = tuple(
        all(is_hidden(kind, part, left[start:end]) for start, end in group)
        for (kind, part), group in zip(sentence.items, places, strict=True)
    )
    personal = [span for group in places for span in group]
    wrong = tuple(text[start:end] for start, end in spans if not any(start < last and first < end for first, last in personal))
    return Judgement(sentence, masked, hidden, len(spans), wrong, lost, aligned=True)


def judge_all(sentences: Sequence[Sentence], masker: Callable[[str], str] = mask) -> list[Judgement]:
    """Each sentence masked and judged, in order."""
    return [judge(sentence, masker(sentence.text)) for sentence in sentences]


def score(judgements: Sequence[Judgement], kind: str | None = None) -> Score:
    """Figures over all kinds; with a kind, items of that kind only (its masks are not told apart, so precision is of all)."""
    pairs = (pair for judged in judgements for pair in zip(judged.sentence.items, judged.hidden, strict=True))
    hidden = [ok for (of, _), ok in pairs if kind in (None, of)]
    masks = sum(judged.masks for judged in judgements)
    return Score(len(hidden), sum(hidden), masks, masks - sum(len(judged.wrong) for judged in judgements))


def table(judgements: Sequence[Judgement]) -> Iterator[str]:
    """Markdown: one row a kind, then all."""
    kinds = sorted({kind for judged in judgements for kind, _ in judged.sentence.items})
    yield "| kind | items | hidden | recall |"
    yield "|---|---|---|---|"
    for name, figures in [*((kind, score(judgements, kind)) for kind in kinds), ("ALL", score(judgements))]:
        yield f"| {name} | {figures.items} | {figures.hidden} | {100 * figures.recall:.1f} |"


def misses(judgements: Sequence[Judgement]) -> Iterator[str]:
    """The WORST sentences, most faults first, then in file order."""
    faults = {judged.sentence.id: judged.hidden.count(False) + len(judged.wrong) + len(judged.lost) for judged in judgements}
    for judged in sorted(judgements, key=lambda judged: -faults[judged.sentence.id])[:WORST]:
        if not faults[judged.sentence.id]:
            return
        seen = [part for (_, part), ok in zip(judged.sentence.items, judged.hidden, strict=True) if not ok]
        yield f"{judged.sentence.id}  {judged.sentence.text}\n    -> {judged.masked}"
        yield f"    seen {seen} masked wrongly {list(judged.wrong)} lost {list(judged.lost)}"


def report(judgements: Sequence[Judgement], split: str) -> Iterator[str]:
    """What is printed, line by line."""
    figures = score(judgements)
    innocent = [judged for judged in judgements if not judged.sentence.items]
    yield f"## masking, split {split}: {len(judgements)} sentences, {len(innocent)} of them without personal data\n"
    yield from table(judgements)
    yield f"\nprecision {100 * figures.precision:.1f}: {figures.right} of {figures.masks} masks touch a personal item"
    yield f"sentences without personal data that were masked: {sum(judged.masks > 0 for judged in innocent)} of {len(innocent)}"
    lost = [(judged.sentence.id, part) for judged in judgements for part in judged.lost]
    yield f"lost although to be kept: {len(lost)} of {sum(len(judged.sentence.keep) for judged in judgements)}"
    yield from (f"    {sentence}  {part}" for sentence, part in lost)
    altered = [judged.sentence.id for judged in judgements if not judged.aligned]
    yield f"altered beyond placeholders: {len(altered)} {altered[:WORST]}"
    yield f"\n## the {WORST} worst\n"
    yield from misses(judgements)


def main() -> None:
    """Print the figures of one split of a set, or of all of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", type=Path, default=SET, metavar="TSV", help="sentences to score; default: %(default)s")
    parser.add_argument("--split", choices=("test", "dev", "all"), default="test")
    asked = parser.parse_args()
    sentences = [sentence for sentence in read_set(asked.set) if asked.split in ("all", sentence.split)]
    if not sentences:
        parser.error(f"{asked.set} has no sentence of split {asked.split}; masking_set_2.tsv has split test only")
    print("\n".join(report(judge_all(sentences), f"{asked.split} of {asked.set.name}")))


if __name__ == "__main__":
    main()
