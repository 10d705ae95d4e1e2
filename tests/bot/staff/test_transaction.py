"""One act: everything in it or nothing, on either database. That each page's change and its note are one act, `pressed` in conftest shows."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.staff.person import SYSTEM
from bot.staff.procedures.owners import owners, set_owner
from bot.staff.transaction import act, acting, reading, writing
from bot.staff.visit import Visit

from .conftest import PlainAudit


class Stop(Exception):
    """Something goes wrong."""


def test_what_two_stores_write_is_there_together_or_not_at_all(service: Engine) -> None:
    with pytest.raises(Stop), act(service):
        set_owner(service, "a", SYSTEM, 1.0)
        set_owner(service, "b", SYSTEM, 1.0)
        raise Stop
    assert owners(service) == {} and not acting(service)
    with act(service):
        set_owner(service, "a", SYSTEM, 1.0)
        set_owner(service, "b", SYSTEM, 1.0)
        assert set(owners_joined(service)) == {"a", "b"}
        seen = []
        other = threading.Thread(target=lambda: seen.append(owners(service)))
        other.start()
        other.join()
        assert seen == [{}]  # nobody else sees half of it
    assert set(owners(service)) == {"a", "b"}


def owners_joined(engine: Engine) -> dict[str, str]:
    with reading(engine) as connection:
        return dict(connection.execute(sa.text("select kind, name from staff_doubt_owners")).all())


def test_an_act_in_an_act_is_part_of_it(service: Engine) -> None:
    with pytest.raises(Stop), act(service):
        with act(service):
            set_owner(service, "a", SYSTEM, 1.0)
        raise Stop
    assert owners(service) == {}


def test_an_error_that_is_caught_inside_keeps_nothing(service: Engine) -> None:
    with pytest.raises(RuntimeError, match="caught inside"), act(service):
        set_owner(service, "a", SYSTEM, 1.0)
        with pytest.raises(Stop), writing(service):
            raise Stop
    assert owners(service) == {}


def test_alone_each_is_a_transaction_of_its_own(service: Engine) -> None:
    set_owner(service, "a", SYSTEM, 1.0)
    with pytest.raises(Stop), writing(service) as connection:
        connection.execute(sa.text("delete from staff_doubt_owners"))
        raise Stop
    assert set(owners(service)) == {"a"}


def test_nobody_waits_before_the_first_write(service: Engine) -> None:
    done = []

    def write_elsewhere() -> None:
        set_owner(service, "b", SYSTEM, 1.0)
        done.append(1)

    with act(service):
        owners(service)
        other = threading.Thread(target=write_elsewhere)
        other.start()
        other.join(10)
        assert done
        set_owner(service, "a", SYSTEM, 1.0)
    assert set(owners(service)) == {"a", "b"}


def test_a_change_is_never_noted_outside_of_its_act(desk) -> None:  # noqa: ANN001
    visit = Visit(desk, None, "", {}, None, None, False, "127.0.0.1", "/")
    with pytest.raises(RuntimeError, match="outside of its act"):
        visit.note("switch.off", "bot")
    with visit.act():
        visit.note("switch.off", "bot")
    assert isinstance(desk.audit, PlainAudit) and len(desk.audit.rows) == 1
