"""Is the first message of a talk about a procedure? What NLU heard and what search found, weighed together. Pure.

NLU alone takes a third of short needs ("xin tiền mai táng cho ba tôi") for complaints and the like, since it knows no procedure;
search alone finds something for whatever names a thing of an office. The weights are those of a logistic regression, fitted by
`python -m tools.gate` on held-out messages (docs/decisions/0012), where the thresholds were read off too.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log

from index.procedure import ASPECTS
from index.search import Found

QUESTION = "question"
"""All that asks about a procedure, as one kind of message."""
OTHERS = (
    "ask_bot", "ask_legal_advice", "ask_other_province", "ask_own_record", "check_application", "goodbye", "greet", "inject_prompt",
    "insult", "make_complaint", "nonsense", "out_of_scope", "react", "report_emergency", "request_officer", "start_over", "thank",
)
"""The other kinds whose chances are weighed."""
FEATURES = ("question", "best", "none", "clear", "asking", "plainly", "nameless", *OTHERS)
WEIGHTS = {
    "question": 0.683, "best": 0.165, "none": -0.109, "clear": 0.205, "asking": 0.647, "plainly": -0.143, "nameless": -1.597,
    "ask_bot": 0.227, "ask_legal_advice": 0.120, "ask_other_province": 0.032, "ask_own_record": 0.083, "check_application": 0.211,
    "goodbye": 0.219, "greet": 0.110, "inject_prompt": 0.252, "insult": -0.164, "make_complaint": 0.336, "nonsense": -0.137,
    "out_of_scope": 0.274, "react": 0.047, "report_emergency": 0.089, "request_officer": -0.049, "start_over": 0.199,
    "thank": -0.100,
}
BIAS = 7.541
QUESTION_FROM = 0.5
"""Chance from which what NLU took for another kind is a question."""
OTHER_BELOW = 0.2
"""Chance below which what NLU took for a question is the likeliest other kind."""


def asks(intent: str) -> bool:
    """True for an intent that is searched for: a question, and what NLU is too unsure of."""
    return intent in ("nlu_fallback", "ask_several") or intent.removeprefix("ask_") in ASPECTS


def kinds(ranking: object) -> dict[str, float]:
    """Rasa's ranking of intents -> kind -> its confidence, all that asks as QUESTION; the fallback is none."""
    found: dict[str, float] = {}
    for row in ranking if isinstance(ranking, list) else []:
        name = str(row["name"])
        if name != "nlu_fallback":
            found[QUESTION if asks(name) else name] = float(row["confidence"])
    return found


def likeliest_other(heard: Mapping[str, float]) -> str:
    """The likeliest kind that is no question; equal ones in the order of OTHERS."""
    return max(OTHERS, key=lambda name: heard.get(name, 0.0))


def features(heard: Mapping[str, float], found: Found, asking: bool, plainly: bool, names: bool) -> list[float]:
    """In the order of FEATURES. heard: as `kinds`; found: what search found for the message alone; asking: it has words of asking; plainly:
    such as no other kind of message has; names: it has words that can tell which procedure is meant."""
    return [
        _odds(heard.get(QUESTION, 0.0), 1e-3),
        _odds(found.best, 1e-3),
        _odds(found.none, 1e-4),
        float(found.clear),
        float(asking),
        float(plainly),
        float(not names),
        *(_odds(heard.get(name, 0.0), 5e-3) for name in OTHERS),
    ]


def question_chance(heard: Mapping[str, float], found: Found, asking: bool, plainly: bool, names: bool) -> float:
    """Probability, 0 to 1, that the message asks about a procedure; arguments as `features`."""
    score = BIAS + sum(WEIGHTS[name] * value for name, value in zip(FEATURES, features(heard, found, asking, plainly, names), strict=True))
    return 1.0 / (1.0 + exp(-max(-30.0, min(score, 30.0))))


def _odds(chance: float, least: float) -> float:
    """Logarithm of the odds, of a chance kept off 0 and 1 by `least`: a classifier's last digits say nothing."""
    chance = min(max(chance, least), 1.0 - least)
    return log(chance / (1.0 - chance))
