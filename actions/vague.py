"""A message that names a need but not which of several procedures: decided by a word of it, or asked back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.dialogue import State, is_elliptic
from index import settings
from index.families import Family, folded
from index.search import Found, ProcedureSearch

FAMILY_SURE = 0.8
"""Probability from which a longer message is taken to have told which one of a family it means, though no deciding word was
found in it; a short one has not told. On tests/retrieval 10 vague questions are asked back for it, and 3 clear ones."""
SHORT = 11
"""Words up to which a message is short here."""


SPECIAL = re.compile(
    r"\b(?:lai|mat|hu|hong|rach|chay|rot|that lac|cu|sai|nham|doi|sua|thay|them|bo sung|dieu chinh|chuyen|gia han|het han|sap het|tiep|nua|huy|xoa|tra)\b"
)
"""Folded words of again, lost, changed, prolonged, ended: with one of them a need is not the usual one."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The member of a family that is meant as a rule, to be answered with the others at hand."""

    code: str
    family: Family


def settled(message: str, code: str | None, found: Found, state: State, search: ProcedureSearch) -> str | Usual | Family | None:
    """The procedure to answer, the usual one of a family, or the family to ask about; `code`, what search alone would answer,
    when no family is in play.

    A family is in play when its own vague questions are the likeliest thing that was said, or when the message holds one of
    its heads and a member is the best procedure. One deciding word of it settles the matter.
    """
    if not found.hits or found.unlikely:
        return code
    family = _meant(found, search)
    if state.options and (family is None or family is search.family_of(state.options)):
        return code  # what was asked is not asked again; the papers after a death are of many families
    if family:
        told = _told(family, message, search)
        if state.procedure in told:  # "chưa lập hợp tác xã, chỉ lập tổ hợp tác thì sao": the one of the talk is what it is not
            told = [code for code in told if code != state.procedure] or told
        if len(told) == 1:
            return told[0]
        stays = state.procedure in family.members and not is_elliptic(message)  # "thế lấy chồng Mỹ": another one than that
        return state.procedure if stays else _usual(family, told, message, search)
    spoken = search.family(message, code or found.hits[0].code)
    if not spoken:
        return code
    family, told = spoken
    if len(told) == 1:
        return told[0]
    short = len(message.split()) <= SHORT or found.hits[0].score < FAMILY_SURE
    return _usual(family, told, message, search) if short and not told and state.procedure not in family.members else code


def members(family: Family, message: str, found: Found, search: ProcedureSearch) -> tuple[str, ...]:
    """The loaded members to choose from: those that the message has words for when it has for some. Clearly likelier ones
    first, else in the family's order, where the usual one stands first."""
    likely = {hit.code: hit.score for hit in found.hits}
    own = _told(family, message, search) or [code for code in family.members if code in search.procedures]
    own = list({search.twins(code)[0]: code for code in reversed(own)}.values())[::-1]  # of twins the first: a choice is one thing
    shown = sorted(own, key=lambda code: -likely.get(code, 0.0))[: settings.MAX_CHOICES]
    return tuple(sorted(shown, key=lambda code: (-round(likely.get(code, 0.0), 1), own.index(code))))


RIVAL, RIVALS = 0.05, 2
"""Probability from which another procedure is offered beside an answer, and how many at most."""


def rivals(code: str, found: Found, search: ProcedureSearch) -> tuple[str, ...]:
    """What else the message may have meant though `code` is answered: the next procedures, likeliest first; then members of the
    likeliest family when the message may be as vague as its questions."""
    near = [hit.code for hit in found.hits if hit.score >= RIVAL]
    if found.vague and found.vague[0].score >= RIVAL:
        near += [member for member in search.families[found.vague[0].code].members if member in search.procedures]
    others = [other for other in dict.fromkeys(near) if code not in (other, *search.twins(other))]
    return tuple(others[:RIVALS])


def told_apart(message: str, options: Sequence[str], search: ProcedureSearch) -> str | None:
    """The one member that the deciding words of the options' family mean: "hộ cá thể á" among household, company,
    cooperative. It need not be among the options: a list shows only so many."""
    family = search.family_of(options)
    told = _told(family, message, search) if family else []
    offered = [code for code in told if code in options] or told
    return offered[0] if len(offered) == 1 else None


def _meant(found: Found, search: ProcedureSearch) -> Family | None:
    if not found.vague or found.vague[0].score < max(settings.VAGUE_FROM, settings.VAGUE_SHARE * found.hits[0].score):
        return None
    return search.families[found.vague[0].code]


def _usual(family: Family, told: Sequence[str], message: str, search: ProcedureSearch) -> Usual | Family:
    plain = not told and family.usual in search.procedures and not SPECIAL.search(folded(message))
    return Usual(family.usual, family) if plain and family.usual else family


def _told(family: Family, message: str, search: ProcedureSearch) -> list[str]:
    return [code for code in family.told(folded(message)) if code in search.procedures]
