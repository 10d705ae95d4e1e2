"""The imported national catalogue beside our records: one code's official record, and the list of all codes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from index.catalogue import IMPORT_ONLY
from index.content_tables import HEADS, REVISIONS, Store, StoreError, open_store
from index.finding import Finding
from index.importer import PROVINCE, database_url
from index.portal import PortalFacts, facts_of
from index.portal_record import day_of, draft
from index.portal_text import clean
from index.procedure import Procedure
from index.text import fold, normalise, tokens

__all__ = ["Listed", "Official", "listed", "official", "officials", "raw_of", "report_findings", "store_of"]


@dataclass(frozen=True)
class Official:
    """procedure: as the import drafts it, reviewed False. facts: what is compared; None for a row too odd to compare."""

    procedure: Procedure
    findings: tuple[Finding, ...]
    facts: PortalFacts | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """One code of the newest file. words: folded, a space before each."""

    code: str
    name: str
    field: str
    words: str


def store_of(var: Path) -> Store | None:
    """The content store when something was imported; None else, and when it does not answer."""
    url = database_url(var)
    if url.startswith("sqlite") and "DATABASE_URL" not in os.environ and not (var / "content.db").exists():
        return None
    try:
        return _open(url)
    except StoreError:
        return None


def official(var: Path, code: str) -> Official | None:
    """None: nothing imported, no such code, or a procedure for agencies only."""
    return officials(var, [code]).get(code)


def officials(var: Path, codes: Iterable[str]) -> dict[str, Official]:
    """Those of `codes` that were imported and are public."""
    store, wanted = store_of(var), list(codes)
    if store is None or not wanted:
        return {}
    taken_on = _all(str(store.engine.url), _newest(store))[1].isoformat()
    asked = sa.select(HEADS.c.code, REVISIONS.c.raw, HEADS.c.status).join(HEADS, HEADS.c.revision_id == REVISIONS.c.id)
    found = {}
    with store.engine.connect() as connection:
        for n in range(0, len(wanted), 500):  # SQLite takes 999 parameters at least
            for row in connection.execute(asked.where(HEADS.c.code.in_(wanted[n : n + 500]))):
                drafted = _drafted(row.raw, taken_on, row.status == "withdrawn")
                if drafted is not None:
                    found[row.code] = drafted
    return found


def listed(var: Path) -> tuple[Listed, ...]:
    """Every present public code, in code order; () when nothing was imported."""
    store = store_of(var)
    return () if store is None else _all(str(store.engine.url), _newest(store))[0]


def report_findings(var: Path) -> list[tuple[str, str, str]]:
    """(code, kind, part) of every doubt that the newest import wrote into its report; [] without one."""
    reports = sorted((var / "imports").glob("*.json")) if (var / "imports").is_dir() else []
    return _report(reports[-1], reports[-1].stat().st_mtime) if reports else []


def raw_of(procedure: Procedure) -> dict[str, Any]:
    """A record -> the values of a file that says it, without what is empty."""
    raw = json.loads(json.dumps(asdict(procedure), default=lambda value: value.isoformat()))
    for key in IMPORT_ONLY:
        raw.pop(key)
    raw["unknown"] = dict(raw["unknown"])
    for n, row in enumerate(raw["duration"]):
        unit, amount = row.pop("unit"), row.pop("amount")
        raw["duration"][n] = {**({unit: True if unit == "same_day" else amount} if unit else {}), **row}
    for row in raw["documents"]:
        if row["kind"] == "submit":
            row.pop("kind")
    return {key: _without_none(value) for key, value in raw.items() if value not in (None, [], {}) or key in ("province", "effective_from", "effective_to")}


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if item is not None or key == "amount_vnd"}
    return [_without_none(item) for item in value] if isinstance(value, list) else value


@lru_cache(maxsize=4)
def _open(url: str) -> Store:
    return open_store(url)


def _newest(store: Store) -> str:
    """Changes with every import that moved a head."""
    asked = sa.select(sa.func.max(HEADS.c.import_id), sa.func.count(), sa.func.max(HEADS.c.revision_id), sa.func.sum(HEADS.c.revision_id))
    with store.engine.connect() as connection:
        return " ".join(map(str, connection.execute(asked).one()))


@lru_cache(maxsize=2)
def _all(url: str, newest: str) -> tuple[tuple[Listed, ...], date]:
    """The list, and the day of the copy: the last on which the portal changed a record."""
    asked = (
        sa.select(REVISIONS.c.code, REVISIONS.c.raw)
        .join(HEADS, HEADS.c.revision_id == REVISIONS.c.id)
        .where(HEADS.c.status == "present")
        .order_by(REVISIONS.c.code)
    )
    found, days = [], []
    with _open(url).engine.connect() as connection:
        for code, raw in connection.execution_options(stream_results=True).execute(asked):
            row = json.loads(raw)
            detail = row.get("detail")
            detail = detail if isinstance(detail, dict) else {}
            days.append(day_of(detail.get("updatedAt")))
            if detail.get("isInternal") is not True:
                found.append(_listed(code, row, detail))
    return tuple(found), max((day for day in days if day), default=date.today())


def _listed(code: str, row: dict[str, Any], detail: dict[str, Any]) -> Listed:
    name = next((clean(text) for text in (row.get("name"), detail.get("name")) if isinstance(text, str) and clean(text)), code)
    groups = detail.get("categoriesDetails")
    first = groups[0].get("name") if isinstance(groups, list) and groups and isinstance(groups[0], dict) else None
    field = clean(first) if isinstance(first, str) and clean(first) else "Chưa rõ lĩnh vực"
    return Listed(code, name, field, folded(code, name, field))


def folded(*texts: str) -> str:
    """Without diacritics, a space before each word."""
    return " " + " ".join(tokens(fold(normalise(" ".join(texts)))))


@lru_cache(maxsize=512)
def _drafted(text: str, taken_on: str, withdrawn: bool) -> Official | None:
    row = json.loads(text)
    found = draft(row, date.fromisoformat(taken_on), PROVINCE)
    if found is None:
        return None
    try:
        facts = facts_of(row)
    except (KeyError, TypeError, AttributeError, ValueError):
        facts = None
    return Official(found[0], found[1], facts, withdrawn)


@lru_cache(maxsize=2)
def _report(path: Path, changed: float) -> list[tuple[str, str, str]]:
    try:
        findings = json.loads(path.read_text("utf-8")).get("findings") or []
        return [(row["code"], row["kind"], row["part"]) for row in findings]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
