"""A life event is told as a whole, then one of its procedures is chosen and asked on about."""

from __future__ import annotations

from .harness import RealServer, Talk

BIRTH, RESIDENCE, DEATH, BURIAL, LICENCE = "1.001193", "1.004222", "1.000656", "1.014177", "3.000348"


def codes(reply_choices: list[dict[str, str]]) -> list[str]:
    """The codes that the choices send back, in order."""
    return [choice["message"].split("(mã ")[1].split(")")[0] for choice in reply_choices]


def test_a_birth_is_told_whole_and_a_number_chooses(talk: Talk) -> None:
    whole = talk.say("Vợ tôi mới sinh thì phải làm những giấy tờ gì?")
    assert (whole.status, whole.code, whole.candidates) == ("answered", None, []), str(whole)
    assert codes(whole.choices)[:2] == [BIRTH, RESIDENCE] and "1. Đăng ký khai sinh: trong 60 ngày" in whole.text
    chosen = talk.say("2")
    assert chosen.code == RESIDENCE, str(chosen)
    asked = talk.say("mấy ngày xong")
    assert asked.code == RESIDENCE and "duration" in asked.aspects, str(asked)


def test_a_death_is_told_with_condolence_and_a_tap_chooses(talk: Talk) -> None:
    whole = talk.say("ba toi moi mat, can lam thu tuc gi het")
    assert whole.status == "answered" and whole.text.startswith("Dạ, xin chia buồn cùng gia đình."), str(whole)
    assert codes(whole.choices)[0] == DEATH
    tapped = talk.say(next(choice["message"] for choice in whole.choices if BURIAL in choice["message"]))
    assert tapped.code == BURIAL and "overview" in tapped.aspects, str(tapped)
    assert talk.say("Má tôi mất hôm qua, khai tử làm ở đâu?").code == DEATH


def test_a_lost_purse_is_told_whole_in_a_talk_about_something_else(server: RealServer) -> None:
    talk = server.talk()
    assert talk.say("Đăng ký khai sinh cần giấy tờ gì?").code == BIRTH
    whole = talk.say("mà em mới bị móc túi mất ví, giờ phải làm lại những giấy tờ gì")
    assert (whole.status, whole.code) == ("answered", None) and LICENCE in codes(whole.choices), str(whole)
    named = talk.say("cấp lại giấy phép lái xe")
    assert named.code == LICENCE, str(named)
    assert talk.say("Làm lại căn cước bị mất cần gì?").code == "1.014064"
