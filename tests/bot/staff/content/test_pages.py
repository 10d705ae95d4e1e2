"""The pages, through the real app: forms save what was typed, refuse with words, lose nothing, and tell two people of each other."""

from __future__ import annotations

import html
import io
import re
import zipfile

import pytest

from bot.staff.content.drafts import Drafts
from bot.staff.content.store import Content

from ..conftest import Browser, person
from .conftest import DATA, LAN

PATHS = [
    "province/ca-mau.yml", "province/holidays.yml", "phrasings/ho-tich.yml", "nlu/small_talk.yml", "nlu/two_questions.yml",
    "procedures/ho-tich/1.001193-dang-ky-khai-sinh.yml",
]  # fmt: skip
FAQ = {
    "question": "Có nhận hồ sơ ngoài giờ không?", "asked": "nộp sau 17 giờ được không\r\n\r\ntối nộp được không", "answer": "Dòng một.\r\n\r\nDòng hai.",
    "procedure": "", "owner": "Bộ phận một cửa", "source_title": "Thông báo: của Trung tâm", "source_url": "https://example.vn/a?b=c",
    "checked_on": "2026-11-22", "effective_from": "", "effective_to": "", "why": "người dân hay hỏi", "base": "", "path": "",
}  # fmt: skip


@pytest.fixture
def store(sqlite_desk) -> Content:
    for path in PATHS:
        sqlite_desk.content.save(path, (DATA / path).read_bytes().decode(), base=None, who=LAN, why="bắt đầu")
    return sqlite_desk.content


@pytest.fixture
def browser(sqlite_desk, store) -> Browser:
    return Browser(sqlite_desk, person("curator"))


def base_in(page: str) -> str:
    return re.search(r'name="base" value="(\d*)"', page)[1]


def test_every_page_opens_for_who_may_read_and_has_one_heading(sqlite_desk, store) -> None:
    paths = [
        "/content",
        f"/content/history?path={PATHS[0]}",
        "/content/revision/1",
        "/faq",
        "/phrasings",
        "/phrasings?code=1.001193",
        "/nlu",
    ]
    paths += ["/nlu/greet", "/nlu/ask_several", "/offices", "/offices/commune", "/holidays", "/texts"]
    editing = ["/content/edit", f"/content/edit?path={PATHS[0]}", "/content/import", "/faq/new", "/texts/utter_greet"]
    for role, more, status in (("curator", editing, 200), ("auditor", [], 200)):
        for path in [*paths, *more]:
            answer = Browser(sqlite_desk, person(role)).get(path)
            assert answer.status_code == status, path
            assert answer.text.count("<h1") == 1 and "style=" not in answer.text and "onclick" not in answer.text, path
            assert role == "curator" or 'name="why"' not in answer.text, path


@pytest.mark.parametrize(
    "path",
    [
        "/content/history?path=x",
        "/content/revision/99",
        "/content/revision/x",
        "/nlu/x",
        "/offices/x",
        "/texts/x",
        "/faq/edit?path=faq/x.yml",
    ],
)
def test_what_is_not_there_is_said(browser, path) -> None:
    assert browser.get(path).status_code == 404


def test_faq_is_made_edited_and_comes_back_as_typed(browser, store) -> None:
    answer = browser.post("/faq/edit", FAQ)
    assert answer.status_code == 303
    path = "faq/co-nhan-ho-so-ngoai-gio-khong.yml"
    first = store.read(path)
    page = browser.get(f"/faq/edit?path={path}").text
    assert "Dòng một.\n\nDòng hai." in page and "tối nộp được không" in page and "Thông báo: của Trung tâm" in page
    again = browser.post("/faq/edit", {**FAQ, "path": path, "base": str(first.id), "why": "xem lại"})
    assert again.status_code == 303 and store.read(path) == first
    browser.post("/faq/edit", {**FAQ, "path": path, "base": str(first.id), "owner": "Tư pháp"})
    changed = [(one, two) for one, two in zip(first.text.split("\n"), store.read(path).text.split("\n"), strict=True) if one != two]
    assert changed == [("owner: Bộ phận một cửa", "owner: Tư pháp")]


