"""The record of one administrative procedure (thủ tục hành chính). The ground: frozen values, stdlib only.

Parts follow Decree 63/2010/NĐ-CP article 8. What the source does not settle is None or `unknown`, never a guess.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

ASPECTS = (
    "documents",
    "duration",
    "fees",
    "post_submit",
    "post_return",
    "online",
    "place",
    "steps",
    "conditions",
    "result",
    "template",
    "legal_basis",
    "applicants",
    "overview",
)
"""What a citizen can ask of a procedure; each is also a field of `Procedure` and a key of its YAML file."""

LEVELS = ("commune", "province", "ministry", "agency")
CHANNELS = ("direct", "online", "post")
UNITS = ("working_days", "days", "working_hours", "hours", "months", "same_day")
DOCUMENT_KINDS = ("submit", "show", "issued_on_site", "if_needed")
POST_STATUSES = ("accepted", "not_accepted", "unknown")
ONLINE_STATUSES = ("full", "partial", "appointment", "not_accepted", "unknown")


@dataclass(frozen=True, slots=True)
class Case:
    """One circumstance under which papers, time or fees differ."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """One paper of the dossier. `originals`, `copies`: counts, None when the source gives none.

    kind: submit (hand in), show (bring, taken back), issued_on_site (made at the counter), if_needed.
    """

    name: str
    originals: int | None = None
    copies: int | None = None
    kind: str = "submit"
    case: str | None = None
    template: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """One time limit. amount: in `unit`, None for same_day or when the source gives no number."""

    amount: int | None
    unit: str | None
    case: str | None = None
    channel: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee row. amount_vnd: whole đồng, 0 = free, None = charged but not settled by the source (note says why).

    max_vnd: upper end of a range or cap. condition: who gets this amount. effective_*: inclusive, None = open.
    """

    name: str
    amount_vnd: int | None
    amount_usd: int | None = None
    max_vnd: int | None = None
    per: str | None = None
    case: str | None = None
    channel: str | None = None
    condition: str | None = None
    note: str | None = None
    source: str | None = None
    effective_from: date | None = None
    effective_to: date | None = None

    def valid_on(self, day: date) -> bool:
        """True when the row applies on `day` (both ends inclusive)."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)


@dataclass(frozen=True, slots=True)
class Channel:
    """Whether a way of filing or returning is open; status from POST_STATUSES or ONLINE_STATUSES."""

    status: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where to file. agency: who receives; where: the rule of territory in plain words."""

    agency: str
    where: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A form (biểu mẫu); number is its official mark such as CT01."""

    id: str
    name: str
    number: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision that published the procedure."""

    number: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the record was read; taken_on = the day of the copy it was compared with."""

    title: str
    url: str | None = None
    taken_on: date | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the record knowingly departs from the national catalogue, with the reason."""

    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Whole:
    """What a draft of the portal's record leaves out. steps: the lines of each; conditions: lines; both () when nothing is missing.
    texts: (as the draft has it, ending in "…", the same in full)."""

    steps: tuple[tuple[str, ...], ...] = ()
    conditions: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure, dated. An empty tuple with its aspect in `unknown` means: the sources do not say."""

    code: str
    name: str
    aliases: tuple[str, ...]
    overview: str
    field: str
    level: str
    province: str | None
    applicants: tuple[str, ...]
    cases: tuple[Case, ...]
    documents: tuple[Document, ...]
    duration: tuple[Duration, ...]
    fees: tuple[Fee, ...]
    post_submit: Channel
    post_return: Channel
    online: Channel
    place: Place
    steps: tuple[str, ...]
    conditions: tuple[str, ...]
    result: tuple[str, ...]
    template: tuple[Template, ...]
    legal_basis: tuple[str, ...]
    decision: Decision | None
    source: Source
    contact: str
    checked_on: date
    effective_from: date | None
    effective_to: date | None
    unknown: tuple[tuple[str, str], ...] = ()
    replaces: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    reviewed: bool = True
    """False for a record read from the portal that nobody has compared; a file of data/procedures never sets it."""
    warnings: tuple[tuple[str, str], ...] = ()
    """(part, short Vietnamese sentence for a citizen): doubts of the import about a part. "overview" = the whole record."""
    whole: Whole | None = None
    """Shown on the readable page only (index.portal_whole.in_full); None for a reviewed record."""

    def unknown_reason(self, aspect: str) -> str | None:
        """Why the record does not settle `aspect`; None when it does."""
        return dict(self.unknown).get(aspect)

    def warning(self, part: str) -> str | None:
        """What a citizen should hear about `part`, several sentences joined by "; "; None when there is nothing."""
        return "; ".join(text for name, text in self.warnings if name == part) or None

    def valid_on(self, day: date) -> bool:
        """True when the record may be served on `day` (both ends inclusive)."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)

    def case_name(self, case_id: str | None) -> str | None:
        """The name of a case of this procedure; None for None."""
        return next((case.name for case in self.cases if case.id == case_id), None)

    @property
    def version(self) -> str:
        """First 12 hex digits of the SHA-256 of the record's content: same content, same version."""
        content = asdict(self)
        if self.whole is None:
            del content["whole"]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:12]
