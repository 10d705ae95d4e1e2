"""/nlu: the examples from which the bot learns what a message wants; add, move to another intent, take away."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from bot.staff.content import nlu_text
from bot.staff.content.flow import NO_REASON, base_of, errors_by_field, finish, open_form, raw, sent_form
from bot.staff.content.revision import Conflict, ContentError, Edit
from bot.staff.entry import Entry
from bot.staff.plain import intent_words
from bot.staff.rights import Right
from bot.staff.visit import Visit

FOLDER = "nlu/"


def entries() -> tuple[Entry, ...]:
    return (
        Entry("GET", "/nlu", Right.READ, show),
        Entry("GET", "/nlu/{intent}", Right.READ, intent_page),
        Entry("POST", "/nlu/{intent}", Right.EDIT, add),
        Entry("POST", "/nlu/{intent}/example", Right.EDIT, change),
    )


def show(visit: Visit) -> Response:
    counts: dict[str, int] = {}
    for found in _files(visit).values():
        for intent, rows in found.items():
            counts[intent] = counts.get(intent, 0) + len(rows)
    return visit.page("content/nlu.html", counts=sorted(counts.items()))


def intent_page(visit: Visit) -> Response:
    return _page(visit, visit.path["intent"], {})


def add(visit: Visit) -> Response:
    intent, path = visit.path["intent"], visit.text("path")
    new = [" ".join(line.split()).removeprefix("- ") for line in raw(visit, "examples").splitlines() if line.strip()]
    now = visit.desk.content.read(path) if path.startswith(FOLDER) else None
    if now is None or not now.text:
        return visit.refuse("Không có tệp ví dụ này.", 404)

    def again(errors: Mapping[str, str]) -> Response:
        return _page(visit, intent, errors, typed=raw(visit, "examples"))

    if fault := nlu_text.faults(new, _known(visit), intent):
        return again({"examples": fault})
    try:
        text = nlu_text.added(now.text, intent, new)
    except ValueError:
        return again({"examples": "Loại câu này ghi ví dụ theo cách riêng trong tệp; anh/chị sửa dạng văn bản."})
    return finish(visit, path, text, again=again, after=f"/nlu/{intent}", draft=f"{path}#{intent}")


def change(visit: Visit) -> Response:
    """One example goes to another intent, or away (`to` empty)."""
    intent, path, sentence, to, why = (
        visit.path["intent"],
        visit.text("path"),
        visit.text("example"),
        visit.text("to"),
        visit.text("why"),
    )
    if not why:
        return _page(visit, intent, {"why": NO_REASON})
    tree = visit.desk.content.tree(prefix=FOLDER)
    target = next((name for name, text in tree.items() if nlu_text.plain(text, to)), None) if to else None
    if path not in tree or (to and target is None):
        return _page(visit, intent, {"examples": f'Không chuyển được sang "{intent_words(to) or to}".'})
    try:
        less = nlu_text.removed(tree[path], intent, sentence)
        texts = {path: less}
        if target:
            texts[target] = nlu_text.added(texts.get(target, tree[target]), to, [sentence])
        read = {name: visit.desk.content.read(name) for name in texts if name != path}
        bases = {name: now and now.id for name, now in read.items()} | {path: base_of(visit)}
        edits = [Edit(name, text, bases[name]) for name, text in texts.items()]
        # Together: the example neither gets lost nor stands twice.
        with visit.act():
            for edit, saved in zip(edits, visit.desk.content.save_all(edits, who=visit.me, why=why), strict=True):
                visit.note("content.save", edit.path, {"revision": edit.base}, {"revision": saved.id}, why)
    except ValueError:
        return _page(visit, intent, {"examples": f'Câu "{sentence}" không còn ở đây, hoặc là câu cuối cùng của loại này.'})
    except ContentError as error:
        return _page(visit, intent, {"examples": " ".join(errors_by_field(error.errors).values())})
    except Conflict as conflict:
        return _page(
            visit,
            intent,
            {"examples": f"{conflict.current.author_name} vừa lưu tệp này. Trang đã tải lại; anh/chị làm lại nếu vẫn cần."},
        )
    return visit.see(f"/nlu/{intent}", f'Đã chuyển câu sang "{intent_words(to) or to}".' if to else "Đã bỏ câu ví dụ.")


def _files(visit: Visit) -> dict[str, dict[str, list[str]]]:
    found = {}
    for path, text in visit.desk.content.tree(prefix=FOLDER).items():
        try:
            found[path] = nlu_text.by_intent(text)
        except (ValueError, TypeError, KeyError, AttributeError):  # shown as text only
            continue
    return found


def _known(visit: Visit) -> dict[str, str]:
    return {row.casefold(): intent for found in _files(visit).values() for intent, rows in found.items() for row in rows}


def _page(visit: Visit, intent: str, errors: Mapping[str, str], typed: str = "") -> Response:
    tree, files = visit.desk.content.tree(prefix=FOLDER), _files(visit)
    if not any(intent in found for found in files.values()):
        return visit.refuse("Không có ý định này.", 404)
    groups = []
    for path, found in files.items():
        if intent not in found:
            continue
        now = visit.desk.content.read(path)
        # The draft belongs to one intent of the file.
        page, name = f"/nlu/{intent}", f"{path}#{intent}"
        opened = sent_form(visit, name, page) if errors else open_form(visit, name, page, now)
        kept = opened.draft.text("examples") if opened.used and opened.draft else ""
        can = nlu_text.plain(tree[path], intent) and visit.me.may(Right.EDIT)
        groups.append((path, found[intent], opened, typed or kept, now.id if now else "", can))
    others = sorted({name for found in files.values() for name in found if name != intent})
    shown = {name if name in ("why", "examples") else "examples": sentence for name, sentence in errors.items()}
    return visit.page(
        "content/nlu_intent.html",
        422 if errors else 200,
        intent=intent,
        groups=groups,
        others=others,
        errors=shown,
        why=visit.text("why"),
    )
