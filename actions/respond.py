"""A question and what is known of the talk -> Answers from the current release; whatever fails becomes an apology."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from actions import dialogue, special, texts, words
from actions.answer import Answer, AnswerStatus
from actions.as_of import asked_day
from actions.called import is_name
from actions.dialogue import State
from actions.elsewhere import elsewhere
from actions.own_file import asks_after_file
from actions.reply import SURE, Library, Understood, chosen, in_record, reply
from actions.resources import resources
from actions.why import Rule
from index.asking import asked_in_words
from index.release import ReleaseError
from index.text import expand, fold, normalise

logger = logging.getLogger(__name__)

PLAIN_TALK = frozenset(
    {"greet", "goodbye", "thank", "ask_bot", "react", "report_emergency", "request_officer", "insult", "inject_prompt"}
)
"""Intents that a few words do say: "tạm biệt", "cháy nhà", "cho gặp cán bộ", an insult. The others are stories: a short message
that seems a complaint or a dispute is more often the name of a procedure ("kiện đất ở xã")."""
PLAINLY_ASKED = frozenset({"documents", "fees", "duration", "post_submit", "online", "template"})
"""Not place and conditions: "tới đâu rồi", "được chưa" ask what became of a file."""
TO_BRING = frozenset({"documents", "fees", "template"})
STORIES = {"check_application": TO_BRING, "ask_own_record": TO_BRING, "ask_legal_advice": PLAINLY_ASKED, "out_of_scope": PLAINLY_ASKED}
"""Intents that a question told with one's own circumstances is taken for -> what it must ask for in so many words. When a
file will be ready, how it was sent, says nothing: "gửi qua bưu điện hôm 20, xã nhận được chưa"."""
FEW_WORDS = 5
KNOWN_NONE = 0.5
"""Probability of "none" below which a message names something that the search knows."""
WHERE_TO_DO = re.compile(r"\b(?:xin|nop|lam|dang ky|khai|bao)\b(?: \w+){0,4}? (?:o |ra |toi |len |den )?(?:dau|cho nao|noi nao)\b(?! roi)|\b(?:dau|cho nao) (?:de )?(?:nop|lam|xin|khai|dang ky)\b")
"""Folded: where one does something, which is no question of where a file is."""
OF_ONES_OWN = frozenset({"check_application", "ask_own_record"})
WHAT_NOW = re.compile(
    r"\b(?:(?:het|qua) han|(?:bi|lam|lo|da) (?:mat|rot)|rot mat|hu|rach|nat|sai)\b.*"
    r"\b(?:(?:lam|tinh|xu ly|gio|thi|phai) (?:sao|the nao)|lam gi|(?:lam|cap|xin|doi) lai|gia han)\b(?! (?:de )?(?:biet|xem|coi|tra|kiem))"
)
"""Folded: what to do about a paper that is over, lost, spoilt or wrong ("bằng lái của em hết hạn rồi phải làm sao"); no question of
what an office has on record, however often it says "của em"."""
NEED = re.compile(r"^(?!.*\b(?:khong|gi|nao|dau|sao|may|nhieu|chua|ai|the nao)\b).*\bmuon\b")
"""Folded: a wish without a question, which would ask for something of its own."""
NEED_SURE = 0.9
"""Probability of its procedure from which a need is a question. Of 471 messages of tests/nlu and data/nlu that are out of scope or of
another province none that is told so reaches even 0.8 (whole catalogue and reviewed records)."""
HOW_TO_DO = re.compile(
    r"^(?!.*\b(?:ho so|bien nhan|giay hen|nop|hen)\b).*\b(?:sang (?:qua )?ten|chuyen ten|tach|dang ky|xin|khai|nhap|doi|(?:lam|cap) lai|gia han)\b(?: \w+){0,5} (?:lam )?(?:sao|the nao|cach nao)\W*$"
)
"""Folded: how something is done, at the end of a message that tells of no file handed in."""
LIKELY = 0.5
"""Probability of a procedure from which that is a question: below it, saying that a file cannot be looked at harms less than a guess."""
COMMANDS = re.compile(r"\b(?:bo qua|quen (?:het|di)|dong vai|gia vo|gia bo|prompt|system|quy tac|mat khau|cau lenh|lap trinh|nhap vai|chi thi|huong dan (?:tren|truoc|cu))\b")
"""Folded words of who speaks to a machine rather than to an office."""
NONE_ASKED = 0.1
"""Probability of "none" up to which a message that asks in plain words what to bring or where to go is a question whatever NLU
says: which procedure may still have to be asked back ("trợ cấp thất nghiệp nộp ở đâu" is one of five)."""
SURE_IN_TALK = 0.6
"""Probability from which, in a talk about a procedure, a message is a question whatever NLU says."""


def respond(message: str, understood: Understood, state: State, now: datetime) -> tuple[Answer, ...]:
    """One answer or two. now: Vietnam's time, naive. Never raises: nobody is left in silence. The message itself is not logged."""
    try:
        library = resources().library()
        with texts.said_as(library.texts):
            found = special.answer_special(message, understood, state, library, now)
            return (found,) if found else _reply_as_of(message, understood, state, library, now.date())
    except ReleaseError as error:
        logger.error("no release: %s", error)
        return (Answer(AnswerStatus.ERROR_NO_INDEX, texts.NO_INDEX.format(office=texts.OFFICE)).because(rule=Rule.ERROR),)
    except Exception:
        logger.exception("an answer failed")
        return (Answer(AnswerStatus.ERROR_ENGINE, texts.SYSTEM_ERROR.format(office=texts.OFFICE)).because(rule=Rule.ERROR),)


