"""16-bit floats only where the processor multiplies them."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.precision import has_bfloat16


@pytest.mark.parametrize(
    ("flags", "has"),
    [
        ("flags\t\t: fpu avx2 avx512f avx512_vnni", False),
        ("flags\t\t: fpu avx2 avx512f avx512_bf16 vaes", True),
        ("flags\t\t: amx_bf16 amx_tile", True),
        ("Features\t: fp asimd bf16 i8mm", True),
        ("flags\t\t: f16c bf16x", False),
    ],
)
def test_what_the_processor_says(tmp_path: Path, flags: str, has: bool) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(f"processor\t: 0\n{flags}\n", "utf-8")
    assert has_bfloat16(cpuinfo) is has


def test_a_system_that_does_not_say(tmp_path: Path) -> None:
    assert has_bfloat16(tmp_path / "none") is False
