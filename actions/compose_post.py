"""Sending the dossier and getting the result by post -> parts of an answer; whether one may, then what holds for all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.answer import Fact, SourceRef
from actions.section import Section, channel
from index.post import ASPECTS, Post
from index.procedure import Procedure

OTHERWISE = {
    "full": "anh/chị nộp trực tuyến hoặc theo cách khác",
    "partial": "anh/chị nộp trực tuyến hoặc theo cách khác",
    "appointment": "anh/chị đặt lịch trên mạng rồi đến nộp trực tiếp",
    "not_accepted": "anh/chị đến nộp trực tiếp",
}
"""Status of `online` -> how a dossier that may not be posted is handed in."""


def compose_post_submit(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """May the dossier be posted; if not, how it is handed in."""
    online = procedure.online.status
    section = channel(
        procedure,
        "post_submit",
        {"accepted": "được", "not_accepted": f"không được, {OTHERWISE.get(online, 'anh/chị nộp theo cách khác')}"},
    )
    if procedure.post_submit.status == "not_accepted" and online in OTHERWISE:
        section.facts.append(("online.status", online))
    return section


def compose_post_return(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """May the result come by post; one more "no" where the dossier may not be posted either."""
    also = "cũng " if procedure.post_submit.status == "not_accepted" else ""
    return channel(procedure, "post_return", {"accepted": "được", "not_accepted": f"{also}không, anh/chị đến nhận"})


@dataclass(frozen=True, slots=True)
class General:
    """Lines that hold for all that goes by post, with their facts and where those were read; all empty when none applies."""

    lines: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    sources: tuple[SourceRef, ...] = ()


def compose_general(procedure: Procedure, asked: Collection[str], day: date, post: Post) -> General:
    """What holds for all that goes by post, each line once, of the asked aspects that the record accepts. The return is told unasked
    too where the post is of use for nothing else."""
    accepted = {aspect for aspect in ASPECTS if getattr(procedure, aspect).status == "accepted"}
    refused = "post_submit" in asked and procedure.post_submit.status == "not_accepted"
    rows = post.rows_for(procedure.code, accepted if refused else accepted & set(asked), day)
    if not rows:
        return General()
    version, texts = post.version, post.texts
    told = ["post.heading", *(f"post.{row.id}" for row in rows)]
    return General(
        (texts["post.heading"], *(f"- {row.text}" for row in rows)),
        tuple(Fact(path, texts[path], "", version) for path in told),
        tuple(dict.fromkeys(SourceRef(row.source, None, row.checked_on.isoformat()) for row in rows)),
    )
