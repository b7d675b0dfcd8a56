"""A page in headless Chromium, spoken to over its debugging pipe: JSON messages, each ended by a zero byte.

Nothing but the standard library is needed. Left out: all that a test of one page of ours does not ask for.
"""

import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from time import monotonic
from typing import Any

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), ""
)
_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage")
_PIPES = "import os, sys; i, o, *run = sys.argv[1:]; os.dup2(int(i), 3); os.dup2(int(o), 4); os.execv(run[0], run)"
_PATIENCE = 20.0  # seconds for one answer


class Browser:
    """One tab. ``events`` is all that it told unasked, such as requests, errors and lines on its console."""

    def __init__(self, told: int, heard: int) -> None:
        self._told, self._heard, self._rest, self._number = told, heard, b"", 0
        self._session: dict[str, str] = {}
        self.events: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = {"sessionId": self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        """The result of one command."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params, **self._session}
        os.write(self._told, json.dumps(message).encode() + b"\0")
        while (heard := self._next()).get("id") != self._number:
            self.events.append(heard)
        assert "error" not in heard, heard["error"]
        result: dict[str, Any] = heard["result"]
        return result

    def open(self, page: Path, width: int, *, scripts: bool = True) -> None:
        """Show a page, anew, in a window of this width."""
        self.events.clear()
        self.ask("Emulation.setScriptExecutionDisabled", value=not scripts)
        metrics: dict[str, object] = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **metrics)
        self.ask("Page.navigate", url=page.as_uri())
        until = monotonic() + _PATIENCE
        while not self.told("Page.loadEventFired"):
            assert monotonic() < until, "the page does not load"
            self.events.append(self._next())

    def told(self, *methods: str) -> list[dict[str, Any]]:
        """The events of these kinds since the page was opened."""
        return [event["params"] for event in self.events if event.get("method") in methods]

    def eval(self, expression: str) -> Any:
        """What an expression comes to on the page."""
        found = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def click(self, selector: str) -> None:
        """A click of the mouse in the middle of the first element that is found, once it is in view."""
        box = f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center', behavior: 'instant'}})"
        self.eval(box)
        middle = "(r => ({x: r.x + r.width / 2, y: r.y + r.height / 2}))"
        at = self.eval(f"{middle}(document.querySelector({json.dumps(selector)}).getBoundingClientRect())")
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **at)

    def picture(self, into: Path) -> None:
        """What is to be seen now, as a PNG."""
        into.write_bytes(b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            assert select([self._heard], [], [], _PATIENCE)[0], "the browser says nothing"
            part = os.read(self._heard, 1 << 16)
            assert part, "the browser is gone"
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        heard: dict[str, Any] = json.loads(message)
        return heard


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own, gone at the end."""
    (theirs, told), (heard, their_end) = os.pipe(), os.pipe()
    run = [CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", "--remote-debugging-pipe"]
    process = subprocess.Popen(
        [sys.executable, "-c", _PIPES, str(theirs), str(their_end), *run],
        pass_fds=(theirs, their_end),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    os.close(their_end)
    try:
        yield Browser(told, heard)
    finally:
        process.kill()
        process.wait()
        os.close(told)
        os.close(heard)
