"""A question understood -> an Answer: find the procedure, compose, verify, say what the next turn must know. No Rasa here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from actions import dialogue, follow_up, texts, vague, words
from actions.answer import Answer, AnswerStatus, Choice, ProcedureRef
from actions.bare_name import begun
from actions.calendar import CalendarError, OfficeCalendar
from actions.called import called
from actions.compose import compose
from actions.counterpart import contradicts
from actions.dialogue import State
from actions.enough import enough
from actions.in_force import out_of_force
from actions.level import at_level
from actions.places import Places
from actions.plain_one import plain_one
from actions.two_questions import two_procedures
from actions.verify import UnverifiedError, verify
from actions.why import Rule, searched
from index import settings
from index.asking import asked_in_words
from index.families import Family
from index.faq import Faqs
from index.life_events import LifeEvents
from index.post import Post
from index.procedure import Procedure
from index.search import Found
from index.text import fold, normalise, tokens


class Searching(Protocol):
    """What reply needs of ProcedureSearch."""

    procedures: Mapping[str, Procedure]
    families: Mapping[str, Family]

    def search(self, question: str, k: int = 10, favour: str | None = None, near: str | None = None) -> Found: ...

    def code_in(self, question: str) -> str | None: ...

    def twins(self, code: str) -> tuple[str, ...]: ...

    def topic_words(self, question: str) -> list[str]: ...

    def family(self, question: str, code: str) -> tuple[Family, list[str]] | None: ...

    def family_of(self, codes: Sequence[str]) -> Family | None: ...


def no_calendar() -> OfficeCalendar:
    """For a library that has none. Raises CalendarError."""
    raise CalendarError("holidays.yml: chưa có lịch nghỉ")


@dataclass(frozen=True, slots=True)
class Library:
    """What an answer is made from: the search over one release, the province's contacts, the calendar in force (asked for at every
    use: the office may add a day off at any time; raises CalendarError while there is none), what holds for all that goes by post,
    the life events, old names of places (None when the release has none), the FAQ, sentences said otherwise (actions.texts)."""

    search: Searching
    contacts: Mapping[str, Mapping[str, Any]]
    calendar: Callable[[], OfficeCalendar] = no_calendar
    post: Post = Post()
    life_events: LifeEvents = LifeEvents()
    places: Places | None = None
    faqs: Faqs = field(default_factory=Faqs)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def office(self) -> str:
        """Whom to ask when no procedure was found."""
        return self.contacts["commune"]["name"]


@dataclass(frozen=True, slots=True)
class Understood:
    """What NLU made of a message. aspects: asked ones, may be empty; corrects: it takes back the procedure answered before;
    in_scope: False when the intent says that this is no question about a procedure; elsewhere: it says that it is about something
    else altogether; affirms: it says yes."""

    aspects: tuple[str, ...] = ()
    corrects: bool = False
    in_scope: bool = True
    affirms: bool = False
    elsewhere: bool = False


TELLING = 0.92
"""Probability from which words of asking alone tell what is meant. Of 69 messages that say nothing ("cần giấy tờ gì", "ở huyện thì
nộp đâu") the likeliest has 0.89, with the whole catalogue."""
CHOSEN = 0.5
"""Share among the offered procedures from which one is taken as chosen in words."""
CHOSEN_FROM = 0.1
"""Share of the likeliest procedure's probability that an offered one must have to be chosen so."""
SURE = 0.95
"""Probability from which a found procedure wins over an intent that says that this is no question."""


FEW_IN_TALK, SURE_IN_TALK = 5, 0.6
"""Of so few words within a talk ("thế tạm vắng") a smaller probability will do, where search is clear: NLU sees no sentence."""


def reply(message: str, understood: Understood, state: State, library: Library, day: date) -> tuple[Answer, ...]:
    """One Answer, or two when two procedures are asked for; the `state` for the next turn is that of the last. Never raises for
    any message; an unverifiable answer becomes an apology."""
    state = _known(state, library.search)
    if state.procedure and dialogue.takes_back(message):
        understood = replace(understood, corrects=True, in_scope=True)
    if not state.options and not understood.corrects and understood.in_scope and not library.search.code_in(message):
        found = library.search.search(message)
        both = two_procedures(message, found, library.search)
        if both:
            aspects = understood.aspects or ("overview",)
            first = _answer(both[0], aspects, state, library, day)
            second = _answer(both[1], aspects, State.from_dict(first.state), library, day)
            return searched(first.because(rule=Rule.TWO), found, library.search.procedures), second.because(rule=Rule.TWO)
    return (enough(_reply(message, understood, state, library, day), state, bool(library.search.topic_words(message)), library.office),)


def _reply(message: str, understood: Understood, state: State, library: Library, day: date) -> Answer:
    search = library.search
    aspects = understood.aspects
    named = search.code_in(message)
    if state.options and not named:
        code = chosen(message, state, search)
        if code:
            return _answer(code, _asked(aspects, message, state.option_aspects), state, library, day).because(rule=Rule.CHOSEN)
    denied = state.procedure if understood.corrects and dialogue.denies(message) else None
    if understood.corrects:
        message = dialogue.strip_correction(message) or message
        aspects = asked_in_words(message)  # "không phải, …" alone sounds like "phải … không" to a classifier
    if named:
        return _answer(named, words.asked_by_tap(message) or aspects or ("overview",), state, library, day).because(rule=Rule.CODE)
    if state.past and dialogue.returns(message):
        code = _among(message, state.past, search)
        if code:
            return _answer(code, aspects or state.aspects or ("overview",), state, library, day).because(rule=Rule.RETURNED)
    topic = search.topic_words(message)
    if state.procedure and state.aspects and dialogue.asks_the_same(message):
        aspects = state.aspects
    if state.procedure and not state.options and not understood.corrects and dialogue.asks_whether_needed(message):
        return _answer(state.procedure, aspects or ("documents",), state, library, day).because(rule=Rule.FOLLOW_UP)
    leant = follow_up.meant(message, topic, understood.corrects, state, search)
    if leant:
        return _answer(leant.code, _asked_again(aspects, state), state, library, day).because(rule=leant.rule)
    asks = understood.in_scope or dialogue.asks_the_same(message)
    if state.procedure and not understood.corrects and not topic and asks:
        return _answer(state.procedure, aspects or state.aspects or ("overview",), state, library, day).because(rule=Rule.FOLLOW_UP)
    if not topic and len(state.options) == 1 and (aspects or understood.affirms):
        return _answer(state.options[0], aspects or state.option_aspects or ("overview",), state, library, day).because(rule=Rule.ONLY_ONE)
    if not topic and state.options and aspects:
        return _supposed(message, replace(understood, aspects=aspects), state, library, day).because(rule=Rule.SUPPOSED)
    if not topic and state.procedure and understood.corrects:  # "gia hạn chứ không phải cấp mới": of the same thing
        found = _search(message, understood, state, search, denied)
        if found.clear:
            return searched(_by_search(message, replace(understood, aspects=aspects), found, state, library, day), found, search.procedures)
    if not topic and state.options and understood.affirms:  # "đúng rồi" to a choice of several: which one?
        family = search.family_of(state.options)
        again = _ask_procedure(state.options, state.option_aspects, state, search, family.ask if family else None)
        return again.because(rule=Rule.WHICH)
    if not topic and understood.in_scope and not state.procedure and not state.options:
        found = search.search(message)  # "ba tui mất rồi, làm giấy gì": words of asking throughout, and yet a need
        if found.best >= TELLING:
            return searched(_by_search(message, replace(understood, aspects=aspects), found, state, library, day), found, search.procedures)
    if not topic and understood.elsewhere and not aspects:
        return _ask_back(texts.OUT_OF_SCOPE, AnswerStatus.OUT_OF_SCOPE, state).because(rule=Rule.OUT_OF_SCOPE)
    if not topic:
        back = _ask_back(texts.WHICH_PROCEDURE if aspects else texts.UNCLEAR, AnswerStatus.UNCLEAR_QUESTION, state)
        return back.because(rule=Rule.NO_TOPIC)
    found = _search(message, understood, state, search, denied)
    if denied and not found.clear and follow_up.named_before(topic, State(denied), search):  # one record for both: "hợp thửa chứ không phải tách"
        return _answer(denied, _asked_again(aspects, state), state, library, day).because(rule=Rule.FOLLOW_UP)
    if state.procedure and not found.clear and dialogue.tells_more(message) and in_record(topic, search.procedures[state.procedure]):
        return _answer(state.procedure, state.aspects or ("overview",), state, library, day).because(rule=Rule.FOLLOW_UP)
    return searched(_by_search(message, replace(understood, aspects=aspects), found, state, library, day), found, search.procedures)


def in_record(topic: Sequence[str], procedure: Procedure) -> bool:
    """True when the record itself speaks of all that a message names: "nhà em hộ cận nghèo đó", of an allowance that asks for it."""
    parts = (*procedure.conditions, *procedure.applicants, *(case.name for case in procedure.cases), *(paper.name for paper in procedure.documents))
    known = set(tokens(fold(normalise(" ".join(parts)))))
    return known.issuperset(word for name in topic for word in name.split())


def _by_search(message: str, understood: Understood, found: Found, state: State, library: Library, day: date) -> Answer:
    """The answer to a message that names something, from what was found for it."""
    search, aspects = library.search, understood.aspects
    short = state.procedure and found.clear and len(message.split()) <= FEW_IN_TALK
    if not understood.in_scope and found.best < (SURE_IN_TALK if short else SURE):
        return _ask_back(texts.OUT_OF_SCOPE, AnswerStatus.OUT_OF_SCOPE, state).because(rule=Rule.OUT_OF_SCOPE)
    aspects = aspects or asked_in_words(message)
    code = found.hits[0].code if found.clear or _named_in_full(message, found, search) else _plainly_named(message, found, search)
    by_name = called(message, found, search) if understood.in_scope and not state.options else None
    meant = by_name or vague.settled(message, code, found, state, search)
    if isinstance(meant, vague.Usual):
        codes = vague.members(meant.family, message, found, search)
        others = [code for code in codes if code != meant.code]
        carried = _carried(aspects, message, understood, meant.code, state)
        usual = _answer(meant.code, carried, state, library, day).because(rule=Rule.USUAL)
        return _with_others(usual, others, texts.USUAL, carried[0], search)
    if isinstance(meant, Family):
        which = _ask_procedure(vague.members(meant, message, found, search), aspects, state, search, meant.ask)
        return which.because(rule=Rule.FAMILY)
    code = meant or plain_one(message, found, search)
    if code:
        which = begun(message, code, found, search) if not state.procedure else ()
        if which:
            return _ask_procedure(which, aspects, state, search).because(rule=Rule.OFFERED)
        code = at_level(code, message, search) if code != by_name else code
        carried = _carried(aspects, message, understood, code, state)
        carried = _told_at_all(carried, code, message, search) if carried == aspects else carried
        answer = _answer(code, carried, state, library, day).because(rule=Rule.FOUND)
        if state.procedure or not answer.status.startswith("answered"):
            return answer
        others = vague.rivals(code, found, search)
        return _with_others(answer, others, texts.ELSE, carried[0], search, keep=2) if others else answer
    asks = understood.in_scope and not understood.corrects and any(aspect != "overview" for aspect in aspects)
    if state.procedure and asks and dialogue.points_back(message):
        return _answer(state.procedure, aspects, state, library, day).because(rule=Rule.POINTS_BACK)
    offered = [hit for hit in found.hits if hit.score >= settings.MIN_CHOICE][: settings.MAX_CHOICES]
    if offered and sum(hit.score for hit in offered) >= settings.ASK_FROM:
        codes = [hit.code for hit in offered]
        return _ask_procedure(codes, aspects or (state.aspects if understood.corrects else ()), state, search).because(rule=Rule.OFFERED)
    return _ask_back(texts.NOT_FOUND.format(office=library.office), AnswerStatus.NOT_FOUND, state).because(rule=Rule.NOT_FOUND)


def _supposed(message: str, understood: Understood, state: State, library: Library, day: date) -> Answer:
    """A follow-up though a choice is open: about the first of the offered ones, said to be supposed, the others at hand."""
    aspects = understood.aspects or state.option_aspects or ("overview",)
    answer = _answer(state.options[0], aspects, state, library, day)
    return _with_others(answer, state.options[1:], texts.SUPPOSED, aspects[0], library.search)


def _with_others(answer: Answer, others: Sequence[str], said: str, aspect: str, search: Searching, keep: int = 0) -> Answer:
    """An answer about one of several, saying so, with the others to choose instead; behind them `keep` of what it offered."""
    names = {code: search.procedures[code].name for code in others}
    choices = tuple(Choice(name, f"{name} (mã {code}) {words.ASPECT_QUESTIONS[aspect]}?") for code, name in names.items())
    return replace(
        answer,
        text=f"{answer.text}\n{said}",
        candidates=tuple(ProcedureRef(code, name) for code, name in names.items()),
        choices=(*choices, *answer.choices[:keep]) if choices else answer.choices,
    )


def _named_in_full(message: str, found: Found, search: Searching) -> bool:
    """True when the message holds the whole name of the best procedure: "đăng ký khai sinh ở đâu" is not about the one "có yếu
    tố nước ngoài", however alike they are."""
    if not found.hits or found.hits[0].score < found.gate.answer_from:
        return False
    text = f" {' '.join(tokens(fold(normalise(message))))} "
    return f" {' '.join(tokens(fold(normalise(search.procedures[found.hits[0].code].name))))} " in text


PLAIN_FROM = 0.2
"""Probability from which a procedure may be meant by its plain name."""


def _plainly_named(message: str, found: Found, search: Searching) -> str | None:
    """The found procedure that an elliptic message says the plain name of: in "còn thường trú thì sao" it is "Đăng ký thường trú" rather than a name five
    times as long that holds the words too. None when names are of like length or the message says more than a name."""
    topic = set(search.topic_words(message))
    if not dialogue.is_elliptic(message) or not topic or len(topic) > 3 or found.unlikely:
        return None
    names = [(hit.code, tokens(fold(normalise(search.procedures[hit.code].name)))) for hit in found.hits if hit.score >= PLAIN_FROM]
    holding = sorted((len(name), code) for code, name in names if topic <= set(name))
    if not holding or (len(holding) > 1 and holding[1][0] < 2 * holding[0][0]):
        return None
    return holding[0][1]


OFF_TOPIC_NONE = 0.6
"""Probability of "none" from which a message of several content words is about something else, whatever the talk is about."""


def _search(message: str, understood: Understood, state: State, search: Searching, denied: str | None) -> Found:
    """The message alone, leaning towards the procedure of the talk; if that is not clear, once more with its name before the
    message, which fills in what a follow-up leaves out ("vậy đổi thẻ mới tốn nhiêu", "không, cho chồng em quốc tịch Mỹ").
    A correction and "còn thẻ quốc tế?" want another one of its kin. denied: the procedure that was taken back; it is left out."""
    leaves = understood.corrects or dialogue.is_elliptic(message)  # "còn thường trú thì sao" names another one
    name = search.procedures[state.procedure].name if state.procedure else ""
    varies = bool(name) and (dialogue.variant(message, name) is not None or contradicts(message, name))
    current = None if leaves or varies or dialogue.changes_topic(message) else state.procedure
    found = search.search(message, near=state.procedure if leaves else None).without(denied)
    if not state.procedure or (current and found.none >= OFF_TOPIC_NONE and len(search.topic_words(message)) > 1):
        return found
    if current:
        found = search.search(message, favour=current)
    if not found.clear and (current or understood.corrects):
        together = search.search(f"{search.procedures[state.procedure].name}. {message}", favour=current).without(denied)
        if together.clear:
            return together
    return found


def _known(state: State, search: Searching) -> State:
    """Codes that this release does not hold are forgotten."""
    procedure = state.procedure if state.procedure in search.procedures else None
    return replace(state, procedure=procedure, options=tuple(code for code in state.options if code in search.procedures))


def chosen(message: str, state: State, search: Searching) -> str | None:
    """The offered option that the message means, by number or in words; None when it means none of them."""
    return dialogue.chosen_number(message, state.options) or _chosen_by_words(message, state, search)


def _chosen_by_words(message: str, state: State, search: Searching) -> str | None:
    """The offered option that the message means. Whole names win; else search decides among the options alone, unless the
    message is clearly about something else."""
    text = normalise(message)
    for code in state.options:
        if normalise(search.procedures[code].name) == text:
            return code
    topic = search.topic_words(message)
    found = search.search(message, k=len(search.procedures))
    if topic and found.clear and found.best >= SURE and found.hits[0].code not in state.options:
        return None
    told = vague.told_apart(message, state.options, search)
    if told:
        return told
    if not topic:
        return None
    holding = [code for code in state.options if set(topic) <= set(tokens(fold(normalise(search.procedures[code].name))))]
    if len(holding) == 1:
        return holding[0]
    if not found.hits or (found.hits[0].code not in state.options and found.clear):
        return None
    offered = max((hit.score for hit in found.hits if hit.code in state.options), default=0.0)
    return _among(message, state.options, search) if offered >= CHOSEN_FROM * found.hits[0].score else None


def _among(message: str, codes: Sequence[str], search: Searching) -> str | None:
    """The one of `codes` that the message is most like, if it has at least CHOSEN of what they share."""
    found = search.search(message, k=len(search.procedures))
    offered = [hit for hit in found.hits if hit.code in codes]
    total = sum(hit.score for hit in offered)
    return offered[0].code if total > 0 and offered[0].score / total >= CHOSEN else None


def _asked(aspects: tuple[str, ...], message: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """What a choice asks: the aspects of the question that led to it, unless the choice itself asks in so many words. A
    classifier finds something asked in "sổ ở xã vẫn còn, tôi chỉ cần bản sao thôi" too."""
    real = asked_in_words(message) if len(message.split()) > 3 else ()
    return real or before or aspects or ("overview",)


def _carried(aspects: tuple[str, ...], message: str, understood: Understood, code: str, state: State) -> tuple[str, ...]:
    """ "còn tạm trú thì sao", "không, tôi hỏi tạm vắng" and "tôi chỉ cần bản sao thôi" ask of the procedure what was asked before."""
    leans = understood.corrects or code == state.procedure or dialogue.is_elliptic(message)
    if aspects in ((), ("overview",)) and state.aspects and leans:
        return state.aspects
    return aspects or ("overview",)


def _asked_again(aspects: tuple[str, ...], state: State) -> tuple[str, ...]:
    """What was asked before, of a message that asks for nothing of its own."""
    own = tuple(aspect for aspect in aspects if aspect != "overview")
    return own or state.aspects or ("overview",)


def _told_at_all(aspects: tuple[str, ...], code: str, message: str, search: Searching) -> tuple[str, ...]:
    """What NLU heard in a message that has no words for it, when the record knows nothing of that: the overview is meant."""
    if set(aspects) & set(asked_in_words(message)):
        return aspects
    unknown = all(search.procedures[code].unknown_reason(aspect) is not None for aspect in aspects)
    return ("overview",) if unknown else aspects


def _answer(code: str, aspects: Sequence[str], before: State, library: Library, day: date) -> Answer:
    procedure = library.search.procedures[code]
    state = before.answered(code, aspects).to_dict()
    contact = library.contacts[procedure.contact]
    ended = out_of_force(procedure, day, contact["name"])
    if ended:
        return Answer(AnswerStatus.NOT_IN_RECORD, ended, ProcedureRef(code, procedure.name), state=state)
    try:
        return verify(compose(procedure, aspects, day, contact, library.post), procedure, contact, post=library.post).with_state(state)
    except UnverifiedError:
        return Answer(
            AnswerStatus.ERROR_UNVERIFIED,
            texts.UNVERIFIED.format(office=contact["name"]),
            ProcedureRef(code, procedure.name),
            state=state,
        )


def _ask_procedure(
    codes: Sequence[str], aspects: tuple[str, ...], state: State, search: Searching, question: str | None = None
) -> Answer:
    refs = tuple(ProcedureRef(code, search.procedures[code].name) for code in codes)
    opening = texts.ASK_FAMILY.format(question=words.lower_first(question)) if question else texts.ASK_PROCEDURE
    lines = [opening if len(refs) > 1 else texts.ASK_ONE, *(f"{n}. {ref.name}" for n, ref in enumerate(refs, 1))]
    asked = ", ".join(words.ASPECT_QUESTIONS[aspect] for aspect in aspects or ("overview",))
    return Answer(
        AnswerStatus.UNCLEAR_PROCEDURE,
        "\n".join(lines),
        aspects=aspects,
        candidates=refs,
        choices=tuple(Choice(ref.name, f"{ref.name} (mã {ref.code}) {asked}?") for ref in refs),
        state=replace(state, options=tuple(ref.code for ref in refs), option_aspects=aspects, asked=0).to_dict(),
    )


def _ask_back(text: str, status: AnswerStatus, state: State) -> Answer:
    return Answer(status, text, state=replace(state, options=(), asked=0).to_dict())
