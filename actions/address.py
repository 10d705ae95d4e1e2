"""A procedure -> where a citizen reads more: a path on the gateway, after MOT_CUA_PUBLIC_URL when the office has set one."""

from __future__ import annotations

import os

from index.procedure import Procedure

PAGE = "/thu-tuc/{code}"
CHECKLIST = PAGE + "/checklist"


def public(path: str) -> str:
    """The address under which the path is reached from outside; the path alone when the office has set none."""
    return f"{os.environ.get('MOT_CUA_PUBLIC_URL', '').strip().rstrip('/')}{path}"


def page_of(procedure: Procedure) -> str:
    """Where the whole record can be read."""
    return public(PAGE.format(code=procedure.code))


def checklist_of(procedure: Procedure) -> str:
    """Where its papers can be ticked off and printed."""
    return public(CHECKLIST.format(code=procedure.code))