def test_faq_keeps_comments_and_order_and_is_refused_in_words(browser, store) -> None:
    text = '# của ta\nanswer: |\n  Có.\n\n  Hai.\nquestion: "Hỏi?"  # câu\nasked: []\nprocedure: null\nowner: A\nsource: {title: B}\nchecked_on: "2026-01-01"\n'
    saved = store.save("faq/a.yml", text, base=None, who=LAN, why="")
    values = {
        "question": "Hỏi?",
        "asked": "",
        "answer": "Có.\n\nHai.",
        "owner": "A",
        "source_title": "B",
        "source_url": "",
        "checked_on": "2026-01-01",
    }
    form = {**FAQ, **values, "path": "faq/a.yml", "base": str(saved.id)}
    browser.post("/faq/edit", form)
    assert store.read("faq/a.yml").text == text
    refused = browser.post("/faq/edit", {**form, "checked_on": "2026-99-01", "owner": "Ông <b>"})
    assert refused.status_code == 422 and "một ngày có thật" in refused.text and "Ông &lt;b&gt;" in refused.text
    assert 'aria-describedby="checked_on-error"' in refused.text and store.read("faq/a.yml").text == text
    browser.post("/faq/edit", {**form, "answer": "Không."})
    assert store.read("faq/a.yml").text == text.replace("answer: |\n  Có.\n\n  Hai.\n", "answer: Không.\n")


def test_reason_is_needed_and_what_was_typed_stays(browser, store) -> None:
    refused = browser.post("/faq/edit", {**FAQ, "why": ""})
    assert (
        refused.status_code == 422
        and "vì sao sửa" in refused.text
        and "Thông báo: của Trung tâm" in refused.text
        and store.paths("faq/") == []
    )


