"""data/phrasings as content: enough of them, none twice, none machine-multiplied, none from the questions that measure."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from index.catalogue import load_procedures, read_yaml
from index.phrasings import Asked, read_asked
from index.text import fold, normalise, tokens

MEASURED = Path(__file__).resolve().parents[3] / "shared" / "eval"
RUN = 10
"""Words in a row, without diacritics, that two people do not write alike by chance: of eight 23 such rows stand, all common
expressions such as "phải xin gia hạn trước bao nhiêu ngày"."""


@pytest.fixture(scope="module")
def asked(root: Path) -> list[Asked]:
    return list(read_asked(root / "data" / "phrasings"))


def words(text: str) -> tuple[str, ...]:
    return tuple(tokens(fold(normalise(text))))


def test_1200_procedures_have_six_phrasings_and_every_other_one_two(asked: list[Asked]) -> None:
    counts = Counter(question.code for question in asked)
    assert sum(count >= 6 for count in counts.values()) >= 1_200
    assert [code for code, count in counts.items() if count < 2] == []


def test_no_phrasing_stands_twice(asked: list[Asked]) -> None:
    twice = [text for text, count in Counter(normalise(question.text) for question in asked).items() if count > 1]
    assert twice == []


def test_phrasings_of_a_procedure_are_not_one_sentence_with_a_word_changed(asked: list[Asked]) -> None:
    """Two of one procedure share less than 90 % of their words, but for one in fifty: some stand with and without diacritics."""
    groups: dict[str, list[frozenset[str]]] = {}
    for question in asked:
        groups.setdefault(question.code, []).append(frozenset(words(question.text)))
    alike = [code for code, rows in groups.items() for n, one in enumerate(rows) for other in rows[:n] if len(one & other) >= 0.9 * len(one | other)]
    assert len(alike) <= 0.02 * len(asked), Counter(alike).most_common(10)


@pytest.mark.skipif(not MEASURED.exists(), reason="the questions that measure are not part of the repository")
def test_nothing_that_teaches_holds_a_question_that_measures(root: Path, asked: list[Asked]) -> None:
    taught = [question.text for question in asked]
    taught += [alias for procedure in load_procedures(root / "data" / "procedures") for alias in procedure.aliases]
    for folder in ("nlu", "faq"):
        taught += [line.strip(" -") for path in sorted((root / "data" / folder).rglob("*.yml")) for line in path.read_text("utf-8").splitlines()]
    taught += [line.split("\t")[-1] for line in (root / "tests" / "retrieval" / "topics.tsv").read_text("utf-8").splitlines()]
    taught += [line for path in sorted((root / "training" / "frames").glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    taught += [text for family in read_yaml(root / "data" / "families.yml") for text in family.get("asked", [])]
    measured = []
    for name in ("singles", "dialogues", "limits", "deadline_questions"):
        for line in (MEASURED / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            measured += [row["question"]] if "question" in row else [turn["user"] for turn in row["turns"]]
    runs = {run: text for text in measured for run in _runs(words(text))}
    whole = {words(text) for text in measured if len(words(text)) >= 6}
    copied = [(text, runs[run]) for text in taught for run in _runs(words(text)) if run in runs] + [text for text in taught if words(text) in whole]
    assert copied == []


def _runs(found: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [found[n : n + RUN] for n in range(len(found) - RUN + 1)]
