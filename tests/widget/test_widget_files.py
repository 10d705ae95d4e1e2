"""/widget.js over HTTP: small, cacheable, pinned by its hash, usable from other sites."""

from __future__ import annotations

import base64
import gzip
import hashlib

import httpx
import pytest

from bot.channels.widget_files import WidgetFiles, accepts_gzip, build_script, widget_script
from tests.e2e.own_pages import served

MOST_BYTES = 60 * 1024
AIM = 30 * 1024


@pytest.fixture(scope="module")
def base():
    with served(WidgetFiles().routes()) as url:
        yield url


def test_script_is_small() -> None:
    size = len(widget_script().packed)
    assert size <= MOST_BYTES
    assert size <= AIM, f"{size} bytes: above what was aimed at"


def test_two_starts_give_the_same_bytes() -> None:
    assert build_script() == build_script()


def test_packed_is_the_script_and_integrity_is_its_digest() -> None:
    script = widget_script()
    assert gzip.decompress(script.packed) == script.body
    assert script.integrity == "sha384-" + base64.b64encode(hashlib.sha384(script.body).digest()).decode()
    assert b"\xef\xbb\xbf" not in script.body[:3]


@pytest.mark.parametrize(("accept", "encoding"), [("gzip, deflate, br", "gzip"), ("identity", None), ("gzip;q=0", None)])
def test_newest_is_asked_for_again_and_open_to_other_sites(base: str, accept: str, encoding: str | None) -> None:
    answer = httpx.get(f"{base}/widget.js", headers={"Accept-Encoding": accept})
    assert answer.status_code == 200 and answer.content == widget_script().body
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = httpx.get(f"{base}/widget.js", headers={"Accept-Encoding": accept, "If-None-Match": f'"other", W/{answer.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == answer.headers["etag"]


def test_changed_script_is_sent_again(base: str) -> None:
    assert httpx.get(f"{base}/widget.js", headers={"If-None-Match": '"0123456789ab"'}).status_code == 200


def test_pinned_script_never_changes(base: str) -> None:
    answer = httpx.get(base + widget_script().path)
    assert answer.status_code == 200 and answer.content == widget_script().body
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert httpx.get(f"{base}/widget.000000000000.js").status_code == 404
    assert httpx.head(f"{base}/widget.js").status_code == 200
    assert httpx.post(f"{base}/widget.js").status_code == 405


@pytest.mark.parametrize(("header", "wanted"), [
    ("", False), ("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("gzip; q=0.0", False), ("*", True), ("br", False), ("x-gzip-not", False),
])
def test_gzip_only_when_it_is_accepted(header: str, wanted: bool) -> None:
    assert accepts_gzip(header) is wanted
