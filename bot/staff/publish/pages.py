"""/publish: what serves, candidates, and the way of one candidate from content to live and back."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.engine import Connection
from starlette.responses import Response

from bot.staff.content.diff import near, word_diff
from bot.staff.content.paths import kind
from bot.staff.content.revision import Change
from bot.staff.desk import Desk
from bot.staff.entry import Entry
from bot.staff.publish import approval
from bot.staff.publish.blast import KINDS
from bot.staff.publish.candidates import STATE_NAMES, WORKING, Candidate, Candidates, Refused, State
from bot.staff.publish.chat import chat_page, say
from bot.staff.publish.gate import PART_NAMES
from bot.staff.publish.live import Entry as JournalEntry
from bot.staff.publish.live import Live
from bot.staff.publish.measured import FIGURE_NAMES
from bot.staff.publish.served import serving
from bot.staff.publish.shown import STEPS, rows_of
from bot.staff.publish.start import start_for
from bot.staff.rights import Right
from bot.staff.visit import Visit

LONGEST_NAME = 120
LONGEST_DIFF = 20_000
"""Characters of a file up to which its words are compared on the page; a longer one is named only."""


def entries(desk: Desk) -> tuple[Entry, ...]:
    """Whoever reviews may make a candidate; approving, going live and back need the right to publish."""
    return (
        Entry("GET", "/publish", Right.READ, overview),
        Entry("GET", "/publish/new", Right.REVIEW, new),
        Entry("POST", "/publish/new", Right.REVIEW, make),
        Entry("POST", "/publish/rollback", Right.PUBLISH, roll_back),
        Entry("GET", "/publish/{id}", Right.READ, one),
        Entry("GET", "/publish/{id}/progress", Right.READ, progress),
        Entry("POST", "/publish/{id}/cancel", Right.REVIEW, cancel),
        Entry("POST", "/publish/{id}/resume", Right.REVIEW, resume),
        Entry("POST", "/publish/{id}/again", Right.REVIEW, again),
        Entry("POST", "/publish/{id}/retire", Right.REVIEW, retire),
        Entry("POST", "/publish/{id}/approve", Right.PUBLISH, approve),
        Entry("POST", "/publish/{id}/live", Right.PUBLISH, go_live),
        Entry("GET", "/publish/{id}/chat", Right.QUEUE, chat_page),
        Entry("POST", "/publish/{id}/chat", Right.QUEUE, say),
    )


def overview(visit: Visit) -> Response:
    """What serves, what is on its way, what served before."""
    live = _live(visit)
    live.settle()
    return visit.page(
        "publish/list.html",
        now=serving(visit.desk.settings.var),
        journal=live.journal(),
        candidates=_candidates(visit).all(),
        waiting=len(visit.desk.content.changes(live.snapshot())),
        states=STATE_NAMES,
    )


def new(visit: Visit, errors: dict[str, str] | None = None) -> Response:
    """What changed since what serves; and the form."""
    head = visit.desk.content.head()
    changes = visit.desk.content.changes(_live(visit).snapshot(), head)
    return visit.page(
        "publish/new.html", 400 if errors else 200, changes=[_shown(change) for change in changes], snapshot=head, errors=errors or {},
        name=visit.text("name"), note=visit.text("note"), anew=bool(visit.text("anew")),
    )  # fmt: skip


def make(visit: Visit) -> Response:
    """A candidate of the content that was on the screen."""
    name, note, snapshot = " ".join(visit.text("name").split()), visit.text("note"), visit.text("snapshot")
    errors = {}
    if not name or len(name) > LONGEST_NAME:
        errors["name"] = f"Đặt tên cho bản này, nhiều nhất {LONGEST_NAME} chữ; ví dụ: Sửa lệ phí căn cước."
    if not (snapshot.isascii() and snapshot.isdecimal() and 0 < int(snapshot) <= visit.desk.content.head()):
        errors["snapshot"] = "Không rõ nội dung nào được chọn. Xem lại danh sách thay đổi rồi gửi lại."
    if errors:
        return new(visit, errors)
    try:
        with visit.act():
            made = _candidates(visit).add(int(snapshot), name, note, visit.me, anew=bool(visit.text("anew")))
            visit.note("publish.make", made.id, None, {"name": name, "snapshot": made.snapshot}, note)
    except Refused as error:
        return new(visit, {"name": str(error)})
    start_for(visit.desk, made.id)
    return visit.see(f"/publish/{made.id}", "Đã bắt đầu tạo và kiểm tra.")


def one(visit: Visit) -> Response:
    """Everything about a candidate."""
    return _with(visit, _one)


def progress(visit: Visit) -> Response:
    """The part that HTMX asks for while a job works; the whole page is fetched again once it is over."""

    def part(visit: Visit, candidate: Candidate) -> Response:
        answer = visit.page("publish/progress.html", candidate=candidate, **_progress(visit, candidate))
        if candidate.state not in WORKING:
            answer.headers["HX-Refresh"] = "true"
        return answer

    return _with(visit, part)


def cancel(visit: Visit) -> Response:
    """Ask the job to stop."""

    def do(visit: Visit, candidate: Candidate) -> str:
        _candidates(visit).cancel(candidate.id)
        return "Đã yêu cầu dừng."

    return _act(visit, "cancel", do)


def resume(visit: Visit) -> Response:
    """Go on where a killed job stopped."""

    def do(visit: Visit, candidate: Candidate) -> str:
        left = _candidates(visit).abandoned()
        if left is None or left.id != candidate.id:
            raise Refused("Bản này đang được làm, hoặc đã xong. Tải lại trang để xem.")
        return "Đang chạy tiếp."

    return _act(visit, "resume", do, then=start_for)


def again(visit: Visit) -> Response:
    """Build and check once more; an approval no longer holds."""

    def do(visit: Visit, candidate: Candidate) -> str:
        _candidates(visit).again(candidate.id)
        return "Đang kiểm tra lại từ đầu."

    return _act(visit, "again", do, then=start_for)


def retire(visit: Visit) -> Response:
    """Put a candidate aside that is not live."""

    def do(visit: Visit, candidate: Candidate) -> str:
        waiting = (State.READY, State.BLOCKED, State.FAILED, State.APPROVED)
        _candidates(visit).move(candidate.id, State.RETIRED, only_from=waiting)
        return "Đã bỏ bản này."

    return _act(visit, "retire", do)


def approve(visit: Visit) -> Response:
    """The second pair of eyes."""

    def do(visit: Visit, candidate: Candidate) -> str:
        approval.approve(_candidates(visit), candidate, visit.me, visit.text("why"), visit.desk.content, _live(visit), visit.desk.clock())
        return "Đã duyệt. Bản này có thể đưa lên."

    return _act(visit, "approve", do)


def go_live(visit: Visit) -> Response:
    """Move what serves. Noted with the intent: the pointers are moved once that is sure, and by the next process if this one dies."""

    def go(visit: Visit, candidate: Candidate) -> Response:
        live, why = _live(visit), visit.text("why")

        def note(connection: Connection, entry: JournalEntry) -> None:
            after = {"state": State.LIVE, "release": entry.release_id}
            visit.note_in(connection, "publish.live", candidate.id, {"state": candidate.state}, after, why)

        try:
            live.go_live(candidate.id, visit.me, why, note)
        except Refused as error:
            return visit.refuse(str(error), 409)
        live.prune()
        told = "Đã đưa lên. Người dân nhận trả lời mới trong vài giây; nếu máy phải học lại thì trong khoảng một phút."
        return visit.see(f"/publish/{candidate.id}", told)

    return _with(visit, go)


def roll_back(visit: Visit) -> Response:
    """Back to what served at an entry of the journal."""
    number, why = visit.text("entry"), visit.text("why")
    if not why:
        return visit.refuse("Ghi lý do quay lại, để người sau biết bản kia sai ở đâu.")

    def note(connection: Connection, entry: JournalEntry) -> None:
        visit.note_in(connection, "publish.rollback", entry.release_id, None, {"name": entry.name, "snapshot": entry.snapshot}, why)

    try:
        entry = _live(visit).roll_back(int(number) if number.isascii() and number.isdecimal() else 0, visit.me, why, note)
    except KeyError:
        return visit.refuse("Không có bản này trong lịch sử. Tải lại trang để xem.", 404)
    except Refused as error:
        return visit.refuse(str(error), 409)
    return visit.see("/publish", f"Đã quay lại bản “{entry.name}”. Thay đổi bị gỡ vẫn nằm trong kho nội dung; sửa lại trước lần xuất bản sau.")


def _one(visit: Visit, candidate: Candidate) -> Response:
    live = _live(visit)
    first, last = sorted((live.snapshot(), candidate.snapshot))
    filters = {"kind": visit.query.get("kind", ""), "page": visit.query.get("page", "1")}
    return visit.page(
        "publish/one.html",
        candidate=candidate,
        changes=[_shown(change) for change in visit.desk.content.changes(first, last)] if candidate.state is not State.LIVE else [],
        backwards=candidate.snapshot < live.snapshot(),
        obstacle=approval.obstacle(candidate, visit.me, visit.desk.content, live) if candidate.state is State.READY else None,
        part_names=PART_NAMES,
        figure_names=FIGURE_NAMES,
        kinds=KINDS,
        blast=rows_of(visit.desk.engine, candidate.gate.get("blast"), **filters),
        **_progress(visit, candidate),
    )


def _progress(visit: Visit, candidate: Candidate) -> dict:
    left = _candidates(visit).abandoned() if candidate.state in WORKING else None
    waiting = visit.desk.clock() - candidate.made_at < 15 and candidate.step == "waiting"
    return {
        "states": STATE_NAMES,
        "working": candidate.state in WORKING,
        "lost": left is not None and left.id == candidate.id and not waiting,
        "step": STEPS.get(candidate.step, candidate.step),
    }


def _shown(change: Change) -> dict:
    """A file that differs, its words marked unless it is too long."""
    before, after = (part.text or "" if part else "" for part in (change.before, change.after))
    small = len(before) + len(after) <= LONGEST_DIFF
    return {"path": change.path, "kind": kind(change.path), "before": change.before, "after": change.after, "pieces": near(word_diff(before, after)) if small else None}


def _candidates(visit: Visit) -> Candidates:
    return Candidates(visit.desk.engine, visit.desk.clock)


def _live(visit: Visit) -> Live:
    return Live(visit.desk.engine, visit.desk.settings.var, visit.desk.clock)


def _with(visit: Visit, then: Callable[[Visit, Candidate], Response]) -> Response:
    try:
        return then(visit, _candidates(visit).get(visit.path["id"]))
    except KeyError:
        return visit.refuse("Không có bản này. Xem lại danh sách ở mục Xuất bản.", 404)


def _act(
    visit: Visit, action: str, do: Callable[[Visit, Candidate], str], then: Callable[[Desk, str], None] = lambda _desk, _id: None
) -> Response:
    """A change of one candidate: done and noted in the audit log together, told. then: what comes once that is sure."""

    def act(visit: Visit, candidate: Candidate) -> Response:
        try:
            with visit.act():
                told = do(visit, candidate)
                after = {"state": _candidates(visit).get(candidate.id).state, "release": candidate.release_id}
                visit.note(f"publish.{action}", candidate.id, {"state": candidate.state}, after, visit.text("why"))
        except Refused as error:
            return visit.refuse(str(error), 409)
        then(visit.desk, candidate.id)
        return visit.see(f"/publish/{candidate.id}", told)

    return _with(visit, act)
