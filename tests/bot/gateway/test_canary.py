"""Nothing that names a person is found anywhere afterwards: tables, files, log, metrics, answers of other routes."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.gateway.logs import JsonFormatter
from bot.gateway.tables import CONTACTS, TABLES, TURNS

from .harness import running
from .turns import everything, rows

CANARIES = {
    "căn cước": "079203001234", "căn cước cách": "079 203 001 234", "chứng minh": "381234567", "di động": "0912345678", "di động cách": "0912.345.678",
    "quốc tế": "+84912345678", "thư": "hoa.nguyen@example.vn", "biển số": "69A-123.45", "hộ chiếu": "C1234567", "hồ sơ": "H12.34.56-251122-0042",
    "thẻ": "9704 1234 5678 9012", "bảo hiểm": "DN4790123456789",
    "mã số thuế": "0301234567-001", "số tài khoản Vietcombank": "0071000987654", "tên em": "Trần Thị Ngọc Diễm, ấp Tân Phong, xã Tân Hưng",
}
PARTS = ("Ngọc Diễm", "0071000987654", "0301234567")
"""Of those that could be kept in part."""
NAME = "Nguyễn Thị Kănguru"
"""Only ever typed into the contact form."""
ALL = " ".join(f"{what} {number}," for what, number in CANARIES.items())


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Every log record of this process at the finest level, as the server would write it."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    handler.setFormatter(JsonFormatter())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nothing_leaks(tmp_path: Path, request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str], log: io.StringIO, kind: str) -> None:
    more = {"DATABASE_URL": request.getfixturevalue("postgres")} if kind == "postgresql" else {}
    with running(tmp_path, keeps=True, **more) as gateway:
        post = lambda path, **body: gateway.http.post(f"/api/{path}", json=body)
        token = turn = None
        for what, number in CANARIES.items():
            body = gateway.say(f"{what} của tôi là {number}, GÌ vậy?", token).json()
            token, turn = body["conversation"], body["turn"]
        gateway.say(f"RÁC {ALL}", token)  # answered from search, which repeats what it was asked
        assert post("feedback", conversation=token, turn=turn, value="down", reason=f"sai {ALL}").status_code == 204
        assert post("rating", conversation=token, stars=1, comment=f"chán {ALL}").status_code == 204
        contact = {"name": NAME, "phone": "0912345678", "question": f"hỏi {ALL}", "commune": "Kănguru 0912345678", "consent": True}
        assert post("contact", **contact).status_code == 201
        form = {**contact, "consent": "1"}
        assert gateway.http.post("/lien-he", data=form).status_code == 201
        # What is refused must not be told either.
        post("feedback", conversation=token, turn=ALL[:60], value=ALL, reason=ALL * 9)
        post("contact", **{**contact, "phone": ALL})
        post("erase", code=ALL)
        gateway.http.get("/api/conversation/code", headers={"Conversation": "079203001234"})
        gateway.http.post("/quyen-rieng-tu", data={"code": ALL})
        gateway.until(lambda: len(rows(gateway.database, TURNS)) == len(CANARIES) + 1)
        kept = everything(gateway.database, TABLES)
        told = gateway.http.get("/metrics").text + gateway.http.get("/readyz").text + gateway.http.get("/api/widget").text
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    said = "".join(capfd.readouterr()) + log.getvalue()
    assert '"answered"' in said, "the log was listened to"
    assert kept.count("\n") > len(CANARIES) and "[số điện thoại]" in kept and "contacts" in kept
    for secret in (*CANARIES.values(), *PARTS, NAME, "Kănguru"):
        assert secret not in kept and secret not in told and secret not in said, secret
        assert [path.name for path, content in files.items() if secret.encode() in content] == [], secret


def test_the_canaries_would_be_seen(tmp_path: Path) -> None:
    """The test above can fail: without the mask the same words are found."""
    with running(tmp_path, keeps=True) as gateway:
        gateway.say("kangaroo GÌ vậy?")
        gateway.until(lambda: len(rows(gateway.database, TURNS)) == 1)
        assert everything(gateway.database, TABLES).count("kangaroo") == 2, "in question and answer"
        assert rows(gateway.database, CONTACTS) == []
