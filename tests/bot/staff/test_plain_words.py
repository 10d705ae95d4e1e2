"""Every page as somebody with every role sees it, after a busy week: no word of the program may stand where an officer reads.

What helps whoever gives support (a file's name, a rule's key) stands in <code>, beside the words. Text that people edit as text
(fields, differences between two texts) is theirs.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from actions.answer import AnswerStatus
from bot.gateway.contact_form import Contact
from bot.gateway.contacts import Contacts
from bot.gateway.tables import FEEDBACK, TURNS
from bot.staff import visit
from bot.staff.desk import Desk
from bot.staff.pages import TEMPLATES, render
from bot.staff.people.accounts import Accounts
from bot.staff.people.audit import Audit
from bot.staff.people.kept import Kept
from bot.staff.people.tables import PEOPLE
from bot.staff.person import Person
from bot.staff.publish.candidates import State
from bot.staff.queue.explain import FEATURE_NAMES, RULE_NAMES
from bot.staff.queue.resolve import HOW
from bot.staff.queue.signals import KIND_NAMES
from bot.staff.rights import Role
from bot.staff.sections import all_entries
from index.content import import_rows, open_store
from index.procedure import ASPECTS
from tests.small import BOATS, CARD, REGISTER

from ...index.portal_rows import CLEAN, fee, method
from .conftest import NOW, Browser
from .publish.conftest import make_world, reply

EVERYBODY = Person("moinguoi".ljust(22, "0"), "moi.nguoi", "Lê Mọi Người", frozenset(Role))
MOST = 6
"""Pages of one address that are read."""
HIDDEN = {"script", "style", "textarea", "code", "pre", "ins", "del", "head"}
"""Elements whose text is not ours, or is there for support."""
INTENTS = ("ask_fees", "ask_documents", "out_of_scope", "check_application", "insult", "greet", "nonsense")
CODES = {
    *(status.value for status in AnswerStatus), *ASPECTS, *RULE_NAMES, *KIND_NAMES, *FEATURE_NAMES, *HOW, *INTENTS, *(role.value for role in Role),
    *(state.value for state in State), "open", "done", "ignored", "draft", "submitted", "owner", "due", "state", "null", "None", "true", "false", "golden",
    "regression", "snapshot", "revision", "name", "address", "phone", "source", "hours", "ABSENT", "no_match", "answered_low_margin", "roles",
} - {"online"}  # fmt: skip
"""Codes of the program that are one word; those of several, with an underline, are refused whatever they are. People say "online" too."""
ODD = re.compile(r"\b[A-Za-z]+(?:_[A-Za-z0-9]+)+\b|[{\[]\s*[\"']|\b[a-z]+\[\d|(?<![\w-])[A-Za-z0-9_-]{22}(?![\w-])")
"""Keys of several words, JSON, places in a record, and the ids of rows."""


class _Visible(HTMLParser):
    """The text that is read, a line an element; titles of the page too."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._inside: list[str] = []
        self._diff = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._diff = self._diff or (tag == "p" and ("class", "diff") in attrs)
        if tag in HIDDEN:
            self._inside.append(tag)
        self.lines += [value or "" for name, value in attrs if name in ("aria-label", "placeholder", "alt")]

    def handle_endtag(self, tag: str) -> None:
        self._diff = self._diff and tag != "p"
        if tag in HIDDEN and tag in self._inside:
            self._inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._inside and not self._diff and data.strip():
            self.lines.append(" ".join(data.split()))


def leaks(page: str) -> list[str]:
    """Lines with a word of the program, and the word."""
    reader = _Visible()
    reader.feed(page)
    found = []
    for line in reader.lines:
        words = {word for word in ODD.findall(line)} | (set(re.findall(r"[A-Za-z_]+", line)) & CODES)
        found += [f"{word}: {line[:120]}" for word in sorted(words)]
    return found


