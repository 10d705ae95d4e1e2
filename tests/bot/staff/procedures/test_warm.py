"""The list of procedures is read before anybody asks for it, so that the first to open it does not wait for every file."""

from __future__ import annotations

import asyncio

from bot.staff import late
from bot.staff.procedures import listing, official
from bot.staff.procedures.editor import day_of
from bot.staff.procedures.record import read_record

from ....small import FILES, REGISTER
from ..conftest import person
from .conftest import OTHER

CACHES = (read_record, listing._words, official._all)


def emptied() -> None:
    for cache in CACHES:
        cache.cache_clear()
    listing._KNOWN.clear()


def misses() -> list[int]:
    """How often something had to be read."""
    return [cache.cache_info().misses for cache in CACHES] + [len(listing._KNOWN)]


def test_the_app_reads_the_list_by_itself_and_whoever_opens_it_reads_nothing(office, browse) -> None:  # noqa: ANN001
    emptied()

    async def opened() -> None:
        app = late.LateStaffApp(office.engine, office.settings, office.data_dir)
        running = asyncio.create_task(app.run(after=0))
        while len(listing._KNOWN) < len(FILES):
            assert not running.done(), "ended before the list was read"
            await asyncio.sleep(0.01)
        running.cancel()

    asyncio.run(asyncio.wait_for(opened(), 60))
    before = misses()
    page = browse(office, "auditor").get("/procedures").text
    assert REGISTER in page and OTHER in page and "Cảnh báo theo loại" in page
    assert misses()[:3] == before[:3] and min(before) > 0


def test_a_record_that_is_saved_is_read_by_the_next_round(office) -> None:  # noqa: ANN001
    emptied()
    path = f"procedures/{FILES[REGISTER]}"
    round_ = lambda: listing.warm(office.content, office.engine, office.settings.var, day_of(office))  # noqa: E731
    assert round_() == len(FILES) + 1
    before = misses()
    assert round_() == len(FILES) + 1 and misses() == before
    now = office.content.read(path)
    office.content.save(path, now.text.replace("Đăng ký", "Ghi danh", 1), base=now.id, who=person("curator"), why="Đổi tên")
    round_()
    assert read_record.cache_info().misses == before[0] + 1


def test_a_list_that_cannot_be_read_does_not_end_the_other_chores(office, monkeypatch) -> None:  # noqa: ANN001
    tries = []

    def broken(*_: object) -> int:
        tries.append(1)
        raise ValueError("odd catalogue")

    monkeypatch.setattr(listing, "warm", broken)

    async def kept() -> None:
        running = asyncio.create_task(late.keep_warm(office, 0.01))
        while len(tries) < 3:
            assert not running.done()
            await asyncio.sleep(0.01)
        running.cancel()

    asyncio.run(asyncio.wait_for(kept(), 60))
