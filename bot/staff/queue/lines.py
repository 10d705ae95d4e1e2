"""One sentence put into a YAML text where it belongs; every other byte stays, comments and order too."""

from __future__ import annotations

import re
from typing import Any

import yaml

from bot.staff.procedures.spell import inline, scalar
from index.catalogue import compose_yaml
from index.procedure import ASPECTS

HEAD = "# Câu người dân hay hỏi, theo mã thủ tục và điều được hỏi.\n"


def add_phrasing(text: str, code: str, aspects: tuple[str, ...], sentence: str) -> str:
    """A text of phrasings/ -> the same with the sentence under code and aspects; unchanged when it is there. Raises DataError."""
    key = "+".join(aspect for aspect in ASPECTS if aspect in aspects) or "overview"
    text = _ended(text) or HEAD
    node, values = compose_yaml(text)
    groups = (values or {}).get(code)
    if not groups:
        return f'{text}"{code}":\n  {key}:\n    - {scalar(sentence)}\n'
    if sentence in (one for sentences in groups.values() for one in sentences):
        return text
    group = _value(node, code)
    found = _value(group, key)
    if found is not None:
        return _into_list(text, found, sentence)
    column = group.value[0][0].start_mark.column
    return _after_line(text, _last_line(group), f"{' ' * column}{key}:\n{' ' * (column + 2)}- {scalar(sentence)}\n")


def add_alias(text: str, alias: str) -> str:
    """A record -> the same with one more alias; unchanged when it is there. Raises DataError."""
    text = _ended(text)
    node, values = compose_yaml(text)
    if alias in (values.get("aliases") or []):
        return text
    found = _value(node, "aliases")
    if isinstance(found, yaml.SequenceNode):
        return _into_list(text, found, alias)
    if found is not None:  # "aliases:" with nothing behind it
        return text[: found.start_mark.index].rstrip(" ") + f" {inline([alias])}" + text[found.end_mark.index :]
    return _after_line(text, _last_line(_value(node, "name")), f"aliases: {inline([alias])}\n")


def add_example(text: str, intent: str, sentence: str) -> str | None:
    """A text of nlu/ -> the same with an example at the end of the intent's first block; None when it has no such block."""
    text = _ended(text)
    node, _ = compose_yaml(text)
    for block in getattr(_value(node, "nlu"), "value", []):
        name, examples = _value(block, "intent"), _value(block, "examples")
        if name is None or name.value != intent or getattr(examples, "style", None) != "|":
            continue
        start, end = examples.start_mark.index, examples.end_mark.index
        lines = list(re.finditer(r"^( *)- (.+)$", text[start:end], re.M))
        if not lines:
            continue
        if sentence in (line[2].strip() for line in lines):
            return text
        place = start + lines[-1].end()
        return f"{text[:place]}\n{lines[-1][1]}- {sentence}{text[place:]}"
    return None


def _into_list(text: str, found: yaml.Node, sentence: str) -> str:
    if found.flow_style:
        place = found.value[-1].end_mark.index if found.value else found.start_mark.index + 1
        return f"{text[:place]}{', ' if found.value else ''}{inline(sentence)}{text[place:]}"
    return _after_line(text, _last_line(found), f"{' ' * found.start_mark.column}- {scalar(sentence)}\n")


def _value(node: Any, key: str) -> Any:
    """Of a mapping node; None when it is none, or has no such key."""
    return next((value for name, value in node.value if name.value == key), None) if isinstance(node, yaml.MappingNode) else None


def _last_line(node: yaml.Node) -> int:
    """The line on which the last scalar of a node ends, from 0: a node's own end lies behind the comments that follow it."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return node.end_mark.line - 1 if block and node.end_mark.column == 0 else node.end_mark.line


def _after_line(text: str, line: int, added: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join([*lines[: line + 1], added, *lines[line + 1 :]])


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"
