"""Log records in, one JSON object a line on stderr out. No message text, no exception text: where and what kind only."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

EXTRA = ("channel", "status", "reason", "error", "engine_pid", "model", "seconds", "pause", "count", "code", "at")
"""The only fields of a record's `extra` that are written; a new one is added here on purpose."""
MAX_FRAMES = 8


class JsonFormatter(logging.Formatter):
    """Own loggers (bot.*) give fixed event names; of third parties only the template is kept, never its arguments."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, ASCII-safe JSON."""
        row: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": str(record.msg).partition("\n")[0][:200],
        }
        row.update({name: getattr(record, name) for name in EXTRA if getattr(record, name, None) is not None})
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            # An exception's words may quote what a citizen wrote: its type and place are enough to find it.
            row["exception"] = kind.__name__
            frames = traceback.extract_tb(trace)[-MAX_FRAMES:]
            row["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(row, ensure_ascii=False, default=str)


def configure_logs(level: str, stream: TextIO = sys.stderr) -> None:
    """Send every logger of this process through JsonFormatter. level: debug, info, warning or error."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # Third parties name addresses and requests at info.
    for name in ("aiohttp", "uvicorn", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("uvicorn.access").disabled = True
