"""Every weight and threshold of search, with its unit and the experiment it came from.

The experiment: `make calibrate` on tests/retrieval (questions written without sight of the records'
texts and the phrasings; see its README). Rerun it after a change of content or encoder and copy the numbers it prints.
"""

from __future__ import annotations

from dataclasses import dataclass

FEATURES = (
    "dense_best",
    "dense_top3",
    "words_best",
    "words_top3",
    "centroid",
    "coverage",
    "modifiers",
    "subjects",
    "use",
    "foreign",
    "abroad",
)
"""What each candidate procedure is judged by, in the order of WEIGHTS."""

WEIGHTS = (20.88, 36.26, 0.0, 0.0, 27.91, 6.85, 1.26, 0.4, 0.25, 4.76, 3.2)
"""Softmax weights, one a feature. Source: maximum likelihood on tests/retrieval."""

NONE_SCORE = 53.44
"""The score that "none of the loaded procedures" has beside the candidates. Source: the same fit."""

CURRENT_BONUS = (16.0, 8.0, 1.5)
"""Added to the score of the procedure the talk is about, by the number of content words of the message (0, 1, 2 and more): a
follow-up is short. Source: tests/conversations (follow-ups stay, new topics switch)."""

KIN_BONUS = 2.5
"""Added to the scores of procedures of the same field or family when a message corrects the procedure before, or leans on it
("còn thẻ quốc tế?"). Source: tests/conversations."""


@dataclass(frozen=True, slots=True)
class Gate:
    """When the best procedure is answered at once. answer_from: its probability at least; lead: how many times as likely as the
    next one it must be; none_up_to: probability of "none of them" at most, for choices among several too."""

    answer_from: float
    lead: float
    none_up_to: float


WHOLE = Gate(0.6, 2.0, 0.35)
"""Where most known procedures are loaded. The three were chosen together on the risk-coverage curve of tests/retrieval over the
whole catalogue (docs/decisions/0010): 73.6 % right at once, 5.0 % of what is answered wrong, 11 % of outside answered."""

PART = Gate(0.4, 2.0, 0.5)
"""Where most known procedures are not loaded: those draw off what could be mistaken, so the same probability errs less. On
tests/retrieval with the reviewed records (docs/decisions/0026) 77.4 % right at once instead of 72.5, 2.4 % of what is answered
wrong, 2.6 % of outside answered: no risk above the one accepted with the whole catalogue."""

WHOLE_FROM = 0.5
"""Share of the known procedures (those of the release, and those that only have questions) from which a release is whole."""

VAGUE_FROM, VAGUE_SHARE = 0.1, 0.3
"""Probability of a family's own vague questions from which it is asked which member is meant, and how many times the best
procedure's it must be. On tests/retrieval (docs/decisions/0013) 70 % of what an officer would ask back is asked back, at 0.3
and 1.0 it is 68.6 %; a deciding word settles the rest, so clear questions lose nothing."""

ASK_FROM = 0.15
"""Probability mass of the best MAX_CHOICES from which the citizen is asked to choose; below it the bot says it does not know."""

MIN_CHOICE = 0.04
"""Probability from which a procedure is offered among the choices."""

MAX_CHOICES = 4
"""Choices shown at most; more is a list nobody reads on a phone."""
