from __future__ import annotations

import asyncio
from pathlib import Path

from bot.gateway.models import ModelWatch, read_pointer

from .harness import point_to, write_model


def test_link_or_text_file(tmp_path: Path) -> None:
    assert read_pointer(tmp_path) is None
    model = write_model(tmp_path / "models" / "m1")
    (tmp_path / "models" / "current").write_text("m1\n")
    assert read_pointer(tmp_path).model == model
    (tmp_path / "models" / "current").write_text("gone")
    assert read_pointer(tmp_path) is None
    for bad in (b"", b"\xff\xfe", b"a\0b"):
        (tmp_path / "models" / "current").write_bytes(bad)
        assert read_pointer(tmp_path) is None
    point_to(tmp_path, model)
    assert read_pointer(tmp_path).model == model


def test_watch_swaps_on_change_on_rewrite_and_on_wake(tmp_path: Path) -> None:
    async def run() -> list[str]:
        swapped: list[str] = []

        async def swap(model: Path) -> bool:
            swapped.append(model.name)
            if len(swapped) == 1:
                raise RuntimeError("a bad swap must not end the watch")
            return True

        point_to(tmp_path, write_model(tmp_path / "models" / "m1"))
        watch = ModelWatch(tmp_path, swap, read_pointer(tmp_path), every=0.01)
        task = asyncio.create_task(watch.run())

        async def until(count: int) -> None:
            async with asyncio.timeout(5):
                while len(swapped) < count:
                    await asyncio.sleep(0.005)

        await asyncio.sleep(0.1)
        assert not swapped
        point_to(tmp_path, write_model(tmp_path / "models" / "m2"))
        await until(1)
        write_model(tmp_path / "models" / "m2", "name=written anew")
        await until(2)
        watch.wake()
        await until(3)
        await asyncio.sleep(0.1)
        task.cancel()
        return swapped

    assert asyncio.run(run()) == ["m2", "m2", "m2"]


def test_a_release_that_stays_renews_the_engines_once(tmp_path: Path) -> None:
    release, swapped = ["a"], []

    async def swap(model: Path) -> bool:
        swapped.append((model.name, release[0]))
        return len(swapped) != 2  # one that fails is not tried again for the same release

    async def run() -> None:
        point_to(tmp_path, write_model(tmp_path / "models" / "m1"))
        watch = ModelWatch(tmp_path, swap, read_pointer(tmp_path), 0.01, lambda: release[0], renew_after=0.3)
        task = asyncio.create_task(watch.run())
        await asyncio.sleep(0.5)
        assert not swapped
        for _ in range(5):  # to and fro, faster than it waits
            release[0] = "b" if release[0] == "a" else "a"
            await asyncio.sleep(0.05)
        release[0] = "a"  # taken back: what the engines share serves again
        await asyncio.sleep(0.5)
        assert not swapped
        for name in "bcd":
            release[0] = name
            await asyncio.sleep(0.7)
        task.cancel()

    asyncio.run(run())
    assert swapped == [("m1", "b"), ("m1", "c"), ("m1", "d")]


def test_a_release_and_a_model_that_change_together_swap_once(tmp_path: Path) -> None:
    release, swapped = ["a"], []

    async def swap(model: Path) -> bool:
        swapped.append(model.name)
        return True

    async def run() -> None:
        point_to(tmp_path, write_model(tmp_path / "models" / "m1"))
        watch = ModelWatch(tmp_path, swap, read_pointer(tmp_path), 0.01, lambda: release[0], renew_after=0.2)
        task = asyncio.create_task(watch.run())
        release[0] = "b"
        point_to(tmp_path, write_model(tmp_path / "models" / "m2"))
        await asyncio.sleep(0.6)
        release[0] = None  # no release serves: what runs stays
        await asyncio.sleep(0.4)
        task.cancel()

    asyncio.run(run())
    assert swapped == ["m2"]
