"""The sentences of actions.sentences as the release says them: `texts.NOT_FOUND` is the office's own wording where it has one.

The wording holds for one answer, within `said_as`; outside of it the program's own is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from actions import sentences

DEFAULTS: Mapping[str, str] = MappingProxyType({key: text for key, text in vars(sentences).items() if key.isupper()})
_said: ContextVar[Mapping[str, str]] = ContextVar("texts", default=MappingProxyType({}))


@contextmanager
def said_as(wording: Mapping[str, str]) -> Iterator[None]:
    """wording: key -> text, checked (actions.texts_list)."""
    token = _said.set(wording)
    try:
        yield
    finally:
        _said.reset(token)


def __getattr__(key: str) -> str:
    try:
        return _said.get().get(key) or DEFAULTS[key]
    except KeyError:
        raise AttributeError(f"no sentence {key}; expected one of {', '.join(DEFAULTS)}") from None
