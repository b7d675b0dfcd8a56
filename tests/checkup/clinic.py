"""An endpoint for the checkup's tests: it reads the invented mails as a careful reader would, or fails as it is told.

One thread on this machine, no weights. Left out: everything of the protocol that the checkup does not touch.
"""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.fakes import GOOD_DISCOUNT, ask, filled, reading, sentences

KEY = "sk-the-right-key-0123456789"

_READINGS = {
    "The new label": reading(
        ask(
            "discount",
            "Would you do the label for\n30% less?",
            ("discount_asked", "30% less"),
            service="packaging and label design",
        ),
        aim="we'd like the bottles to stand out at the Easter market",
    ),
    "Poster for the spring run": reading(
        ask(
            "free_work",
            "Could you draw\nthe poster for us free of charge?",
            ("unpaid", "free of charge"),
            ("pays_with", "your name would stand on every\nposter", "exposure"),
            service="illustration",
        ),
        aim="people to stop in front of it",
    ),
    "Go ahead with the price list": reading(ask("in_scope_request", "Please go ahead.", service="print design")),
    "Neues Logo": reading(
        ask(
            "rush_deadline",
            "Können Sie es bis Freitag, 20. November, fertig\nmachen?",
            ("deadline", "bis Freitag, 20. November"),
            ("offers_payment", "Ihren\nüblichen Preis zahlen wir gern"),
            service="logo design",
        ),
        language="de",
    ),
    "The boxes": reading(),
}
_POOR = sentences(("courtesy", "Sure, we'll do it for you by tomorrow for 12 euros."))


class Clinic:
    """How the endpoint behaves: ``enforces`` the schema or not, knows the ``models`` it lists, wants ``key``."""

    def __init__(self, *, enforces: bool = True, models: tuple[str, ...] = ("careful-1",), key: str = KEY) -> None:
        self.enforces, self.models, self.key = enforces, models, key
        self.broken = False  # every reading is nonsense
        self.asked: list[dict[str, Any]] = []

    def answer(self, request: dict[str, Any]) -> str:
        """The reply's text."""
        self.asked.append(request)
        form = request.get("response_format", {}).get("json_schema", {})
        name, told = form.get("name", ""), json.dumps(request["messages"], ensure_ascii=False)
        if "hot drink" in told:
            return json.dumps({"word": form["schema"]["properties"]["word"]["enum"][0]} if self.enforces else "Tea.")
        if self.broken:
            return "I would rather talk about the weather."
        if name == "draft_reply":
            return json.dumps(GOOD_DISCOUNT if "discount" in told and "30%" in told else _POOR)
        subject = re.search(r"<subject>\\n(.*?)\\n</subject>", told)
        assert subject
        return json.dumps(filled(_READINGS.get(subject[1], reading()), form["schema"]))


@contextmanager
def clinic(behaviour: Clinic) -> Iterator[str]:
    """The base url of the endpoint, while the block runs."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(200, {"data": [{"id": name} for name in behaviour.models]})

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            if behaviour.key and self.headers["authorization"] != f"Bearer {behaviour.key}":
                self._send(401, {"error": {"message": f"Incorrect API key: {self.headers['authorization']}"}})
            elif request["model"] not in behaviour.models:
                self._send(404, {"error": {"message": f"The model `{request['model']}` does not exist"}})
            else:
                self._send(200, _chat(request["model"], behaviour.answer(request)))

        def _send(self, status: int, body: object) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _chat(model: str, content: str) -> dict[str, object]:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    return {
        "object": "chat.completion",
        "model": f"{model}-2026-10-01",
        "choices": [choice],
        "usage": {"prompt_tokens": 5_000, "completion_tokens": 800},
    }
