"""Personal data is masked in sentences nobody tuned on; the set and its measure are sound."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest

from index.text import fold
from tools.masking_score import SET, Judgement, Sentence, align, judge, judge_all, misses, occurrences, read_set, report, score

REACHED = {"masking_set.tsv": 0.99, "masking_set_2.tsv": 0.99, "masking_set_3.tsv": 0.978, "masking_set_4.tsv": 0.97}
"""Set -> recall below which it must not fall; goes up with the masking, never down. The goal is 0.99 on a set nobody tuned on: docs/decisions/0021 says what is missed."""
SIZES = {"masking_set.tsv": (1700, 600, 60), "masking_set_2.tsv": (1700, 600, 60), "masking_set_3.tsv": (1000, 280, 60), "masking_set_4.tsv": (1100, 300, 16)}
"""Set -> at least: sentences, those of them without personal data, sentences of each kind."""
PRECISION = 0.97
KINDS = {"cccd", "cmnd", "phone", "email", "bank", "plate", "passport", "application", "tax", "insurance", "name_address", "name"}


FIRST = SET.with_name("masking_set.tsv")
UNSEEN = SET.with_name("masking_set_3.tsv")
"""Its misses are read by nobody, not even when a test fails, so that it still measures."""
HALVED = SET.with_name("masking_set_4.tsv")
"""Half of it to learn from, half (split test) held back: that half's misses are not shown, either."""
ALL_SETS = (FIRST, SET, UNSEEN, HALVED)
MESSY = SET.with_name("masking_set_5.tsv")
"""Numbers and houses as they are seldom written, and few innocent sentences: all of it read, so no measure, only a floor."""
MESSY_REACHED = 0.935
NAMES = SET.with_name("masking_set_6.tsv")
"""420 names, a third in small letters without diacritics; scored once, its misses read by nobody."""
NAMES_REACHED = 0.915
WORDPLAY = SET.with_name("masking_set_7.tsv")
"""Names among the everyday words that they are made of, most in small letters: all of it read, to learn from."""
WORDPLAY_REACHED = 0.935


