"""Long work in a process of its own, so that a citizen's answer never waits for it: a module and its arguments in, a process out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

from bot.gateway.settings import ROOT, Settings

POLITE = 10
"""Nice value."""


def start(settings: Settings, module: str, *arguments: str, more: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """`python -m module arguments`, below everything else in the queue for the processor, ended by nobody but itself. It finds the
    databases through the same environment as this process."""
    env = {**os.environ, "MOT_CUA_VAR": str(settings.var), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **(more or {})}
    if settings.database_url:
        env["DATABASE_URL"] = settings.database_url
    command = ["nice", "-n", str(POLITE), sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, start_new_session=True)
