"""Is what an answer says really in the record? Worked out again from the public JSON, without the code that composed it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from actions import texts
from index.catalogue import read_yaml

from .harness import RealServer, Reply

UNITS = {"working_days": "ngày làm việc", "days": "ngày", "working_hours": "giờ làm việc", "hours": "giờ", "months": "tháng"}
NUMBER = re.compile(r"\d[\d.,/-]*")
LIST_MARK = re.compile(r"^\d+\. ", re.M)
CONTACT = "Phần chưa rõ, anh/chị hỏi"
CONTACTS = read_yaml(Path(__file__).parents[2] / "data" / "province" / "ca-mau.yml")["contacts"]


def check(server: RealServer, reply: Reply) -> None:
    """Raises AssertionError for a fact, a number or a source that the served record does not hold."""
    record = server.record(reply.code or "")
    assert reply.answer["procedure"]["name"] == record["name"]
    assert reply.answer["facts"], reply.text
    general = [fact for fact in reply.answer["facts"] if not fact["code"]]  # province/post.yml, verified in tests/actions
    assert all(fact["field"].startswith("post.") and fact["value"] in reply.text for fact in general), general
    for fact in reply.answer["facts"]:
        if fact in general:
            continue
        assert (fact["code"], fact["version"]) == (record["code"], record["version"]), fact
        holder = {"contact": CONTACTS[record["contact"]]} if fact["field"].startswith("contact.") else record
        assert fact["value"] in shown(at(holder, fact["field"])), (fact, at(holder, fact["field"]))
        assert fact["field"].endswith(".status") or fact["value"] in reply.text or lowered(fact["value"]) in reply.text or raised(fact["value"]) in reply.text, fact
    roots = {re.split(r"[.\[]", fact["field"])[0] for fact in reply.answer["facts"] if fact["code"]} | {
        fact["field"].removeprefix("unknown.") for fact in reply.answer["facts"] if fact["field"].startswith("unknown.")
    }
    assert reply.aspects <= roots, f"no fact for {reply.aspects - roots}: {reply.text}"
    strange = (
        numbers(reply.text)
        - numbers_of(record)
        - numbers_of(CONTACTS[record["contact"]])
        - numbers_of([fact["value"] for fact in general])
    )
    assert not strange, f"{strange} in no field of {record['code']}: {reply.text}"
    check_source(reply, record)


def check_source(reply: Reply, record: dict[str, Any]) -> None:
    """The last line names source, code, decision and the day of checking; so does the structured source. Behind it stands only
    that there are others to choose."""
    lines = reply.text.splitlines()
    line = lines[-2] if lines[-1] in (texts.ELSE, texts.USUAL, texts.SUPPOSED) else lines[-1]
    assert line.startswith("Nguồn: "), reply.text
    wanted = [record["source"]["title"], record["code"], vietnamese_day(record["checked_on"])]
    wanted += [record["decision"]["number"]] if record["decision"] else []
    assert [part for part in wanted if part not in line] == [], line
    source = {"title": record["source"]["title"], "url": record["source"]["url"], "checked_on": record["checked_on"]}
    assert reply.answer["sources"][0] == source


def at(record: Any, path: str) -> Any:
    """ "documents[0].name" -> its value; rows of pairs ("unknown") are read as a mapping."""
    value = record
    for name, index in re.findall(r"(\w+)|\[(\d+)\]", path):
        if index:
            value = value[int(index)]
        else:
            value = (dict(value) if isinstance(value, list) else value)[name]
    return value


def shown(value: Any) -> set[str]:
    """Every way in which a value may be shown."""
    if isinstance(value, dict) and "amount_vnd" in value:
        return {fee(value)}
    if isinstance(value, dict) and "unit" in value:
        return {"trong ngày" if value["unit"] == "same_day" else f"{value['amount']} {UNITS[value['unit']]}" if value["unit"] else value["note"]}
    return {str(value), vietnamese_day(value)} if isinstance(value, str) else {str(value)}


def fee(row: dict[str, Any]) -> str:
    """A row of fees in words."""
    low, high, per = row["amount_vnd"], row["max_vnd"], f"/{row['per']}" if row["per"] else ""
    if row["amount_usd"]:
        return f"{dotted(row['amount_usd'])} USD{per}"
    if low == 0 and not high:
        return "miễn phí"
    if low is None:
        return f"tối đa {dotted(high)} đồng{per}"
    return f"từ {dotted(low)} đồng đến {dotted(high)} đồng{per}" if high else f"{dotted(low)} đồng{per}"


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def vietnamese_day(text: str) -> str:
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)
    return f"{match[3]}/{match[2]}/{match[1]}" if match else text


def numbers(text: str) -> set[str]:
    """Numbers of an answer, digits only, without list marks."""
    return {re.sub(r"\D", "", number) for number in NUMBER.findall(LIST_MARK.sub("", text))}


def numbers_of(value: Any) -> set[str]:
    """Numbers anywhere in a record, digits only, days in both orders."""
    if isinstance(value, dict):
        return set().union(*map(numbers_of, value.values()))
    if isinstance(value, list):
        return set().union(*map(numbers_of, value))
    text = str(value)
    return {re.sub(r"\D", "", number) for number in NUMBER.findall(f"{text} {vietnamese_day(text)}")}


def lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def raised(text: str) -> str:
    return text[:1].upper() + text[1:]