@pytest.fixture(scope="module", params=ALL_SETS, ids=lambda file: file.stem)
def file(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def sentences(file: Path) -> list[Sentence]:
    return read_set(file)


@pytest.fixture(scope="module")
def judged(sentences: list[Sentence]) -> list[Judgement]:
    return judge_all([sentence for sentence in sentences if sentence.split == "test"])


def worst(judged: Sequence[Judgement], file: Path) -> str:
    return "not shown: nobody reads the misses of this set" if file in (UNSEEN, HALVED) else "\n".join(misses(judged))


def test_personal_data_does_not_survive(judged: list[Judgement], file: Path) -> None:
    recall = score(judged).recall  # a number, so that a failure does not print the sentences
    assert recall >= REACHED[file.name], worst(judged, file)


def test_numbers_and_houses_in_odd_spellings_do_not_survive_either() -> None:
    judged = judge_all(read_set(MESSY))
    assert score(judged).recall >= MESSY_REACHED and score(judged).precision >= PRECISION, worst(judged, MESSY)
    assert not [one.sentence.id for one in judged if not one.sentence.items and one.masks]


def test_most_names_of_a_set_full_of_hard_ones_do_not_survive() -> None:
    recall = score(judge_all(read_set(NAMES))).recall
    assert recall >= NAMES_REACHED, "not shown: nobody reads the misses of this set"


def test_names_among_words_that_look_like_them_do_not_survive() -> None:
    judged = judge_all(read_set(WORDPLAY))
    assert score(judged).recall >= WORDPLAY_REACHED and score(judged).precision >= 0.95, worst(judged, WORDPLAY)
    assert sum(bool(one.masks) for one in judged if not one.sentence.items) <= 3


def test_masks_hit_personal_data_and_little_else(judged: list[Judgement], file: Path) -> None:
    precision = score(judged).precision
    assert precision >= PRECISION, worst(judged, file)


def test_masking_alters_nothing_beside_its_placeholders(judged: list[Judgement]) -> None:
    assert [one.sentence.id for one in judged if not one.aligned] == []


def test_the_set_is_large_and_has_every_kind(sentences: list[Sentence], file: Path) -> None:
    count = Counter(kind for sentence in sentences for kind in {kind for kind, _ in sentence.items})
    total, innocent, each = SIZES[file.name]
    assert set(count) == KINDS and min(count.values()) >= each
    assert len(sentences) >= total and sum(not sentence.items for sentence in sentences) >= innocent


@pytest.mark.parametrize(("measure", "items"), [(SET, 1500), (UNSEEN, 1200)], ids=lambda value: getattr(value, "stem", value))
def test_a_set_to_measure_with_has_nothing_to_tune_on(measure: Path, items: int) -> None:
    sentences = read_set(measure)
    assert {sentence.split for sentence in sentences} == {"test"} and sum(len(sentence.items) for sentence in sentences) >= items


def test_the_first_set_keeps_a_fifth_for_development() -> None:
    first = read_set(FIRST)
    assert 0.18 <= sum(sentence.split == "dev" for sentence in first) / len(first) <= 0.22


def test_the_fourth_set_holds_back_a_half_with_names_of_its_own() -> None:
    halves = {split: [sentence for sentence in read_set(HALVED) if sentence.split == split] for split in ("dev", "test")}
    names = {
        split: {fold(part).casefold() for sentence in half for kind, part in sentence.items if kind.startswith("name") and not any(map(str.isdigit, part))}
        for split, half in halves.items()
    }
    assert 0.48 <= len(halves["dev"]) / len(read_set(HALVED)) <= 0.52
    assert min(map(len, names.values())) >= 90 and not names["dev"] & names["test"]


@pytest.mark.parametrize(("one", "other"), combinations((*ALL_SETS, MESSY, NAMES, WORDPLAY), 2), ids=lambda file: file.stem)
def test_two_sets_share_no_sentence(one: Path, other: Path) -> None:
    first, second = read_set(one), read_set(other)
    assert not {sentence.id for sentence in first} & {sentence.id for sentence in second}
    assert not {sentence.text.casefold() for sentence in first} & {sentence.text.casefold() for sentence in second}


def test_sentences_are_well_formed(sentences: list[Sentence]) -> None:
    assert len({sentence.id for sentence in sentences}) == len({sentence.text for sentence in sentences}) == len(sentences)
    for sentence in sentences:
        assert sentence.split in ("dev", "test"), sentence.id
        assert unicodedata.is_normalized("NFC", sentence.text) and len(sentence.text) <= 500, sentence.id
        assert not set("[]{}\t") & set(sentence.text), sentence.id
        assert all(part in sentence.text for part in [*sentence.keep, *(part for _, part in sentence.items)]), sentence.id


def test_what_shall_be_kept_does_not_stand_inside_an_item(sentences: list[Sentence]) -> None:
    for sentence in sentences:
        personal = [span for _, part in sentence.items for span in occurrences(sentence.text, part)]
        for part in sentence.keep:
            places = occurrences(sentence.text, part)
            assert any(all(end <= start or other <= at for start, other in personal) for at, end in places), (sentence.id, part)


def told(text: str, items: Sequence[tuple[str, str]] = (), keep: Sequence[str] = ()) -> Sentence:
    return Sentence("x", "test", text, tuple(items), tuple(keep))


@pytest.mark.parametrize(("kind", "part", "masked", "hidden"), [
    ("phone", "0912 345 678", "[số điện thoại]", True),
    ("phone", "0912 345 678", "0912 345 678", False),
    ("phone", "0912 345 678", "0912 [số]", True),
    ("phone", "0912 345 678", "0912 3[số]", False),
    ("phone", "0912 345 678", "[số]45 678", False),
    ("plate", "69K1-123.45", "69K1-[số]", True),
    ("plate", "69K1-123.45", "[biển]-123.45", False),
    ("application", "0288/PH-2025", "0288/PH-2025", False),
    ("application", "0288/PH-2025", "[số]", True),
    ("email", "an.le@example.vn", "[tên]@example.vn", True),
    ("email", "an.le@example.vn", "an.l[thư]", True),
    ("email", "abcdefg@example.vn", "abcde[thư]", False),
    ("name", "Lê Thị Thắm", "Lê [tên]", True),
    ("name", "Lê Thị Thắm", "Lê Thị [tên]", False),
    ("name", "Lê Thị Thắm", "[tên] Thị Thắm", False),
    ("name_address", "số 12/3", "số [nhà]", True),
    ("name_address", "số 12/3", "số [nhà]3", False),
    ("cmnd", "ba tám không một", "[số]", True),
    ("cmnd", "ba tám không một", "ba tám [số]", False),
])
def test_an_item_is_hidden_when_what_is_left_tells_nobody_anything(kind: str, part: str, masked: str, hidden: bool) -> None:
    found = judge(told(f"Dạ {part} nha", [(kind, part)]), f"Dạ {masked} nha")
    assert found.aligned and found.hidden == (hidden,)


def test_an_item_is_hidden_only_when_it_is_hidden_everywhere() -> None:
    sentence = told("0912345678 hay 0912345678", [("phone", "0912345678")])
    assert judge(sentence, "[số] hay 0912345678").hidden == (False,)
    assert judge(sentence, "[số] hay [số]").hidden == (True,)


def test_a_mask_on_something_else_is_wrong_and_what_it_took_is_lost() -> None:
    found = judge(told("phí 50.000 đồng, số tôi 0912345678", [("phone", "0912345678")], ["50.000 đồng"]), "phí [số], số tôi [số]")
    assert (found.masks, found.wrong, found.lost, found.hidden) == (2, ("50.000 đồng",), ("50.000 đồng",), (True,))


def test_alignment_prefers_the_way_that_hides_the_items() -> None:
    text = "a 1 1 1 b"
    assert align(text, "a [x] 1 b", [(2, 3)]) == [(2, 5)]
    assert align("tên An, An, hết", "tên [x], [x], hết", [(4, 6), (8, 10)]) == [(4, 6), (8, 10)]


@pytest.mark.parametrize("masked", ["xin chao [số]", "xin chào", "xin chào  [số]", "[số] xin chào"])
def test_in_a_text_that_was_altered_nothing_is_right(masked: str) -> None:
    found = judge(told("xin chào 0912345678", [("phone", "0912345678")]), masked)
    assert not found.aligned and found.hidden == (False,) and len(found.wrong) == found.masks


def test_a_masker_that_does_nothing_has_no_recall_and_one_that_hides_all_has_no_precision(sentences: list[Sentence]) -> None:
    nothing, everything = judge_all(sentences, lambda text: text), judge_all(sentences, lambda text: "[x]")
    assert score(nothing).recall == 0 and score(nothing).precision == 1
    personal = sum(bool(sentence.items) for sentence in sentences)
    assert score(everything).recall == 1 and score(everything).precision == personal / len(sentences) < 0.75


def test_a_masker_that_knows_the_answers_scores_full(sentences: list[Sentence]) -> None:
    answers = {sentence.text: sorted((part for _, part in sentence.items), key=len, reverse=True) for sentence in sentences}

    def perfect(text: str) -> str:
        for part in answers[text]:
            text = text.replace(part, "[x]")
        return text

    perfected = judge_all(sentences, perfect)
    assert (score(perfected).recall, score(perfected).precision) == (1, 1)
    assert [one.sentence.id for one in perfected if one.lost] == []


def test_the_report_names_each_kind_and_the_worst_misses(judged: list[Judgement]) -> None:
    printed = "\n".join(report(judged, "test"))
    assert all(f"| {kind} |" in printed for kind in [*KINDS, "ALL"]) and "precision" in printed
