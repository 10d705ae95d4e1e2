"""Codes of the chat API as staff read them."""

from actions.answer import AnswerStatus
from bot.staff.statuses import STATUS_NAMES, aspect_words, status_words


def test_every_status_has_a_name_of_its_own() -> None:
    assert set(STATUS_NAMES) == set(AnswerStatus) and len(set(STATUS_NAMES.values())) == len(STATUS_NAMES)


def test_several_messages_are_named_one_after_the_other() -> None:
    assert status_words("answered + unclear_case") == "Trả lời + Hỏi lại trường hợp nào"
    assert status_words("") == "" and status_words("error_http_500") == "error_http_500"


def test_parts_are_named_and_none_is_empty() -> None:
    assert aspect_words([]) == "" and aspect_words(["steps", "moon"]).endswith(", moon")
