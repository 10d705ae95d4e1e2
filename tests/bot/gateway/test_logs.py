from __future__ import annotations

import io
import json
import logging

from bot.gateway.logs import JsonFormatter


def test_no_words_of_a_citizen() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    log = logging.Logger("t")
    log.addHandler(handler)
    try:
        raise ValueError("bí mật 079203001234")
    except ValueError:
        log.error("failed %s", "bí mật", exc_info=True, extra={"channel": "web", "text": "bí mật"})
    line = stream.getvalue()
    row = json.loads(line)
    assert "bí mật" not in line and "079203001234" not in line and line.count("\n") == 1
    assert row["event"] == "failed %s" and row["exception"] == "ValueError" and row["channel"] == "web"
    assert "test_logs.py" in row["frames"][0]
