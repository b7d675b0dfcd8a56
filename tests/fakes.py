"""Stand-ins and builders that several tests share: a model with a queue of replies, a small business, a message."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

from pipeline.errors import ModelError
from pipeline.policy.load import load_policy
from pipeline.resources import shipped
from pipeline.types.business import Business, Partner, Profile, Voice
from pipeline.types.decision import Text
from pipeline.types.message import Address, Message
from pipeline.types.prompt import Completion, Prompt, Usage
from pipeline.types.records import Client
from pipeline.values.language import guess

TODAY = date(2026, 11, 19)  # a Thursday


class ScriptedModel:
    """Answers with the given replies, in order; a reply may be JSON-able data, raw text or an error to raise."""

    def __init__(self, *replies: object, name: str = "scripted") -> None:
        self.replies = list(replies)
        self.name = name
        self.prompts: list[Prompt] = []

    async def complete(self, prompt: Prompt) -> Completion:
        self.prompts.append(prompt)
        reply = self.replies.pop(0)
        if isinstance(reply, type) and issubclass(reply, ModelError):
            raise reply("as scripted", prompt=prompt)
        if isinstance(reply, dict):
            reply = filled(reply, prompt.schema_)
        text = reply if isinstance(reply, str) else json.dumps(reply)
        usage = Usage(prompt_tokens=10, completion_tokens=5, calls=1)
        return Completion(text=text, model=self.name, call=f"call-{len(self.prompts)}", usage=usage)


def filled(reply: Mapping[str, object], schema: Mapping[str, object]) -> dict[str, object]:
    """The reply with null for what a newer type asks for beside it: there was nothing of the kind."""
    properties = schema["properties"]
    assert isinstance(properties, Mapping)
    return dict.fromkeys(properties) | dict(reply)


def starter_policy() -> str:
    return shipped("fixtures", "starter", "policy.yaml").read_text(encoding="utf-8")


def business(
    policy: str | None = None, *, booked_until: date | None = None, clients: tuple[Client, ...] = ()
) -> Business:
    """A small print shop under the starter policy."""
    profile = Profile(
        name="Plum & Press",
        addresses=("hello@plumpress.example",),
        services=("print design", "posters"),
        not_offered=("video",),
        signature="Ada Plum\nPlum & Press",
        voice=Voice(
            greeting=Text(by_language={"en": "Hi {name},", "de": "Guten Tag {full_name},"}),
            signoff=Text(by_language={"en": "Warmly,", "de": "Herzliche Grüße"}),
            guidance="Warm and plain.",
        ),
        booked_until=booked_until,
        partners=(Partner(name="Rolf Kamera", for_=("video",)),),
    )
    return Business(
        profile=profile, clients=clients, policy=load_policy(policy or starter_policy(), "policy.yaml"), hash="b" * 64
    )


def message(body: str, *, subject: str = "A question", history: str = "", sender: str = "mia@lark.example") -> Message:
    return Message(
        key="a" * 64,
        origin="test.eml",
        message_id="<1@lark.example>",
        thread="<1@lark.example>",
        sender=Address(address=sender, name="Mia Lark"),
        to=(Address(address="hello@plumpress.example"),),
        subject=subject,
        sent=datetime(2026, 11, 18, 9, 0, tzinfo=UTC),
        body=body,
        history=history,
        language=guess(body),
    )


def reading(*asks: Mapping[str, object], **fields: object) -> dict[str, object]:
    """An ExtractReply as a model would give it."""
    empty: dict[str, object] = {
        "asks": list(asks),
        "mail_facts": [],
        "aim": None,
        "details": [],
        "leverage": [],
        "sentiment": "friendly",
        "language": "en",
        "cannot_tell": None,
    }
    return empty | fields


def ask(
    kind: str, quote: str, *facts: tuple[str, str] | tuple[str, str, str], service: str = "everyday"
) -> dict[str, object]:
    """An AskClaim; each fact is (name, quote) or (name, quote, choice)."""
    claims = [{"name": f[0], "quote": f[1], "choice": f[2] if len(f) > 2 else None} for f in facts]
    return {"kind": kind, "quote": quote, "service": service, "facts": claims}


def sentences(*told: tuple[str, str]) -> dict[str, object]:
    """A DraftReply; each sentence is (backing, text)."""
    return {"sentences": [{"text": text, "backing": backing, "new_paragraph": False} for backing, text in told]}


GOOD_DISCOUNT = sentences(
    ("aim", "You want the posters up before the fair, and we'd love to see them there."),
    ("ask:1", "We can't take {ask.1.discount_asked} off the price."),
    (
        "rule:discount",
        "{rule.discount.max_discount} is as far as we can go; below it we'd cut the proofing that keeps colours true.",
    ),
    ("courtesy", "Here is what we can do instead."),
    ("offer:within_limit", "If you order the whole set at once, we take {offer.within_limit.max_discount} off."),
    (
        "offer:fit_budget",
        "We can shrink the set to the posters by the entrance, at our usual rates, and mark what to leave out.",
    ),
    (
        "offer:spread_payment",
        "Or you keep the full set and pay it in {offer.spread_payment.instalments} equal instalments.",
    ),
    ("courtesy", "Tell us which of the three suits you, and we'll get going."),
)
