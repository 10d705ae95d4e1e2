"""One setting says which province is served: its contacts, and whose own procedures count as another's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from index.province import configured

BUILD = """
import sys, dataclasses
from pathlib import Path
from index.imported import Imported
from index.release import build
from tests.small import BOATS, BEES_AGAIN, HashedEncoder, procedure
drafts = [dataclasses.replace(procedure(BEES_AGAIN), code=f"1.90010{n}", name=f"Nuôi chim loại {n}", province=slug, reviewed=False)
          for n, slug in enumerate(("ca-mau", "an-giang", None))]
print(build(Path(sys.argv[1]), Path(sys.argv[2]), HashedEncoder(), imported=Imported(tuple(drafts)), log=lambda line: None))
"""


def built(data: Path, var: Path, root: Path, slug: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "MOT_CUA_PROVINCE": slug, "PYTHONPATH": str(root)}
    return subprocess.run([sys.executable, "-c", BUILD, str(data), str(var)], env=env, capture_output=True, text=True, cwd=root, check=False)


def move(data: Path, slug: str, code: str) -> None:
    old = data / "province" / "ca-mau.yml"
    content = yaml.safe_load(old.read_text("utf-8"))
    (data / "province" / f"{slug}.yml").write_text(yaml.safe_dump({**content, "code": code}, allow_unicode=True), "utf-8")


@pytest.mark.parametrize(("slug", "foreign"), [("ca-mau", {"1.900101"}), ("an-giang", {"1.900100"})])
def test_the_configured_province_has_its_own_contacts_and_its_own_procedures(data: Path, tmp_path: Path, root: Path, slug: str, foreign: set[str]) -> None:
    move(data, "an-giang", "an-giang")
    made = built(data, tmp_path / "var", root, slug)
    assert made.returncode == 0, made.stderr
    folder = Path(made.stdout.strip())
    rows = json.loads((folder / "candidates.json").read_text("utf-8"))
    assert {row[0] for row in rows if row[4]} == foreign
    assert json.loads((folder / "contacts.json").read_text("utf-8"))["code"] == json.loads((folder / "manifest.json").read_text("utf-8"))["province"] == slug


@pytest.mark.parametrize(("slug", "code", "told"), [
    ("an-giang", None, "an-giang.yml"), ("an-giang", "ca-mau", "code: is 'ca-mau'; expected 'an-giang'"), ("../etc", None, "expected an ASCII slug"),
])
def test_a_province_without_its_file_is_refused_in_words(data: Path, tmp_path: Path, root: Path, slug: str, code: str | None, told: str) -> None:
    if code:
        move(data, slug, code)
    made = built(data, tmp_path / "var", root, slug)
    assert made.returncode != 0 and told in made.stderr


def test_ca_mau_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MOT_CUA_PROVINCE", raising=False)
    assert configured() == "ca-mau"
