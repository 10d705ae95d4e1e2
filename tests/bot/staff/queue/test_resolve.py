from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.staff.content.revision import Conflict
from bot.staff.publish.expected import read_expected
from bot.staff.queue.resolve import Fix, ResolveError, resolve
from bot.staff.queue.tables import CLUSTERS
from tests.bot.staff.conftest import person
from tests.small import BOATS, CARD, REGISTER

WHO = person("curator")
FAQ = {"answer": "Hỏi điện lực.", "source_title": "Trang điện lực", "source_url": "", "checked_on": "2026-11-23"}


def done(desk, fix: Fix) -> dict[str, str]:  # noqa: ANN001
    return {one.path: one.text for one in resolve(desk.content, fix, "c" * 22, WHO, "2026-11-23")}


@pytest.mark.parametrize(
    ("fix", "path", "line", "status", "procedure"),
    [
        (Fix("phrasing", ("ong bay đi mất",), REGISTER, ("conditions",)), "phrasings/tat-ca.yml", "- ong bay đi mất", "answered", REGISTER),
        (Fix("alias", ("sổ đọc sách",), CARD), "procedures/van-hoa/2.900003-the-thu-vien.yml", "- sổ đọc sách", "answered", CARD),
        (Fix("phrasing", ("đua ghe ngo",), BOATS), "phrasings/tat-ca.yml", "- đua ghe ngo", "answered", BOATS),
        (Fix("faq", ("lịch cúp điện", "khi nào có điện"), faq=FAQ), "faq/lich-cup-dien.yml", "question: lịch cúp điện", "answered", None),
        (Fix("record", ("nuôi ong mấy ngày",), REGISTER, facts=("5 ngày",)), None, None, "answered", REGISTER),
    ],
)
def test_a_fix_goes_where_it_belongs_and_brings_a_check_question(searching, fix, path, line, status, procedure) -> None:  # noqa: ANN001
    saved = done(searching, fix)
    check = next(name for name in saved if name.startswith("regression/"))
    expected = read_expected(saved[check])
    assert (expected.question, expected.status, expected.procedure, expected.facts) == (fix.sentences[0], status, procedure, fix.facts)
    assert path is None or line in saved[path]
    assert len(saved) == (2 if path else 1)
    assert done(searching, fix) == saved if fix.how != "faq" else True
    assert searching.content.tree()[check] == saved[check]


def test_an_example_of_what_is_no_procedure_goes_to_its_intent(searching) -> None:  # noqa: ANN001
    text = 'version: "3.1"\n\nnlu:\n  - intent: out_of_scope\n    examples: |\n      - giá vàng\n'
    searching.content.save("nlu/out_of_scope.yml", text, base=None, who=WHO, why="")
    saved = done(searching, Fix("out_of_scope", ("giá tôm",)))
    assert saved["nlu/out_of_scope.yml"] == text + "      - giá tôm\n"
    assert any("unanswerable_out_of_scope" in one for one in saved.values())


@pytest.mark.parametrize(
    ("fix", "field"),
    [
        (Fix("phrasing", ("mẹ [họ tên] nuôi ong",), REGISTER), "sentences"),
        (Fix("phrasing", ("gọi 0912345678 hỏi nuôi ong",), REGISTER), "sentences"),
        (Fix("phrasing", (), REGISTER), "sentences"),
        (Fix("alias", ("đua ghe",), BOATS), "code"),
        (Fix("phrasing", ("ong",), "1.9"), "code"),
        (Fix("nothing"), "reason"),
        (Fix("faq", ("cúp điện",)), "answer"),
        (Fix("out_of_scope", ("giá vàng",), intent="greet"), "intent"),
        (Fix("magic", ("x",)), "how"),
    ],
)
def test_a_form_that_cannot_be_used_changes_nothing(searching, fix, field) -> None:  # noqa: ANN001
    before = searching.content.head()
    with pytest.raises(ResolveError) as error:
        done(searching, fix)
    assert field in error.value.errors
    assert searching.content.head() == before


def test_a_file_with_a_draft_on_top_is_left_alone(searching) -> None:  # noqa: ANN001
    path = "phrasings/tat-ca.yml"
    now = searching.content.read(path)
    searching.content.save(path, now.text + "# dở\n", base=now.id, who=person("curator", 2), why="", state="draft")
    with pytest.raises(ResolveError, match="đang sửa dở"):
        done(searching, Fix("phrasing", ("ong bay",), REGISTER))


class Cut(Exception):
    """The process is gone."""


def failing(engine, table: str, nth: int):  # noqa: ANN001, ANN201
    """A listener that fails the nth writing statement on `table` from now on. -> what takes it away."""
    seen = []

    def before(connection, cursor, statement, *_more) -> None:  # noqa: ANN001
        if statement.lower().startswith((f"insert into {table} ", f"update {table} ")):
            seen.append(statement)
            if len(seen) == nth:
                raise Cut(statement)

    sa.event.listen(engine, "before_cursor_execute", before)
    return lambda: sa.event.remove(engine, "before_cursor_execute", before)


@pytest.mark.parametrize(("table", "nth"), [("staff_revisions", 2), ("staff_clusters", 1)], ids=["check question", "closing"])
def test_cut_off_half_way_nothing_of_a_fix_is_there_and_done_again_all_of_it(searching, browser, asked, table, nth) -> None:  # noqa: ANN001
    asked("đua ghe ngo")
    who = browser("curator")
    who.get("/queue")
    with searching.engine.connect() as connection:
        cluster = connection.execute(sa.select(CLUSTERS.c.id)).scalar_one()
    fields = {"how": "phrasing", "sentences": "đua ghe ngo", "code": BOATS, "aspects": "fees"}
    head, tree = searching.content.head(), searching.content.tree()
    mended = failing(searching.engine, table, nth)
    assert who.post(f"/queue/{cluster}/resolve", fields).status_code == 500
    mended()
    assert (searching.content.head(), searching.content.tree()) == (head, tree)
    assert state_of(searching, cluster) == ("open", None) and not searching.audit.rows
    assert who.post(f"/queue/{cluster}/resolve", fields).status_code == 303
    changed = {path for path, text in searching.content.tree().items() if tree.get(path) != text}
    assert changed == {"phrasings/tat-ca.yml", *searching.content.paths("regression/")} and len(changed) == 2
    assert state_of(searching, cluster) == ("done", searching.content.head())


def state_of(desk, cluster: str) -> tuple[str, int | None]:  # noqa: ANN001
    with desk.engine.connect() as connection:
        row = connection.execute(sa.select(CLUSTERS).where(CLUSTERS.c.id == cluster)).one()
    return row.state, row.revision


def test_somebody_who_saves_in_between_keeps_their_text(searching, monkeypatch) -> None:  # noqa: ANN001
    """Between our reading of the file and our writing another one submits it: ours is refused whole."""
    path, other = "phrasings/tat-ca.yml", person("curator", 2)
    real = searching.content.save_all

    def late(edits, **more):  # noqa: ANN001, ANN202
        now = searching.content.read(path)
        searching.content.save(path, now.text + "# của người khác\n", base=now.id, who=other, why="")
        return real(edits, **more)

    monkeypatch.setattr(searching.content, "save_all", late)
    with pytest.raises(Conflict):
        done(searching, Fix("phrasing", ("ong bay",), REGISTER))
    assert searching.content.read(path).text.endswith("# của người khác\n") and not searching.content.paths("regression/")
