"""Going live and back: four eyes, one atomic move, kills in the middle, two publishers at once, and what is kept on the disk."""

from __future__ import annotations

import threading

import pytest

from bot.staff.publish import approval, served
from bot.staff.publish.candidates import Refused, State
from bot.staff.publish.served import PARTS, Served, serving
from index.data_folder import data_folder
from index.release import build, current

from ....small import HashedEncoder
from ..conftest import person

CURATOR, REVIEWER, PUBLISHER, OTHER = person("curator"), person("reviewer"), person("publisher"), person("publisher", 2)


def approved(world, who=PUBLISHER, **more):
    made = world.checked(REVIEWER, **more)
    approval.approve(world.candidates, made, who, "đã xem", world.desk.content, world.live, world.desk.clock())
    return world.candidates.get(made.id)


def test_nobody_approves_what_they_made_or_wrote(world) -> None:
    world.edit(OTHER)
    made = world.checked(PUBLISHER)
    for who, told in ((PUBLISHER, "người tạo"), (OTHER, "do anh/chị sửa"), (REVIEWER, "chưa được giao quyền")):
        with pytest.raises(Refused, match=told):
            approval.approve(world.candidates, made, who, "", world.desk.content, world.live, 0.0)
    third = person("publisher", 3)
    assert approval.approve(world.candidates, made, third, "", world.desk.content, world.live, 0.0).state is State.APPROVED


def test_what_is_not_approved_does_not_go_live(world) -> None:
    before = serving(world.var)
    with pytest.raises(Refused, match="chưa được duyệt"):
        world.live.go_live(world.checked(REVIEWER).id, PUBLISHER, "")
    assert serving(world.var) == before and world.live.journal() == []


def test_release_model_and_content_go_live_together_and_back(world) -> None:
    first = serving(world.var)
    world.edit(CURATOR)
    candidate = approved(world)
    world.live.go_live(candidate.id, PUBLISHER, "")
    assert serving(world.var) == Served(candidate.release_id, "m1.tar.gz", candidate.tree)
    assert current(world.var).name == candidate.release_id
    assert data_folder(world.var, world.data) == (world.var / "content" / candidate.tree).resolve()
    assert world.candidates.get(candidate.id).state is State.LIVE and world.live.snapshot() == candidate.snapshot
    found, *_ = reversed(world.live.journal())
    assert (found.kind, found.served) == ("found", first)
    world.live.roll_back(found.id, OTHER, "trả lời sai")
    assert serving(world.var) == first and data_folder(world.var, world.data) == world.data
    assert world.candidates.get(candidate.id).state is State.RETIRED
    again = next(entry for entry in world.live.journal() if entry.kind == "live")
    world.live.roll_back(again.id, OTHER, "nhầm")
    assert serving(world.var).release_id == candidate.release_id and world.candidates.get(candidate.id).state is State.LIVE


def test_what_was_checked_against_another_release_must_be_checked_again(world) -> None:
    world.edit(CURATOR)
    stale = approved(world)
    world.edit(CURATOR, '"3.900011": {overview: [xin mở chợ nổi]}')
    world.live.go_live(approved(world).id, PUBLISHER, "")
    with pytest.raises(Refused, match="Kiểm tra lại"):
        world.live.go_live(stale.id, PUBLISHER, "")


def test_two_publishers_at_once_publish_once(world) -> None:
    candidate = approved(world)
    world.edit(CURATOR)
    told, start = [], threading.Barrier(2)

    def publish(who) -> None:
        start.wait()
        try:
            world.live.go_live(candidate.id, who, "")
        except Refused as error:
            told.append(str(error))

    threads = [threading.Thread(target=publish, args=(who,)) for who in (PUBLISHER, OTHER)]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
    assert len(told) == 1 and [entry.kind for entry in world.live.journal()].count("live") == 1


class Killed(BaseException):
    pass


