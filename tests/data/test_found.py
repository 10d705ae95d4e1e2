"""Every reviewed record is found first by its own name, and by its code, in the release that is served."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.encoder import BundledEncoder
from index.procedure import Procedure
from index.release import current, open_release
from index.search import ProcedureSearch

from ..conversations.harness import ROOT, built


@pytest.fixture(scope="module")
def served() -> ProcedureSearch:
    return open_release(current(built(Path(os.environ.get("MOT_CUA_VAR") or ROOT / "var").absolute())), BundledEncoder())[0]


def test_every_record_is_found_first_by_its_name(served: ProcedureSearch, real_procedures: list[Procedure]) -> None:
    found = {procedure.code: served.search(procedure.name).hits[0].code for procedure in real_procedures}
    assert {code: hit for code, hit in found.items() if hit not in served.twins(code)} == {}


@pytest.mark.parametrize("written", ["{code}", "mã {code} cần giấy gì", "thu tuc {code}.000.00.00.H12 le phi"])
def test_every_record_is_found_by_its_code(served: ProcedureSearch, real_procedures: list[Procedure], written: str) -> None:
    assert [p.code for p in real_procedures if served.code_in(written.format(code=p.code)) != p.code] == []
    assert served.search(written.format(code=real_procedures[0].code)).hits[0].code == real_procedures[0].code
