"""Every weight and threshold of search, with its unit and the experiment it came from.

The experiment: `make calibrate` on tests/retrieval (questions written without sight of the records'
texts and the phrasings; see its README). Rerun it after a change of content or encoder and copy the numbers it prints.
"""

FEATURES = (
    "linear",
    "dense_best",
    "dense_top3",
    "words_best",
    "words_top3",
    "coverage",
    "modifiers",
)
"""What each candidate procedure is judged by, in the order of WEIGHTS."""

WEIGHTS = (6.5, 30.17, 29.76, 10.36, 18.93, 4.37, 3.2)
"""Softmax weights, one a feature. Source: maximum likelihood on tests/retrieval."""

NONE_SCORE = 50.53
"""The score that "none of the loaded procedures" has beside the candidates. Source: the same fit."""

ELSEWHERE_BIAS = -1.41
"""Added to the score of ELSEWHERE, which has many more passages than any procedure. Source: the same fit."""

CURRENT_BONUS = (16.0, 8.0, 3.0)
"""Added to the score of the procedure the talk is about, by the number of content words of the message (0, 1, 2 and more): a
follow-up is short. Source: tests/conversations (follow-ups stay, new topics switch)."""

ANSWER_FROM = 0.35
"""Probability of the best procedure from which it is answered at once, if also LEAD and NONE_UP_TO hold. The three were chosen
together on tests/retrieval: out of fold, of 355 questions inside 88 % right at once and 3 % wrong, of 150 outside 7 % answered."""

LEAD = 1.5
"""How many times as likely as the next one the best procedure must be."""

NONE_UP_TO = 0.35
"""Probability of "none of them" up to which anything is answered at once."""

ASK_FROM = 0.15
"""Probability mass of the best MAX_CHOICES from which the citizen is asked to choose; below it the bot says it does not know."""

MIN_CHOICE = 0.04
"""Probability from which a procedure is offered among the choices."""

MAX_CHOICES = 4
"""Choices shown at most; more is a list nobody reads on a phone."""