@pytest.mark.parametrize(("page", "words"), [
    ("<p>Bot trả unclear_procedure.</p>", ["unclear_procedure"]), ("<p>state: open</p>", ["open", "state"]), ("<p>[\"a\", \"b\"]</p>", ['["']),
    ("<p aria-label='no_match'>Ong</p>", ["no_match"]), ("<p>Ong <code>not_found</code></p><textarea>fees</textarea>", []), ("<p>Trả lời</p>", []),
])  # fmt: skip
def test_what_is_refused(page: str, words: list[str]) -> None:
    assert [line.split(": ")[0] for line in leaks(page)] == words


@pytest.fixture
def busy(sqlite_desk: Desk, tmp_path, root, search, monkeypatch) -> Desk:  # noqa: ANN001
    """A desk in whose database something of everything stands."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    desk = sqlite_desk
    object.__setattr__(desk, "audit", Audit(desk.engine, desk.clock))
    object.__setattr__(desk, "kept", Kept(desk.engine, desk.clock))
    object.__setattr__(desk, "search", lambda: search)
    object.__setattr__(desk, "extra", {"publish_preview": lambda settings, candidate: Talker()})
    Accounts(desk.engine, desk.clock).add(EVERYBODY.login, EVERYBODY.name, EVERYBODY.roles, None)
    with desk.engine.begin() as connection:
        connection.execute(PEOPLE.update().values(id=EVERYBODY.id))
    world = make_world(desk, tmp_path, root)
    _ask(desk)
    me = Browser(desk, EVERYBODY)
    _import(desk)
    _publish(world, me)
    real = {path: (root / "data" / path).read_text("utf-8") for path in ("nlu/questions.yml", "nlu/out_of_scope.yml", "province/ca-mau.yml")}
    desk.content.import_tree(real, EVERYBODY, "Nhập từ kho mã")
    _work(desk, me)
    return desk


class Talker:
    """A trial server that is never sure."""

    def say(self, question: str, conversation: str | None) -> tuple[str, list[dict]]:
        return "c", reply("Tôi chưa rõ.", "unclear_procedure", None)


def _ask(desk: Desk) -> None:
    """A turn of each status and rule, with a margin that wants a look."""
    statuses = [status.value for status in AnswerStatus]
    rules = [*RULE_NAMES]
    with desk.engine.begin() as connection:
        for n in range(max(len(statuses), len(rules), len(ASPECTS))):
            why = {
                "rule": rules[n % len(rules)], "intent": INTENTS[n % len(INTENTS)], "confidence": 0.9, "aspects": {ASPECTS[n % len(ASPECTS)]: 0.8},
                "hits": [{"code": REGISTER, "name": "Đăng ký nuôi ong", "score": 0.5}],
            }  # fmt: skip
            row = {
                "id": f"turn{n:018d}", "conversation": "c" * 22, "channel": ("web", "zalo")[n % 2], "at": NOW - 8 * 86400 + 60 * n, "status": statuses[n % len(statuses)],
                "question": f"{('đua ghe', 'nuôi ong', 'mua trống')[n % 3]} thì hỏi ai {n}", "answer": "Dạ, tôi chưa biết.", "procedure": REGISTER, "margin": 0.3,
                "aspects": json.dumps([ASPECTS[n % len(ASPECTS)]]), "candidates": json.dumps([BOATS]), "release": "r1", "why": json.dumps(why),
            }  # fmt: skip
            connection.execute(TURNS.insert().values(row))
            connection.execute(FEEDBACK.insert().values(turn=row["id"], conversation="c" * 22, at=row["at"] + 1, value="down", reason="Sai rồi"))


def _import(desk: Desk) -> None:
    """Ours against a catalogue that differs, and an upload with changes, additions and doubts, read at once."""
    from bot.staff.imports.job import read_upload

    def row(code: str, name: str, **changes) -> dict:  # noqa: ANN003
        return {"id": code, "code": code, "name": name, "detail": {**CLEAN, "name": name, **changes}}

    store = open_store(str(desk.settings.var / "content.db"))
    import_rows(store, [row(REGISTER, "Đăng ký nuôi ong"), row("1.000001", "Cấp phép nuôi ong")], "cu.jsonl")
    odd = {"executionMethods": [method("DIRECT", 5, None, None, fee(0)), method("POSTAL")], "requirement": "Tại Ủy ban nhân dân cấp huyện, xuất trình sổ hộ khẩu"}
    new = [row("1.000001", "Cấp phép nuôi ong", **odd), row("1.000004", "Cấp phép chợ ong", **odd)]
    path = desk.settings.var / "uploads-of-test.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in new), "utf-8")
    me = Browser(desk, EVERYBODY, _reading(desk, store, read_upload))
    assert me.post("/imports", files={"file": ("danh-muc.jsonl", path.read_bytes())}).status_code == 303


def _reading(desk: Desk, store, read_upload):  # noqa: ANN001, ANN202
    """The import's addresses with a reader in this process."""
    import sqlalchemy as sa

    from bot.staff.imports.pages import ImportPages
    from bot.staff.imports.tables import IMPORTS
    from bot.staff.imports.upload import uploaded

    def at_once(desk: Desk, import_id: str) -> None:
        with desk.engine.connect() as connection:
            name = connection.execute(sa.select(IMPORTS.c.file).where(IMPORTS.c.id == import_id)).scalar_one()
        read_upload(desk.engine, store, import_id, uploaded(desk.settings.var, import_id, name), frozenset({REGISTER}), desk.clock)

    return ImportPages(desk, at_once).entries()


