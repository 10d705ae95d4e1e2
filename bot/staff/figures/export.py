"""A report in, its tables as CSV or XLSX out. What begins like a formula stays text in every spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from actions.words import ASPECT_TITLES
from bot.staff.figures.report import Report
from bot.staff.figures.words import FAMILIES, FAULTS, WEEKDAYS, channel_name, family_of

Cell = str | int | float | None
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Sheet:
    """name: at most 31 characters, as spreadsheets demand."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets_of(report: Report, names: Mapping[str, str]) -> list[Sheet]:
    """names: procedure's code -> its name. Shares are in [0, 1]; what is not known is an empty cell."""
    figures, liked, fixes = report.figures, report.satisfaction, report.fixes
    families = {**FAMILIES, **{key: key for key in figures.families if key not in FAMILIES}}
    total: list[tuple[Cell, ...]] = [
        ("Từ ngày", figures.period.first.isoformat()),
        ("Đến ngày", figures.period.last.isoformat()),
        ("Câu hỏi", figures.questions),
        ("Cuộc trò chuyện còn đếm được", figures.conversations),
        ("Câu hỏi không còn biết thuộc cuộc nào", figures.unlinked),
        *((title, figures.families[key]) for key, title in families.items()),
        ("Ngón tay lên", liked.up),
        ("Ngón tay xuống", liked.down),
        *((f"{star} sao", n) for star, n in enumerate(liked.stars, 1)),
        ("Nhóm câu hỏi đã sửa xong", fixes.n if fixes else None),
        ("Thời gian sửa, trung vị (giờ)", round(fixes.median / 3600, 1) if fixes and fixes.median is not None else None),
    ]
    weeks = tuple(
        (week, row.drawn, row.right, row.wrong, row.unsure, row.unjudged, row.share, *(row.interval or (None, None)))
        for week, row in report.accuracy.items()
    )
    return [
        Sheet("Chung", ("Chỉ số", "Giá trị"), tuple(total)),
        Sheet("Độ chính xác", ("Tuần", "Cỡ mẫu", "Đúng", "Sai", "Không rõ", "Chưa chấm", "Tỷ lệ đúng", "Từ", "Đến"), weeks),
        Sheet("Loại lỗi", ("Loại lỗi", "Số lần"), tuple((FAULTS.get(key, "Không ghi loại"), n) for key, n in report.faults.items())),
        Sheet("Theo ngày", ("Ngày", *families.values()), tuple((day, *(row[key] for key in families)) for day, row in figures.days)),
        Sheet(
            "Theo trạng thái", ("Trạng thái", "Nhóm", "Số câu"),
            tuple((status, families.get(family_of(status), status), n) for status, n in figures.statuses.items()),
        ),
        Sheet("Theo kênh", ("Kênh", "Số câu"), tuple((channel_name(key), n) for key, n in figures.channels.items())),
        Sheet("Theo giờ", ("Giờ", "Số câu"), tuple(enumerate(figures.hours))),
        Sheet("Theo thứ", ("Thứ", "Số câu"), tuple(zip(WEEKDAYS, figures.weekdays))),
        Sheet("Thủ tục", ("Mã", "Tên", "Số câu"), tuple((code, names.get(code, code), n) for code, n in figures.procedures)),
        Sheet("Nội dung hỏi", ("Nội dung", "Số lượt"), tuple((ASPECT_TITLES.get(key, key), n) for key, n in figures.aspects)),
        Sheet("Chưa trả lời được", ("Câu hỏi hoặc nhóm", "Số câu"), tuple((gap.text, gap.n) for gap in report.gaps)),
    ]


def csv_of(sheets: Sequence[Sheet]) -> bytes:
    """One table under the other, parted by an empty line, each under its name. UTF-8 with the mark that Excel looks for."""
    out = io.StringIO()
    writer = csv.writer(out)
    for at, sheet in enumerate(sheets):
        writer.writerows([[]] * bool(at) + [[sheet.name], list(map(as_text, sheet.header))])
        writer.writerows([as_text(cell) for cell in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_text(cell: Cell) -> Cell:
    """A text that a spreadsheet would compute gets an apostrophe before it; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def xlsx_of(sheets: Sequence[Sheet]) -> bytes:
    """One sheet a table. Texts are written as texts: nothing is turned into a formula, a link or a number."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold, share = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        page.set_column(0, 0, 32)
        page.set_column(1, max(1, len(sheet.header) - 1), 16)
        for column, title in enumerate(sheet.header):
            page.write_string(0, column, title, bold)
        for line, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(line, column, cell)
                elif cell is not None:
                    page.write_number(line, column, cell, share if isinstance(cell, float) and cell <= 1 else None)
    book.close()
    return out.getvalue()
