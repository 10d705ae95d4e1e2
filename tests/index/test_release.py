"""Releases: the same content gives the same one, a damaged one is refused in one line, the pointer moves at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from index import release
from index.catalogue import DataError
from index.imported import Imported
from index.post import Post, parse_post, read_post
from index.release import (
    ReleaseError,
    build,
    current,
    open_release,
    read_manifest,
    read_phrasings,
    read_procedures,
    use,
)
from index.search import ProcedureSearch

from ..small import BOATS, CARD, CONTACTS, FAQ, FILES, PHRASINGS, REGISTER, RENEW, HashedEncoder, raw, write_yaml


def made(data: Path, var: Path, encoder: HashedEncoder | None = None, **options) -> Path:
    return build(data, var, encoder or HashedEncoder(), log=lambda line: None, **options)


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


def test_a_release_holds_records_contacts_and_counts(data: Path, var: Path) -> None:
    folder = made(data, var)
    search, province, manifest = open_release(folder, HashedEncoder())
    assert sorted(search.procedures) == [REGISTER, RENEW, CARD]
    assert province["contacts"] == CONTACTS
    counts = {"procedures": 3, "reviewed": 3, "candidates": 4, "phrasings": 8}
    assert manifest["id"] == folder.name and manifest["counts"].items() >= counts.items()
    assert current(var) == folder


def test_a_release_carries_what_holds_for_all_that_goes_by_post(data: Path, var: Path) -> None:
    assert parse_post(open_release(made(data, var), HashedEncoder())[1]["post"]) == Post()
    row = {"id": "slip", "aspects": ["post_submit"], "text": "Ký phiếu.", "source": "Quyết định 1", "checked_on": "2026-01-01"}
    path = write_yaml(data / "province" / "post.yml", {"heading": "Quy định chung:", "rows": [row]})
    assert parse_post(open_release(made(data, var), HashedEncoder())[1]["post"]) == read_post(path)


def test_records_come_back_with_the_same_version(small_release: Path, procedures: dict) -> None:
    read = read_procedures(small_release)
    assert read == procedures
    assert {code: procedure.version for code, procedure in read.items()} == {code: procedure.version for code, procedure in procedures.items()}


def test_the_same_content_is_one_release_and_is_not_built_twice(data: Path, var: Path, tmp_path: Path) -> None:
    first, encoder = made(data, var), HashedEncoder()
    lines: list[str] = []
    assert build(data, var, encoder, log=lines.append) == first
    assert encoder.encoded == 0 and lines == [f"release {first.name}: nothing has changed"]
    assert made(data, tmp_path / "other").name == first.name


def test_a_change_of_content_or_encoder_makes_another_release(data: Path, var: Path) -> None:
    ids = {made(data, var).name, made(data, var, HashedEncoder("other")).name}
    write_yaml(data / "procedures" / FILES[REGISTER], raw(checked_on="2026-11-23"))
    ids.add(made(data, var).name)
    write_yaml(data / "phrasings" / "tat-ca.yml", {code: groups for code, groups in PHRASINGS.items() if code != BOATS})
    ids.add(made(data, var).name)
    ids.add(made(data, var, imported=Imported(use={REGISTER: 0.5})).name)
    assert len(ids) == 5


def test_only_new_texts_are_encoded(data: Path, var: Path) -> None:
    made(data, var)
    write_yaml(data / "phrasings" / "them.yml", {REGISTER: {"steps": ["xin nuôi ong rừng làm sao"]}})
    encoder = HashedEncoder()
    made(data, var, encoder)
    assert encoder.encoded == 1


def test_questions_of_the_faq_do_not_push_the_records_out_of_the_cache(data: Path, var: Path) -> None:
    write_yaml(data / "faq" / "ong-dot.yml", raw(FAQ))
    made(data, var)
    write_yaml(data / "phrasings" / "them.yml", {REGISTER: {"steps": ["xin nuôi ong rừng làm sao"]}})
    encoder = HashedEncoder()
    made(data, var, encoder)
    assert encoder.encoded == 1


@pytest.mark.parametrize("damage", [b"", b"not a file of arrays", None], ids=["empty", "foreign", "cut"])
def test_a_damaged_cache_is_encoded_again(data: Path, var: Path, damage: bytes | None) -> None:
    made(data, var)
    (cache,) = (var / "cache").glob("*.npz")
    cache.write_bytes(cache.read_bytes()[:-200] if damage is None else damage)
    write_yaml(data / "procedures" / FILES[REGISTER], raw(name="Đăng ký nuôi ong rừng"))
    encoder = HashedEncoder()
    made(data, var, encoder)
    assert encoder.encoded > 10


@pytest.mark.parametrize("name", ["procedures.jsonl", "heads.json", "candidates.json", "dense.faiss", "words.npz", "centroid.npz", "contacts.json"])
def test_a_damaged_file_is_named_in_one_line(data: Path, var: Path, name: str) -> None:
    folder = made(data, var)
    path = folder / name
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ReleaseError) as caught:
        open_release(folder, HashedEncoder())
    assert str(caught.value) == f"{path}: damaged (checksum differs from the manifest); run make release"


def test_a_damaged_release_is_built_again(data: Path, var: Path) -> None:
    folder = made(data, var)
    (folder / "passages.json").write_text("[]", "utf-8")
    assert made(data, var) == folder
    read_manifest(folder)


@pytest.mark.parametrize(("content", "message"), [
    (None, "not a whole release (FileNotFoundError"), ("", "not a whole release (JSONDecodeError"), ("{}", "not a whole release (KeyError"), ("[]", "not a whole release (TypeError"),
    ('{"format": 0}', "format 0, this program reads"),
])
def test_a_manifest_that_cannot_be_read_is_refused_in_one_line(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content, "utf-8")
    with pytest.raises(ReleaseError) as caught:
        read_manifest(tmp_path)
    assert message in str(caught.value) and str(caught.value).endswith("run make release") and "\n" not in str(caught.value)


@pytest.mark.parametrize("encoder", [HashedEncoder("other"), HashedEncoder(dim=32)], ids=["name", "dim"])
def test_another_encoder_is_refused(small_release: Path, encoder: HashedEncoder) -> None:
    with pytest.raises(ReleaseError, match=r"was built with encoder hashed \(dim 64\), settings name .*; run make release"):
        open_release(small_release, encoder)


def test_the_pointer_moves_to_a_new_release_and_back(data: Path, var: Path) -> None:
    first = made(data, var)
    write_yaml(data / "procedures" / FILES[REGISTER], raw(checked_on="2026-11-23"))
    second = made(data, var)
    assert current(var) == second
    assert use(var, first.name) == current(var) == first
    assert (var / "releases" / "current").is_symlink()
    assert sorted(path.name for path in (var / "releases").iterdir()) == sorted(["current", first.name, second.name])


def test_a_release_that_is_not_there_or_damaged_is_not_pointed_at(data: Path, var: Path) -> None:
    folder = made(data, var)
    with pytest.raises(ReleaseError, match="not a whole release"):
        use(var, "000000000000")
    with pytest.raises(ReleaseError, match="was built with encoder hashed, settings name other"):
        use(var, folder.name, "other")
    assert current(var) == folder


def test_without_a_release_the_remedy_is_told(var: Path) -> None:
    with pytest.raises(ReleaseError, match="no release; run make release"):
        current(var)


def test_bad_content_leaves_the_old_release_in_place(data: Path, var: Path) -> None:
    folder = made(data, var)
    write_yaml(data / "procedures" / FILES[REGISTER], raw(level="village"))
    with pytest.raises(DataError, match="level: is 'village'"):
        made(data, var)
    assert current(var) == folder


def test_a_folder_without_records_is_refused(data: Path, var: Path) -> None:
    for path in (data / "procedures").rglob("*.yml"):
        path.unlink()
    with pytest.raises(DataError, match="holds no procedure"):
        made(data, var)


def opened(data: Path, var: Path, **options) -> ProcedureSearch:
    return open_release(made(data, var, **options), HashedEncoder())[0]


def test_a_release_without_questions_of_others_answers(data: Path, var: Path) -> None:
    write_yaml(data / "phrasings" / "tat-ca.yml", {code: groups for code, groups in PHRASINGS.items() if code != BOATS})
    search = opened(data, var)
    assert search.codes == sorted(search.procedures) and search.loaded.all()
    assert search.search("đăng ký nuôi ong mật").hits[0].code == REGISTER


def test_a_procedure_with_questions_and_no_record_is_a_candidate_that_is_not_loaded(data: Path, var: Path) -> None:
    search = opened(data, var)
    assert search.codes == [REGISTER, RENEW, CARD, BOATS]
    assert search.loaded.tolist() == [True, True, True, False]
    assert BOATS not in search.procedures and search.code_in(BOATS) is None


def test_a_phrasing_that_names_nothing_is_not_searched(data: Path, var: Path) -> None:
    write_yaml(data / "phrasings" / "them.yml", {CARD: {"duration": ["mấy bữa có kết quả vậy"]}})
    passages = json.loads((made(data, var) / "passages.json").read_text("utf-8"))
    assert not any("mấy bữa có" in text for _, _, text in passages)
    assert any(code == BOATS for code, _, _ in passages)


def test_phrasings_are_gathered_by_code(data: Path) -> None:
    assert len(read_phrasings(data / "phrasings")[REGISTER]) == 3


@pytest.mark.parametrize(("arguments", "status", "said"), [
    (["list"], 0, "3 procedures hashed"), (["use", "{id}"], 0, "current: {id}"), (["use", "nothing"], 1, "not a whole release"),
])
def test_the_command_lists_and_moves_the_pointer(
    data: Path, var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture, arguments: list[str], status: int, said: str,
) -> None:
    folder = made(data, var)
    words = [word.format(id=folder.name) for word in arguments]
    monkeypatch.setattr("sys.argv", ["release", words[0], str(var), *words[1:]])
    assert release.main() == status
    printed = capsys.readouterr()
    assert said.format(id=folder.name) in printed.out + printed.err


def test_a_bad_file_ends_the_command_with_its_line(data: Path, var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    (data / "procedures" / FILES[CARD]).write_text(yaml.safe_dump(raw(level="x")), "utf-8")
    monkeypatch.setattr("sys.argv", ["release", "build", str(data), str(var)])
    monkeypatch.setattr(release, "BundledEncoder", HashedEncoder)
    assert release.main() == 1
    assert capsys.readouterr().err.count("\n") == 1
