"""Figures of use become numbers between 0 and 1."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.use import read_use


@pytest.mark.parametrize(("lines", "use"), [
    (["1.000001,0"], {}), (["1.000001,"], {}), (["1.000001,99999999"], {"1.000001": 1.0}), (["1.000001,1e12"], {"1.000001": 1.0}),
    (["1.000001,9999,khai sinh"], {"1.000001": 0.5}), (["1.000001,99", "1.000002,999"], {"1.000001": 0.25, "1.000002": 0.375}), ([], {}),
])
def test_use_is_the_logarithm_of_files_a_year(tmp_path: Path, lines: list[str], use: dict[str, float]) -> None:
    path = tmp_path / "use.csv"
    path.write_text("\n".join(["code,weight,name", *lines, ""]), "utf-8")
    assert read_use(path) == pytest.approx(use)


def test_without_figures_nothing_is_known_of_use(tmp_path: Path) -> None:
    assert read_use(tmp_path / "use.csv") == {}
