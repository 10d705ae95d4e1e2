"""What an earlier build has read is read no more; what reads otherwise reads anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import spelt
from index.spelt import cached_reading, read

TEXTS = ["Hoà giải", "má mần khai sanh", "hoà giải", "Hoà giải", "kg bít", "nửa \ud83d chữ"]


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were read, in order."""
    made: list[str] = []
    monkeypatch.setattr(spelt, "read", lambda text: (made.append(text), read(text))[1])
    return made


def test_texts_are_read_once_and_stand_in_order(tmp_path: Path, readings: list[str]) -> None:
    expected = [read(text) for text in TEXTS]
    for _ in range(2):
        assert list(zip(*cached_reading(TEXTS, tmp_path, "v1", print), strict=True)) == expected
    assert readings == list(dict.fromkeys(TEXTS))
    cached_reading([*TEXTS, "thêm một"], tmp_path, "v1", print)
    assert readings[-1] == "thêm một" and len(readings) == len(set(TEXTS)) + 1


def test_another_version_reads_anew_and_leaves_one_file(tmp_path: Path, readings: list[str]) -> None:
    cached_reading(TEXTS, tmp_path, "v1", print)
    cached_reading(TEXTS, tmp_path, "v2", print)
    assert len(readings) == 2 * len(set(TEXTS)) and [path.name for path in tmp_path.iterdir()] == ["spelt-v2.json"]


@pytest.mark.parametrize("damage", [b"", b"{}", b"[[1]]", b"\xff\xfe"])
def test_a_cache_that_cannot_be_read_is_made_again(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "spelt-v1.json").write_bytes(damage)
    assert cached_reading(["Hoà giải"], tmp_path, "v1", print) == (["hòa giải"], [read("Hoà giải")[1]])