def _publish(world, me: Browser) -> None:  # noqa: ANN001
    """One candidate that passes and goes live, and one whose questions are all answered otherwise."""
    world.edit(EVERYBODY)
    made = world.checked(Person("k" * 22, "k", "Khác", frozenset({Role.REVIEWER})), name="Bản đạt")
    assert made.state == State.READY, made
    for action in ("approve", "live"):
        me.post(f"/publish/{made.id}/{action}", {"why": "đã xem"})
    world.edit(EVERYBODY, '"3.900011": {overview: [xin thả diều ngày]}')
    world.trials.answer = lambda served, question: reply("Tôi chưa rõ.", "unclear_procedure", None, ("fees",))
    assert world.checked(EVERYBODY, name="Bản chưa đạt").state == State.BLOCKED


def _work(desk: Desk, me: Browser) -> None:
    """What people do in a week, as their browsers send it."""
    ids = re.findall(r'name="id" value="([^"]+)"', me.get("/queue?state=all").text)
    assert len(ids) > 2
    me.post(f"/queue/{ids[0]}", {"take": "1", "due": "2026-11-20", "note": "gọi điện"})
    me.post(f"/queue/{ids[1]}/resolve", {"how": "phrasing", "sentences": "đua ghe trên sông", "code": BOATS, "aspects": ["fees", "steps"]})
    me.post(f"/queue/{ids[2]}", {"state": "ignored", "reason": "đùa"})
    me.post(f"/queue/{ids[0]}/split", {"turn": re.findall(r'name="turn" value="([^"]+)"', me.get(f"/queue/{ids[0]}").text)[:1]})
    me.post("/switches", {"scope": REGISTER, "code": REGISTER, "text": "Phần này đang được xem lại.", "why": "Nghi sai"})
    me.post("/procedures/warnings/expired", {"do": "take"})
    me.post("/procedures/new", {"code": "1.000004"})
    me.post("/people/new", {"login": "lan.nguyen", "name": "Nguyễn Lan", "roles": ["curator", "reviewer"]})
    me.post("/figures/sample/draw", {"week": "2026-11-16"})
    me.get("/audit/export?kind=csv")
    desk.audit.note(EVERYBODY, "person_appointed", f"people/{EVERYBODY.id}", {"roles": ["curator"]}, {"roles": ["curator", "admin"]}, "")
    desk.audit.note(EVERYBODY, "sample.judge", "2026-11-16 turn1", None, ("wrong", "facts"))
    desk.audit.note(EVERYBODY, "login", f"people/{EVERYBODY.id}", None, {"how": "password"}, client="testclient")
    desk.kept.keep(EVERYBODY.id, f"/procedures/{CARD}", {"fees-0-name": ["Phí"], "base": ["1"], "why": ["Sửa phí"], "overview": ["Câu mới"]})
    now = desk.content.read("texts.yml")
    desk.content.save("texts.yml", f"{now.text if now and now.text else ''}\nOUT_OF_SCOPE: Việc này ngoài phạm vi.\n", base=now and now.id, who=EVERYBODY, why="", state="draft")


