"""Synthetic records in the shape of the portal's API, about bees; one that has no trap at all, to be spoilt by tests."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

from index.finding import Finding
from index.portal_record import draft
from index.procedure import Procedure

DAY = date(2026, 7, 18)
JUNE = 1780333200000
"""2 June 2026, 00:00 in Vietnam, in milliseconds."""


def method(way: str = "DIRECT", time: Any = 5, unit: Any = "WORKING_DAY", words: str | None = None, *fees: dict[str, Any]) -> dict[str, Any]:
    return {"submissionMethod": way, "processingTime": time, "processingTimeUnit": unit, "description": words, "fees": list(fees) or [fee(30000)]}


def fee(value: Any = 0, words: str | None = None, kind: str = "FEE", currency: str | None = None) -> dict[str, Any]:
    return {"type": kind, "value": value, "description": words, "currencyName": currency}


def paper(name: str, originals: Any = 1, copies: Any = 0, *files: str) -> dict[str, Any]:
    return {"name": name, "originalQty": originals, "copyQty": copies, "attachments": [{"fileName": file} for file in files]}


def case(name: str, *papers: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "profileComponents": list(papers)}


CLEAN: dict[str, Any] = {
    "name": "Thủ tục đăng ký nuôi ong mật",
    "isInternal": False,
    "isWard": True,
    "isProvince": False,
    "isMinistry": False,
    "isOtherAgency": False,
    "isFullProcess": True,
    "executionSteps": [{"name": "Bước 1", "description": "Chủ trại ong nộp hồ sơ tại xã. Cán bộ xem hồ sơ."}, {"name": "Bước 2", "description": "Xã trả giấy xác nhận."}],
    "executionMethods": [method("DIRECT"), method("ONLINE"), method("POSTAL")],
    "executionCases": [case("", paper("Tờ khai nuôi ong", 1, 0, "Mẫu tờ khai nuôi ong.docx"), paper("Sơ đồ nơi đặt thùng", 0, 2))],
    "cases": [{"name": "Đăng ký nuôi ong mật", "processingDay": {"qty": 5, "type": "WORKING_DAY"}}],
    "categoriesDetails": [{"name": "Chăn nuôi"}],
    "subjectTypesDetails": [{"name": "Công dân Việt Nam"}],
    "resultsDetails": [{"name": "Giấy xác nhận nuôi ong."}],
    "legalBasisesDetails": [{"code": "32/2018/QH14", "name": "Luật Chăn nuôi"}],
    "departmentsExecuting": [{"name": "Ủy ban nhân dân cấp xã"}],
    "unitGroupsExecuting": [{"name": "Trạm ong của xã"}],
    "departmentPromulgateName": "Bộ Ong mật",
    "requirementsAndConditions": "- Trại cách nhà dân ít nhất 200 mét;\n- Thùng ong có dấu.",
    "dossierReceivingAddresses": "Quầy số 2",
    "returningMethods": [{"type": "OFFLINE", "value": ["AT_HOME"]}],
    "procedureProposal": {"proposalNumber": "77/QĐ-BOM", "decisionDate": JUNE},
    "updatedAt": JUNE,
}


def row(code: str = "1.900001", **detail: Any) -> dict[str, Any]:
    """A raw record; a key set to `...` is left out."""
    changed = {key: value for key, value in copy.deepcopy({**CLEAN, **detail}).items() if value is not ...}
    return {"id": "x-1", "code": code, "name": changed.get("name"), "detail": changed}


def drafted(**detail: Any) -> tuple[Procedure, list[Finding]]:
    found = draft(row(**detail), DAY, "ca-mau")
    assert found
    return found[0], list(found[1])


def kinds(findings: list[Finding]) -> set[str]:
    return {finding.kind for finding in findings}
