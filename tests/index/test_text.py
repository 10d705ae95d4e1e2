"""One spelling for one word, whatever was typed; and nothing that kills or hangs what stands below."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.catalogue import read_yaml
from index.phrasings import read_asked
from index.text import (
    MAX_CHARS,
    clean,
    expand,
    fold,
    from_telex,
    from_vni,
    has_diacritics,
    is_syllable,
    normalise,
    southern,
    tokens,
)
from index.words import ABBREVIATIONS


@pytest.mark.parametrize(("typed", "read"), [
    ("Đăng Ký Khai Sinh", "đăng ký khai sinh"),
    (unicodedata.normalize("NFD", "giấy chứng sinh"), "giấy chứng sinh"),
    ("hoà giải, thuỷ sản, khoẻ", "hòa giải, thủy sản, khỏe"),
    ("quý, quà, hoàn, thuỳên", "quý, quà, hoàn, thuỳên"),
    ("khôngggg biếttttt", "không biết"),
    ("hoààà giải", "hòa giải"),
    ("trời ơiiiii", "trời ơi"),
    ("công trình cấp III, loại VIII", "công trình cấp iii, loại viii"),
    ("số CCCD", "số cccd"),
    ("ＫＨＡＩ　ＳＩＮＨ", "khai sinh"),
    ("  a \t\n b  ", "a b"),
    ("khai\u200bsinh", "khai sinh"),
    ("\u202ekhai sinh\u202c", "khai sinh"),
    ("15 m²", "15 m2"),
    ("o\u0300\u0323", "ọ\u0300"),
    ("", ""), ("   ", ""), ("😀", "😀"),
])
def test_normalise_gives_one_spelling(typed: str, read: str) -> None:
    assert normalise(typed) == read


@pytest.mark.parametrize(("typed", "meant"), [
    ("ko bik nộp j", "không biết nộp gì"), ("dk tạm trú ntn", "đăng ký tạm trú như thế nào"), ("nộp online dk ko", "nộp trực tuyến được không"),
    ("lm cccd bn", "làm căn cước công dân bao nhiêu"), ("mất bl z", "mất bao lâu vậy"), ("xin gplx", "xin giấy phép lái xe"),
    ("giaays khai sinh", "giấy khai sinh"), ("noopj hoof sow", "nộp hồ sơ"), ("ddawng kys", "đăng ký"), ("dduowngf", "đường"),
    ("gia6y1 to7", "giấy tơ"), ("d9a8ng ky1", "đăng ký"), ("no65p", "nộp"),
    ("khai sinh", "khai sinh"), ("xe taxi", "xe taxi"), ("bằng lái a1, hạng b2", "bằng lái a1, hạng b2"), ("mẫu na5, ct01, tk01a", "mẫu na5, ct01, tk01a"),
    ("gửi ems được không", "gửi ems được không"), ("bán gas", "bán gas"), ("visa", "thị thực"), ("1.001193", "1.001193"), ("", ""),
])
def test_expand_writes_out_chat_spellings_telex_and_vni(typed: str, meant: str) -> None:
    assert expand(typed) == meant


@pytest.mark.parametrize(("keys", "word"), [("giaays", "giấy"), ("nopj", "nọp"), ("duongwf", "dường"), ("ddaats", "đất"), ("anh", None)])
def test_telex_keys_become_their_word(keys: str, word: str | None) -> None:
    assert from_telex(keys) == word


@pytest.mark.parametrize(("keys", "word"), [("gia6y1", "giấy"), ("d9a6t1", "đất"), ("a1", None), ("b2", None), ("123", None), ("anh", None), ("ct01", None)])
def test_vni_keys_become_their_word(keys: str, word: str | None) -> None:
    assert from_vni(keys) == word


def _content(root) -> list[str]:
    records = [read_yaml(path) for path in sorted((root / "data" / "procedures").rglob("*.yml"))]
    texts = [text for record in records for text in (record["name"], record["overview"], *record["aliases"], *record["steps"])]
    return texts + [asked.text for asked in read_asked(root / "data" / "phrasings")]


def test_clean_accented_sentences_of_our_content_keep_every_word(root) -> None:
    changed = set()
    for text in _content(root):
        spelt = normalise(text)
        for before in tokens(spelt):
            if before not in ABBREVIATIONS and not before.isdigit() and expand(before) != before:
                changed.add((before, expand(before)))
        if has_diacritics(spelt):
            assert [word for word in tokens(expand(spelt)) if word != fold(word)][:1] != [], text
    assert not changed


def test_normalise_keeps_the_words_of_our_names(root) -> None:
    for path in sorted((root / "data" / "procedures").rglob("*.yml")):
        name = read_yaml(path)["name"]
        assert tokens(normalise(name)) == tokens(unicodedata.normalize("NFKC", name).lower()), path


@pytest.mark.parametrize(("text", "bare"), [
    ("Đăng ký", "Dang ky"), ("ư ơ â ê ô ă đ", "u o a e o a d"), (unicodedata.normalize("NFD", "Thủy sản"), "Thuy san"), ("abc 1", "abc 1"), ("", ""),
])
def test_fold_drops_diacritics(text: str, bare: str) -> None:
    assert fold(text) == bare


@pytest.mark.parametrize(("text", "yes"), [
    ("khai sinh", False), ("làm khai sinh", True), ("lam khai sinh cho con minh o dau đ", False), ("123 456", False), ("", False), ("đăng ký 12 34 56 78", True),
])
def test_has_diacritics_asks_for_one_word_in_six(text: str, yes: bool) -> None:
    assert has_diacritics(text) is yes


@pytest.mark.parametrize(("text", "record_words"), [
    ("má em mướn nhà", "mẹ thuê"), ("đám cưới xong", "kết hôn"), ("vỏ lãi", "xuồng máy"), ("đăng ký tạm trú", ""), ("", ""),
])
def test_southern_words_bring_the_words_of_records(text: str, record_words: str) -> None:
    assert southern(text) == record_words


@pytest.mark.parametrize(("word", "yes"), [("nghieng", True), ("giay", True), ("quyen", True), ("shop", False), ("blog", False), ("", False), ("xyz", False)])
def test_is_syllable_knows_vietnamese_spelling(word: str, yes: bool) -> None:
    assert is_syllable(word) is yes


@pytest.mark.parametrize(("text", "kept"), [
    ("\ufdfa" * 30, ""),
    ("khai \ufdfa sinh", "khai sinh"),
    ("a\x00b", "a b"),
    ("a\ud800b\udfff", "a b"),
    ("\u202a\u202b\u2066\u2069\u200f\u061cx", "\u061cx"),
    ("\ue000\uf8ff", ""),
    ("a\ufe0f\u00adb", "a b"),
    ("\x1b[31mđỏ", "[31mđỏ"),
    ("Tiếng Việt, 中文, العربية", "Tiếng Việt, 中文, العربية"),
])
def test_clean_keeps_what_a_person_reads(text: str, kept: str) -> None:
    assert clean(text) == kept


def test_clean_cuts_at_the_limit() -> None:
    assert len(clean("á" * 100_000)) == MAX_CHARS
    assert len(clean(unicodedata.normalize("NFD", "ấ") * 100_000)) <= MAX_CHARS
    assert clean(" " * 100_000) == ""


KILLERS = ["ﷺ" * 30, "a." * 16_000, "http://" + "!" * 40, "https://dichvucong.gov.vn/" + "." * 30, "á" * 100_000, "\u0301" * 50_000, "dk " * 20_000, "x" * 100_000, "a1b2" * 9_000]


@pytest.mark.parametrize("text", KILLERS, ids=lambda text: ascii(text[:8]))
def test_killing_inputs_return_at_once(text: str) -> None:
    started = time.perf_counter()
    spelt = expand(normalise(text))
    fold(spelt), tokens(spelt), southern(spelt), clean(text)
    assert time.perf_counter() - started < 5
    assert not set(spelt) & {"ﷺ", "\x00"}


TYPED = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="aàáãạăâeêiioôơuưyýdđghnqkt ỏòóÀĐ123.,!\u0300\u0301\u0323\u200b", max_size=40),
)


@given(TYPED)
def test_normalise_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(TYPED)
def test_fold_leaves_no_diacritic(text: str) -> None:
    assert not any("\u0300" <= c <= "\u036f" or c in "đĐ" for c in fold(text))


@given(st.text(alphabet=st.characters(), max_size=200))
def test_nothing_typed_raises(text: str) -> None:
    spelt = expand(normalise(text))
    southern(spelt), fold(spelt), has_diacritics(spelt), tokens(spelt)
    clean(text).encode()


@given(st.text(alphabet="abcdeghiklmnopqrstuvxy123456789djsfrxwo", max_size=12))
def test_key_sequences_never_raise(token: str) -> None:
    for word in (from_telex(token or "a"), from_vni(token)):
        assert word is None or isinstance(word, str)
