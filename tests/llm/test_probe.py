"""What a probe finds out about an endpoint, against a server on this machine that answers as told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from pipeline.errors import ModelNameError
from pipeline.llm.compose import ModelSpec
from pipeline.llm.probe import probe
from pipeline.llm.profiles import Output
from tests.llm.fakes import chat, refused

Answer = tuple[int, object]
WORD = chat('{"word": "quincunx-47"}')
MODELS = {"object": "list", "data": [{"id": "b"}, {"id": "a"}, {"id": "\x1b[31m"}, {"id": 7}, "x"]}
NO_SCHEMA = refused("response_format type json_schema is not supported")


@contextmanager
def serving(*posts: Answer, models: Answer = (200, MODELS)) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The address of a server that gives these answers in order, and the requests that it saw."""
    left, seen = list(posts), list[dict[str, Any]]()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._give(models)

        def do_POST(self) -> None:
            seen.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self._give(left.pop(0))

        def _give(self, answer: Answer) -> None:
            content = json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def spec(url: str) -> ModelSpec:
    return ModelSpec(name="openai:m", base_url=url, api_key_env="NO_SUCH_KEY")


async def test_a_server_that_obeys() -> None:
    with serving((200, WORD)) as (url, seen):
        found = await probe(spec(url))
    assert found.reachable
    assert found.key_ok
    assert (found.enforces, found.output, found.model) == ("schema", Output.JSON_SCHEMA, "test-model-2026-01")
    assert found.models == ("a", "b")
    assert found.usage.prompt_tokens == 50
    assert found.sentence == "the endpoint answers, and holds its model to the form of the reply"
    assert "quincunx" not in str(seen[0]["messages"])


@pytest.mark.parametrize(
    ("posts", "enforces", "output"),
    [
        ([(500, refused("dialect")), (200, WORD)], "schema", Output.JSON_OBJECT_SCHEMA),
        ([(200, chat('{"word": "tea"}'))], "json", Output.JSON_SCHEMA),
        ([(400, NO_SCHEMA), (400, NO_SCHEMA), (200, WORD)], "json", Output.JSON_OBJECT),  # there the word was told
        ([(400, NO_SCHEMA), (400, NO_SCHEMA), (400, NO_SCHEMA), (200, WORD)], "nothing", Output.PROMPTED),
        ([(200, chat("Tea.")), (200, WORD)], "nothing", Output.JSON_SCHEMA),
        ([(200, chat("Tea.")), (200, chat("Tea!"))], "nothing", Output.JSON_SCHEMA),
        ([(200, chat("x7%k tea tea", finish="length"))], "nothing", Output.JSON_SCHEMA),
        ([(200, chat("<think>well", finish="length"))], "unknown", None),
        ([(404, refused("The model `m` does not exist"))], "unknown", None),
    ],
)
async def test_what_is_enforced(posts: list[Answer], enforces: str, output: Output | None) -> None:
    with serving(*posts) as (url, _):
        found = await probe(spec(url))
    assert found.reachable
    assert (found.enforces, found.output) == (enforces, output)
    assert found.sentence


async def test_a_key_that_is_refused() -> None:
    with serving(models=(401, refused("Incorrect API key provided: sk-abc"))) as (url, seen):
        found = await probe(spec(url))
    assert (found.reachable, found.key_ok, seen) == (True, False, [])
    assert found.sentence == "the endpoint refuses the key"
    with serving((402, refused("Insufficient Balance"))) as (url, _):  # the list of models is open to all
        found = await probe(spec(url))
    assert (found.reachable, found.key_ok) == (True, False)
    assert found.sentence == "the account at the endpoint has no credit left (402)"


async def test_a_busy_endpoint_and_one_without_a_list() -> None:
    with serving((429, refused("slow down")), models=(404, refused("no such page"))) as (url, _):
        found = await probe(spec(url))
    assert (found.reachable, found.key_ok, found.models) == (True, None, ())
    assert found.sentence == "the endpoint answered 429: slow down"


async def test_nobody_there() -> None:
    found = await probe(spec("http://127.0.0.1:1/v1"))
    assert not found.reachable
    assert found.sentence.startswith("no connection to the endpoint: ")


async def test_an_endpoint_whose_answers_are_too_large_is_told_as_such() -> None:
    flood = {"data": [{"id": "x" * 5_000_000}]}
    with serving(models=(200, flood)) as (url, seen):
        found = await probe(spec(url))
    assert (found.reachable, found.output, seen) == (True, None, [])
    assert found.sentence == "the endpoint's answer is longer than 4 MB"
    with serving((200, flood)) as (url, seen):
        found = await probe(spec(url))
    assert (found.reachable, found.key_ok, found.output, len(seen)) == (True, None, None, 1)
    assert found.sentence == "the endpoint's answer is longer than 4 MB"


@pytest.mark.parametrize("name", ["offline", "recorded", "gpt"])
async def test_only_endpoints_are_probed(name: str) -> None:
    with pytest.raises(ModelNameError, match="no model is called"):
        await probe(ModelSpec(name=name))
