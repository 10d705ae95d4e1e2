from __future__ import annotations

import re

import pytest

from actions.reopen_code import ALPHABET
from bot.gateway import texts
from bot.gateway.erasure_code import ErasureCodes, read_code

CODES = ErasureCodes(b"a secret for tests only")


def test_a_code_is_always_the_same_and_each_secret_kind_and_name_has_its_own() -> None:
    code = CODES.of("conversation", "A" * 22)
    assert code == ErasureCodes(b"a secret for tests only").of("conversation", "A" * 22)
    others = {CODES.of("conversation", "B" * 22), CODES.of("contact", "A" * 22), ErasureCodes(b"another secret, long").of("conversation", "A" * 22)}
    assert code not in others and len(others) == 3


def test_codes_look_as_promised_and_hardly_repeat() -> None:
    codes = [CODES.of("conversation", f"{n:022d}") for n in range(20_000)]
    assert all(re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]", code) for code in codes)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{l}", "{n}", "{n}\u200b", "{s}"])
def test_however_it_is_typed(typed: str) -> None:
    code = CODES.of("conversation", "A" * 22)
    shown = typed.format(code, l=code.lower(), n=code.replace("-", ""), s=" ".join(code))
    assert read_code(shown) == code


@pytest.mark.parametrize("typed", ["", "7K2P", "7K2P-9GRT-5", "7K2P-9GRA-4", "7K2P-9GRT-44", "７", "x" * 5000, "\x00", "xóa"])
def test_what_is_no_code(typed: str) -> None:
    assert read_code(typed) is None


def test_a_wrong_letter_and_two_swapped_ones_are_found() -> None:
    code = CODES.of("conversation", "A" * 22).replace("-", "")
    for n in range(len(code)):
        for letter in ALPHABET:
            assert letter == code[n] or read_code(code[:n] + letter + code[n + 1 :]) is None
        swapped = code[:n] + code[n : n + 2][::-1] + code[n + 2 :]
        assert swapped == code or read_code(swapped) is None


def test_the_example_told_to_citizens_is_a_code() -> None:
    assert read_code("7K2P-9GRT-4") and "7K2P-9GRT-4" in texts.BAD_CODE
