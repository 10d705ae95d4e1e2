"""What a server or a citizen could write against the page: nothing runs, nothing leads astray, nothing breaks the layout."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .fake_api import FakeApi, message
from .host_pages import Site, host_page
from .measures import clipped, deep, sideways
from .widget_talk import Talk

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="replies are scripted; BASE_URL names another server")
RUN = "window.top.hit=1"
MARKUP = (
    f'<img src=x onerror="{RUN}">', f"<script>{RUN}</script>", f"</script><script>{RUN}</script>", f"</style><svg onload={RUN}>",
    f'"><b onclick={RUN}>', f"[bấm đây](javascript:{RUN})", f"&lt;img src=x onerror={RUN}&gt;", f"${{{RUN}}}", f"{{{{constructor.constructor('{RUN}')()}}}}",
)
LINKS = (
    f"javascript:{RUN}", f"JaVaScRiPt:{RUN}", f"java\tscript:{RUN}", f" javascript:{RUN}", f"data:text/html,<script>{RUN}</script>", "vbscript:msgbox(1)",
    "//evil.example/thu-tuc/1.001193", "file:///etc/passwd", f"blob:{RUN}", "https://", "https://a.example\" onclick=\"x",
)
TURNED = "\u202eĐăng ký\u202c \u2066tạm trú\u2069 \u200f\u061c"
WALL = "Nghiêngngảlắmluôn" * 118
"""About 2,000 letters without a space."""
LINKED = "return [...deep()].filter((e) => e.localName === 'a' && e.closest('[role=log]')).map((e) => e.href);"
FOREIGN = """return [...deep(document.querySelector('mot-cua-chat').shadowRoot)].filter((e) =>
  ['img', 'script', 'iframe', 'object', 'embed', 'base', 'meta', 'b', 'link'].includes(e.localName)
  || [...e.attributes].some((one) => one.name.startsWith('on') || one.name === 'style' && /url|expression/.test(one.value))).map(label);"""


def everywhere(attack: str) -> dict[str, Any]:
    """An answer that carries the attack in every part the widget draws."""
    reply = message(f"{attack}\n1. {attack}\n- {attack}\n{attack[:40]}: {attack}\nNguồn: {attack}", choices=[(attack, attack), ("b", "b")])
    reply["answer"]["procedure"] = {"code": attack, "name": attack}
    reply["answer"]["facts"] = [{"field": f"fees[0].{attack}", "value": attack, "procedure": attack, "code": attack}]
    reply["answer"]["sources"] = [{"title": attack, "url": "https://a.example/", "checked_on": attack}]
    return reply


@pytest.fixture
def talk(visit: Callable[..., Page], site: Site, api: FakeApi) -> Talk:
    talk = Talk(visit(site.put("/", host_page(api.url))))
    talk.open()
    return talk


def test_markup_is_text_everywhere_also_after_a_reload(talk: Talk, api: FakeApi) -> None:
    page = talk.page
    for attack in MARKUP:
        api.answers(everywhere(attack))
        talk.ask(attack)
        expect(talk.articles.last.get_by_text(attack).first).to_be_attached()
    for _ in range(2):
        assert deep(page, FOREIGN) == []
        assert page.evaluate("window.hit === undefined")
        page.reload()
        if not talk.box.is_visible():
            talk.open()
        expect(talk.articles).to_have_count(2 * len(MARKUP))


def test_no_address_but_web_ones_becomes_a_link(talk: Talk, api: FakeApi) -> None:
    page = talk.page
    for url in LINKS:
        api.answers(message(f"Dạ.\nXem đầy đủ: {url}\nNguồn: Cổng Dịch vụ công quốc gia, mã 1.", url=url))
        talk.ask()
    allowed = ("https://a.example", f"{api.url}/", "https://dichvucong.gov.vn/")
    assert [href for href in deep(page, LINKED) if not href.startswith(allowed)] == []
    for link in talk.log.get_by_role("link").all():
        if link.get_attribute("target") == "_blank":
            assert "noopener" in (link.get_attribute("rel") or "")


def test_links_of_our_pages_lead_to_the_api_not_to_the_portal(talk: Talk, api: FakeApi) -> None:
    api.answers(message("Dạ.\nXem đầy đủ: /thu-tuc/1.001193", url=None))
    talk.ask()
    assert deep(talk.page, LINKED)[0] == f"{api.url}/thu-tuc/1.001193"


def test_kept_talk_that_somebody_changed_runs_nothing(visit: Callable[..., Page], api: FakeApi) -> None:
    page = visit(f"{api.url}/")
    talk = Talk(page)
    api.answers(everywhere(MARKUP[0]))
    talk.ask()
    page.evaluate("""(links) => {
      const kept = JSON.parse(sessionStorage.getItem("mot-cua.chat.2"));
      const answer = kept.entries.at(-1);
      kept.entries = links.flatMap((url) => [
        { ...answer, source: { title: "Nguồn", url }, choices: [{ title: url, message: url }] },
        { ...answer, sections: [{ section: "fees", path: url }] },
      ]);
      sessionStorage.setItem("mot-cua.chat.2", JSON.stringify(kept)); }""", LINKS)
    page.reload()
    expect(talk.articles.nth(len(LINKS) - 1)).to_be_visible()  # an entry whose own path is wrong may be left out
    assert [href for href in deep(page, LINKED) if not href.startswith(("http://", "https://"))] == []
    assert page.evaluate("window.hit === undefined")


@pytest.mark.parametrize("size", [(320, 640), (1280, 800)])
@pytest.mark.parametrize("mode", ["page", "bubble"])
def test_endless_words_and_turned_text_break_nothing(visit: Callable[..., Page], site: Site, api: FakeApi, mode: str, size: tuple[int, int]) -> None:
    page = visit(f"{api.url}/" if mode == "page" else site.put("/", host_page(api.url)), size)
    talk = Talk(page)
    if mode == "bubble":
        talk.open()
    faults = []
    for text in (WALL[:2000], TURNED, "🙂" * 300, "ỆẴỮ" * 200):
        api.answers(everywhere(text))
        talk.ask(text)
        faults += sideways(page) + clipped(page)
    assert faults == [], "\n".join(faults)
    expect(talk.button("Gửi")).to_be_visible()


def test_odd_replies_of_the_server_are_survived(talk: Talk, api: FakeApi) -> None:
    odd = message("Dạ.")
    odd["answer"].update(choices="x", candidates=[None, 7], sources=[None], facts=[None, {"field": 7}], procedure="x", aspects=None)
    api.answers(odd)
    talk.ask()
    expect(talk.articles.last).to_contain_text("Dạ.")
    nothing = message("Dạ, hai.")
    nothing["answer"] = None
    api.answers(nothing)
    talk.ask()
    expect(talk.articles.last).to_contain_text("Dạ, hai.")


def test_titles_and_notices_of_the_server_are_text(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    attack = MARKUP[0]
    page = visit("about:blank")
    page.route("**/api/widget", lambda route: route.fulfill(json={
        "title": attack, "province": attack, "notice": {"version": "1", "text": attack, "privacy": f"javascript:{RUN}"},
        "suggestions": [{"title": attack, "message": attack}] * 6, "office": {"text": attack}, "keep_days": attack, "max_length": 2000,
    }, headers={"Access-Control-Allow-Origin": site.url}))
    page.goto(site.put("/", host_page(api.url)))
    Talk(page).open()
    page.wait_for_load_state("networkidle")
    assert deep(page, FOREIGN) == []
    assert [href for href in deep(page, "return [...deep()].filter((e) => e.localName === 'a').map((e) => e.href);") if not href.startswith("http")] == []
    assert page.evaluate("window.hit === undefined")


def test_attributes_of_the_element_are_text(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    attack = MARKUP[0].replace('"', "&quot;")
    element = f'<mot-cua-chat title="{attack}" lang="{attack}" position="{attack}" mode="{attack}" theme="{attack}"></mot-cua-chat>'
    page = visit(site.put("/", host_page(api.url, element=element)))
    page.wait_for_function("customElements.get('mot-cua-chat') !== undefined")
    page.locator("mot-cua-chat").get_by_role("button").first.click()
    assert deep(page, FOREIGN) == []
    assert page.evaluate("window.hit === undefined")
