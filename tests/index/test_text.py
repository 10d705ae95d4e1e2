"""One spelling for one word, whatever was typed; and nothing that kills or hangs what stands below."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.catalogue import read_yaml
from index.phrasings import read_asked
from index.telex import is_spelt, is_syllable, place_tone
from index.text import (
    MAX_CHARS,
    clean,
    expand,
    fold,
    from_telex,
    from_vni,
    has_diacritics,
    normalise,
    readings,
    southern,
    tokens,
)
from index.words import ABBREVIATIONS, KEEP
from index.words_readings import READINGS


@pytest.mark.parametrize(("typed", "read"), [
    ("Đăng Ký Khai Sinh", "đăng ký khai sinh"),
    (unicodedata.normalize("NFD", "giấy chứng sinh"), "giấy chứng sinh"),
    ("hoà giải, thuỷ sản, khoẻ", "hòa giải, thủy sản, khỏe"),
    ("quý, quà, hoàn, gì, giá, của, cửa, nghĩa, xoáy, khuỷu, ngoài", "quý, quà, hoàn, gì, giá, của, cửa, nghĩa, xoáy, khuỷu, ngoài"),
    ("đựơc, ngừơi, trứơc, cuả, hòan, qủa, gía, thuỳên, nghiã", "được, người, trước, của, hoàn, quả, giá, thuyền, nghĩa"),
    ("khôngggg biếttttt", "không biết"),
    ("hoààà giải", "hòa giải"),
    ("trời ơiiiii", "trời ơi"),
    ("công trình cấp III, loại VIII", "công trình cấp iii, loại viii"),
    ("số CCCD, sở TTTT", "số cccd, sở tttt"),
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


HOURS = re.compile(r"\d{1,2}h\d{0,2}|hk\d|\d{1,2}t")


def test_clean_sentences_of_our_content_change_only_where_they_hold_an_abbreviation(root) -> None:
    for text in _content(root):
        spelt = normalise(text)
        short = [word for word in tokens(spelt) if word in ABBREVIATIONS or word in READINGS or HOURS.fullmatch(word)]
        assert short or expand(spelt) == spelt, text
        kept = [word for word in tokens(spelt) if word not in short]
        rest = iter(tokens(expand(spelt)))
        assert all(word in rest for word in kept), text


def test_normalise_moves_no_tone_of_our_content(root) -> None:
    words = {word for text in _content(root) for word in tokens(unicodedata.normalize("NFKC", text).lower())}
    moved = {word for word in words if place_tone(word) != word and is_spelt(word)}
    older = {word for word in moved if re.search(r"(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])$", word)}
    assert {fold(word) for word in older} == {fold(place_tone(word)) for word in older}
    assert moved - older == set()


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


@pytest.mark.parametrize(("typed", "meant"), [
    ("lamf giaays khai sinh", "làm giấy khai sinh"), ("ddawng kys keets hoon", "đăng ký kết hôn"), ("ddang kys", "đang ký"), ("thur tucj", "thủ tục"),
    ("dduowcj khoong", "được không"), ("giâys tơf ngươif", "giấy tờ người"), ("owr ddaau", "ở đâu"), ("nhaf ddaats", "nhà đất"), ("thue61 d9a6t1", "thuế đất"),
    ("d9o6i3 ba8ng2 la1i", "đổi bằng lái"), ("tha2nh pho61", "thành phố"), ("bao lâuu, đượcc", "bao lâu, được"),
    ("NA6, CT01, B2, TK01a, 05a, A321, CO2, 3x4", "na6, ct01, b2, tk01a, 05a, a321, co2, 3x4"), ("usa, taxi, peru, busan, misa, vsat, crew", "usa, taxi, peru, busan, misa, vsat, crew"),
    ("list, room, boong, eps, etf, asn, tour, free", "list, room, boong, eps, etf, asn, tour, miễn phí"), ("đắk lắk, krông nô", "đắk lắk, krông nô"),
])
def test_typing_keys_become_words_and_foreign_marks_stay(typed: str, meant: str) -> None:
    assert expand(normalise(typed)) == meant


@pytest.mark.parametrize(("typed", "meant"), [
    ("đk hộ kinh doanh", "đăng ký hộ kinh doanh"), ("dk tam tru", "đăng ký tam tru"), ("đk gì", "điều kiện gì"), ("đủ đk kd", "đủ điều kiện kinh doanh"),
    ("đủ đk ko", "đủ điều kiện không"), ("nộp qua mạng đk ko", "nộp qua mạng được không"), ("mẫu 20/ĐK-TCT", "mẫu 20/đk-tct"), ("đk", "đk"),
    ("điểm hk1", "điểm học kỳ 1"), ("nhập hk cho con", "nhập hộ khẩu cho con"), ("được k", "được không"), ("50 k", "50 nghìn"),
    ("con tb hạng 2/4", "con thương binh hạng 2/4"), ("giấy tb thuế", "giấy thông báo thuế"), ("mã hs", "mã hs"), ("hs gồm gì", "hồ sơ gồm gì"), ("hs lớp 6", "học sinh lớp 6"),
    ("nghỉ ts", "nghỉ thai sản"), ("mẫu 01/TS", "mẫu 01/ts"), ("mộ ls", "mộ liệt sĩ"), ("thuê ls", "thuê luật sư"), ("gt gì", "giấy tờ gì"), ("đổi gt nam", "đổi giới tính nam"),
    ("ở p 5", "ở phường 5"), ("p nộp gì", "phải nộp gì"), ("làm cc", "làm căn cước"), ("cc hợp đồng", "công chứng hợp đồng"), ("cc tin học", "chứng chỉ tin học"),
    ("khu nt cho thuê", "khu nhà trọ cho thuê"), ("mấy h", "mấy giờ"), ("1h chiều, 7h30", "1 giờ chiều, 7 giờ 30"), ("giấy H/C", "giấy h/c"), ("R&D", "r&d"), ("form S", "form s"),
    ("form AK", "form ak"), ("so hong", "so hong"), ("duoc hong", "duoc không"), ("biển NG", "biển ng"), ("đổi đc nhà", "đổi địa chỉ nhà"), ("đổi đc ko", "đổi được không"), ("đổi bl xe", "đổi bằng lái xe"), ("mất bl", "mất bao lâu"),
    ("hđ mua bán", "hợp đồng mua bán"), ("hđ điện tử", "hóa đơn điện tử"), ("tình trạng hn", "tình trạng hôn nhân"), ("sở tp", "sở tư pháp"), ("tp cà mau", "thành phố cà mau"),
    ("bộ KH&CN", "bộ khoa học&công nghệ"), ("đất nn", "đất nông nghiệp"), ("lấy vợ nn", "lấy vợ nước ngoài"), ("đóng bh", "đóng bảo hiểm"), ("bh có", "bao giờ có"),
    ("xin vs an toàn", "xin vệ sinh an toàn"), ("đi vs con", "đi với con"), ("nv quân sự", "nghĩa vụ quân sự"), ("v.v", "v.v"),
    ("con 6t", "con 6 tuổi"), ("be duoc 3t chua", "be duoc 3 tuổi chua"), ("mẹ 72t, ở xã", "mẹ 72 tuổi, ở xã"), ("dưới 14t", "dưới 14 tuổi"), ("xe 5t", "xe 5t"), ("nhà 3t", "nhà 3t"),
    ("con 6t7", "con 6t7"), ("sinh 6t-7", "sinh 6t-7"), ("xin KT3", "xin tạm trú"), ("hk", "hk"), ("ls", "ls"), ("xe ts", "xe ts"), ("tt", "tt"),
])
def test_ambiguous_abbreviations_are_read_by_their_neighbours(typed: str, meant: str) -> None:
    assert expand(normalise(typed)) == meant


@pytest.mark.parametrize(("text", "both"), [
    ("hk", ("hộ khẩu", "học kỳ")), ("ls", ("liệt sĩ", "luật sư")), ("đưa hs", ("hồ sơ", "học sinh")), ("xe đk", ()), ("mã hs", ()), ("mẫu 01/ts", ()), ("khai sinh", ()), ("", ()),
])
def test_readings_name_all_meanings_of_an_open_abbreviation(text: str, both: tuple[str, ...]) -> None:
    named = readings(expand(text))
    assert all(words in named for words in both) and bool(named) == bool(both)
    assert named in southern(expand(text))


@pytest.mark.parametrize(("text", "record_words"), [
    ("má em mướn nhà", "mẹ thuê"), ("đám cưới xong", "kết hôn"), ("vỏ lãi", "xuồng máy"), ("đăng ký tạm trú", ""), ("chi phí, chi nhánh", ""), ("biểu mẫu", ""),
    ("cần thơ, trật tự, lãnh sự", ""), ("bằng lái là giấy phép lái xe", ""), ("", ""),
])
def test_southern_words_bring_the_words_of_records(text: str, record_words: str) -> None:
    assert southern(text) == record_words


@pytest.mark.parametrize(("typed", "beside"), [
    ("làm lại CMND", "căn cước"), ("mất chứng minh thư", "căn cước"), ("sổ hộ khẩu", "cư trú"), ("nhập hộ khẩu", "thường trú"),
    ("ra phòng tư pháp huyện", "xã"), ("UBND huyện", "xã"), ("sở LĐTBXH", "nội vụ"), ("phòng lao động", "nội vụ"), ("sở GTVT", "công an"), ("sở GTVT", "xây dựng"),
    ("sở TNMT", "nông nghiệp và môi trường"), ("sở KHĐT", "tài chính"), ("thi bằng lái", "giấy phép lái xe"), ("mất bằng xe", "giấy phép lái xe"), ("đổi GPLX", ""),
    ("sổ đỏ", "quyền sử dụng đất"), ("sổ hồng", "quyền sử dụng đất"), ("bìa đỏ", "quyền sử dụng đất"), ("mất cà vẹt", "đăng ký xe"), ("cavet", "đăng ký xe"),
    ("làm hôn thú", "kết hôn"), ("giá thú", "kết hôn"), ("giấy độc thân", "tình trạng hôn nhân"), ("khai sanh", "khai sinh"), ("pát po", "hộ chiếu"), ("vi-sa", "thị thực"),
    ("phôtô", "bản sao"), ("photo", "bản sao"), ("phô-tô", "bản sao"), ("ghi-sê", "một cửa"), ("ôtô", "xe ô tô"), ("xe gắn máy", "mô tô"), ("mô-tô", "xe máy"),
    ("in-tơ-nét", "internet"), ("quán net", "trò chơi điện tử"), ("ga-ra", "sửa chữa ô tô"), ("karaoke", "dịch vụ"), ("e-mail", "thư điện tử"), ("web", "trực tuyến"),
    ("sao y", "chứng thực"), ("lên thổ cư", "mục đích sử dụng đất"), ("sang tên xe", "chuyển quyền"), ("tiền tuất", "trợ cấp"),
    ("tía em", "cha"), ("mần giấy", "làm"), ("hổng biết", "không"), ("coi giùm", "xem"), ("ở bển", "bên đó"), ("đi dìa", "về"), ("làm lẹ", "nhanh"), ("chiếc ghe", "tàu"),
    ("ngày sanh", "sinh"), ("hôn nhơn", "nhân"), ("giới tánh", "tính"), ("bịnh viện", "bệnh"), ("lãnh tiền", "hưởng"), ("gởi hồ sơ", "gửi"), ("má biểu", "bảo"), ("lá thơ", "thư"),
    ("diện tích phước", "phúc"), ("bồi hườn", "hoàn"), ("bản chánh", "chính"),
])
def test_old_everyday_and_loan_names_bring_todays_beside_them(typed: str, beside: str) -> None:
    text = expand(normalise(typed))
    assert beside in southern(text)
    assert all(word in tokens(text) for word in tokens(normalise(typed)) if word not in ABBREVIATIONS)


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


KILLERS = ["ﷺ" * 30, "a." * 16_000, "http://" + "!" * 40, "https://dichvucong.gov.vn/" + "." * 30, "á" * 100_000, "\u0301" * 50_000, "dk " * 20_000, "x" * 100_000, "a1b2" * 9_000, "đk hs " * 6_000, "giaays" * 15_000, "\ud800\udfff" * 9_000, "sổ " * 9_000, "1h" * 9_000]


@pytest.mark.parametrize("text", KILLERS, ids=lambda text: ascii(text[:8]))
def test_killing_inputs_return_at_once(text: str) -> None:
    started = time.perf_counter()
    spelt = expand(normalise(text))
    fold(spelt), tokens(spelt), southern(spelt), readings(spelt), clean(text)
    expand(text[:20_000]), southern(text[:20_000]), readings(text[:20_000]), place_tone(text)
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


@given(st.text(st.characters(max_codepoint=0x1EFF), max_size=40))
def test_fold_letter_by_letter_is_fold_of_the_whole(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    whole = "".join(c for c in apart if not unicodedata.combining(c)).replace("đ", "d").replace("Đ", "D")
    assert "".join(c for c in fold(text) if not unicodedata.combining(c)) == whole


@given(st.text(alphabet=st.characters(), max_size=200))
def test_nothing_typed_raises(text: str) -> None:
    spelt = expand(normalise(text))
    southern(spelt), readings(spelt), place_tone(text), fold(spelt), has_diacritics(spelt), tokens(spelt)
    clean(text).encode()


@given(st.text(alphabet="abcdeghiklmnopqrstuvxy123456789djsfrxwo", max_size=12))
def test_key_sequences_never_raise(token: str) -> None:
    for word in (from_telex(token), from_vni(token)):
        assert word is None or is_spelt(word)


def test_kept_words_stay() -> None:
    assert {word for word in KEEP if expand(word) != word} == set()
