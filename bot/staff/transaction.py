"""What one press of a button changes, in however many stores, and its row of the audit log: one transaction, all of it or nothing.

A handler opens an act; the stores it calls write and read through `writing` and `reading`, which join the act of their thread and
stand alone where there is none. The transaction begins with the first write, so that checks before it keep nobody waiting.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar

from sqlalchemy.engine import Connection, Engine


class _Act:
    def __init__(self, engine: Engine, ends: ExitStack) -> None:
        self.engine, self._ends = engine, ends
        self.connection: Connection | None = None
        self.broken = False

    def begun(self) -> Connection:
        if self.connection is None:
            self.connection = self._ends.enter_context(self.engine.begin())
        return self.connection


_ACT: ContextVar[_Act | None] = ContextVar("act", default=None)


@contextmanager
def act(engine: Engine) -> Iterator[None]:
    """Everything written inside is there afterwards, or nothing of it when an error leaves the block. One in another is part of it.

    Start processes and touch files after it: they would see, or outlive, what may still be undone. An error of a store has to leave
    the block; caught inside, half of an act would be kept: RuntimeError, and nothing is.
    """
    if acting(engine):
        yield
        return
    with ExitStack() as ends:
        one = _Act(engine, ends)
        token = _ACT.set(one)
        try:
            yield
        finally:
            _ACT.reset(token)
        if one.broken:
            raise RuntimeError("an error inside an act was caught inside it; nothing of the act is kept")


def acting(engine: Engine) -> bool:
    """Whether an act over this database is open here."""
    one = _ACT.get()
    return one is not None and one.engine is engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """The act's transaction, or one of its own that ends with the block."""
    one = _ACT.get()
    if one is None or one.engine is not engine:
        with engine.begin() as connection:
            yield connection
        return
    try:
        yield one.begun()
    except BaseException:
        one.broken = True
        raise


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Sees what the act has written so far; outside of one, what is committed."""
    one = _ACT.get()
    if one is not None and one.engine is engine and one.connection is not None:
        yield one.connection
        return
    with engine.connect() as connection:
        yield connection
