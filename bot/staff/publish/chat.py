"""/publish/{id}/chat: ask a candidate before anybody else can. Nothing of it is kept: the talk travels in the form."""

from __future__ import annotations

import json

from starlette.responses import Response

from bot.staff.publish.candidates import Candidate, Candidates, Refused
from bot.staff.publish.preview import open_preview
from bot.staff.publish.trial import TrialError, TrialServer
from bot.staff.visit import Visit

MOST_SHOWN = 20
LONGEST = 2000


def chat_page(visit: Visit) -> Response:
    """An empty talk; the trial server is started by looking."""
    return _open(visit, lambda candidate, server: _page(visit, candidate, server, [], ""))


def say(visit: Visit) -> Response:
    """One more question."""

    def ask(candidate: Candidate, server: TrialServer | None) -> Response:
        talk, question = _talk(visit), " ".join(visit.text("message").split())[:LONGEST]
        if server is None or not question:
            return _page(visit, candidate, server, talk, visit.text("conversation"), question)
        conversation, messages = server.say(question, visit.text("conversation") or None)
        replies = [{"text": message["text"], "status": (message.get("answer") or {}).get("status", "")} for message in messages]
        return _page(visit, candidate, server, [*talk, {"question": question, "replies": replies}][-MOST_SHOWN:], conversation or "")

    return _open(visit, ask)


def _open(visit: Visit, then) -> Response:  # noqa: ANN001
    try:
        candidate = Candidates(visit.desk.engine, visit.desk.clock).get(visit.path["id"])
        opened = visit.desk.extra.get("publish_preview", open_preview)(visit.desk.settings, candidate)
        return then(candidate, opened)
    except KeyError:
        return visit.refuse("Không có bản này. Xem lại danh sách ở mục Xuất bản.", 404)
    except (Refused, TrialError) as error:
        return visit.refuse(str(error), 409)


def _page(visit: Visit, candidate: Candidate, server: TrialServer | None, talk: list, conversation: str, typed: str = "") -> Response:
    past = [json.dumps(turn, ensure_ascii=False) for turn in talk]
    return visit.page(
        "publish/chat.html", candidate=candidate, starting=server is None, talk=talk, past=past, conversation=conversation, typed=typed
    )


def _talk(visit: Visit) -> list[dict]:
    """What the form carries of the talk so far; what is no talk is left out."""
    found = []
    for text in visit.texts("past")[-MOST_SHOWN:]:
        try:
            turn = json.loads(text)
            replies = [{"text": str(reply["text"]), "status": str(reply["status"])} for reply in turn["replies"]]
            found.append({"question": str(turn["question"]), "replies": replies})
        except (ValueError, KeyError, TypeError):
            continue
    return found
