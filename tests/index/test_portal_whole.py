"""What answers shorten is kept: every word of a source's steps and conditions, and each text that was cut, is on the readable page."""

from __future__ import annotations

import html
import json
import lzma
import re
from pathlib import Path
from typing import Any

import pytest

from bot.channels.procedure_page import procedure_page
from index.portal_record import draft
from index.portal_text import lines, strings
from index.portal_whole import in_full
from index.procedure import Whole

from .portal_rows import DAY, case, drafted, fee, method, paper
from .test_portal_record import stored

CATALOGUE = Path(__file__).parents[3] / "shared" / "catalogue" / "portal-api.jsonl.xz"
LONG = "Ảnh chụp thùng ong đặt sát vườn nhà hàng xóm ở ấp trên, " * 12 + "có dấu của trạm ong."


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def shown(procedure: Any) -> str:
    page = procedure_page(procedure, DAY, {"name": "Trung tâm"})
    return " ".join(words_of(html.unescape(re.sub(r"<[^>]+>", " ", page))))


STEPS = [
    ([{"name": "Bước 1", "description": "Nộp đơn. Cán bộ xem.\n- Thiếu thì bổ sung"}, {"name": "Nhận kết quả.", "description": "Trả giấy."}],
     (("Nộp đơn. Cán bộ xem.", "Thiếu thì bổ sung"), ("Nhận kết quả", "Trả giấy."))),
    ([{"name": None, "description": "Bước 1: Nộp đơn. Cán bộ xem.\nBa ngày\nBước 2: Trả giấy."}], (("Bước 1: Nộp đơn. Cán bộ xem.", "Ba ngày"), ("Bước 2: Trả giấy.",))),
    ([{"name": None, "description": "Nộp đơn. Cán bộ xem.\nTrả giấy."}], (("Nộp đơn. Cán bộ xem.",), ("Trả giấy.",))),
    ([{"name": None, "description": "\n".join(f"Bước {n}: việc thứ {n} của trại ong" for n in range(1, 13))}],
     tuple((f"Bước {n}: việc thứ {n} của trại ong",) for n in range(1, 13))),
]


@pytest.mark.parametrize(("given", "kept"), STEPS)
def test_every_line_of_a_step_is_kept(given: list[dict[str, Any]], kept: tuple[tuple[str, ...], ...]) -> None:
    record, _ = drafted(executionSteps=given)
    assert record.whole is not None and record.whole.steps == kept
    assert record == stored(record)
    page = shown(record)
    assert all(" ".join(words_of(re.sub(r"^Bước \d+: ", "", line))) in page for step in kept for line in step)


def test_a_record_that_says_everything_carries_no_second_text() -> None:
    plain, _ = drafted(executionSteps=[{"name": None, "description": "Nộp đơn\nTrả giấy"}])
    assert plain.whole is None and in_full(plain) is plain


def test_cut_texts_are_found_again() -> None:
    record, findings = drafted(
        executionSteps=[{"name": None, "description": "Nộp đơn"}], requirementsAndConditions="\n".join(["- " + LONG, *(f"- Điều {n} là một" for n in range(20))]),
        executionCases=[case("", paper("- " + LONG))], executionMethods=[method("DIRECT", 5, "WORKING_DAY", None, fee(50000, LONG))], resultsDetails=[{"name": LONG}],
    )
    full = in_full(record)
    assert record.documents[0].name.endswith("…") and full.documents[0].name == LONG
    assert (full.fees[0].note, full.result[0]) == (LONG, LONG)
    assert len(full.conditions) == 21 and full.conditions[0] == LONG
    assert {finding.part for finding in findings if finding.kind == "shortened"} >= {"documents", "conditions"}
    assert not [text for text in strings([full.overview and full.documents[0].name, full.fees[0].note, *full.conditions]) if text.endswith("…")]


def test_a_cut_that_the_source_made_itself_stays() -> None:
    record, _ = drafted(executionCases=[case("", paper("Đơn của hộ nuôi ong……"))])
    assert in_full(record).documents[0].name == "Đơn của hộ nuôi ong……"


def test_the_whole_text_of_the_old_order_is_warned_of_on_the_page() -> None:
    record, _ = drafted(executionSteps=[{"name": "Nộp đơn", "description": "Nộp đơn. Phòng nông nghiệp của UBND huyện xem."}])
    assert record.warning("steps") is None and isinstance(record.whole, Whole)
    assert "cấp huyện đã bỏ từ ngày 1 7 2025" in shown(record)


@pytest.mark.skipif(not CATALOGUE.exists(), reason="the national catalogue is not there")
def test_no_word_of_the_catalogues_steps_and_conditions_is_lost() -> None:
    """Of every 40th record, on the page itself."""
    seen = 0
    with lzma.open(CATALOGUE, "rt") as file:
        for n, line in enumerate(file):
            drawn = draft(json.loads(line), DAY, "ca-mau") if n % 40 == 0 else None
            if drawn is None:
                continue
            seen += 1
            detail, page = json.loads(line)["detail"], shown(drawn[0])
            source = [row.get("description") for row in detail.get("executionSteps") or []]
            source += [] if drawn[0].unknown_reason("conditions") else [detail.get("requirementsAndConditions")]
            for said in (said for text in source for said in lines(text)):
                said = re.sub(r"^\W*bước\s*\d+\W*", "", said, flags=re.I)
                assert " ".join(words_of(said)) in page, (drawn[0].code, said)
    assert seen > 100
