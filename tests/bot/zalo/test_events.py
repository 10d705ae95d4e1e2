"""Bodies as Zalo documents them → events; whose they are, what makes two the same, what is never read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.erase_phrase import asks_to_erase
from bot.channels.messenger_event import Event, Kind
from bot.channels.messenger_id import messenger_conversation
from bot.channels.zalo_bot_events import zalo_bot_event
from bot.channels.zalo_events import AHEAD_MS, Ignored, zalo_event
from bot.gateway.outbox import echo_key

from .in_world import APP, BEGIN, OA, USER, body, echo, raw_of


def read(sent: dict[str, Any], now: float = BEGIN) -> Event:
    return zalo_event(sent, raw_of(sent), OA, now)


def ignored(sent: dict[str, Any]) -> str:
    with pytest.raises(Ignored) as why:
        read(sent)
    return str(why.value)


def test_a_question() -> None:
    found = read(body(timestamp="1543979782740"))
    assert found == Event("zalo", USER, "user_send_text:96d3cdf3af150460909", 1543979782740, Kind.QUESTION, "lệ phí khai sinh?")


def test_a_text_is_cleaned_and_masked() -> None:
    found = read(body(text="/restart  căn cước 079203001234, gọi 0912 345 678\u202e"))
    assert found.text == "restart căn cước [số giấy tờ], gọi [số điện thoại]"
    assert "0792" not in found.to_json() and json.loads(found.to_json()) == {"kind": "question", "text": found.text}


@pytest.mark.parametrize(("text", "kind", "kept"), [
    ("#q:Đăng ký khai sinh (mã 1.001193) lệ phí bao nhiêu?", Kind.QUESTION, "Đăng ký khai sinh (mã 1.001193) lệ phí bao nhiêu?"),
    ("#q:/restart", Kind.QUESTION, "restart"), ("#q:xóa dữ liệu của tôi", Kind.QUESTION, "xóa dữ liệu của tôi"), ("#q:", Kind.NEEDS_TEXT, ""),
    ("xóa dữ liệu của tôi", Kind.ERASE, ""), ("", Kind.NEEDS_TEXT, ""), ("  ", Kind.NEEDS_TEXT, ""), (None, Kind.NEEDS_TEXT, ""), (5, Kind.NEEDS_TEXT, ""),
    ("////", Kind.UNREADABLE, ""), ("a b" * 700, Kind.TOO_LONG, ""), ("\ud800", Kind.UNREADABLE, ""), ("khai sinh \ud83d\ude00", Kind.QUESTION, "khai sinh"),
])
def test_what_a_text_is(text: object, kind: Kind, kept: str) -> None:
    sent = body(text=text)
    found = zalo_event(sent, b"raw", OA, BEGIN)
    assert (found.kind, found.text) == (kind, kept)


MEDIA = {
    "image": {"thumbnail": "https://a.example/t", "url": "https://a.example/u"}, "gif": {"url": "https://a.example/u"},
    "file": {"url": "https://a.example/u", "size": "9999", "name": "don.pdf", "checksum": "0", "type": "pdf"},
    "location": {"coordinates": {"latitude": "10.7642473", "longitude": "106.6564314"}}, "sticker": {"id": "7", "url": "https://a.example/u"},
    "audio": {"url": "https://a.example/a.amr"}, "video": {"url": "u", "thumbnail": "t", "description": "d"},
    "link": {"thumbnail": "t", "description": "d", "url": "u"}, "business_card": {"phone": "0912345678"},
}


@pytest.mark.parametrize("kind", MEDIA)
def test_media_need_a_text(kind: str) -> None:
    sent = body(f"user_send_{kind}", None)
    sent["message"]["attachments"] = [{"type": kind, "payload": MEDIA[kind]}]
    found = read(sent)
    assert (found.kind, found.text, found.key) == (Kind.NEEDS_TEXT, "", f"user_send_{kind}:96d3cdf3af150460909")
    assert set(json.loads(found.to_json())) == {"kind", "text"}


@pytest.mark.parametrize(("text", "kind"), [
    ("tờ này đúng mẫu chưa", Kind.QUESTION), ("https://a.example/b", Kind.NEEDS_TEXT), ("https://a.example/b xin hỏi lệ phí", Kind.QUESTION), (" ", Kind.NEEDS_TEXT),
])
def test_a_caption_is_a_question(text: str, kind: Kind) -> None:
    assert read(body("user_send_image", text)).kind is kind and read(body("user_send_link", text)).kind is kind


def test_followers() -> None:
    follow = {"oa_id": OA, "follower": {"id": USER}, "user_id_by_app": "5", "event_name": "follow", "source": "oa_profile", "app_id": APP, "timestamp": "1543979782740"}
    found = read(follow)
    assert (found.kind, found.user, found.sent_ms) == (Kind.GREET, USER, 1543979782740)
    assert found.key.startswith("follow:") and len(found.key) == len("follow:") + 64 and found == read(follow)
    assert read({**follow, "timestamp": "1543979782741"}).key != found.key
    assert read({**follow, "event_name": "unfollow"}).kind is Kind.UNFOLLOW
    clicked = {"event_name": "user_click_chatnow", "oa_id": OA, "user_id": USER, "user_id_by_app": "5", "app_id": APP, "timestamp": "1543979782740"}
    assert (read(clicked).kind, read(clicked).user) == (Kind.GREET, USER)
    withdrawn = {"event_name": "user_withdraw", "user_id": USER, "user_id_by_app": "5", "app_id": APP, "timestamp": "1543979782740"}
    assert (read(withdrawn).kind, read(withdrawn).user) == (Kind.WITHDRAW, USER)


@pytest.mark.parametrize("info", [
    {"name": "Nguyễn Văn A", "phone": "84912345678", "full_address": {"user_city": "TP", "user_address": "12 Lê Lợi"}},
    {"name": "Nguyễn Văn A", "phone": "84912345678", "address": "12 Lê Lợi", "city": "TP", "district": "Q", "ward": "P"},
])
def test_a_form_is_never_kept(info: dict[str, Any]) -> None:
    sent = {**body("user_submit_info", None, None), "info": info}
    found = read(sent)
    assert (found.kind, found.text) == (Kind.FORM, "") and "Nguyễn" not in repr(found) and "912" not in found.to_json()


def test_an_echo_keeps_a_fingerprint_only() -> None:
    found = read(echo("m1", "Trả lời  của anh Hai", admin="77"))
    assert (found.kind, found.user, found.message_id, found.by_person) == (Kind.ECHO, USER, "m1", True)
    assert found.echo == echo_key("Trả lời của anh Hai") and "Hai" not in repr(found)
    assert not read(echo("m1")).by_person and read({**echo("m1", None), "event_name": "oa_send_image"}).echo is None


@pytest.mark.parametrize("name", [
    "user_seen_message", "user_received_message", "user_reacted_message", "update_user_info", "widget_interaction_accepted", "add_user_to_tag",
    "user_call_oa", "user_send_something_new", "", "oa_call_user",
])
def test_other_events_are_ignored(name: str) -> None:
    sent = body(name, None, None)
    assert ignored(sent) == "other" and ignored({**sent, "sender": {"id": OA}, "recipient": {"id": USER}}) == "other"


@pytest.mark.parametrize(("change", "why"), [
    ({"recipient": {"id": "999"}}, "foreign"), ({"sender": {"id": OA}, "recipient": {"id": USER}}, "direction"), ({"sender": {"id": OA}}, "direction"),
    ({"sender": None, "recipient": None}, "shapeless"), ({"sender": "x", "recipient": ["y"]}, "shapeless"), ({"sender": {"id": {}}}, "shapeless"),
    ({"sender": {"id": "7" * 65}}, "shapeless"), ({"sender": {"id": "7\x00"}}, "shapeless"), ({"sender": {"id": "\ud800"}}, "shapeless"), ({"event_name": "oa_send_" + "x" * 60}, "shapeless"), ({"event_name": 5}, "shapeless"), ({"event_name": None}, "shapeless"), ({"event_name": "anonymous_send_text"}, "anonymous"),
    ({"event_name": "oa_send_text"}, "direction"), ({"event_name": "follow", "sender": None, "recipient": None, "oa_id": "999", "follower": {"id": USER}}, "foreign"),
])
def test_what_nothing_follows_from(change: dict[str, Any], why: str) -> None:
    assert ignored({**body(), **change}) == why


def test_signs_that_no_database_takes() -> None:
    """Zalo may sign anything; it must not become a fault of ours."""
    assert zalo_event(body(msg_id="a\x00"), b"raw", OA, BEGIN).key.startswith("user_send_text:") and "\x00" not in zalo_event(body(msg_id="a\x00"), b"raw", OA, BEGIN).key
    assert zalo_event(echo("m1", "\ud800 chào"), b"raw", OA, BEGIN).echo


def test_a_message_that_is_no_object() -> None:
    assert read({**body(), "message": ["x"]}).kind is Kind.NEEDS_TEXT


def test_ids_stay_text_beyond_2_to_the_53() -> None:
    big = 9007199254740993
    assert read(body(user=big)).user == "9007199254740993"  # type: ignore[arg-type]
    assert read(body(msg_id=big)).key.endswith(":9007199254740993")


def test_the_same_message_keeps_its_key() -> None:
    first = read(body(timestamp="1"))
    assert read(body(text="khác", timestamp="2")).key == first.key
    assert read(body(msg_id="other")).key != first.key and read(body("user_send_image")).key != first.key
    assert len(read(body(msg_id="x" * 500)).key) <= 160 and read(body(msg_id="x" * 500)).key != read(body(msg_id="x" * 501)).key


@pytest.mark.parametrize(("given", "ms"), [
    ("1543979782740", 1543979782740), (1543979782740, 1543979782740), (str(int(BEGIN * 1000) + AHEAD_MS), int(BEGIN * 1000) + AHEAD_MS),
    (str(int(BEGIN * 1000) + AHEAD_MS + 1), int(BEGIN * 1000)), ("x", int(BEGIN * 1000)), (None, int(BEGIN * 1000)), ("-5", int(BEGIN * 1000)),
    ("9" * 40, int(BEGIN * 1000)), ("١٢", int(BEGIN * 1000)), (1.5, int(BEGIN * 1000)), (True, int(BEGIN * 1000)),
])
def test_times(given: object, ms: int) -> None:
    assert read(body(timestamp=given)).sent_ms == ms


BOT = {
    "ok": True, "result": {"event_name": "message.text.received", "message": {
        "message_id": "b1", "from": {"id": "u", "display_name": "Nguyễn Văn A", "is_bot": False}, "chat": {"id": "c7", "chat_type": "PRIVATE"},
        "text": "lệ phí khai sinh, 0912345678", "date": 1750316131602,
    }},
}


def bot(name: str = "message.text.received", **change: Any) -> dict[str, Any]:
    return {"ok": True, "result": {"event_name": name, "message": {**BOT["result"]["message"], **change}}}


def test_a_message_of_the_bot_platform() -> None:
    found = zalo_bot_event(BOT, b"", BEGIN)
    assert found == Event("zalo_bot", "c7", "message.text.received:b1", 1750316131602, Kind.QUESTION, "lệ phí khai sinh, [số điện thoại]")
    assert "Nguyễn" not in repr(found)


@pytest.mark.parametrize("kind", ["image", "sticker", "voice", "unsupported"])
def test_other_messages_of_the_bot_platform(kind: str) -> None:
    assert zalo_bot_event(bot(f"message.{kind}.received", text=None), b"", BEGIN).kind is Kind.NEEDS_TEXT
    assert zalo_bot_event(bot(f"message.{kind}.received", text="tờ này là gì"), b"", BEGIN).kind is Kind.QUESTION


@pytest.mark.parametrize(("sent", "why"), [
    ({}, "shapeless"), ({"result": 5}, "shapeless"), ({"result": {"event_name": "message.text.received"}}, "shapeless"), (bot("message.new.received"), "other"),
    (bot(**{"from": {"is_bot": True}}), "direction"), (bot(chat={"id": "g", "chat_type": "GROUP"}), "group"), (bot(chat={"id": "\x00"}), "shapeless"),
    (bot(chat={"id": "7" * 65}), "shapeless"), (bot(chat=None), "group"),
])
def test_what_nothing_follows_from_on_the_bot_platform(sent: dict[str, Any], why: str) -> None:
    with pytest.raises(Ignored, match=why):
        zalo_bot_event(sent, b"", BEGIN)


@pytest.mark.parametrize("text", [
    "xóa dữ liệu của tôi", "Xoá dữ liệu của tôi.", "xoa du lieu cua toi", "XÓA DỮ LIỆU CỦA TÔI!", "Dạ xóa hết dữ liệu của em giúp ạ", "tôi muốn xóa toàn bộ dữ liệu của tôi",
    "vui lòng xóa dữ liệu cá nhân của tôi", "hãy xóa tất cả dữ liệu của mình đi", "yêu cầu xóa dữ liệu của tôi ngay",
])
def test_the_sentence_that_erases(text: str) -> None:
    assert asks_to_erase(text)


@pytest.mark.parametrize("text", [
    "xóa đăng ký thường trú", "xóa đăng ký thường trú của tôi cần gì", "xóa dữ liệu của tôi trên cơ sở dữ liệu dân cư thì làm sao", "xóa dữ liệu",
    "làm sao xóa dữ liệu của tôi", "xóa nợ thuế của tôi", "xóa án tích của tôi", "không xóa dữ liệu của tôi", "xóa dữ liệu của bà ngoại", "dữ liệu của tôi", "xóa thế chấp",
    "dữ liệu của tôi có bị xóa không", "sửa dữ liệu của tôi", "",
])
def test_sentences_that_do_not(text: str) -> None:
    assert not asks_to_erase(text)


def test_no_question_in_the_data_is_taken_for_it(root: Path) -> None:
    lines = [line.strip(" -\n\"'") for path in (root / "data" / "phrasings").glob("*.yml") for line in path.read_text("utf-8").splitlines()]
    assert len(lines) > 1000 and not any(map(asks_to_erase, lines))


def test_a_conversation_s_id() -> None:
    one = messenger_conversation(b"s" * 32, "zalo", USER)
    assert len(one) == 22 and one == messenger_conversation(b"s" * 32, "zalo", USER)
    assert len({one, messenger_conversation(b"t" * 32, "zalo", USER), messenger_conversation(b"s" * 32, "zalo_bot", USER), messenger_conversation(b"s" * 32, "zalo", "1")}) == 4