def answers(desk: Desk, found: dict[str, str]) -> dict[str, str]:
    """What stands there after a form was sent that cannot be used, and after a question to a candidate."""
    me = Browser(desk, EVERYBODY)
    queue, candidate = (next(path for path in found if re.fullmatch(shape, path)) for shape in (r"/queue/[\w-]{22}", r"/publish/[\w-]{22}"))
    sent = {
        f"{candidate}/chat": {"message": "phí bao nhiêu"},
        f"{queue}/resolve": {"how": "phrasing", "sentences": "mẹ [họ tên]", "code": "1.9", "aspects": "price"},
        f"/procedures/{REGISTER}": {"do": "check", "base": "1"},
        "/switches": {"scope": "x", "text": "", "why": ""},
        "/people": {"login": "x", "name": "", "roles": ""},
        "/faq/edit": {"path": "", "question": ""},
        "/holidays": {"day": "hôm qua"},
        "/texts/ASK_ONE": {"own": "{name}", "why": "Thử"},
        "/nlu/ask_fees/example": {"path": "nlu/questions.yml", "example": "x", "to": "greet", "why": "Thử"},
        "/publish/new": {"name": ""},
    }
    contacts = Contacts(desk.engine, desk.settings.data_key, desk.settings.secret, desk.clock)
    contacts.add(Contact("Trần Văn Chồn", "0987654321", "Hỏi phí nuôi ong", None))
    sent[f"/calls/{contacts.waiting()[0][0]}/open"] = {}
    return {f"POST {path}": me.post(path, fields).text for path, fields in sent.items()}


LEFT = {"calls/one.html", "content/conflict.html", "people/temporary.html", "people/codes.html", "people/totp_enrol.html", "people/totp_login.html", "people/login.html", "refused.html"}
"""Pages that no link leads to: a message that a button opens (looked at in `answers`), two who save at once, what is shown once, what is there before the sign-in, what cannot be done."""


def pages(desk: Desk) -> dict[str, str]:
    """Path -> page, of everything that links lead to from the first page, MOST of each address."""
    me = Browser(desk, EVERYBODY)
    patterns = [(re.compile(re.sub(r"\{[^}]*\}", "[^/?]+", entry.path) + r"(?:\?.*)?"), entry.path) for entry in all_entries(desk) if entry.method == "GET"]
    seen: Counter[str] = Counter()
    found: dict[str, str] = {}
    waiting = ["/", "/me", "/explain?q=nuôi ong cần giấy gì", "/audit", "/procedures?show=doubts", "/figures?from=2026-11-09&to=2026-11-23"]
    while waiting:
        path = waiting.pop(0)
        pattern = next((name for shape, name in patterns if shape.fullmatch(path)), None)
        if path in found or pattern is None or seen[pattern] >= MOST:
            continue
        answer = me.get(path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        seen[pattern] += 1
        found[path] = answer.text
        links = re.findall(r'href="/can-bo(/[^"#]*)', answer.text)
        waiting += [link.replace("&amp;", "&") for link in links if not link.startswith("/static/")]
    return found


def test_no_page_speaks_to_the_officer_in_the_programs_own_words(busy: Desk, monkeypatch) -> None:  # noqa: ANN001
    drawn: set[str] = set()

    def noting(template: str, *more: object) -> str:
        drawn.add(template)
        return render(template, *more)

    monkeypatch.setattr(visit, "render", noting)
    found = pages(busy)
    whole = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html") if path.read_text("utf-8").startswith("{% extends")}
    assert whole - drawn <= LEFT, whole - drawn
    found |= answers(busy, found)
    wrong = {f"{path}: {line}" for path, page in found.items() for line in leaks(page)}
    assert not wrong, "\n".join(sorted(wrong))
