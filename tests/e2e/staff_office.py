"""A real server on a folder and a database of its own, and the browsers of those who work there and of a citizen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page
from sqlalchemy.engine import Engine

from bot.gateway.database import open_database
from bot.staff.content.store import Content
from bot.staff.people.accounts import Accounts
from bot.staff.people.sessions import Sessions
from bot.staff.person import Person
from bot.staff.rights import Role
from tests.conversations.harness import ROOT
from tools.server import free_port, say, stop, wait_until_ready

PASSWORD = "bốn mùa nước nổi"  # noqa: S105 - of people who exist in a test only
SIZES = {"360": (360, 740), "1280": (1280, 800)}
FILLED = 60.0
"""Seconds until the content lies in the store: the staff app opens ten seconds after the gateway."""


@dataclass
class Office:
    """base: address of the server. log: its stderr. shots: folder for pictures, None = none are taken."""

    base: str
    var: Path
    log: Path
    engine: Engine
    browser: Browser
    shots: Path | None
    faults: list[str] = field(default_factory=list)
    _people: dict[str, Person] = field(default_factory=dict)
    _taken: int = 0

    def person(self, name: str, *roles: Role) -> Person:
        """The account of that name, made when it is first asked for."""
        if name not in self._people:
            login = f"can.bo.{len(self._people) + 1}"
            self._people[name] = Accounts(self.engine, time.time).add(login, name, roles, PASSWORD, fresh=False)
        return self._people[name]

    def end_sessions(self, who: Person) -> None:
        """As when they were away for too long."""
        Sessions(self.engine, time.time).close_all(who.id)

    def content(self) -> Content:
        """The store that the server works on."""
        return Content(self.engine, time.time)

    @contextmanager
    def window(self, path: str) -> Iterator[Page]:
        """A browser without cookies at `path`; what it logs, and what it asks of other hosts, is a fault."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN", reduced_motion="reduce")
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: exception: {error}"))
        page.on("console", self._hear)
        page.on("request", lambda request: self._see(request.url))
        page.goto(f"{self.base}{path}")
        yield page
        context.close()

    @contextmanager
    def signed_in(self, who: Person, path: str = "/") -> Iterator[Page]:
        """The window of somebody who has signed in by the form, at a page below /can-bo."""
        with self.window(f"/can-bo{path}") as page:
            sign_in(page, who)
            yield page

    def ask(self, question: str) -> dict[str, Any]:
        """A citizen's question in a conversation of its own -> the answer without its words."""
        return next(message["answer"] for message in say(self.base, question)["messages"] if message["answer"])

    def until(self, question: str, holds: Callable[[dict[str, Any]], bool], seconds: float) -> dict[str, Any]:
        """Ask until the answer is as wanted. Raises AssertionError with the last one."""
        end = time.monotonic() + seconds
        while not holds(answer := self.ask(question)):
            assert time.monotonic() < end, f"{question!r} after {seconds:.0f} s: {answer}"
            time.sleep(0.3)
        return answer

    def shoot(self, page: Page, name: str) -> None:
        """Pictures of the whole page on a phone and on a desk, when somebody wants to look at them."""
        if self.shots is None:
            return
        self._taken += 1
        before = page.viewport_size
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=self.shots / f"staff-{self._taken:02d}-{name}-{size}.png", full_page=True, animations="disabled", timeout=60_000)
        page.set_viewport_size(before)

    def _hear(self, line: Any) -> None:
        # Chromium itself logs every refused or failed request; the page may not log anything.
        if line.type in ("error", "warning") and not line.text.startswith("Failed to load resource"):
            self.faults.append(line.text)

    def _see(self, url: str) -> None:
        if urlsplit(url).netloc != urlsplit(self.base).netloc:
            self.faults.append(f"asked another host: {url}")


def sign_in(page: Page, who: Person) -> None:
    """By the form that is open; returns on the page after it."""
    page.get_by_label("Tên đăng nhập").fill(who.login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("link", name=who.name).wait_for()


def copied(source: Path, var: Path) -> Path:
    """What a build leaves in var/, by hard links where the disk allows: what is published here moves nothing there."""

    def link(old: str, new: str) -> None:
        try:
            os.link(old, new)
        except OSError:
            shutil.copy2(old, new)

    for part in ("releases", "models", "cache", "encoder"):
        if (source / part).is_dir():
            shutil.copytree(source / part, var / part, symlinks=True, copy_function=link)
    return var


@contextmanager
def office_running(folder: Path, source: Path, database: str | None, browser: Browser, shots: Path | None) -> Iterator[Office]:
    """A real server, ready, its content store filled; ended with all that it started. database: None = SQLite below its var."""
    var, log, port = copied(source, folder / "var"), folder / "stderr.log", free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MOT_CUA_", "ZALO_")) and name != "DATABASE_URL"}
    env |= {"PORT": str(port), "MOT_CUA_VAR": str(var), "MOT_CUA_RATE_LIMIT": "0", "MOT_CUA_LOG_LEVEL": "info", "OMP_NUM_THREADS": "1"}
    if database is not None:
        env["DATABASE_URL"] = database
    with ExitStack() as stack:
        stderr = stack.enter_context(log.open("wb"))
        process = subprocess.Popen([sys.executable, "-m", "bot.serve"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=stderr, start_new_session=True)
        stack.callback(stop, process)
        base = f"http://127.0.0.1:{port}"
        wait_until_ready(f"{base}/readyz", process)
        engine = open_database(var, database)
        stack.callback(engine.dispose)
        office = Office(base, var, log, engine, browser, shots)
        end = time.monotonic() + FILLED
        while not office.content().paths("procedures/"):
            assert time.monotonic() < end, "the content store was not filled"
            time.sleep(0.3)
        yield office
