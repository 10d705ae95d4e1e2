"""axe-core on what a page shows, shadow roots included: page in, findings out, one line each.

The rules run through the debugger, not through a script tag, so the page keeps the Content-Security-Policy that citizens get.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
_RUN = """async ({within, tags, off, only}) => {
  const rules = {"target-size": {enabled: true}};
  for (const rule of off) rules[rule] = {enabled: false};
  const found = await axe.run(within ?? document, {
    runOnly: only.length ? {type: "rule", values: only} : {type: "tag", values: tags}, rules: only.length ? {} : rules, resultTypes: ["violations", "incomplete", "passes"], preload: false,
  });
  const plain = (list) => list.flatMap(({id, impact, nodes}) => nodes.map(({target, failureSummary, any, all, none}) => ({
    id, impact, target: target.flat().join(" >> "),
    summary: failureSummary ?? [...any, ...all, ...none].map((check) => check.message).join(" "),
  })));
  return {violations: plain(found.violations), incomplete: plain(found.incomplete), passed: found.passes.map(({id}) => id)};
}"""


@cache
def _source() -> str:
    return AXE.read_text("utf-8")


def require_axe() -> None:
    """Missing: a reason to skip on a desk, a failure in CI."""
    if not AXE.exists():
        reason = "node_modules/axe-core is missing (npm ci)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


def run(page: Page, within: str | None = None, off: Sequence[str] = (), only: Sequence[str] = ()) -> dict[str, Any]:
    """{"violations", "incomplete": rows {id, impact, target, summary}, "passed": ids}.

    within: CSS selector of the part to look at. off: rules left out; each one needs its reason beside the call.
    only: these rules and no others, where the others have just been run on the same content.
    """
    require_axe()
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{_source()}; undefined")
    return page.evaluate(_RUN, {"within": within, "tags": TAGS, "off": list(off), "only": list(only)})


def violations(page: Page, within: str | None = None, off: Sequence[str] = (), only: Sequence[str] = ()) -> list[str]:
    """What breaks a rule of WCAG 2.0 to 2.2 A and AA or a best practice: "rule (impact) at target: what to do"."""
    rows = run(page, within, off, only)["violations"]
    return [f"{row['id']} ({row['impact']}) at {row['target']}: {' '.join(row['summary'].split())}" for row in rows]
