"""Every weight and threshold of search, with its unit and the experiment it came from.

The experiment: `make calibrate` on tests/retrieval (questions written without sight of the records'
texts and the phrasings; see its README). Rerun it after a change of content or encoder and copy the numbers it prints.
"""

FEATURES = (
    "dense_best",
    "dense_top3",
    "words_best",
    "words_top3",
    "runs",
    "centroid",
    "coverage",
    "modifiers",
    "use",
    "foreign",
)
"""What each candidate procedure is judged by, in the order of WEIGHTS."""

WEIGHTS = (21.88, 33.16, 0.0, 1.17, 0.13, 29.28, 7.87, 1.37, 0.5, 6.96)
"""Softmax weights, one a feature. Source: maximum likelihood on tests/retrieval."""

NONE_SCORE = 52.44
"""The score that "none of the loaded procedures" has beside the candidates. Source: the same fit."""

CURRENT_BONUS = (16.0, 8.0, 1.5)
"""Added to the score of the procedure the talk is about, by the number of content words of the message (0, 1, 2 and more): a
follow-up is short. Source: tests/conversations (follow-ups stay, new topics switch)."""

ANSWER_FROM = 0.6
"""Probability of the best procedure from which it is answered at once, if also LEAD and NONE_UP_TO hold. The three were chosen
together on the
risk-coverage curve of tests/retrieval over the whole catalogue (docs/decisions/0010): 83 % answered, 6.5 % of those wrong."""

LEAD = 2.0
"""How many times as likely as the next one the best procedure must be."""

NONE_UP_TO = 0.35
"""Probability of "none of them" up to which anything is answered at once."""

ASK_FROM = 0.15
"""Probability mass of the best MAX_CHOICES from which the citizen is asked to choose; below it the bot says it does not know."""

MIN_CHOICE = 0.04
"""Probability from which a procedure is offered among the choices."""

MAX_CHOICES = 4
"""Choices shown at most; more is a list nobody reads on a phone."""
