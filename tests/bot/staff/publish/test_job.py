"""From a snapshot to a candidate that is ready or blocked: what is built, asked, compared and kept, through cancel and kill."""

from __future__ import annotations

import asyncio
import dataclasses
import threading

import pytest

from bot.gateway.tables import TURNS
from bot.staff.publish.candidates import LEASE_SECONDS, Refused, State
from bot.staff.publish.job import tree_name
from bot.staff.publish.live import against
from bot.staff.publish.served import serving
from bot.staff.publish.start import keep_going
from index.release import open_release

from ....small import HashedEncoder
from ..conftest import person
from .conftest import reply

CURATOR, REVIEWER, PUBLISHER = person("curator"), person("reviewer"), person("publisher")


def turn(number: int, question: str, at: float) -> dict:
    row = {"id": f"turn{number:018d}", "conversation": "c" * 22, "channel": "web", "at": at, "question": question, "answer": "…"}
    return {**row, "status": "answered", "aspects": "[]", "candidates": "[]"}


def test_a_candidate_is_built_beside_what_serves(world) -> None:
    before = serving(world.var)
    world.edit(CURATOR)
    made = world.checked(REVIEWER)
    assert made.state is State.READY and set(made.gate) == {"validators", "golden", "regression", "measured", "blast"}
    assert serving(world.var) == before and made.release_id != before.release_id
    _, _, manifest = open_release(world.var / "releases" / made.release_id, HashedEncoder())
    assert manifest["id"] == made.release_id
    assert made.tree == tree_name(world.desk.content.tree(made.snapshot)) and made.against == before.to_dict()


def test_what_was_saved_later_waits_for_the_next_candidate(world) -> None:
    snapshot = world.edit(CURATOR)
    world.edit(CURATOR, '"3.900011": {overview: [xin mở chợ nổi]}')
    made = world.checked(REVIEWER, snapshot=snapshot)
    text = (world.var / "content" / made.tree / "phrasings" / "tat-ca.yml").read_text("utf-8")
    assert "diều" in text and "chợ nổi" not in text


def test_a_golden_question_that_does_not_hold_blocks(world) -> None:
    world.trials.answer = lambda served, question: reply(status="unclear_procedure")
    made = world.checked(REVIEWER)
    assert made.state is State.BLOCKED
    assert made.gate["golden"]["misses"][0]["path"] == "golden/ong.yml" and made.gate["golden"]["held"] == 0


def test_without_golden_questions_nothing_is_proven(world) -> None:
    now = world.desk.content.read("golden/ong.yml")
    world.desk.content.remove("golden/ong.yml", base=now.id, who=CURATOR, why="thử")
    assert world.checked(REVIEWER).state is State.BLOCKED


def test_a_new_problem_blocks_before_anything_is_asked_and_an_old_one_does_not(world) -> None:
    rule = world.desk.content.read("province/ca-mau.yml").text
    for text, wanted in ((rule + "\neffective_to: \"2020-01-01\"\n", State.BLOCKED),):
        now = world.desk.content.read("province/ca-mau.yml")
        world.desk.content.save("province/ca-mau.yml", text, base=now.id, who=CURATOR, why="thử")
        made = world.checked(REVIEWER)
        assert made.state is wanted and made.gate["validators"]["problems"] and not world.trials.started
    (world.data / "province" / "ca-mau.yml").write_text(rule + "\neffective_to: \"2020-01-01\"\n", "utf-8")
    assert world.job().run(world.candidates.again(made.id).id) == 0
    again = world.candidates.get(made.id)
    assert again.state is State.READY and again.gate["validators"]["known"]


def test_answers_that_change_are_counted_and_shown_by_their_turn(world) -> None:
    at = world.desk.clock()
    rows = [turn(1, "nuôi ong cần gì", at), turn(2, "nuôi ong cần gì", at + 1), turn(3, "thẻ thư viện ở đâu", at), turn(4, None, at)]
    with world.desk.engine.begin() as connection:
        connection.execute(TURNS.insert(), rows)
    now = serving(world.var)
    world.edit(CURATOR)
    world.trials.answer = lambda served, question: reply() if served == now or "ong" not in question else reply(aspects=("documents", "fees"), text="Khác.")
    made = world.checked(REVIEWER)
    blast = made.gate["blast"]
    assert (blast["asked"], blast["changed"], blast["kinds"]) == (3, 2, {"aspects": 2})
    assert [(row["turn"], row["n"]) for row in blast["rows"]] == [(f"turn{2:018d}", 2)]
    assert "nuôi ong" not in str(blast), "the question itself goes with its turn"
    assert world.trials.started[0] == now and len(world.trials.started) == 2
    world.job().run(world.candidates.again(made.id).id)
    assert len(world.trials.started) == 3, "what serves has been asked already"


