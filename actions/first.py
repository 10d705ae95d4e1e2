"""What the first message of a talk is: a question for the search, or another kind of message with a reply of its own.

In a talk the procedure spoken of decides instead (actions.respond.is_question).
"""

from __future__ import annotations

import logging
import re

from actions import gate
from actions.called import is_name
from actions.emergency import in_danger
from actions.own_file import asks_after_file
from actions.resources import resources
from actions.respond import COMMANDS, asks_plainly, is_special
from actions.tracker import Turn
from index.asking import asked_in_words
from index.openers import only_greets
from index.text import expand, fold, normalise

logger = logging.getLogger(__name__)

EMERGENCY_FROM = 0.4
"""Confidence from which an emergency is one, as low as the fallback: its numbers to call are worth a wrong guess."""
UNLEARNT = ("affirm", "deny", "correct", "react")
"""Kinds that mean nothing at the start of a talk; search says what they are about."""

UNKNOWN = ("out_of_scope", "nonsense")
"""What a procedure that is not loaded looks like too: to say that nothing was found is right for both."""
FEW_WORDS, NAMED, NAME_FROM = 5, 0.9, 0.3
"""Of so few words that search is so sure of, a smaller chance will do: "tách thửa đất" is a name and no sentence, and the held-out
messages are sentences. One of 397 held-out messages that are no question is taken for one by it: "muốn tố cáo trưởng ấp"."""
TINY = 3
"""Words that no classifier of sentences can judge: what search is clear about is a question ("bán rượu", to NLU a question about the
bot). None of the held-out messages that are no question is so short and so clear."""

GRIEVANCE = re.compile(r"\b(?:khieu nai|to cao)\b")
WHOSE = re.compile(r"\b(?:cong an|canh sat|quan su|quan doi|bo doi|bien phong|quoc phong|so huu|nhan hieu|sang che|kieu dang|tro giup|tro giup vien|cap nuoc|tien nuoc|nuoc may|nuoc sach)\b")
"""Folded: whose decision is complained of. The national catalogue has khiếu nại and tố cáo of the police, the army, industrial property,
legal aid and water only; of all others it knows no procedure, and those would be a guess."""


def is_first(turn: Turn) -> bool:
    """True where no procedure is spoken of and none offered, and NLU says how likely each kind is."""
    return bool(turn.kinds) and not turn.state.procedure and not turn.state.options and turn.intent not in UNLEARNT


def cries_for_help(turn: Turn) -> bool:
    """True for a danger told in plain words, at the start of a talk and within one; a death has its own reply (life events)."""
    return in_danger(turn.message) and not is_special(turn.message, turn.state, turn.now, mourning=True)


def first_kind(turn: Turn) -> str:
    """gate.QUESTION, or the intent that a fixed reply is for. What NLU heard, where nothing can be searched."""
    heard = gate.QUESTION if gate.asks(turn.intent) else turn.intent
    emergency = turn.intent == "report_emergency" and turn.confidence >= EMERGENCY_FROM
    if is_special(turn.message, turn.state, turn.now, mourning=emergency) or not any(letter.isalpha() for letter in turn.message):
        return gate.QUESTION
    try:
        search = resources().library().search
        if search.code_in(turn.message) or is_name(turn.message, search):
            return gate.QUESTION
        if emergency:
            return heard
        if asks_after_file(turn.message):
            return "check_application"
        names = bool(search.topic_words(turn.message))
        found = search.search(turn.message)
    except Exception:
        logger.exception("a search failed")
        return heard
    chance = gate.question_chance(turn.kinds, found, bool(asked_in_words(turn.message)), asks_plainly(turn.message), names)
    folded = fold(expand(normalise(turn.message)))
    if GRIEVANCE.search(folded) and not WHOSE.search(folded) and found.hits and GRIEVANCE.search(fold(normalise(search.procedures[found.hits[0].code].name))):
        return "make_complaint"
    if turn.intent == "inject_prompt" and COMMANDS.search(folded):
        return heard
    if heard == gate.QUESTION:
        doubted = chance < gate.OTHER_BELOW and turn.intent != "nlu_fallback"  # of what NLU makes nothing, search says what it is
        other = gate.likeliest_other(turn.kinds) if doubted else heard
        return heard if other in UNKNOWN else other
    words = len(turn.message.split())
    short = names and words <= FEW_WORDS and found.clear and found.best >= NAMED
    if chance >= (NAME_FROM if short else gate.QUESTION_FROM) or (names and words <= TINY and found.clear):
        return gate.QUESTION
    return "greet" if only_greets(turn.message) else heard
