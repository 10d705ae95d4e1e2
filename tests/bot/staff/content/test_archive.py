"""ZIP out and in, and what an upload may try."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from bot.staff.content import archive
from bot.staff.content.archive import pack, unpack
from bot.staff.content.folder import read_tree
from bot.staff.content.revision import ContentError

from .conftest import DATA


def made(*files: tuple[str | zipfile.ZipInfo, bytes], compress: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", compress) as opened:
        for name, content in files:
            opened.writestr(name, content)
    raw.seek(0)
    return raw


def refused(raw: io.BytesIO) -> str:
    with pytest.raises(ContentError) as caught:
        unpack(raw)
    return " ".join(error.sentence for error in caught.value.errors)


def test_our_data_comes_back_byte_for_byte() -> None:
    tree = read_tree(DATA)
    assert unpack(io.BytesIO(pack(tree))) == tree and pack(tree) == pack(dict(reversed(tree.items())))


def test_line_ends_stay() -> None:
    assert unpack(made(("a.md", b"m\r\nh\r"))) == {"a.md": "m\r\nh\r"}


@pytest.mark.parametrize(
    "name", ["../a.md", "/etc/a.md", "data/../../a.md", "a\\..\\b.md", "C:/a.md", ".git/config", "tên.md", "a\x00b.md"]
)
def test_name_that_leads_elsewhere_is_refused(name: str) -> None:
    row = zipfile.ZipInfo("x")
    row.filename = name
    try:
        raw = made((row, b"x"), ("data/b.md", b"x"))
    except ValueError:
        pytest.skip("zipfile writes no such name")
    try:
        assert set(unpack(raw)) <= {"a", "data/b.md"}  # cut at the NUL by zipfile itself: a plain name
    except ContentError as error:
        assert "không dùng được" in str(error)
    else:
        assert "\x00" in name


def test_link_is_refused() -> None:
    row = zipfile.ZipInfo("a.md")
    row.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "liên kết" in refused(made((row, b"/etc/passwd")))


def test_bomb_is_refused_by_what_it_claims_and_by_what_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 4096)
    assert "MB" in refused(made(("a.md", b"0" * 5000)))
    monkeypatch.setattr(archive, "MOST_BYTES", 10**6)
    monkeypatch.setattr(archive, "MOST_FILE_BYTES", 1000)
    assert "quá lớn" in refused(made(("a.md", b"0" * 5000)))
    raw = made(("a.md", b"0" * 5000)).getvalue()
    lying = raw.replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    refused(io.BytesIO(lying))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    assert "3 tệp" in refused(made(*((f"{n}.md", b"") for n in range(3))))


# Names of their own: a zip holds the time, so two processes would not collect the same test.
@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"no zip", made(("a.md", b"x")).getvalue()[:40]], ids=["empty", "signature", "text", "cut"])
def test_what_is_no_zip_is_told(raw: bytes) -> None:
    assert "ZIP" in refused(io.BytesIO(raw))


def test_two_files_of_one_name_and_no_utf8_are_told() -> None:
    with pytest.warns(UserWarning):
        raw = made(("a.md", b"1"), ("a.md", b"2"), ("b.md", b"\xff"))
    told = refused(raw)
    assert "hai lần" in told and "UTF-8" in told


def test_litter_of_file_managers_is_left_out() -> None:
    assert unpack(made(("__MACOSX/._a.md", b"\xff"), ("data/.DS_Store", b"\xff"), ("data/a.md", b"x"))) == {"a.md": "x"}
