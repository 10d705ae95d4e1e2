"""What a record is answered with: contacts, post and old names of the content as it is submitted now. Read once for each text."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from actions.places import Places
from actions.texts import OFFICE
from index.catalogue import DataError, compose_yaml
from index.contacts import read_contacts
from index.old_names import parse_old_names
from index.post import Post, parse_post
from index.procedure import Procedure
from index.province import CONTACTS_FILE

if TYPE_CHECKING:
    from bot.staff.content.store import Content

CONTACTS, POST, OLD_NAMES = CONTACTS_FILE, "province/post.yml", "province/old_names.yml"


def contacts(content: Content) -> Mapping[str, Mapping[str, Any]]:
    """Key -> row; none while the file cannot be read."""
    return _contacts(_text(content, CONTACTS))


def contact_of(procedure: Procedure, content: Content) -> Mapping[str, Any]:
    """Whom to ask about it; the nearest office when its contact is not known."""
    return contacts(content).get(procedure.contact) or {"name": OFFICE}


def post(content: Content) -> Post:
    """What holds for all that goes by post."""
    return _post(_text(content, POST))


def places(content: Content) -> Places | None:
    """The names that are no more; None while the file cannot be read."""
    return _places(_text(content, OLD_NAMES))


def _text(content: Content, path: str) -> str:
    revision = content.read(path)
    if revision is not None and revision.state == "draft":
        return content.tree().get(path, "")
    return (revision.text if revision else "") or ""


@lru_cache(maxsize=4)
def _contacts(text: str) -> Mapping[str, Mapping[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="contacts-") as name:
        file = Path(name) / "contacts.yml"
        file.write_bytes(text.encode())
        try:
            return read_contacts(file)["contacts"]
        except DataError:
            return {}


@lru_cache(maxsize=4)
def _post(text: str) -> Post:
    try:
        return parse_post(compose_yaml(text)[1]) if text else Post()
    except DataError:
        return Post()


@lru_cache(maxsize=4)
def _places(text: str) -> Places | None:
    try:
        return Places(parse_old_names(compose_yaml(text)[1])) if text else None
    except DataError:
        return None
