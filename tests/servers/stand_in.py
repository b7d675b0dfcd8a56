"""A local stand-in for the answers that no small server gives on demand: refusal, content filter, 429, empty account.

It answers by the words of the mail. Left out: everything else of the protocol.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.llm.fakes import chat, refused

_JSON_MODE_ONLY = "'response_format.type' : value must be one of ['text', 'json_object']"


class _Answers(BaseHTTPRequestHandler):
    """``busy`` is answered with 429 twice, then well."""

    turned_away = 0

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        status, headers, body = self._answer(request)
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"content-type": "application/json", "set-cookie": "s=secret", **headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _answer(self, request: dict[str, Any]) -> tuple[int, dict[str, str], object]:
        mail = request["messages"][-1]["content"]
        if mail == "refuse":
            return 200, {}, chat(None, refusal="I cannot help with that.")
        if mail == "filter":
            return 200, {}, chat("", finish="content_filter")
        if mail == "no credit":
            return 429, {}, refused("You exceeded your current quota.", code="insufficient_quota")
        if mail == "busy" and _Answers.turned_away < 2:
            _Answers.turned_away += 1
            return 429, {"retry-after": "2"}, refused("Rate limit reached", code="rate_limit_exceeded")
        if request.get("response_format", {}).get("type") == "json_schema":
            return (200, {}, chat()) if mail == "busy" else (400, {}, refused(_JSON_MODE_ONLY))
        return 200, {}, chat()

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@contextmanager
def stand_in(port: int) -> Iterator[None]:
    """The server, while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