def _reply_as_of(message: str, understood: Understood, state: State, library: Library, today: date) -> tuple[Answer, ...]:
    """The ordinary reply, for today or for the later day that the message asks about ("sang năm phí bao nhiêu"), then saying so."""
    day = asked_day(message, today)
    answers = reply(message, understood, state, library, day or today)
    if day is None:
        return answers
    return tuple(replace(one, text=_as_of(one.text, day)) if one.status.startswith("answered") else one for one in answers)


def _as_of(text: str, day: date) -> str:
    opening, _, rest = text.partition("\n")
    return "\n".join([opening, texts.AS_OF.format(day=words.day(day)), rest])


def is_special(message: str, state: State, now: datetime, mourning: bool = False) -> bool:
    """True for what actions.special may answer; False when there is no release to answer from. mourning: only a life event counts;
    a message that sounds like an emergency may tell of a death, but a burglary asks for no opening hours."""
    try:
        library = resources().library()
        return bool(library.life_events.find(message)) if mourning else special.is_special(message, state, library, now)
    except Exception:
        logger.exception("a special question was not looked at")
        return False


def asks_plainly(message: str, aspects: Collection[str] = PLAINLY_ASKED) -> bool:
    """True for a message that asks for one of `aspects`, or where to do something, in plain words; never when there are none."""
    if not aspects:
        return False
    return bool(set(aspects).intersection(asked_in_words(message)) or WHERE_TO_DO.search(fold(expand(normalise(message)))))


def tells_need(message: str) -> bool:
    """True for a need told as a statement: "muốn tách thửa cho con ra ở riêng"."""
    said = expand(normalise(message)).lower()
    return "mượn" not in said and bool(NEED.search(fold(said)))


REFUSED = frozenset({"insult", "inject_prompt"})
"""Intents that win over special questions when NLU is sure."""


def is_question(message: str, intent: str, sure: bool, state: State, now: datetime, tied: bool = False, guessed: bool = False) -> bool:
    """True when a message that NLU took for something else is about a procedure after all. sure: NLU is confident; tied: it found a
    question nearly as likely; guessed: it is not sure of anything.

    A code or an open choice decides; so does, in a talk about a procedure, a message that asks and names nothing else. A few
    words that name something known ("sổ đỏ") are a question whatever NLU says, unless they may be a cry for help. Beyond that
    search must be sure while NLU is not, or clear for a message that asks plainly or is tied; where NLU has guessed, words that ask
    and a search that knows what they are about will do. What adds to a talk in the words of the record ("nhà em là hộ cận nghèo đó")
    goes on with it. False when there is no release to search.
    """
    if not (sure and intent in REFUSED) and is_special(message, state, now, mourning=sure and intent == "report_emergency"):
        return True
    if not any(letter.isalpha() for letter in message):
        return True  # "1" without an open choice is not understood; it is no insult either
    try:
        if asks_after_file(message) and not state.options:
            return False
        search = resources().library().search
        if search.code_in(message) or is_name(message, search) or (state.options and chosen(message, state, search)):
            return True
        if state.procedure and (dialogue.takes_back(message) or dialogue.returns(message)):
            return True
        topic = search.topic_words(message)
        if state.procedure and not topic:
            return bool(asked_in_words(message))
        if state.procedure and not sure and dialogue.tells_more(message) and in_record(topic, search.procedures[state.procedure]):
            return True
        found = search.search(message, favour=state.procedure)
    except Exception:
        logger.exception("a search failed")
        return False
    if not found.hits:
        return False
    if topic and len(message.split()) <= FEW_WORDS and not (sure and intent in PLAIN_TALK) and found.none < KNOWN_NONE:
        return True
    # "Tôi là …, cccd …, muốn đổi bằng lái cần gì": nothing but records can be told, so a plain question may be answered.
    if intent == "inject_prompt" and found.clear and asked_in_words(message) and not COMMANDS.search(fold(normalise(message))):
        return True
    if tied and not sure and found.clear:
        return True
    if guessed and intent not in PLAIN_TALK and found.none <= NONE_ASKED and asked_in_words(message):
        return True
    if found.none <= NONE_ASKED and asks_plainly(message, STORIES.get(intent, frozenset())):
        return True
    folded = fold(expand(normalise(message)))
    if intent in ("out_of_scope", "ask_other_province") and found.clear and found.best >= NEED_SURE and tells_need(message) and not elsewhere(message):
        return True
    if found.none <= NONE_ASKED and intent == "ask_own_record" and WHAT_NOW.search(folded):
        return True
    if found.none <= NONE_ASKED and found.best >= LIKELY and intent in OF_ONES_OWN and HOW_TO_DO.search(folded):
        return True
    in_talk = state.procedure and (intent == "report_emergency" or asked_in_words(message))
    return (not sure or bool(in_talk)) and found.best >= (SURE_IN_TALK if state.procedure else SURE)
