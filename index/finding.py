"""What the import found wrong with a record: a closed list of kinds, one for every trap of the portal's data."""

from __future__ import annotations

from dataclasses import dataclass, field

KINDS = (
    "fee_zero_not_free",
    "fee_suspect_unit",
    "fee_note_sets_amount",
    "fee_expired_note",
    "fee_note_ends",
    "duration_without_unit",
    "duration_from_text",
    "duration_from_cases",
    "duration_disagrees",
    "case_on_channel",
    "post_return_only",
    "post_supplement_only",
    "post_mentioned_without_row",
    "district_level",
    "household_book",
    "other_province",
    "twin_name",
    "older_twin",
    "scrambled_text",
    "not_nfc",
    "hidden_characters",
    "lookalikes",
    "no_documents",
    "missing_part",
    "shortened",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about one record. kind: from KINDS. part: field of the record, "" for the record as a whole.

    detail: for staff, in few words; may quote the source. Raises ValueError for a kind that is not in the list.
    """

    code: str
    kind: str
    part: str
    detail: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind: is {self.kind!r}; expected one of {', '.join(KINDS)}")


@dataclass
class Notes:
    """Collects, while one record is drafted, its findings, the reasons of what stays unknown, and the warnings."""

    code: str
    findings: list[Finding] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)
    warnings: dict[tuple[str, str], None] = field(default_factory=dict)

    def found(self, kind: str, part: str, detail: str = "", warning: str | None = None) -> None:
        """A finding, once; with `warning`, a sentence that the citizen hears beside the part."""
        finding = Finding(self.code, kind, part, detail)
        if finding not in self.findings:
            self.findings.append(finding)
        if warning:
            self.warnings[(part, warning)] = None

    def missing(self, part: str, reason: str) -> None:
        """The part stays empty; `reason` is a short Vietnamese clause that can be told to a citizen."""
        self.unknown[part] = reason
