"""The province that this installation serves: MOT_CUA_PROVINCE, a slug, and the file of data/ that is named after it."""

from __future__ import annotations

import os
import re

DEFAULT = "ca-mau"
SLUG = re.compile(r"[a-z]+(-[a-z]+)*")


def configured() -> str:
    """The slug. Raises ValueError for one that could not be a province's: it becomes part of a path."""
    slug = (os.environ.get("MOT_CUA_PROVINCE") or DEFAULT).strip()
    if not SLUG.fullmatch(slug):
        raise ValueError(f'MOT_CUA_PROVINCE is "{slug}"; expected an ASCII slug such as {DEFAULT}')
    return slug


try:
    PROVINCE = configured()
    """Read once: a process serves one province."""
except ValueError as error:
    raise SystemExit(str(error)) from None  # said plainly, before anything starts
CONTACTS_FILE = f"province/{PROVINCE}.yml"
"""Below data/: its code, its name, whom to ask."""
