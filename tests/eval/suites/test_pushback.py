"""The suite of answers to our no: a careful reading of each comes to what its label expects, by the rounds alone."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from eval.runs.desk import Desk
from eval.suites.load import load_suite
from eval.types.case import Case
from pipeline.extract import verified
from pipeline.policy.rounds import Settled, settle
from pipeline.policy.vocabulary import vocabulary
from pipeline.resources import shipped
from pipeline.types.base import Value
from pipeline.types.decision import Action
from pipeline.types.replies import ReadingReply


class Ask(Value):
    """An ask, and the words of its facts by name."""

    kind: str
    quote: str
    facts: dict[str, str]


class Noted(Value):
    """What a mail says: an objection with its words, the words that take an offer and the offer's number."""

    asks: list[Ask]
    objection: tuple[str, str] | None = None
    accepted: tuple[str, int] | None = None


SUITE = load_suite(shipped("fixtures", "suites", "pushback"))
NOTES = YAML(typ="safe").load(Path(__file__).with_name("pushback.yaml"))
READ = TypeAdapter(dict[str, Noted]).validate_python(NOTES)
RECORDED = [case for case in SUITE.cases if case.earlier]


def reply(case: Case) -> ReadingReply:
    """What the reader reports, as the model would."""
    read = READ[case.id]
    return ReadingReply.model_validate({
        "asks": [
            {
                "kind": ask.kind, "quote": ask.quote, "service": "everyday",
                "facts": [{"name": name, "quote": quote, "choice": None} for name, quote in ask.facts.items()],
            }
            for ask in read.asks
        ],
        "mail_facts": [], "aim": None, "details": [], "leverage": [], "sentiment": "neutral",
        "language": case.language, "cannot_tell": None,
        "objection": read.objection and dict(zip(("kind", "quote"), read.objection, strict=True)),
        "accepted": read.accepted and {"quote": read.accepted[0], "offer": read.accepted[1], "ours": None},
    })  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(SUITE, tmp_path_factory.mktemp("firms"))


def settled(case: Case, desk: Desk) -> Settled:
    business, message = desk.open(case)
    known = {spec.name: spec for spec in vocabulary(business, business.client_of(message.sender))}
    request = verified(reply(case), message, known, case.day)
    assert request.dropped == ()
    return settle(message, request, case.earlier, business, case.day)


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: str(case.id))
def test_a_careful_reading_comes_to_what_is_expected(case: Case, desk: Desk) -> None:
    request, decision = settled(case, desk)
    assert decision.action in case.expected.handling, (decision.code, decision.private)
    if decision.action is Action.CONFIRM:
        assert case.earlier is not None
        assert request.accepted is not None
        assert request.accepted.offer is not None
        assert decision.offers == (case.earlier.told[request.accepted.offer - 1].offer,)


@pytest.mark.parametrize("case", SUITE.cases, ids=lambda case: str(case.id))
def test_every_mail_quotes_an_earlier_one(case: Case, desk: Desk) -> None:
    message = desk.open(case).message
    assert message.history
    assert len(message.body) < len(case.mail.body) / 2
