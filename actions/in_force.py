"""(Procedure, day) -> why its record may not be read out on that day. Every way out of the system asks this first."""

from __future__ import annotations

from datetime import date

from actions import texts, words
from index.procedure import Procedure


def out_of_force(procedure: Procedure, day: date, office: str) -> str | None:
    """What a citizen is told instead of the record: that it has ended or has not begun, and whom to ask; None when it holds."""
    if procedure.effective_to and procedure.effective_to < day:
        said, turn = texts.EXPIRED, procedure.effective_to
    elif procedure.effective_from and procedure.effective_from > day:
        said, turn = texts.NOT_YET, procedure.effective_from
    else:
        return None
    return said.format(name=procedure.name, code=procedure.code, day=words.day(turn), office=office)
