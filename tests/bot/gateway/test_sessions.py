from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.gateway import texts
from bot.gateway.sessions import TOKEN_LENGTH, ConversationLocks, Sessions, TooManyWaiting

from .harness import Gateway, running


def test_a_token_comes_back_as_its_id() -> None:
    sessions = Sessions(b"k" * 32)
    made = sessions.new_id()
    assert sessions.verify(sessions.token(made)) == made and len(sessions.token(made)) == TOKEN_LENGTH
    assert sessions.new_id() != made


def test_guessed_changed_and_foreign_tokens_are_nothing() -> None:
    sessions = Sessions(b"k" * 32)
    token = sessions.token(sessions.new_id())
    for n in range(len(token)):
        for other in "A_b":
            if token[n] != other:
                assert sessions.verify(token[:n] + other + token[n + 1:]) is None, n
    foreign = Sessions(b"j" * 32)
    for bad in (None, "", "1", "me", token[:-1], token + "A", token.replace(".", ""), "é" * TOKEN_LENGTH, "." * TOKEN_LENGTH,
                foreign.token(foreign.new_id()), "\ud800" * TOKEN_LENGTH):
        assert sessions.verify(bad) is None


def test_one_conversation_in_order_others_meanwhile() -> None:
    async def run() -> list[str]:
        locks, said = ConversationLocks(), []

        async def speak(conversation: str, word: str, seconds: float) -> None:
            async with locks.hold(conversation):
                await asyncio.sleep(seconds)
                said.append(word)

        await asyncio.gather(speak("a", "a1", 0.05), speak("a", "a2", 0), speak("a", "a3", 0), speak("b", "b1", 0.01))
        assert len(locks) == 0
        return said

    assert asyncio.run(run()) == ["b1", "a1", "a2", "a3"]


def test_too_many_waiting_and_a_cancelled_one_leaves_nothing() -> None:
    async def run() -> None:
        locks = ConversationLocks(max_waiting=2)
        async with locks.hold("a"):
            waiting = asyncio.create_task(_hold(locks))
            await asyncio.sleep(0)
            with pytest.raises(TooManyWaiting):
                await _hold(locks)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        assert len(locks) == 0

    async def _hold(locks: ConversationLocks) -> None:
        async with locks.hold("a"):
            pass

    asyncio.run(run())


@pytest.mark.parametrize("change", [
    lambda token: "B" + token[1:] if token[0] == "A" else "A" + token[1:],  # another id
    lambda token: token[:-1] + ("A" if token[-1] != "A" else "E"),  # another signature
    lambda token: token.swapcase(),
    lambda token: f"{token[:22]}.{'A' * 43}",  # guessed
    lambda token: Sessions(b"another secret").token(token[:22]),  # the right id under a foreign key
])
def test_a_token_that_is_not_ours_shares_nothing(shared: Gateway, change) -> None:
    """State and notice of the real conversation stay where they are; the other one begins anew."""
    token = shared.say("a").json()["conversation"]
    other = shared.say("b", change(token)).json()
    assert other["messages"][0] == {"text": texts.NOTICE, "notice": True, "answer": None} and "turn=1" in other["messages"][1]["text"]
    assert other["conversation"][:22] != token[:22]
    back = shared.say("c", token).json()
    assert back["conversation"] == token and len(back["messages"]) == 1 and "turn=2" in back["messages"][0]["text"]


def test_a_token_outlives_a_restart_but_not_its_key(tmp_path: Path) -> None:
    with running(tmp_path) as gateway:
        token = gateway.say("a").json()["conversation"]
    with running(tmp_path) as gateway:
        assert "turn=2" in gateway.text("b", token)
    with running(tmp_path, MOT_CUA_SECRET="quite another secret") as gateway:
        assert "turn=1" in gateway.text("b", token)
