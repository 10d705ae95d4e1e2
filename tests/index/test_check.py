"""`make check-data` over the small content: every problem is told, explained differences are notes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from index import check as module
from index.check import check

from ..small import BEES_AGAIN, BOATS, CARD, FILES, LIBRARY_CARD, PHRASINGS, REGISTER, RENEW, SWARM, raw, write_yaml
from .test_portal import row

DAY = date(2026, 6, 1)


@pytest.fixture
def data(data: Path) -> Path:
    """Without a fee row that has run out."""
    write_yaml(data / "procedures" / FILES[REGISTER], raw(fees=[{"name": "Lệ phí", "amount_vnd": 50000}]))
    return data


def problems(data: Path, day: date = DAY, **options) -> list[str]:
    return check(data, day, **options)[0]


def test_good_content_has_no_problems(data: Path) -> None:
    found, notes = check(data, DAY)
    assert found == []
    assert notes == ["province/ca-mau.yml: commune is without address, phone, hours", "province/ca-mau.yml: library is without hours"]


def test_a_bad_file_is_told_and_the_others_are_read(data: Path) -> None:
    write_yaml(data / "procedures" / FILES[REGISTER], raw(level="village"))
    write_yaml(data / "procedures" / FILES[CARD], raw(LIBRARY_CARD, steps=[]))
    found = problems(data)
    assert any("level: is 'village'" in line for line in found) and any("steps: is empty" in line for line in found)


@pytest.mark.parametrize(("change", "message"), [
    ({"contact": "nobody"}, "contact: is 'nobody'; expected one of commune, library"),
    ({"steps": ["Nộp tại UBND huyện."]}, "stale word 'UBND huyện'"),
    ({"documents": [{"name": "Sổ hộ khẩu"}]}, "stale word 'Sổ hộ khẩu'"),
    ({"overview": "Do Phòng Tư pháp cấp"}, "stale word 'Phòng Tư pháp'"),
    ({"effective_to": "2026-05-31"}, "record expired on 2026-05-31"),
    ({"fees": [{"name": "a", "amount_vnd": 1, "effective_to": "2026-05-31"}]}, "fees[0] expired on 2026-05-31"),
])
def test_what_is_out_of_date_or_unknown_is_a_problem(data: Path, change: dict, message: str) -> None:
    path = write_yaml(data / "procedures" / FILES[REGISTER], raw(**{"fees": [{"name": "a", "amount_vnd": 1}], **change}))
    (line,) = problems(data)
    assert line.startswith(f"{path}: ") and message in line


@pytest.mark.parametrize("alias", ["làm lại sổ hộ khẩu", "xin ở phòng tư pháp"])
def test_stale_words_may_stand_where_people_say_them(data: Path, alias: str) -> None:
    write_yaml(data / "procedures" / FILES[RENEW], raw(BEES_AGAIN, aliases=[alias]))
    assert problems(data) == []


@pytest.mark.parametrize(("end", "told"), [("2026-06-01", "note"), ("2026-07-31", "note"), ("2026-08-01", "nothing"), ("2026-05-31", "problem")])
def test_what_ends_within_sixty_days_is_noted(data: Path, end: str, told: str) -> None:
    write_yaml(data / "procedures" / FILES[REGISTER], raw(fees=[{"name": "a", "amount_vnd": 1, "effective_to": end}]))
    found, notes = check(data, DAY)
    assert (bool(found), any(f"expires on {end}" in note for note in notes)) == (told == "problem", told == "note")


ROW = {"id": "slip", "aspects": ["post_submit"], "text": "Ký phiếu.", "source": "Quyết định 1", "checked_on": "2026-01-01"}


@pytest.mark.parametrize(("end", "told"), [("2026-06-01", "note"), ("2026-07-31", "note"), ("2026-08-01", "nothing"), ("2026-05-31", "problem")])
@pytest.mark.parametrize(("file", "content", "where"), [
    ("province/post.yml", lambda end: {"heading": "Quy định chung:", "rows": [ROW, {**ROW, "id": "b", "effective_to": end}]}, "rows[1].effective_to"),
    ("province/holidays.yml", lambda end: {"confirmed_from": "2020-01-01", "confirmed_until": end}, "confirmed_until"),
    ("families.yml", lambda end: [{"id": "a", "members": {"b": {"effective_to": end}}}], "[0].members.b.effective_to"),
])
def test_what_other_files_date_is_told_the_same_way(data: Path, file: str, content: Callable[[str], object], where: str, end: str, told: str) -> None:
    path = write_yaml(data / file, content(end))
    found, notes = check(data, DAY)
    assert found == ([f"{path}: {where} expired on {end}"] if told == "problem" else [])
    assert (f"{path}: {where} expires on {end}" in notes) == (told == "note")


@pytest.mark.parametrize(("file", "content", "message"), [
    ("province/post.yml", {"rows": []}, "expected heading and rows"), ("province/holidays.yml", {"confirmed_until": "cuối năm"}, "confirmed_until: is 'cuối năm'; expected a day"),
])
def test_a_file_of_the_province_that_cannot_be_read_is_a_problem(data: Path, file: str, content: object, message: str) -> None:
    path = write_yaml(data / file, content)
    (line,) = problems(data)
    assert line.startswith(f"{path}: ") and message in line


def test_a_code_in_two_files_is_a_problem(data: Path) -> None:
    write_yaml(data / "procedures" / "khac" / "2.900003-khac.yml", LIBRARY_CARD)
    (line,) = problems(data)
    assert "code 2.900003 is already in" in line


@pytest.mark.parametrize(("extra", "message"), [
    ({"1.00119": {"fees": ["tốn nhiêu"]}}, "phrasings: '1.00119'; expected a code such as 1.001193"),
    ({CARD: {"fees": ["Muốn nuôi ong  thì cần giấy gì"]}}, "already stands under 1.900001"),
    ({CARD: {"fees": ["câu mới", "câu mới"]}}, "already stands under 2.900003"),
    ({CARD: {"colour": ["câu mới"]}}, "key 'colour'"),
])
def test_phrasings_name_known_codes_and_stand_once(data: Path, extra: dict, message: str) -> None:
    write_yaml(data / "phrasings" / "zz.yml", extra)
    (line,) = problems(data)
    assert message in line


@pytest.mark.parametrize(("codes", "told"), [([BOATS], []), ([], [f"phrasings: {BOATS!r} is neither a record of ours nor in the catalogue"])])
def test_with_a_catalogue_questions_of_what_is_not_loaded_need_a_code_of_it(data: Path, tmp_path: Path, codes: list[str], told: list[str]) -> None:
    file = catalogue(tmp_path, *(row(code) for code in codes))
    assert [line for line in problems(data, catalogue=file) if line.startswith("phrasings")] == told
    assert [line for line in problems(data, only=["van-hoa"], catalogue=file) if BOATS in line] == told


def catalogue(tmp_path: Path, *rows: dict) -> Path:
    path = tmp_path / "portal.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
    return path


AGREES = {"fees": [{"name": "Lệ phí", "amount_vnd": 30000}, {"name": "Lệ phí", "amount_vnd": 50000}, {"name": "Lệ phí", "amount_vnd": 100000}]}
DIFFERS = {**AGREES, "conditions": ["Cách khu dân cư 300 mét."]}
REASON = {"field": "conditions", "value": "ours number 300", "reason": "đo lại"}


@pytest.mark.parametrize(("change", "message"), [
    (AGREES, None),
    (DIFFERS, "differs from the catalogue; fix it or add to differences: - {field: conditions, value: 'ours number 300', reason: ...}"),
    ({**DIFFERS, "differences": [REASON]}, None),
    ({**DIFFERS, "differences": [{**REASON, "value": "ours number 400"}]}, "differs from the catalogue"),
    ({**AGREES, "differences": [REASON]}, "differences: conditions 'ours number 300' is not a difference (any more)"),
])
def test_a_difference_from_the_catalogue_needs_its_reason(data: Path, tmp_path: Path, change: dict, message: str | None) -> None:
    write_yaml(data / "procedures" / FILES[REGISTER], raw(**change))
    found = problems(data, catalogue=catalogue(tmp_path, row(), row(BOATS)))
    assert any(message in line for line in found) if message else found == []


def test_reasons_and_records_out_of_the_catalogue_are_noted(data: Path, tmp_path: Path) -> None:
    write_yaml(data / "procedures" / FILES[REGISTER], raw(**DIFFERS, differences=[REASON]))
    notes = check(data, DAY, catalogue=catalogue(tmp_path, row(), row(BOATS)))[1]
    assert any("conditions: ours number 300 (đo lại)" in note for note in notes)
    assert sum("not in the catalogue" in note for note in notes) == 2


def test_a_life_event_of_a_procedure_without_a_record_is_a_problem(data: Path) -> None:
    path = write_yaml(data / "life_events" / f"{SWARM['id']}.yml", SWARM)
    assert problems(data) == []
    (data / "procedures" / FILES[RENEW]).unlink()
    assert f"{path}: {RENEW} has no reviewed record; expected a code of data/procedures" in problems(data)
    assert problems(data, only=["chan-nuoi"]) == []


def test_only_the_named_folders_are_read(data: Path) -> None:
    write_yaml(data / "procedures" / FILES[REGISTER], raw(level="village"))
    assert problems(data, only=["van-hoa"]) == []


def test_the_small_world_uses_what_it_declares() -> None:
    assert set(PHRASINGS) - {BOATS} == set(FILES) and BOATS not in FILES


@pytest.mark.parametrize(("level", "status", "last"), [
    ("commune", 0, "0 problems, 2 notes; not compared: no catalogue file\n"), ("village", 1, "notes; not compared: no catalogue file\n"),
])
def test_the_command_ends_with_one_when_there_is_a_problem(
    data: Path, level: str, status: int, last: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture,
) -> None:
    write_yaml(data / "procedures" / FILES[REGISTER], raw(level=level, fees=[{"name": "a", "amount_vnd": 1}]))
    monkeypatch.setattr("sys.argv", ["check", str(data), "--as-of", "2026-06-01", "--catalogue", str(data / "none.jsonl")])
    assert module.main() == status
    assert capsys.readouterr().out.endswith(last)
