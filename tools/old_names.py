"""data/province/old_names.yml from tools/old_units.csv (units before 01/7/2025) and the package vietnam-provinces (units of today).

python -m tools.old_names > data/province/old_names.yml

The package, in the version that is locked, holds the units of today only; which old unit lies in which of them is in the table,
by code. Sources and what they leave open: docs/decisions/0015-old-names.md. The same input gives the same bytes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

TABLE = Path(__file__).parent / "old_units.csv"
PROVINCE = 96
"""Cà Mau in the national list of administrative units."""
MERGED = (
    ("Cà Mau", "1655/NQ-UBTVQH15", ("Bạc Liêu",)),
    ("An Giang", "1654/NQ-UBTVQH15", ("Kiên Giang",)),
    ("Cần Thơ", "1668/NQ-UBTVQH15", ("Sóc Trăng", "Hậu Giang")),
    ("Đồng Nai", "1662/NQ-UBTVQH15", ("Bình Phước",)),
    ("Vĩnh Long", "1687/NQ-UBTVQH15", ("Bến Tre", "Trà Vinh")),
    ("Đồng Tháp", None, ("Tiền Giang",)),
    ("Tây Ninh", None, ("Long An",)),
    ("Thành phố Hồ Chí Minh", "1685/NQ-UBTVQH15", ("Bình Dương", "Bà Rịa - Vũng Tàu")),
    ("Lâm Đồng", "1671/NQ-UBTVQH15", ("Đắk Nông", "Bình Thuận")),
    ("Khánh Hòa", "1667/NQ-UBTVQH15", ("Ninh Thuận",)),
    ("Đắk Lắk", "1660/NQ-UBTVQH15", ("Phú Yên",)),
    ("Gia Lai", "1664/NQ-UBTVQH15", ("Bình Định",)),
    ("Quảng Ngãi", "1677/NQ-UBTVQH15", ("Kon Tum",)),
    ("Đà Nẵng", "1659/NQ-UBTVQH15", ("Quảng Nam",)),
    ("Quảng Trị", None, ("Quảng Bình",)),
    ("Hải Phòng", "1669/NQ-UBTVQH15", ("Hải Dương",)),
    ("Hưng Yên", None, ("Thái Bình",)),
    ("Ninh Bình", None, ("Hà Nam", "Nam Định")),
    ("Bắc Ninh", None, ("Bắc Giang",)),
    ("Phú Thọ", None, ("Vĩnh Phúc", "Hòa Bình")),
    ("Thái Nguyên", None, ("Bắc Kạn",)),
    ("Lào Cai", None, ("Yên Bái",)),
    ("Tuyên Quang", None, ("Hà Giang",)),
)
"""(province of today, resolution on its communes where we have read the number, provinces that are no more): NQ 202/2025/QH15."""

HEAD = """\
# Tên đơn vị hành chính cũ → tên hôm nay. Tệp do tools/old_names.py viết ra: sửa bảng tools/old_units.csv rồi chạy lại, đừng sửa ở đây.
# Một xã cũ có thể nay nằm trong nhiều xã, phường; khi đó máy nêu đủ các nơi và hỏi lại, vì chỉ tên xã cũ thì chưa đủ để biết.
since: "2025-07-01"
checked_on: "2026-11-22"
"""


def render(rows: Sequence[Mapping[str, str]], today: Mapping[int, str], package: str) -> str:
    """The file. rows: of the table; today: code -> name of each commune of today; package: its version.

    Raises ValueError when a code is not one of today, or a commune of today comes from no old one.
    """
    named = [{int(code) for code in row["today"].split()} for row in rows]
    used = set().union(*named)
    if used != set(today):
        raise ValueError(f"old_units.csv and vietnam-provinces {package} differ in the codes {sorted(used ^ set(today))}")
    lines = [HEAD, "provinces:\n", "  source: Nghị quyết 202/2025/QH15 ngày 12/6/2025\n", "  rows:\n"]
    for now, resolution, gone in MERGED:
        of_communes = f", resolution: {resolution}" if resolution else ""
        lines += [f"    - {{old: {old}, now: {now}{of_communes}}}\n" for old in gone]
    lines += [
        "communes:\n",
        "  # Xã cũ về đâu: theo source. Tên xã, phường hôm nay: theo package.\n",
        "  source: Bảng chuyển đổi đơn vị hành chính của Cục Thống kê, theo Nghị quyết 1655/NQ-UBTVQH15 ngày 16/6/2025\n",
        f'  package: "vietnam-provinces {package}"\n',
        "  districts:\n",
    ]
    district = None
    for row, codes in zip(rows, named, strict=True):
        if row["district"] != district:
            district = row["district"]
            lines += [f"    - name: {district}\n", f"      province: {row['province']}\n", "      rows:\n"]
        now = ", ".join(today[code] for code in sorted(codes))
        lines.append(f"        - {{old: {row['name']}, now: [{now}]}}\n")
    return "".join(lines)


def read_table(path: Path = TABLE) -> list[dict[str, str]]:
    """Rows of old units, ordered by district, then by code, so that each district stands together."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    first = {row["district"]: row["code"] for row in reversed(rows)}
    return sorted(rows, key=lambda row: (first[row["district"]], row["code"]))


def units_of_today() -> tuple[dict[int, str], str]:
    """-> (code -> name of each commune of the province, version of the package). Raises ImportError without the package."""
    from vietnam_provinces import ProvinceCode, Ward

    return {ward.code.value: ward.name for ward in Ward.iter_by_province(ProvinceCode(PROVINCE))}, version("vietnam-provinces")


if __name__ == "__main__":
    sys.stdout.write(render(read_table(), *units_of_today()))
