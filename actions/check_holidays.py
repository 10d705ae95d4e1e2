"""The second half of `make check-data`: data/province/holidays.yml in, a list of problems out; exit status 1 when there is one.

It stands here and not in index/check.py because the calendar is read in this layer.

python -m actions.check_holidays data
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from actions.calendar import CalendarError
from actions.calendar_file import read_calendar
from index.catalogue import DataError
from index.contacts import read_contacts
from index.province import CONTACTS_FILE


def check_holidays(data: Path) -> list[str]:
    """One line each: a calendar that cannot be used, or Saturday mornings of a contact that there is not."""
    path = data / "province" / "holidays.yml"
    try:
        mornings = read_calendar(path).saturday_mornings
        contacts = read_contacts(data / CONTACTS_FILE)["contacts"]
    except (CalendarError, DataError) as error:
        return [str(error)]
    known = ", ".join(contacts)
    return [f'{path}: saturday_mornings: không có nơi liên hệ "{key}" trong {CONTACTS_FILE}; cần một trong {known}' for key in sorted(mornings - set(contacts))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    problems = check_holidays(parser.parse_args().data)
    for line in problems:
        print("PROBLEM:", line)
    print(f"holidays.yml: {len(problems)} problems")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
