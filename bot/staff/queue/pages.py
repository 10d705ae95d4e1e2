"""/queue and /explain: what waits, one cluster, what is done about it, and why the bot says what it says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import sqlalchemy as sa
from starlette.responses import Response

from bot.gateway.tables import TURNS
from bot.staff.content.revision import Conflict, ContentError
from bot.staff.content.yaml_text import read
from bot.staff.desk import Desk
from bot.staff.entry import Entry
from bot.staff.figures.words import CHANNELS
from bot.staff.pages import VIETNAM
from bot.staff.person import Person
from bot.staff.queue import clusters, listing
from bot.staff.queue.colleagues import colleagues
from bot.staff.queue.explain import ASPECT_NAMES, FEATURE_NAMES, RULE_NAMES, explain
from bot.staff.queue.resolve import HOW, INTENTS, Fix, ResolveError, phrasings_path, record_path, resolve
from bot.staff.queue.signals import KIND_NAMES
from bot.staff.rights import Right
from bot.staff.transaction import reading, writing
from bot.staff.visit import Visit
from index import settings
from index.catalogue import DataError

STATE_NAMES = {"open": "Đang chờ", "done": "Đã xử lý", "ignored": "Đã bỏ qua", "all": "Tất cả"}
MOST_AT_ONCE = 40
"""New questions taken up while somebody waits for the page: two seconds; the rest is done by the job in the background."""
LONGEST_NOTE, LONGEST_QUESTION = 2000, 500
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def entries(desk: Desk) -> tuple[Entry, ...]:
    """See sections.py."""
    return (
        Entry("GET", "/queue", Right.QUEUE, show_all),
        Entry("POST", "/queue/ignore", Right.QUEUE, ignore),
        Entry("POST", "/queue/assign", Right.QUEUE, assign),
        Entry("GET", "/queue/{id}", Right.QUEUE, show),
        Entry("POST", "/queue/{id}", Right.QUEUE, change),
        Entry("POST", "/queue/{id}/split", Right.QUEUE, split),
        Entry("POST", "/queue/{id}/merge", Right.QUEUE, merge),
        Entry("GET", "/queue/{id}/resolve", Right.EDIT, resolve_form),
        Entry("POST", "/queue/{id}/resolve", Right.EDIT, resolve_sent),
        Entry("GET", "/explain", Right.QUEUE, explain_page),
    )


def take_up(desk: Desk, most: int = clusters.BATCH) -> int:
    """New signals into clusters -> how many; 0 without a release, for then nothing can be compared."""
    search = desk.search()
    if search is None:
        with writing(desk.engine) as connection:
            clusters.forget(connection)
        return 0
    encoder = getattr(getattr(search, "_encoder", None), "name", "") or "release"
    return clusters.sync(desk.engine, lambda question: search.query(question).vector, encoder[:80], desk.clock(), most)


def show_all(visit: Visit) -> Response:
    take_up(visit.desk, MOST_AT_ONCE)
    wanted = listing.Filter.read(visit.query, visit.me.id, _today(visit))
    page = max(1, int(visit.query["page"])) if visit.query.get("page", "").isdecimal() else 1
    with reading(visit.desk.engine) as connection:
        found = listing.listed(connection, wanted, visit.desk.clock())
        works = listing.shown(connection, found[(page - 1) * listing.PAGE : page * listing.PAGE])
        owners = connection.execute(
            sa.select(clusters.CLUSTERS.c.owner, clusters.CLUSTERS.c.owner_name).where(clusters.CLUSTERS.c.owner.isnot(None)).distinct()
        ).all()  # fmt: skip
        waiting = listing.waiting(connection, visit.me.id, wanted.today)
    kept = urlencode([(name, value) for name, value in visit.query.multi_items() if name != "page"])
    return visit.page(
        "queue/list.html", works=works, total=len(found), wanted=wanted, page=page, pages=max(1, -(-len(found) // listing.PAGE)),
        kinds=KIND_NAMES, states=STATE_NAMES, channels=CHANNELS, address=f"/can-bo/queue?{kept}&page=", today=wanted.today, waiting=waiting,
        view=_view(wanted),
        owners={one: name for one, name in owners if one != visit.me.id}, people=_people(visit),
    )  # fmt: skip


def _view(wanted: listing.Filter) -> str:
    """Which of the views above the list is open; "" for another filter."""
    views = {"all": listing.Filter(), "me": listing.Filter(owner="me"), "none": listing.Filter(owner="none"), "late": listing.Filter(late=True)}
    plain = replace(wanted, me="", today="")
    return next((name for name, view in views.items() if view == plain), "")


def ignore(visit: Visit) -> Response:
    """All that are ticked."""
    chosen, reason = visit.texts("id")[: listing.PAGE], visit.text("reason")[:LONGEST_NOTE]
    if not chosen:
        return visit.refuse("Chưa chọn nhóm nào.")
    for cluster in chosen:
        try:
            with visit.act():
                before = clusters.close(visit.desk.engine, cluster, visit.me, visit.desk.clock(), "ignored", "ignored", reason)
                visit.note("queue.ignore", cluster, {"state": before["state"]}, {"state": "ignored"}, reason)
        except clusters.QueueError as error:
            return visit.refuse(str(error), 404)
    return visit.see("/queue", f"Đã bỏ qua {len(chosen)} nhóm.")


def assign(visit: Visit) -> Response:
    """All that are ticked, to one person, with a day if one was given. What somebody else has taken meanwhile stays theirs."""
    chosen, due = visit.texts("id")[: listing.PAGE], visit.text("due")
    if not chosen:
        return visit.refuse("Chưa chọn nhóm nào.")
    owner = _owner(visit, visit.text("owner"))
    if owner is None or (due and not _is_day(due)):
        wrong_day = f'Hạn xử lý là "{due[:20]}"; cần một ngày có thật.'
        return visit.refuse("Anh/chị chọn một người trong danh sách để giao." if owner is None else wrong_day)
    values = {"owner": owner.id, "owner_name": owner.name, **({"due": due} if due else {})}
    taken = 0
    for cluster in chosen:
        try:
            seen = {"owner": visit.text(f"owner-of-{cluster}")} if f"owner-of-{cluster}" in visit.form else {}
            with visit.act():
                visit.note("queue.change", cluster, clusters.change(visit.desk.engine, cluster, values, seen), values)
        except clusters.Taken:
            taken += 1
        except clusters.QueueError as error:
            return visit.refuse(str(error), 404)
    told = f"Đã giao {len(chosen) - taken} nhóm cho {owner.name}."
    return visit.see("/queue", f"{told} {taken} nhóm vừa có người khác nhận nên giữ nguyên." if taken else told)


def show(visit: Visit, status: int = 200, errors: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> Response:
    """typed: what a refused form said, by field."""
    with writing(visit.desk.engine) as connection:
        clusters.forget(connection)
        row = listing.one(connection, visit.path["id"])
        asked = listing.questions(connection, visit.path["id"]) if row else []
        near = [] if row is None else connection.execute(
            sa.select(clusters.CLUSTERS.c.id, clusters.CLUSTERS.c.title, clusters.CLUSTERS.c.n)
            .where(clusters.CLUSTERS.c.state == "open", clusters.CLUSTERS.c.n > 0, clusters.CLUSTERS.c.id != visit.path["id"])
            .order_by(clusters.CLUSTERS.c.n.desc(), clusters.CLUSTERS.c.id).limit(200)
        ).all()  # fmt: skip
    if row is None:
        return visit.refuse("Không có nhóm câu hỏi này.", 404)
    return visit.page(
        "queue/show.html", status, errors=errors or {}, typed=typed or {}, questions=asked, near=near, rules=RULE_NAMES,
        people=_people(visit), **_around(visit, row),
    )  # fmt: skip


def change(visit: Visit) -> Response:
    """Owner, due day, note, state; each only when it was sent, and not what was left as the page showed it: somebody else may have
    changed it meanwhile. What both have changed is asked again."""
    cluster, form, values = visit.path["id"], visit.form, {}
    typed = {name: visit.text(name)[:LONGEST_NOTE] for name in ("due", "note", "owner") if name in form}
    if "due" in form:
        due = visit.text("due")
        if due and not _is_day(due):
            return _care_again(visit, 400, {"due": f'Hạn xử lý là "{due[:20]}"; cần một ngày có thật.'}, typed)
        values["due"] = due or None
    if "note" in form:
        values["note"] = visit.text("note")[:LONGEST_NOTE]
    seen = {name: visit.text(f"{name}_seen") for name in ("owner", "due", "note") if f"{name}_seen" in form}
    values = {name: value for name, value in values.items() if name not in seen or (value or "") != seen[name]}
    wanted = {"1": visit.me.id, "0": ""}.get(visit.text("take"), visit.text("owner") if "owner" in form else None)
    if wanted is not None and wanted != seen.get("owner"):
        owner = _owner(visit, wanted)
        if wanted and owner is None:
            return _care_again(visit, 400, {"owner": "Người này không còn nhận việc được; anh/chị chọn một người trong danh sách."}, typed)
        values |= {"owner": owner.id if owner else None, "owner_name": owner.name if owner else None}
    try:
        with visit.act():
            if values:
                visit.note("queue.change", cluster, clusters.change(visit.desk.engine, cluster, values, seen), values)
            state = visit.text("state")
            if state == "open":
                before = clusters.reopen(visit.desk.engine, cluster)
                visit.note("queue.reopen", cluster, {"state": before["state"]}, {"state": "open"})
            elif state == "ignored":
                reason = visit.text("reason")[:LONGEST_NOTE]
                before = clusters.close(visit.desk.engine, cluster, visit.me, visit.desk.clock(), "ignored", "ignored", reason)
                visit.note("queue.ignore", cluster, {"state": before["state"]}, {"state": "ignored"}, reason)
    except clusters.Taken as error:
        if error.column == "owner":
            typed.pop("owner", None)
        return _care_again(visit, 409, {error.column: str(error)}, typed)
    except clusters.QueueError as error:
        return visit.refuse(str(error), 404)
    if not visit.htmx:
        return visit.see(f"/queue/{cluster}", "Đã lưu.")
    return _care(visit, {}, {}, saved=True)


def _care_again(visit: Visit, status: int, errors: dict[str, str], typed: dict[str, str]) -> Response:
    """The form with what was typed and why not. HTMX draws a part only when it comes with 200."""
    return _care(visit, errors, typed, saved=False) if visit.htmx else show(visit, status, errors, typed)


def _care(visit: Visit, errors: dict[str, str], typed: dict[str, str], *, saved: bool) -> Response:
    with reading(visit.desk.engine) as connection:
        row = listing.one(connection, visit.path["id"])
    if row is None:
        return visit.refuse("Không có nhóm câu hỏi này.", 404)
    return visit.page("queue/care.html", saved=saved, errors=errors, typed=typed, people=_people(visit), **_around(visit, row))


def split(visit: Visit) -> Response:
    try:
        with visit.act():
            new = clusters.split(visit.desk.engine, visit.path["id"], visit.texts("turn"), visit.desk.clock())
            visit.note("queue.split", visit.path["id"], None, {"into": new, "turns": visit.texts("turn")})
    except clusters.QueueError as error:
        return visit.refuse(str(error))
    return visit.see(f"/queue/{new}", "Đã tách thành nhóm mới.")


def merge(visit: Visit) -> Response:
    """This one takes up the other."""
    try:
        with visit.act():
            clusters.merge(visit.desk.engine, visit.path["id"], visit.text("other"), visit.me, visit.desk.clock())
            visit.note("queue.merge", visit.path["id"], None, {"taken": visit.text("other")})
    except clusters.QueueError as error:
        return visit.refuse(str(error))
    return visit.see(f"/queue/{visit.path['id']}", "Đã gộp hai nhóm.")


def resolve_form(visit: Visit) -> Response:
    with reading(visit.desk.engine) as connection:
        row = listing.one(connection, visit.path["id"])
        asked = listing.questions(connection, visit.path["id"]) if row else []
    if row is None:
        return visit.refuse("Không có nhóm câu hỏi này.", 404)
    how = visit.query.get("how", "phrasing")
    guess = next((turn["procedure"] for turn in asked if turn["procedure"]), "")
    fix = Fix(how if how in HOW else "phrasing", tuple(dict.fromkeys(turn["question"] for turn in asked))[:5], guess)
    return _resolve_page(visit, row, fix, {})


def resolve_sent(visit: Visit) -> Response:
    """Content, check question and cluster in one transaction; the same act once more adds nothing twice."""
    with reading(visit.desk.engine) as connection:
        row = listing.one(connection, visit.path["id"])
    if row is None:
        return visit.refuse("Không có nhóm câu hỏi này.", 404)
    lines = {name: tuple(dict.fromkeys(" ".join(line.split()) for line in visit.text(name).split("\n") if line.strip())) for name in ("sentences", "facts")}
    fix = Fix(
        how=visit.text("how"), sentences=lines["sentences"], code=visit.text("code"), aspects=tuple(visit.texts("aspects")),
        intent=visit.text("intent") or "out_of_scope", reason=visit.text("reason")[:LONGEST_NOTE], facts=lines["facts"],
        faq={name: visit.text(name) for name in ("answer", "source_title", "source_url", "checked_on")},
    )  # fmt: skip
    try:
        with visit.act():
            done = resolve(visit.desk.content, fix, row.id, visit.me, _today(visit))
            revision = done[-1].id if done else None
            before = clusters.close(visit.desk.engine, row.id, visit.me, visit.desk.clock(), "done", fix.how, fix.reason, revision)
            what = {"how": fix.how, "paths": [one.path for one in done]}
            visit.note("queue.resolve", row.id, {"state": before["state"]}, what, fix.reason)
    except clusters.QueueError as error:
        return visit.refuse(str(error), 404)
    except ResolveError as error:
        return _resolve_page(visit, row, fix, error.errors)
    except ContentError as error:
        return _resolve_page(visit, row, fix, {one.field or "how": one.sentence for one in error.errors})
    except Conflict as error:
        return _resolve_page(visit, row, fix, {"how": f"{error.current.author_name} vừa sửa {error.current.path}; anh/chị gửi lại lần nữa."})
    if fix.how == "record":
        return visit.see(f"/procedures/{fix.code}?note={quote(fix.reason)}", "Đã thêm câu kiểm tra. Anh/chị sửa hồ sơ ở đây; chưa sửa thì bản phát hành mới bị giữ lại.")
    return visit.see("/queue", f"Đã xử lý: {HOW[fix.how].lower()}. Người dân thấy sau khi xuất bản." if done else "Đã đóng nhóm.")


def explain_page(visit: Visit) -> Response:
    """?turn= of a turn that is kept, or ?q= of any question."""
    question, why, turn = visit.query.get("q", "").strip()[:LONGEST_QUESTION], None, None
    if visit.query.get("turn"):
        with reading(visit.desk.engine) as connection:
            turn = connection.execute(sa.select(TURNS).where(TURNS.c.id == visit.query["turn"])).first()
        if turn is None or turn.question is None:
            return visit.refuse("Câu hỏi này đã được xóa hoặc đã hết thời hạn lưu.", 404)
        question, why = turn.question, json.loads(turn.why) if turn.why else None
    search = visit.desk.search()
    values: dict[str, Any] = {"turn": turn, "features": FEATURE_NAMES, "aspect_names": ASPECT_NAMES, "weights": dict(zip(settings.FEATURES, settings.WEIGHTS, strict=True))}
    if search is None or not question:
        return visit.page("queue/explain.html", question=question, found=None, no_release=search is None, **values)
    return visit.page("queue/explain.html", question=question, found=explain(question, search, why, lambda code: _texts(visit.desk, code)), no_release=False, **values)


def _texts(desk: Desk, code: str) -> list[str]:
    """Name, aliases and phrasings of a procedure, as the content has them now."""
    texts: list[str] = []
    for path, of in ((record_path(desk.content, code), "record"), (phrasings_path(desk.content, code), "phrasings")):
        now = desk.content.read(path) if path else None
        try:
            values = read(now.text) if now and now.text else {}
        except DataError:
            continue
        if not isinstance(values, dict):
            continue
        if of == "record":
            texts += [values.get("name") or "", *(values.get("aliases") or [])]
        else:
            texts += [text for sentences in (values.get(code) or {}).values() for text in sentences]
    return [text for text in texts if isinstance(text, str) and text]


def _resolve_page(visit: Visit, row: Any, fix: Fix, errors: dict[str, str]) -> Response:
    return visit.page("queue/resolve.html", 400 if errors else 200, fix=fix, errors=errors, intents=INTENTS, aspects=ASPECT_NAMES, **_around(visit, row))


def _around(visit: Visit, row: Any) -> dict[str, Any]:
    return {"row": row, "kinds": KIND_NAMES, "states": STATE_NAMES, "hows": HOW, "today": _today(visit)}


def _people(visit: Visit) -> dict[str, str]:
    """Person.id -> name of whom a cluster may be given to."""
    return {one.id: one.name for one in colleagues(visit.desk.engine, visit.me)}


def _owner(visit: Visit, person_id: str) -> Person | None:
    """None for nobody, and for whom nothing can be given to."""
    return next((one for one in colleagues(visit.desk.engine, visit.me) if one.id == person_id), None)


def _today(visit: Visit) -> str:
    return f"{datetime.fromtimestamp(visit.desk.clock(), VIETNAM):%Y-%m-%d}"


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and bool(datetime.fromisoformat(text))
    except ValueError:
        return False