def test_two_jobs_never_work_at_once(world) -> None:
    made = world.candidates.add(world.desk.content.head(), "a", "", REVIEWER)
    inside, go_on, codes = threading.Event(), threading.Event(), []

    def wait() -> None:
        inside.set()
        assert go_on.wait(30)

    world.trials.before_ask = wait
    first = threading.Thread(target=lambda: codes.append(world.job().run(made.id)))
    first.start()
    assert inside.wait(30)
    assert world.job().run(made.id) == 3
    with pytest.raises(Refused, match="đang được tạo"):
        world.candidates.add(world.desk.content.head(), "b", "", REVIEWER)
    go_on.set()
    first.join()
    assert codes == [0] and world.candidates.get(made.id).state is State.READY




def test_after_a_kill_another_start_goes_on_and_asks_nothing_twice(world, clock) -> None:
    made = world.candidates.add(world.desk.content.head(), "a", "", REVIEWER)
    assert world.candidates.claim(made.id, "killed")
    world.candidates.record(made.id, "killed", part="golden", result={"ok": True, "n": 1, "held": 1, "misses": []}, step="blast")
    world.candidates.record(made.id, "killed", against=against(serving(world.var)))
    assert world.job().run(made.id) == 3 and world.candidates.abandoned() is None
    clock.now += LEASE_SECONDS + 1
    assert world.candidates.abandoned().id == made.id
    asked = []
    world.trials.before_ask = lambda: asked.append(1)
    assert world.job().run(made.id) == 0
    assert world.candidates.get(made.id).state is State.READY and not asked


def test_a_job_that_lost_its_lease_writes_nothing_more(world, clock) -> None:
    made = world.candidates.add(world.desk.content.head(), "a", "", REVIEWER)
    world.candidates.claim(made.id, "first")
    clock.now += LEASE_SECONDS + 1
    assert world.candidates.claim(made.id, "second")
    assert not world.candidates.renew(made.id, "first")
    with pytest.raises(Refused):
        world.candidates.record(made.id, "first", part="golden", result={"ok": True})


def test_cancelling_ends_the_job_at_the_next_look(world) -> None:
    made = world.candidates.add(world.desk.content.head(), "a", "", REVIEWER)
    with world.desk.engine.begin() as connection:
        connection.execute(TURNS.insert(), [turn(n, f"câu {n}", float(n)) for n in range(40)])
    world.trials.before_ask = lambda: world.candidates.cancel(made.id)
    assert world.job().run(made.id) == 1
    found = world.candidates.get(made.id)
    assert found.state is State.FAILED and "hủy" in found.trouble
    assert world.candidates.add(world.desk.content.head(), "b", "", REVIEWER)


def test_cancelling_what_nobody_works_on_settles_it_at_once(world) -> None:
    made = world.candidates.add(world.desk.content.head(), "a", "", REVIEWER)
    world.candidates.cancel(made.id)
    assert world.candidates.get(made.id).state is State.FAILED


def test_content_that_cannot_be_built_says_why(world) -> None:
    def broken(tree):
        raise OSError(28, "No space left on device")

    made = world.candidates.add(world.desk.content.head(), "a", "", REVIEWER)
    assert world.job(build=broken).run(made.id) == 1
    found = world.candidates.get(made.id)
    assert found.state is State.FAILED and "đĩa" in found.trouble


def test_what_a_killed_trial_left_is_swept_away(world) -> None:
    for name in ("killed-live", "preview-open", "answers"):
        (world.var / "trials" / name).mkdir(parents=True)
    world.checked(REVIEWER)
    assert {path.name for path in (world.var / "trials").iterdir()} == {"preview-open", "answers"}


def test_the_gateway_starts_the_job_of_an_abandoned_candidate(world) -> None:
    made = world.candidates.add(world.desk.content.head(), "a", "", REVIEWER)

    async def watched() -> str:
        loop, started = asyncio.get_running_loop(), asyncio.Queue()
        desk = dataclasses.replace(world.desk, extra={"publish_start": lambda settings, candidate: loop.call_soon_threadsafe(started.put_nowait, candidate)})
        watching = asyncio.create_task(keep_going(desk, every=0.01))
        async with asyncio.timeout(30):
            found = await started.get()
        watching.cancel()
        return found

    assert asyncio.run(watched()) == made.id


def test_a_half_written_folder_is_written_again(world) -> None:
    folder = world.var / "content" / tree_name(world.desk.content.tree())
    (folder / "procedures").mkdir(parents=True)
    assert world.checked(REVIEWER).state is State.READY
    assert (folder / "golden" / "ong.yml").exists()
