from __future__ import annotations

import asyncio

import pytest

from bot.gateway.sessions import TOKEN_LENGTH, ConversationLocks, Sessions, TooManyWaiting


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
