"""The letters that reopen a checklist: there and back, a typing error found, never the papers of another case."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.reopen_code import ALPHABET, mark_of, marked_case, read_reopen_code, reopen_code
from index.catalogue import load_procedures

CODES = st.builds("{}.{:06d}".format, st.integers(1, 6), st.integers(0, 999_999))
CASES = st.none() | st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
RECORDS = load_procedures(Path(__file__).parents[2] / "data" / "procedures")


@given(CODES, CASES)
def test_what_is_written_is_read(code: str, case: str | None) -> None:
    letters = reopen_code(code, case)
    assert letters is not None and set(letters) <= {*ALPHABET, "-"} and len(letters) == (7 if case is None else 10)
    assert read_reopen_code(letters) == (code, "" if case is None else mark_of(case))


@given(CODES, CASES, st.data())
def test_one_wrong_letter_is_noticed(code: str, case: str | None, data: st.DataObject) -> None:
    letters = (reopen_code(code, case) or "").replace("-", "")
    at = data.draw(st.integers(0, len(letters) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET).filter(lambda letter: letter != letters[at]))
    assert read_reopen_code(letters[:at] + wrong + letters[at + 1 :]) is None


@given(CODES, CASES)
def test_two_letters_that_changed_places_are_noticed(code: str, case: str | None) -> None:
    letters = (reopen_code(code, case) or "").replace("-", "")
    for a, b in itertools.combinations(range(len(letters)), 2):
        swapped = list(letters)
        swapped[a], swapped[b] = swapped[b], swapped[a]
        assert letters[a] == letters[b] or read_reopen_code("".join(swapped)) is None


@given(CODES, CASES, st.data())
def test_case_blanks_and_dashes_do_not_matter(code: str, case: str | None, data: st.DataObject) -> None:
    letters = (reopen_code(code, case) or "").replace("-", "")
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "-", "–", "\u00a0", ".", "_"]), min_size=len(letters), max_size=len(letters)))
    typed = "".join(f"{letter}{gap}" for letter, gap in zip(letters, gaps, strict=True))
    assert read_reopen_code(typed.lower()) == read_reopen_code(typed) == (code, "" if case is None else mark_of(case))


@given(st.text(max_size=40))
def test_any_other_text_is_no_code_or_one_that_we_write(text: str) -> None:
    found = read_reopen_code(text)
    assert found is None or (reopen_code(found[0]) or "").split("-")[0] in "".join(text.upper().split())


@pytest.mark.parametrize("code", ["0.123456", "7.000001", "1.12345", "1001193", "", "١.001193"])
def test_a_code_of_no_known_series_has_no_letters(code: str) -> None:
    assert reopen_code(code) is None


@pytest.mark.parametrize("text", ["", "-", "K7QM2", "K7QM2-XX", "0OIL1A", "K" * 5000, "../../etc", "2247T-8XNFX"])
def test_what_has_another_length_or_other_letters_is_no_code(text: str) -> None:
    assert read_reopen_code(text) is None


def test_letters_on_paper_mean_the_same_for_ever() -> None:
    assert reopen_code("1.001193") == "2247T-8" and reopen_code("1.001193", "uy-quyen") == "2247T-8XNF"


def test_a_mark_is_found_wherever_the_case_stands_and_only_there() -> None:
    assert marked_case(["a", "b"], mark_of("b")) == marked_case(["b", "c", "a"], mark_of("b")) == "b"
    assert marked_case(["a", "c"], mark_of("b")) is None and marked_case(["a"], "") is None


def test_a_mark_of_two_cases_opens_neither() -> None:
    seen: dict[str, str] = {}
    first, second = next((seen[mark_of(f"{n}")], f"{n}") for n in itertools.count() if seen.setdefault(mark_of(f"{n}"), f"{n}") != f"{n}")
    assert marked_case([first, second], mark_of(first)) is None and marked_case([first, "x"], mark_of(first)) == first


def test_each_list_of_each_record_has_letters_of_its_own() -> None:
    letters = [reopen_code(one.code, case) for one in RECORDS for case in (None, *(each.id for each in one.cases))]
    assert None not in letters and len(set(letters)) == len(letters) > 500
