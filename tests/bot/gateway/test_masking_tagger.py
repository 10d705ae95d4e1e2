"""The tagger of names: names that no rule expects are found, words that look like names stay, the weights are sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.gateway.masking import mask
from bot.gateway.masking_tagger import TAGS, WEIGHTS, best_tags, features, find_tagged, pair_places, pieces, weigh, weights
from bot.gateway.masking_view import View
from training.names_made import Maker, make

ASKS = ["làm khai sinh cho con cần giấy gì", "mẹ tôi mới mất thì khai tử ở đâu", "đổi bằng lái mất bao lâu"]


def tagged(text: str) -> list[str]:
    return [item.value for item in find_tagged(View.of(text))]


def test_neighbours_that_are_known_are_told_from_those_that_are_not() -> None:
    knows = weights().knows
    assert knows("giấy tờ") and knows("~giay ~to") and not knows("khưu quách") and not knows("~khuu ~quach")
    assert all(0 <= place < 1 << 20 for place in pair_places("giấy tờ"))


def test_signs_stand_for_what_is_blanked() -> None:
    view = View.of("cccd 096090001234 của Lê Văn Tám").without([(5, 17)], "\x00")
    assert [piece.folded for piece in pieces(view)] == ["cccd", "<number>", "cua", "le", "van", "tam"]


def test_a_tag_inside_never_follows_one_outside() -> None:
    read = pieces(View.of("vo toi la vo nhu dep bi tai bien"))
    scores = weigh(features(read, weights().knows), weights())
    for hold_back in (0.0, -3.0, -30.0):
        tags = best_tags(scores, weights(), hold_back)
        assert all(TAGS[after] != "I" or TAGS[before] != "O" for before, after in zip([0, *tags], tags, strict=False))
    assert 1 not in best_tags(scores, weights(), 100.0) and 1 in best_tags(scores, weights(), -30.0)


@pytest.mark.parametrize("text", ["", "a", "?", "0912345678", "\x01", "\x00\x00 \x02"])
def test_a_text_without_two_words_has_no_name(text: str) -> None:
    assert tagged(text) == []


@pytest.mark.parametrize(("text", "name"), [
    ("hs thai van ngu hoc gioi", "thai van ngu"), ("chia dat cho ha van lua", "ha van lua"),
    ("chồng em là Tanaka Kenji người Nhật", "Tanaka Kenji"), ("vợ tôi tên H'Nga Mlô", "H'Nga Mlô"), ("con rể tui tên Park Ji Hoon", "Park Ji Hoon"),
    ("cho hỏi em tên giang thơm nộp chưa", "giang thơm"), ("con rể tôi là sato takeshi người nhật", "sato takeshi"),
    ("vợ tôi là Phạm Hà Giang muốn đổi căn cước", "Phạm Hà Giang"), ("cho e hoi nguyen thi ha giang nop chua", "nguyen thi ha giang"),
])
def test_names_of_which_no_list_knows_all_words_are_found(text: str, name: str) -> None:
    assert tagged(text) == [name]


@pytest.mark.parametrize("text", ["tu van thu tuc o dau", "Ông Bảy mất rồi ai đứng tên", "chồng quốc tịch Hàn Quốc", "chau thi khong co giay", "nho tu van ho so", "tu van ho so dat"])
def test_words_that_only_look_like_a_name_stay(text: str) -> None:
    assert tagged(text) == []


def test_the_file_of_weights_is_small() -> None:
    assert Path(WEIGHTS).stat().st_size <= 300_000


def test_the_same_seed_makes_the_same_sentences_with_names_where_it_says() -> None:
    made = [list(make(ASKS, 3, 40, 3, 20)) for _ in range(2)]
    assert made[0] == made[1]
    assert all(0 <= start < end <= len(sentence.text) for sentence in made[0] for start, end in sentence.names)
    assert sum(bool(sentence.names) for sentence in made[0]) >= 40


def test_a_made_name_has_a_surname_and_more() -> None:
    maker = Maker(ASKS, 5)
    assert all(len(maker.name().split()) >= 2 for _ in range(200))


def test_masking_twice_changes_nothing_more() -> None:
    for sentence in make(ASKS, 11, 60, 3, 20):
        once = mask(sentence.text)
        assert mask(once) == once


@pytest.mark.parametrize("text", [
    "tai nạn xe nghiêm trọng chết 2 người", "ngày nào hoàng đạo để đi sang tên xe", "tàu vô cửa Bồ Đề", "chở đá từ Kiên Lương vô cảng",
    "e owr troj hown 1 thangs r", "em la dien vien nha hat truc thuoc bo van hoa, muon duoc phong tang", "Tôi lai Khmer nhưng khai sinh ghi Kinh",
])
def test_two_syllables_telex_and_peoples_are_no_names(text: str) -> None:
    assert tagged(text) == []
