"""What the tests of the batch share: mails, a flow without a model, and small values."""

from collections.abc import Callable
from datetime import date

from pipeline.batch.listing import Listed
from pipeline.inbox.source import Raw
from pipeline.types.decision import Action
from pipeline.types.message import Message
from pipeline.types.outcome import Outcome
from pipeline.types.prompt import Completion, ExtractVariables, Prompt, Turn, Usage

TODAY = date(2026, 5, 4)


class FakeFlow:
    """A flow that drafts nothing. ``act`` is called with each subject and may wait for, or raise, what a test wants."""

    def __init__(self, act: Callable[[str], object] = lambda _: None, identity: str = "one") -> None:
        self.seen: list[str] = []
        self._act, self._identity = act, identity

    def key(self, message: str, thread: str, today: date) -> str:
        return f"{self._identity} {message} {thread} {today}"

    async def reply(self, message: Message, key: str, today: date) -> Outcome:
        action, code = (Action.SKIP, message.skip.value) if message.skip else (Action.ACCEPT, "no_objection")
        if not message.skip:
            self.seen.append(message.subject)
            waiting = self._act(message.subject)
            if hasattr(waiting, "__await__"):
                await waiting
        return Outcome(key=key, origin=message.origin, today=today, action=action, code=code, message=message)


def letter(subject: str, *, sender: str = "", body: str = "Could you help?", extra: str = "") -> bytes:
    """A mail whose id and sender follow from its subject."""
    sender = sender or f"{subject.replace(' ', '.').lower()}@client.example"
    head = (
        f"From: {sender}\nTo: us@studio.example\nSubject: {subject}\nMessage-ID: <{hash_of(subject)}@client.example>\n"
    )
    return f"{head}Date: Mon, 20 Apr 2026 10:00:00 +0000\n{extra}\n{body}\n".encode()


def hash_of(text: str) -> str:
    return text.encode().hex()


def letters(*subjects: str) -> list[Raw]:
    return [Raw(seq, f"{seq}.eml", letter(subject)) for seq, subject in enumerate(subjects)]


def listed(*keys: str) -> list[Listed]:
    """A listing of outcomes."""
    return [(seq, key, "", "") for seq, key in enumerate(keys)]


def outcome(key: str, **changes: object) -> Outcome:
    row = Outcome(key=key, origin=f"{key}.eml", today=TODAY, action=Action.ACCEPT, code="no_objection")
    return row.model_copy(update=changes)


def prompt(text: str = "Read this.") -> Prompt:
    variables = ExtractVariables(
        firm="Studio",
        services=(),
        not_offered=(),
        facts=(),
        sent="unknown",
        sender="",
        subject="",
        body=text,
        history="",
    )
    turns = (Turn(role="user", content=text),)
    return Prompt(stage="extract", version="extract@v1", hash="0", variables=variables, messages=turns, schema_={})


def completion(call: str, text: str = "{}") -> Completion:
    return Completion(text=text, model="some-model", call=call, usage=Usage(prompt_tokens=10, calls=1))
