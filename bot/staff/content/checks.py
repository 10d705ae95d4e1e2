"""One file of the content in, what keeps the bot from using it out: by the very readers that a release is built with."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from actions.calendar import CalendarError
from actions.calendar_file import read_calendar
from bot.staff.content import checks_shape as shape
from bot.staff.content.revision import FieldError
from bot.staff.content.sentences import told
from index.catalogue import CODE, DataError, load_procedure, read_yaml
from index.contacts import read_contacts
from index.families import read_families
from index.known import read_known
from index.life_events import read_life_events
from index.old_names import parse_old_names
from index.phrasings import read_asked
from index.post import read_post
from index.province import CONTACTS_FILE

Around = Callable[[str], Mapping[str, str]]
"""A prefix -> the submitted files below it: what a file is compared with."""
_RASA_WORD = re.compile(r"^(nlu|responses|stories|rules):", re.M)


def check(path: str, text: str, around: Around) -> tuple[FieldError, ...]:
    """() when the file can be used. path: a checked one. The readers stop at the first error, so that is mostly one."""
    if not path.endswith((".yml", ".md", ".csv", ".txt")):
        return (FieldError("path", f"Tệp {path} không thuộc loại dùng được; cần đuôi .yml, .md, .csv hoặc .txt."),)
    if not path.endswith(".yml"):
        return ()
    if not path.startswith(("nlu/", "rules/")) and (match := _RASA_WORD.search(text)):
        line = text.count("\n", 0, match.start()) + 1
        return (
            FieldError(f"dòng {line}", f'Không dòng nào được bắt đầu bằng "{match[1]}:"; máy học sẽ hiểu nhầm đó là ví dụ của nó.'),
        )
    with tempfile.TemporaryDirectory(prefix="content-") as name:
        file = Path(name) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            return tuple(_read(path, file, around) or ())
        except DataError as error:
            # A YAML error names the file once more, inside: in "<file>", line 3.
            return (told(str(error).removeprefix(f"{file}: ").removeprefix(f"{file.parent}: ").replace(str(file), path)),)
        except CalendarError as error:
            return (_calendar(str(error).removeprefix(f"{file}: "), file),)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            # A reader that was written for files of developers may stumble over a shape that nobody has thought of.
            return (
                FieldError(
                    "", f"Tệp không đúng mẫu ({type(error).__name__}); hãy so với một tệp cùng loại hoặc xem data/README.md."
                ),
            )


def _read(path: str, file: Path, around: Around) -> list[FieldError] | None:
    folder = path.split("/")[0]
    if folder == "procedures":
        return _procedure(path, file, around)
    if folder == "phrasings":
        odd = sorted({asked.code for asked in read_asked(file.parent) if not CODE.fullmatch(asked.code)})
        return [FieldError(code, f'"{code}" không phải mã thủ tục; cần dạng "1.001193".') for code in odd]
    if folder == "life_events":
        return _life_event(path, file, around)
    readers: dict[str, Callable[[Path], object]] = {
        "families.yml": read_families,
        CONTACTS_FILE: read_contacts,
        "province/holidays.yml": read_calendar,
        "province/known.yml": read_known,
        "province/old_names.yml": lambda one: parse_old_names(read_yaml(one)),
        "province/post.yml": read_post,
    }
    if reader := readers.get(path):
        reader(file)
        return None
    return shape.errors(path, read_yaml(file), around)


def _procedure(path: str, file: Path, around: Around) -> list[FieldError]:
    procedure = load_procedure(file)
    errors = []
    twin = [other for other in around("procedures/") if other != path and other.rsplit("/", 1)[-1].startswith(f"{procedure.code}-")]
    if twin:
        errors.append(FieldError("code", f"Mã {procedure.code} đã có ở {twin[0]}; mỗi thủ tục chỉ một tệp."))
    contacts = _contacts(around)
    if contacts and procedure.contact not in contacts:
        errors.append(FieldError("contact", f'Nơi liên hệ đang là "{procedure.contact}"; cần một trong: {", ".join(contacts)}.'))
    return errors


def _contacts(around: Around) -> tuple[str, ...]:
    """Keys of the province's contacts; () while there are none to compare with."""
    return _contact_keys(around(CONTACTS_FILE).get(CONTACTS_FILE, ""))


@lru_cache(maxsize=4)
def _contact_keys(text: str) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory(prefix="content-") as name:
        file = Path(name) / "contacts.yml"
        file.write_bytes(text.encode("utf-8"))
        try:
            return tuple(read_contacts(file)["contacts"])
        except DataError:
            return ()


def _life_event(path: str, file: Path, around: Around) -> None:
    """With the records that it names, as they are submitted now."""
    named = set(CODE.findall(file.read_text("utf-8")))
    procedures = {}
    for other, text in around("procedures/").items():
        code = other.rsplit("/", 1)[-1].split("-")[0]
        if code in named:
            record = file.parent.parent / other
            record.parent.mkdir(parents=True, exist_ok=True)
            record.write_bytes(text.encode("utf-8"))
            procedures[code] = load_procedure(record)
    read_life_events(file.parent, procedures, ())


def _calendar(message: str, file: Path) -> FieldError:
    """The calendar's reader speaks Vietnamese already, except where YAML itself is wrong."""
    if match := re.match(r"không đọc được tệp \((.*)\)$", message, re.S):
        return told(match[1].removeprefix(f"{file}: "))
    where, _, rest = message.partition(": ")
    known = re.match(r"(?:days_off|worked_saturdays|doubts|saturday_mornings|timetables|confirmed_\w+|checked_on)", where)
    where, rest = (where, rest) if known and rest else ("", message)
    return FieldError(where, f"{rest[:1].upper()}{rest[1:]}.")
