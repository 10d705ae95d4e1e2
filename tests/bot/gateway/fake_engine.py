"""A stand-in for bot.engine: the same HTTP, no understanding. Started as a process of its own.

fake_engine.py [--port N] --model PATH; without a port it forks engines as told (bot.engine_zygote). The model is a text file whose words switch behaviour:
    name=<x> said in every answer · slow=<seconds> before the port opens · exit=<code> at start · delay=<seconds> a message ·
    mute (answers [] always, also to the first message)
Words of a message: CHẾT ends the process, TREO stops it (SIGSTOP: health probes hang too), NGỦ sleeps a minute in this one
request, HỒ SƠ answers that only the office knows, RÁC answers [], LẶP repeats the state it was given, GÌ echoes the text it was given.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from bot import engine_zygote  # noqa: E402 - after the path


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    words = options.model.read_text("utf-8").split()
    model = {word.partition("=")[0]: word.partition("=")[2] for word in words}
    if "exit" in model:
        os._exit(int(model["exit"]))
    time.sleep(float(model.get("slow") or 0))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self.reply(b"Hello from a fake: 3.6.21")

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            text, state = body["message"], body["metadata"]["state"]
            if "CHẾT" in text:
                os._exit(139)
            if "TREO" in text:
                os.kill(os.getpid(), signal.SIGSTOP)
            if "NGỦ" in text:
                time.sleep(60)
            time.sleep(float(model.get("delay") or 0))
            if "RÁC" in text or "mute" in model:
                self.reply(b"[]")
                return
            turn = (state or {}).get("turn", 0) + 1
            said = {
                "text": f"{model.get('name', 'fake')} turn={turn} now={body['metadata']['now']}"
                        + (f" text={text}" if "GÌ" in text else "") + (f" pid={os.getpid()}"),
                "status": "answered", "procedure": {"code": "1.001193", "name": "Đăng ký khai sinh"}, "aspects": ["fees"],
                "candidates": [], "choices": [{"title": "Lệ phí", "message": "lệ phí?"}], "facts": [], "sources": [],
                "state": {"turn": turn, "sender": body["sender"]},
            }
            if "HỒ SƠ" in text:
                said |= {"text": "Dạ, tôi không xem được hồ sơ.", "status": "unanswerable_own_case", "procedure": None, "choices": []}
            self.reply(json.dumps([said]).encode())

        def reply(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: object, client_address: object) -> None:
            """Quiet about a gateway that hung up, as a server is; anything else is printed."""
            if not isinstance(sys.exc_info()[1], ConnectionError):
                super().handle_error(request, client_address)

    def serve(port: int) -> None:
        Server(("127.0.0.1", port), Handler).serve_forever()

    if options.port is None:
        engine_zygote.run(serve)
    else:
        serve(options.port)


if __name__ == "__main__":
    main()
