"""One turn of the talk: which procedure is meant, what is asked of it, when to ask back and when to say no."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.dialogue import State
from actions.reply import Library, Understood, reply
from actions.verify import UnverifiedError
from index import settings
from index.asking import content_words
from index.families import Family

from ..small import CARD, CONTACTS, REGISTER, RENEW
from .fakes import FakeSearch, library

DAY = date(2026, 11, 22)
FEES, DOCUMENTS = Understood(("fees",)), Understood(("documents",))
OUTSIDE = Understood(in_scope=False)
TALK = State(REGISTER, ("documents",))
CHOICE = State(None, (), (REGISTER, RENEW), ("fees",))


def said(message: str, understood: Understood = Understood(), state: State = State(), day: date = DAY, **options) -> Answer:
    """The one answer to a message that asks for one procedure."""
    (answer,) = reply(message, understood, state, library(**options), day)
    return answer


def code(answer: Answer) -> str | None:
    return answer.procedure.code if answer.procedure else None


CASES = [
    # message, understood, state -> procedure, aspects
    ("làm thẻ mượn sách tốn nhiêu", FEES, State(), CARD, ("fees",)),
    ("thẻ thư viện", Understood(), State(), CARD, ("overview",)),
    ("thủ tục 2.900003", Understood(), State(), CARD, ("overview",)),
    ("mã 2.900003 cần gì", DOCUMENTS, TALK, CARD, ("documents",)),
    ("thế lệ phí bao nhiêu vậy", FEES, TALK, REGISTER, ("fees",)),
    ("ở đâu vậy ạ", Understood(("place",)), TALK, REGISTER, ("place",)),
    ("vậy hả em", Understood(), TALK, REGISTER, ("documents",)),
    ("còn thẻ mượn sách thì sao", Understood(), TALK, CARD, ("documents",)),
    ("tôi hỏi thẻ mượn sách", Understood(), TALK, CARD, ("overview",)),
    ("làm thẻ mượn sách mấy ngày", Understood(("duration",)), TALK, CARD, ("duration",)),
    ("không, ý tôi là thẻ mượn sách", Understood(corrects=True), TALK, CARD, ("documents",)),
    ("2", Understood(), CHOICE, RENEW, ("fees",)),
    ("cái đầu tiên", OUTSIDE, CHOICE, REGISTER, ("fees",)),
    ("Gia hạn đăng ký nuôi ong mật", Understood(), CHOICE, RENEW, ("fees",)),
    ("gia hạn đăng ký nuôi ong mật", OUTSIDE, CHOICE, RENEW, ("fees",)),
    ("cái gia hạn đó em", OUTSIDE, CHOICE, RENEW, ("fees",)),
    ("số 1 mấy ngày xong", Understood(("duration",)), CHOICE, REGISTER, ("duration",)),
    ("làm thẻ mượn sách ở đâu", Understood(("place",)), CHOICE, CARD, ("place",)),
    ("thẻ thư viện nha", OUTSIDE, State(), CARD, ("overview",)),
]


@pytest.mark.parametrize(("message", "understood", "state", "found", "aspects"), CASES, ids=[case[0] for case in CASES])
def test_the_meant_procedure_is_answered(message: str, understood: Understood, state: State, found: str, aspects: tuple[str, ...]) -> None:
    answer = said(message, understood, state)
    assert (code(answer), State.from_dict(answer.state).procedure) == (found, found)
    assert State.from_dict(answer.state).aspects == aspects
    assert set(aspects) <= set(answer.aspects)
    assert not State.from_dict(answer.state).options


ASKS_BACK = [
    ("bao lâu vậy", Understood(("duration",)), State(), AnswerStatus.UNCLEAR_QUESTION, texts.WHICH_PROCEDURE),
    ("ờ thì", Understood(), State(), AnswerStatus.UNCLEAR_QUESTION, texts.UNCLEAR),
    ("", Understood(), State(), AnswerStatus.UNCLEAR_QUESTION, texts.UNCLEAR),
    ("xin mở karaoke", Understood(), State(), AnswerStatus.NOT_FOUND, texts.NOT_FOUND.format(office=CONTACTS["commune"]["name"])),
    ("hát karaoke ở quán nào hay", OUTSIDE, State(), AnswerStatus.OUT_OF_SCOPE, texts.OUT_OF_SCOPE),
    ("nuôi ong thì sao", OUTSIDE, State(), AnswerStatus.OUT_OF_SCOPE, texts.OUT_OF_SCOPE),
    ("mở quán karaoke cần giấy phép gì", DOCUMENTS, TALK, AnswerStatus.NOT_FOUND, texts.NOT_FOUND.format(office=CONTACTS["commune"]["name"])),
]


@pytest.mark.parametrize(("message", "understood", "state", "status", "text"), ASKS_BACK, ids=[case[0] or "empty" for case in ASKS_BACK])
def test_what_is_unclear_or_not_here_is_said_so(message: str, understood: Understood, state: State, status: AnswerStatus, text: str) -> None:
    answer = said(message, understood, state)
    assert (answer.status, answer.text, answer.facts) == (status, text, ())
    assert State.from_dict(answer.state).procedure == state.procedure


def test_two_likely_procedures_are_offered_with_what_was_asked() -> None:
    answer = said("nuôi ong tốn nhiêu", FEES)
    assert answer.status is AnswerStatus.UNCLEAR_PROCEDURE
    assert [ref.code for ref in answer.candidates] == [REGISTER, RENEW]
    assert [choice.title for choice in answer.choices] == [ref.name for ref in answer.candidates]
    assert answer.choices[1].message == "Gia hạn đăng ký nuôi ong mật (mã 1.900002) phí bao nhiêu?"
    assert answer.text.splitlines()[1:] == ["1. Đăng ký nuôi ong mật", "2. Gia hạn đăng ký nuôi ong mật"]
    state = State.from_dict(answer.state)
    assert (state.options, state.option_aspects) == ((REGISTER, RENEW), ("fees",))


@pytest.mark.parametrize("number", [1, 2])
def test_a_tap_on_a_choice_is_answered(number: int) -> None:
    asked = said("nuôi ong tốn nhiêu", FEES)
    tapped = said(asked.choices[number - 1].message, FEES, State.from_dict(asked.state))
    typed = said(str(number), Understood(), State.from_dict(asked.state))
    assert code(tapped) == code(typed) == asked.candidates[number - 1].code
    assert tapped.aspects == typed.aspects == ("fees",)


def test_no_more_than_four_are_offered() -> None:
    search = FakeSearch({})
    card = search.procedures[CARD]
    search.procedures = {f"2.90001{n}": card for n in range(6)}
    search._finds = {"mật": dict.fromkeys(search.procedures, 0.16)}
    (answer,) = reply("mật ong", Understood(), State(), Library(search, CONTACTS), DAY)
    assert len(answer.candidates) == len(answer.choices) == settings.MAX_CHOICES == 4


def test_unlikely_procedures_are_not_offered() -> None:
    answer = said("nuôi mật", finds={"mật": {REGISTER: 0.3, RENEW: settings.MIN_CHOICE / 2}})
    assert [ref.code for ref in answer.candidates] in ([], [REGISTER])


def test_a_correction_does_not_lean_on_what_it_takes_back() -> None:
    one = library(finds={"mật": {REGISTER: 0.6, RENEW: 0.3}})
    (answer,) = reply("không, cái nuôi ong mật khác", Understood(corrects=True), TALK, one, DAY)
    assert REGISTER not in {code(answer), *(ref.code for ref in answer.candidates)}
    assert all(favour is None for _, favour in one.search.asked)


def test_the_procedure_of_the_talk_is_favoured() -> None:
    one = library()
    reply("làm ong mật", Understood(), TALK, one, DAY)
    assert any(favour == REGISTER for _, favour in one.search.asked)


@pytest.mark.parametrize(("day", "status", "part"), [
    (date(2026, 12, 31), AnswerStatus.ANSWERED, "Lệ phí gia hạn"), (date(2027, 1, 1), AnswerStatus.NOT_IN_RECORD, "đã hết hiệu lực ngày 31/12/2026"),
    (date(2025, 12, 31), AnswerStatus.NOT_IN_RECORD, CONTACTS["commune"]["name"]),
])
def test_a_record_out_of_its_days_is_not_read_out(day: date, status: AnswerStatus, part: str) -> None:
    answer = said("gia hạn tốn nhiêu", FEES, day=day)
    assert answer.status is status and part in answer.text
    assert code(answer) == RENEW
    if status is AnswerStatus.NOT_IN_RECORD:
        assert answer.facts == () and "Lệ phí" not in answer.text


def test_an_answer_that_cannot_be_verified_becomes_an_apology(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UnverifiedError("x")

    monkeypatch.setattr("actions.reply.verify", refuse)
    answer = said("thẻ thư viện")
    assert answer.status is AnswerStatus.ERROR_UNVERIFIED
    assert answer.text == texts.UNVERIFIED.format(office="Thư viện tỉnh")


def test_a_citizen_can_go_back_to_an_earlier_procedure() -> None:
    answer = said("quay lại vụ thẻ hồi nãy, tốn nhiêu", FEES, State(REGISTER, ("place",), past=(CARD, RENEW)))
    assert (code(answer), State.from_dict(answer.state).past) == (CARD, (REGISTER, RENEW))


@pytest.mark.parametrize("state", [State("9.999999", ("fees",)), State(None, (), ("9.999999",), ("fees",))])
def test_codes_that_a_new_release_dropped_are_forgotten(state: State) -> None:
    answer = said("bao lâu vậy", Understood(("duration",)), state)
    assert answer.status is AnswerStatus.UNCLEAR_QUESTION
    assert State.from_dict(answer.state).procedure is None


CODES = st.sampled_from([None, REGISTER, RENEW, CARD, "9.999999"])
MESSAGES = st.one_of(st.text(max_size=40), st.lists(st.sampled_from("không 1 2 ong thẻ gia hạn mật karaoke thế còn cái quay lại vụ đầu tiên 2.900003 phí".split()), max_size=6).map(" ".join))


@given(MESSAGES, st.sets(st.sampled_from(["fees", "documents", "overview"])), st.booleans(), st.booleans(), CODES, st.lists(CODES.filter(bool), max_size=3))
def test_no_message_raises_and_every_answer_carries_a_state(message: str, aspects: set[str], corrects: bool, in_scope: bool, procedure: str | None, options: list[str]) -> None:
    state = State(procedure, ("fees",) if procedure else (), tuple(options))
    answers = reply(message, Understood(tuple(sorted(aspects)), corrects, in_scope), state, library(), DAY)
    assert len(answers) in (1, 2)
    for answer in answers:
        assert answer.text and answer.state is not None
        assert len(answer.choices) <= settings.MAX_CHOICES


BEES = Family("ong", "Anh/chị nuôi ong lần đầu hay gia hạn ạ?", {REGISTER: ("lan dau",), RENEW: ("gia han", "sap het")}, ("nuoi mat",))


def in_family(message: str, state: State = State()) -> Answer:
    search = FakeSearch({"nuôi mật": {REGISTER: 0.96, RENEW: 0.02}, "lần đầu": {REGISTER: 0.4}})
    search.families = {BEES.code: BEES}
    (answer,) = reply(message, FEES, state, Library(search, CONTACTS), DAY)
    return answer


def test_what_a_family_leaves_open_is_asked_in_its_own_words() -> None:
    answer = in_family("nuôi mật tốn nhiêu")
    assert answer.status is AnswerStatus.UNCLEAR_PROCEDURE and BEES.ask.removeprefix("A") in answer.text
    assert [ref.code for ref in answer.candidates] == [REGISTER, RENEW]


@pytest.mark.parametrize(("message", "found"), [("nuôi mật lần đầu tốn nhiêu", REGISTER), ("nuôi mật sắp hết tốn nhiêu", RENEW)])
def test_deciding_words_win_over_what_sounds_alike(message: str, found: str) -> None:
    assert code(in_family(message)) == found


def test_deciding_words_choose_among_what_a_family_asked() -> None:
    assert code(in_family("sắp hết á", CHOICE)) == RENEW


def said_plainly(message: str, understood: Understood = Understood(), state: State = State(), *, finds) -> Answer:
    """As `said`, with the words that the real search takes for telling: those that FakeSearch finds are none of themselves."""
    world = library(finds=finds)
    world.search.topic_words = content_words  # type: ignore[method-assign]
    (answer,) = reply(message, understood, state, world, DAY)
    return answer


def test_words_of_asking_that_tell_what_is_meant_are_searched() -> None:
    finds = {"ba mất": {CARD: 0.95}, "làm": {CARD: 0.9}}
    assert code(said_plainly("ba mất rồi làm giấy gì", DOCUMENTS, finds=finds)) == CARD
    assert said_plainly("làm giấy gì", DOCUMENTS, finds=finds).status == AnswerStatus.UNCLEAR_QUESTION
    assert code(said_plainly("ba mất rồi làm giấy gì", DOCUMENTS, TALK, finds=finds)) == REGISTER  # in a talk they ask about its procedure


def test_what_is_about_something_else_altogether_is_told_so() -> None:
    message = "thời tiết hôm nay sao"
    assert said(message, Understood(in_scope=False, elsewhere=True)).status == AnswerStatus.OUT_OF_SCOPE
    assert said(message, OUTSIDE).status == AnswerStatus.UNCLEAR_QUESTION


def test_what_adds_to_a_talk_in_the_words_of_the_record_goes_on_with_it() -> None:
    finds = {"trại ong": {REGISTER: 0.3, RENEW: 0.3}, "cá": {CARD: 0.3}}
    told = said_plainly("tui có trại ong di chuyển theo mùa hoa", state=TALK, finds=finds)
    assert (code(told), told.aspects) == (REGISTER, ("documents",))
    assert code(said_plainly("tui có trại cá lồng bè", state=TALK, finds=finds)) is None  # the record does not speak of that
    assert code(said_plainly("tui có trại ong di chuyển theo mùa hoa", finds=finds)) is None  # no talk


def test_a_few_words_in_a_talk_are_no_other_matter() -> None:
    finds = {"thẻ": {CARD: 0.8, REGISTER: 0.05}, "mưa": {CARD: 0.3}}
    outside = Understood((), in_scope=False, elsewhere=True)

    def status(message: str, state: State) -> AnswerStatus:
        (answer,) = reply(message, outside, state, library(finds), DAY)
        return answer.status

    assert status("thế làm thẻ", TALK) == AnswerStatus.ANSWERED
    assert status("thế làm thẻ", State()) == AnswerStatus.OUT_OF_SCOPE
    assert status("mai có mưa không", TALK) == AnswerStatus.OUT_OF_SCOPE
    assert status("tui khoe cái thẻ mới mua hôm qua đẹp lắm", TALK) == AnswerStatus.OUT_OF_SCOPE