@pytest.mark.parametrize("calls", range(9))
def test_killed_anywhere_the_old_or_the_new_serves_whole_and_another_start_goes_on(world, monkeypatch, calls) -> None:
    before = serving(world.var)
    world.edit(CURATOR)
    candidate = approved(world)
    wanted = Served(candidate.release_id, candidate.model, candidate.tree)
    left = [calls]
    real = served._link

    def link(place, target) -> None:
        assert serving(world.var) in (before, wanted)
        if left[0] == 0:
            raise Killed
        left[0] -= 1
        real(place, target)

    with monkeypatch.context() as patch:
        patch.setattr(served, "_link", link)
        try:
            world.live.go_live(candidate.id, PUBLISHER, "")
        except Killed:
            pass
    assert serving(world.var) in (before, wanted)
    world.live.settle()
    assert serving(world.var) == wanted and world.candidates.get(candidate.id).state is State.LIVE
    assert [entry.state for entry in world.live.journal()] == ["done", "done"]
    world.live.settle()
    assert len(world.live.journal()) == 2


def test_a_later_publication_moves_one_pointer_only(world, monkeypatch) -> None:
    world.live.go_live(approved(world).id, PUBLISHER, "")
    world.edit(CURATOR)
    candidate, moved = approved(world), []
    real = served._link
    monkeypatch.setattr(served, "_link", lambda place, target: (moved.append((place, serving(world.var))), real(place, target)))
    world.live.go_live(candidate.id, PUBLISHER, "")
    before = serving(world.var)
    assert moved[0][0] == world.var / "live" / "current" and all(after == before for _, after in moved[1:])
    assert all((world.var / part / "current").readlink().as_posix().startswith("../live/") for part in PARTS)


def test_a_release_built_by_hand_is_taken_in_by_the_next_publication(world) -> None:
    world.live.go_live(approved(world).id, PUBLISHER, "")
    build(world.data, world.var, HashedEncoder(), log=lambda line: None)  # as make release does
    (world.data / "phrasings" / "tat-ca.yml").open("a", encoding="utf-8").write('"3.900012": {overview: [xin đốt đồng]}\n')
    by_hand = build(world.data, world.var, HashedEncoder(), log=lambda line: None).name
    assert serving(world.var).release_id == by_hand
    world.edit(CURATOR)
    candidate = approved(world)
    world.live.go_live(candidate.id, PUBLISHER, "")
    assert serving(world.var).release_id == candidate.release_id
    assert by_hand in {entry.release_id for entry in world.live.journal()}


def test_a_damaged_release_is_not_gone_back_to(world) -> None:
    world.live.go_live(approved(world).id, PUBLISHER, "")
    world.edit(CURATOR)
    world.live.go_live(approved(world).id, PUBLISHER, "")
    old = world.live.journal()[-1]
    (world.var / "releases" / old.release_id / "passages.json").write_text("[]", "utf-8")
    before = serving(world.var)
    with pytest.raises(Refused, match="không còn đủ tệp"):
        world.live.roll_back(old.id, PUBLISHER, "thử")
    assert serving(world.var) == before


def test_old_releases_go_but_those_that_may_be_needed_stay(world) -> None:
    foreign = world.var / "releases" / "by-hand"
    foreign.mkdir()
    served_before = []
    for n in range(4):
        world.edit(CURATOR, f'"3.90002{n}": {{overview: [xin mở hội số {n}]}}')
        candidate = approved(world)
        world.live.go_live(candidate.id, PUBLISHER, "")
        served_before.append(candidate.release_id)
    world.edit(CURATOR, '"3.900030": {overview: [xin trồng đước]}')
    waiting = world.checked(REVIEWER)
    gone = world.live.prune(keep=2)
    here = {path.name for path in (world.var / "releases").iterdir()}
    assert {*served_before[2:], waiting.release_id, "by-hand"} <= here
    assert not {*served_before[:2]} & here and set(served_before[:2]) <= set(gone)
    assert (world.var / "models" / "m1.tar.gz").exists() and world.live.prune(keep=2) == []