def test_two_people_at_one_file_lose_nothing(sqlite_desk, store) -> None:
    first, second = Browser(sqlite_desk, person("curator")), Browser(sqlite_desk, person("curator", 2))
    path, base = PATHS[3], str(store.read(PATHS[3]).id)
    text = store.read(path).text
    mine, theirs = text.replace("- xin chào\n", "- xin chào bot\n"), text.replace("- hello\n", "- hê lô\n")
    assert first.post("/content/edit", {"path": path, "text": theirs, "why": "a", "base": base}).status_code == 303
    answer = second.post("/content/edit", {"path": path, "text": mine, "why": "b", "base": base})
    assert (
        answer.status_code == 409
        and "<ins>hê lô</ins>" in answer.text
        and "<ins> bot</ins>" in answer.text
        and "máy đã ghép cả hai" in answer.text
    )
    both = html.unescape(re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', answer.text, re.S)[1])
    assert "xin chào bot" in both and "hê lô" in both
    assert Drafts(sqlite_desk.engine, sqlite_desk.clock).get(second.who, path).text("text") == mine
    assert second.post("/content/edit", {"path": path, "text": both, "why": "b", "base": base_in(answer.text)}).status_code == 303
    assert "xin chào bot" in store.read(path).text and "hê lô" in store.read(path).text
    assert Drafts(sqlite_desk.engine, sqlite_desk.clock).get(second.who, path) is None


def test_same_place_changed_twice_is_left_to_a_person(sqlite_desk, store) -> None:
    path, now = PATHS[3], store.read(PATHS[3])
    store.save(path, now.text.replace("- xin chào\n", "- chào nghen\n"), base=now.id, who=LAN, why="")
    mine = now.text.replace("- xin chào\n", "- xin chào bot\n")
    answer = Browser(sqlite_desk, person("curator")).post(
        "/content/edit", {"path": path, "text": mine, "why": "b", "base": str(now.id)}
    )
    assert "cùng một chỗ" in answer.text and "chào nghen" in answer.text and "xin chào bot" in answer.text


def test_typed_text_is_kept_offered_and_dropped(browser, sqlite_desk, store) -> None:
    typed = {"draft_path": "faq/", "draft_page": "/faq/new", "base": "", "question": "Nửa câu <i>"}
    kept = browser.post("/content/draft", typed, headers={"HX-Request": "true"})
    assert kept.status_code == 200 and "Đã giữ bản nháp lúc 09:13" in kept.text
    assert "bản nháp chưa lưu" in browser.get("/faq/new").text
    assert "Nửa câu &lt;i&gt;" in browser.get("/faq/new?draft=1").text and "Bản nháp của tôi" in browser.get("/content").text
    assert "Nửa câu" not in Browser(sqlite_desk, person("curator", 2)).get("/faq/new?draft=1").text
    assert browser.post("/content/draft", typed).headers["location"] == "/can-bo/faq/new"
    browser.post("/content/draft/drop", {"draft_path": "faq/"})
    assert "bản nháp chưa lưu" not in browser.get("/faq/new").text
    for page in ("//evil.example", "https://evil.example", "x" * 400):
        assert browser.post("/content/draft", {**typed, "draft_page": page}).status_code == 422


def test_who_else_is_editing_is_told_for_a_minute(sqlite_desk, store, clock) -> None:
    first, second = Browser(sqlite_desk, person("curator")), Browser(sqlite_desk, person("curator", 2))
    assert "đang sửa" not in first.post("/content/here", {"draft_path": PATHS[3]}).text
    assert "Cán bộ curator 1 đang sửa" in second.post("/content/here", {"draft_path": PATHS[3]}).text
    assert "Cán bộ curator 2 đang sửa" in first.get(f"/content/edit?path={PATHS[3]}").text
    clock.now += 61
    assert "đang sửa" not in first.get(f"/content/edit?path={PATHS[3]}").text


def test_old_text_is_shown_with_its_changes_and_restored(browser, store) -> None:
    now = store.read(PATHS[0])
    new = store.save(PATHS[0], now.text.replace("name: Cà Mau", "name: Cà Mau mới", 1), base=now.id, who=LAN, why="<script>")
    page = browser.get(f"/content/revision/{new.id}").text
    assert "<ins> mới</ins>" in page and "&lt;script&gt;" in page and '<th scope="row">Tên <code class="key">name</code></th>' in page
    assert browser.post(f"/content/revision/{now.id}/restore", {"why": ""}).status_code == 422
    assert browser.post(f"/content/revision/{now.id}/restore", {"why": "nhầm"}).status_code == 303
    assert store.read(PATHS[0]).text == now.text and store.read(PATHS[0]).number == 3


def test_raw_file_keeps_line_ends_and_shows_faults_by_line(browser, store) -> None:
    saved = store.save("a.md", "Một\r\nHai\r\n", base=None, who=LAN, why="")
    browser.post("/content/edit", {"path": "a.md", "text": "Một\r\nHai\r\nBa\r\n", "why": "x", "base": str(saved.id)})
    assert store.read("a.md").text == "Một\r\nHai\r\nBa\r\n"
    unix = store.read(PATHS[0])
    browser.post("/content/edit", {"path": PATHS[0], "text": unix.text.replace("\n", "\r\n"), "why": "x", "base": str(unix.id)})
    assert store.read(PATHS[0]) == unix
    refused = browser.post("/content/edit", {"path": "faq/b.yml", "text": "a: 1\nb: [\n", "why": "x", "base": ""})
    assert refused.status_code == 422 and "ở dòng 3" in refused.text and "b: [" in refused.text
    assert browser.post("/content/edit", {"path": "../x.yml", "text": "a", "why": "x", "base": ""}).status_code == 422


def test_file_is_removed_with_a_reason_but_not_one_that_is_needed(browser, store) -> None:
    saved = store.save("a.md", "Một", base=None, who=LAN, why="")
    assert browser.post("/content/remove", {"path": "a.md", "base": str(saved.id), "why": ""}).status_code == 422
    assert browser.post("/content/remove", {"path": "a.md", "base": str(saved.id), "why": "thừa"}).status_code == 303
    assert store.read("a.md").text is None
    assert browser.post("/content/remove", {"path": PATHS[0], "base": str(store.read(PATHS[0]).id), "why": "x"}).status_code == 422


def test_phrasings_and_aliases_change_only_their_lines(browser, store) -> None:
    page = browser.get("/phrasings?code=1.001193").text
    fields = {
        html.unescape(name): html.unescape(text)
        for name, text in re.findall(r'<textarea[^>]*name="(asked:[^"]*)"[^>]*>\n(.*?)</textarea>', page, re.S)
    }
    now = store.read(PATHS[2])
    form = {**fields, "code": "1.001193", "base": str(now.id), "why": "x"}
    assert browser.post("/phrasings", form).status_code == 303 and store.read(PATHS[2]) == now
    browser.post("/phrasings", {**form, "asked:documents": fields["asked:documents"] + "\r\nlàm khai sinh: cần gì nghen"})
    old, new = now.text.split("\n"), store.read(PATHS[2]).text.split("\n")
    assert [line for line in new if line not in old] == ["    - 'làm khai sinh: cần gì nghen'"] and len(new) == len(old) + 1
    record = store.read(PATHS[5])
    aliases = html.unescape(re.search(r'<textarea id="aliases"[^>]*>\n(.*?)</textarea>', page, re.S)[1])
    browser.post(
        "/phrasings/aliases", {"code": "1.001193", "aliases": aliases + "\nlàm giấy khai sanh", "base": str(record.id), "why": "x"}
    )
    assert store.read(PATHS[5]).text == record.text.replace("trẻ cho cháu", "").replace(
        "overview:", "  - làm giấy khai sanh\noverview:", 1
    )


def test_sentence_of_another_procedure_is_refused(browser, store) -> None:
    other = re.search(r"^    - (xin[^':]*)$", store.read(PATHS[2]).text.split('"1.001193":')[0] + store.read(PATHS[2]).text, re.M)
    code = "1.999998"
    sentence = other[1]
    answer = browser.post("/phrasings", {"code": code, "asked:fees": sentence.upper(), "base": "", "why": "x"})
    assert answer.status_code == 422 and "mỗi câu chỉ thuộc một thủ tục" in answer.text
    assert (
        browser.post("/phrasings", {"code": code, "asked:fees": "phí đó bao nhiêu dị", "base": "", "why": "x"}).status_code == 303
    )
    assert store.read("phrasings/khac.yml").text.endswith('"1.999998":\n  fees:\n    - phí đó bao nhiêu dị\n')


def test_examples_are_added_moved_and_taken_away_by_lines(browser, store) -> None:
    path, now = PATHS[3], store.read(PATHS[3])
    form = {"path": path, "base": str(now.id), "why": "x"}
    refused = browser.post("/nlu/greet", {**form, "examples": "XIN CHÀO"})
    assert refused.status_code == 422 and "đã có ở ý định này" in refused.text
    browser.post("/nlu/greet", {**form, "examples": "  chào buổi   trưa nghen \r\n"})
    text = store.read(path).text
    assert text.replace("      - chào buổi trưa nghen\n", "") == now.text
    browser.post("/nlu/greet/example", {**form, "base": str(store.read(path).id), "example": "chào buổi trưa nghen", "to": "thank"})
    moved = store.read(path).text
    assert (
        moved != text
        and moved.replace("      - chào buổi trưa nghen\n", "") == now.text
        and moved.index("trưa nghen") > moved.index("intent: thank")
    )
    browser.post("/nlu/thank/example", {**form, "base": str(store.read(path).id), "example": "chào buổi trưa nghen", "to": ""})
    assert store.read(path).text == now.text


def test_office_is_edited_as_fields_and_unchanged_form_changes_nothing(browser, store) -> None:
    page = browser.get("/offices/province_centre").text
    fields = {
        name: html.unescape(text) for name, text in re.findall(r'<input type="text" id="\w+" name="(\w+)" value="([^"]*)"', page)
    }
    fields |= {
        name: html.unescape(text)
        for name, text in re.findall(r'<textarea id="\w+" name="(\w+)"[^>]*>\n(.*?)</textarea>', page, re.S)
    }
    now = store.read(PATHS[0])
    form = {**fields, "base": str(now.id), "why": "x"}
    assert browser.post("/offices/province_centre", form).status_code == 303 and store.read(PATHS[0]) == now
    assert browser.post("/offices/province_centre", {**form, "hours": "thứ hai"}).status_code == 422
    browser.post("/offices/province_centre", {**form, "hours": "2-6: 07:00-11:00, 13:00-17:00 | Thông báo 1/TB"})
    text = store.read(PATHS[0]).text
    assert (
        '{days: [2, 3, 4, 5, 6], spells: ["07:00-11:00", "13:00-17:00"], source: Thông báo 1/TB}' in text
        and "# Nơi liên hệ của tỉnh" in text
    )
    assert "2-6: 07:00-11:00, 13:00-17:00 | Thông báo 1/TB" in browser.get("/offices/province_centre").text
    assert (
        browser.post("/offices/commune", {**form, "phone": "0290", "source": "", "base": str(store.read(PATHS[0]).id)}).status_code
        == 422
    )


def test_day_off_is_previewed_then_saved_and_taken_away(browser, store) -> None:
    now = store.read(PATHS[1])
    form = {
        "day": "2026-12-24",
        "kind": "in_lieu",
        "name": "Nghỉ: thử",
        "source": "Quyết định 1/QĐ-UBND",
        "worked": "",
        "why": "x",
        "base": str(now.id),
    }
    preview = browser.post("/holidays", form)
    assert (
        preview.status_code == 200
        and "Ngày hẹn trả sẽ đổi" in preview.text
        and "25/12/2026" in preview.text
        and store.read(PATHS[1]) == now
    )
    assert browser.post("/holidays", {**form, "sure": "1"}).status_code == 303
    added = store.read(PATHS[1]).text
    assert len(added.split("\n")) == len(now.text.split("\n")) + 1 and "name: 'Nghỉ: thử'" in added
    assert browser.post("/holidays", {**form, "day": "2026-12-26"}).status_code == 422
    swap = browser.post("/holidays", {**form, "kind": "swap", "day": "2026-12-23"})
    assert swap.status_code == 422 and "ngày thứ Bảy làm bù" in swap.text
    browser.post("/holidays/remove", {"gone": "2026-12-24", "why": "x", "base": str(store.read(PATHS[1]).id)})
    assert store.read(PATHS[1]).text == now.text


def test_own_wording_of_a_sentence_is_kept_and_taken_back(browser, store) -> None:
    assert browser.post("/texts/utter_greet", {"own": "Chào\r\n\r\nAnh/chị", "why": "x", "base": ""}).status_code == 303
    now = store.read("texts.yml")
    assert now.text.endswith('utter_greet: "Chào\\n\\nAnh/chị"\n') and "Chào" in browser.get("/texts").text
    assert browser.post("/texts/utter_greet", {"own": "Chào {office}", "why": "x", "base": str(now.id)}).status_code == 422
    browser.post("/texts/utter_greet", {"own": "", "why": "x", "base": str(now.id)})
    assert "utter_greet" not in store.read("texts.yml").text


def test_zip_goes_out_and_comes_in_after_a_look(browser, store) -> None:
    out = browser.get("/content/export")
    assert zipfile.ZipFile(io.BytesIO(out.content)).read(f"data/{PATHS[0]}") == (DATA / PATHS[0]).read_bytes()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("data/a.md", "mới")
    files = {"zip": ("a.zip", made.getvalue(), "application/zip")}
    look = browser.post("/content/import", {"why": "x"}, files=files)
    assert look.status_code == 200 and "a.md" in look.text and store.read("a.md") is None
    assert (
        browser.post("/content/import", {"why": "x", "sure": "1"}, files=files).status_code == 303
        and store.read("a.md").text == "mới"
    )
    broken = {"zip": ("a.zip", b"PK", "application/zip")}
    assert browser.post("/content/import", {"why": "x", "sure": "1"}, files=broken).status_code == 422


def test_what_is_not_live_yet_is_listed(sqlite_desk, store) -> None:
    sqlite_desk = type(sqlite_desk)(
        **{**{name: getattr(sqlite_desk, name) for name in sqlite_desk.__slots__}, "extra": {"live_snapshot": lambda: 2}}
    )
    page = Browser(sqlite_desk, person("auditor")).get("/content").text
    assert "4 tệp khác bản đang dùng" in page and PATHS[5] in page
