"""The reading as the page starts it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import sqlalchemy as sa

from bot.staff.imports.tables import IMPORTS
from bot.staff.imports.upload import keep_upload

from .test_pages import NEW, packed


def test_the_process_reads_the_file_and_ends(service_url, desk, tmp_path, root) -> None:
    var = desk.settings.var
    import io

    keep_upload(io.BytesIO(packed(NEW)), "a.jsonl.xz", var, "one")
    with desk.engine.begin() as connection:
        connection.execute(IMPORTS.insert().values(id="one", file="a.jsonl.xz", by="x", by_name="x", at=1.0, beat=1.0, state="reading"))
    env = {**os.environ, "MOT_CUA_VAR": str(var), "DATABASE_URL": service_url}
    done = subprocess.run([sys.executable, "-m", "bot.staff.imports.job", "one"], cwd=root, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with desk.engine.connect() as connection:
        row = connection.execute(sa.select(IMPORTS)).one()
    assert row.state == "ready" and row.done == len(NEW) and '"rows": 4' in row.summary
    again = subprocess.run([sys.executable, "-m", "bot.staff.imports.job", "none"], cwd=root, env=env, capture_output=True, text=True)
    assert again.returncode == 1 and "no such import" in again.stderr
