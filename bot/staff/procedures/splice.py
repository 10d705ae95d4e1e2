"""A YAML file and what it shall say in, the file saying that out: whatever did not change keeps its bytes, comments and all.

The nodes of the text know where they stand, so only the places that change are written anew. A library that writes the whole file
again would have to guess every line end and quote.
"""

from __future__ import annotations

from typing import Any

import yaml

from bot.staff.procedures.spell import fresh, inline, scalar
from index.catalogue import DataError, compose_yaml

Edit = tuple[int, int, str]
"""(from, to, instead): places in the text, in characters; `to` excluded."""


class _Misfit(Exception):
    """A way of writing that is not patched piece by piece."""


def spliced(text: str, record: dict[str, Any], order: tuple[str, ...] = ()) -> str:
    """The text with the values of `record`. order: where a key that is new goes, among those that are there.

    A text that is no mapping, or whose layout cannot be patched, is written anew; comments before its first key stay.
    """
    try:
        node, old = compose_yaml(text)
        if isinstance(node, yaml.MappingNode) and not node.flow_style:
            after = _Splicer(text).applied(_Splicer(text).block(node, old, record, order), 0, len(text))
            if compose_yaml(after)[1] == record:
                return after
    except (DataError, _Misfit):
        pass
    head = [line for line in text.splitlines(keepends=True)]
    kept = head[: next((n for n, line in enumerate(head) if line.strip() and not line.startswith("#")), 0)]
    return "".join(kept) + "".join(f"{key}:{fresh(value, key)}\n" for key, value in record.items())


class _Splicer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(n + 1 for n, c in enumerate(text) if c == "\n")]

    def applied(self, edits: list[Edit], start: int, end: int) -> str:
        """The piece of the text with the edits, which lie inside it and do not overlap."""
        parts, at = [], start
        for begin, stop, instead in sorted(edits, key=lambda edit: edit[:2]):
            parts += [self.text[at:begin], instead]
            at = stop
        return "".join([*parts, self.text[at:end]])

    def patch(self, node: yaml.Node, old: Any, new: Any) -> list[Edit]:
        """Edits that make `node` say `new`. Raises _Misfit when it is another kind of value."""
        if _same(old, new):
            return []
        if isinstance(node, yaml.ScalarNode) and not isinstance(new, (dict, list)):
            if node.style in ("|", ">") or node.start_mark.index == node.end_mark.index:
                raise _Misfit
            return [(node.start_mark.index, node.end_mark.index, scalar(new))]
        if isinstance(node, yaml.MappingNode) and isinstance(new, dict) and new:
            return [self.flow(node, old, new)] if node.flow_style else self.block(node, old, new)
        if isinstance(node, yaml.SequenceNode) and isinstance(new, list) and new and old:
            return [self.flow_rows(node, old, new)] if node.flow_style else [self.rows(node, old, new)]
        raise _Misfit

    def block(self, node: yaml.MappingNode, old: dict[str, Any], new: dict[str, Any], order: tuple[str, ...] = ()) -> list[Edit]:
        """Of a mapping with a key a line."""
        indent = " " * node.start_mark.column
        pairs = {key.value: (key, value) for key, value in node.value}
        edits: list[Edit] = []
        for name, (key, value) in pairs.items():
            end = self._line_end(self._last(value, key))
            if name not in new:
                start = self.starts[key.start_mark.line]
                if self.text[start : key.start_mark.index].strip():
                    raise _Misfit  # the first key of a row stands behind its dash
                edits.append((start, end, ""))
                continue
            try:
                edits += self.patch(value, old[name], new[name])
            except _Misfit:
                colon = self.text.index(":", key.end_mark.index) + 1
                edits.append((colon, end, fresh(new[name], name, len(indent)) + "\n"))
        known = list(pairs)
        for name in (name for name in new if name not in pairs):
            before = [one for one in known if one in pairs and (order.index(one) if one in order else -1) < _rank(name, order)]
            last = pairs[before[-1] if before else known[0]]
            at = self._line_end(self._last(last[1], last[0])) if before else self.starts[last[0].start_mark.line]
            gap = "" if at == 0 or self.text[at - 1] == "\n" else "\n"
            edits.append((at, at, f"{gap}{indent}{name}:{fresh(new[name], name, len(indent))}\n"))
        return edits

    def flow(self, node: yaml.MappingNode, old: dict[str, Any], new: dict[str, Any]) -> Edit:
        """Of {key: value, …}: values that stay keep their spelling."""
        kept = {key.value: value for key, value in node.value}
        spelt = {}
        for name, value in new.items():
            own = kept.get(name)
            same = own is not None and _same(old[name], value) and own.start_mark.index < own.end_mark.index
            spelt[name] = self.text[own.start_mark.index : own.end_mark.index] if same and own else inline(value)
        return node.start_mark.index, node.end_mark.index, "{" + ", ".join(f"{name}: {value}" for name, value in spelt.items()) + "}"

    def flow_rows(self, node: yaml.SequenceNode, old: list[Any], new: list[Any]) -> Edit:
        """Of [a, b]."""
        return node.start_mark.index, node.end_mark.index, inline(new)

    def rows(self, node: yaml.SequenceNode, old: list[Any], new: list[Any]) -> Edit:
        """Of a list with a row a line or more: a row that stays, wherever it goes, takes its lines and the comments above along."""
        spans, above = [], self.starts[node.value[0].start_mark.line]
        for n, row in enumerate(node.value):
            own = self.starts[row.start_mark.line]
            if self.text[own : row.start_mark.index].strip() != "-":
                raise _Misfit
            end = self._line_end(self._last(row))
            spans.append((own if n == 0 else above, end))
            above = end
        indent = self.text[self.starts[node.value[0].start_mark.line] :].split("-", 1)[0]
        pairs = paired(old, new)
        parts = []
        for value, at in zip(new, pairs, strict=True):
            if at is None:
                parts.append(f"{indent}- {inline(value)}\n")
                continue
            try:
                parts.append(self.applied(self.patch(node.value[at], old[at], value), *spans[at]))
            except _Misfit:
                parts.append(f"{indent}- {inline(value)}\n")
        return spans[0][0], spans[-1][1], "".join(part if part.endswith("\n") else part + "\n" for part in parts)

    def _last(self, node: yaml.Node, key: yaml.Node | None = None) -> int:
        """The line on which the node's own text ends: a block's end mark lies behind the comments that follow it."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            line, start = node.end_mark.line, node.start_mark
            if start.index == node.end_mark.index and key is not None:
                return key.end_mark.line  # nothing behind the colon
            return line - 1 if node.end_mark.column == 0 and line > start.line else line
        inner = node.value[-1]
        return self._last(inner[1], inner[0]) if isinstance(node, yaml.MappingNode) else self._last(inner)

    def _line_end(self, line: int) -> int:
        """Where the next line begins."""
        return self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)


def paired(old: list[Any], new: list[Any]) -> list[int | None]:
    """For each new row the old one it comes from: the same one if there is one, else the next that nothing else is; None = new."""
    free = dict(enumerate(old))
    found: list[int | None] = []
    for value in new:
        at = next((n for n, row in free.items() if _same(row, value)), None)
        if at is not None:
            del free[at]
        found.append(at)
    for n, at in enumerate(found):
        if at is None and free:
            nearest = min(free, key=lambda one: (abs(one - n), one))
            found[n] = nearest
            del free[nearest]
    return found


def _rank(name: str, order: tuple[str, ...]) -> int:
    return order.index(name) if name in order else len(order)


def _same(one: Any, other: Any) -> bool:
    """1 is not true."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and one == other
