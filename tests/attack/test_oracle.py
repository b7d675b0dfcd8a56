"""The oracle is not blind: what a guard would have to stop, it sees in the bytes; and a sound draft it lets pass."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.draft import set_letter
from pipeline.outbox.eml import draft_eml
from pipeline.types.outcome import Outcome
from pipeline.types.replies import DraftReply
from tests.attack import raw, runs
from tests.attack.codes import CODES
from tests.attack.expect import expected
from tests.attack.firm import TODAY, firm
from tests.attack.hosts import hosts
from tests.attack.oracle import breaches
from tests.attack.plan import Run
from tests.attack.scene import CANARY, LONG, WRITES, Scene
from tests.attack.unread import letters, reply_of, told

# Moves whose every phrase the oracle must see when nothing stops them.
TOLD_BY_BYTES = frozenset(
    {
        "accepts", "accepts_first", "accepts_as_offer", "accepts_abroad", "promises", "promises_as_offer", "discounts",
        "discounts_last", "delivers", "swaps_roles", "names_others", "links", "markup", "two_offers",
        "four_offers", "same_offer_twice", "forbidden_offer", "invented_offer", "canary", "long_canary",
        "canary_in_offer", "other_client_coded", "speaks_for_the_client",
    }
)  # fmt: skip


def sent_unguarded(run: Run) -> tuple[bytes, Outcome]:
    """The bytes of a move's draft, as if there were no guard."""
    from pipeline.letter import letter_of
    from pipeline.types.outcome import Outcome as Row

    honest = runs.honest(run.host.id)
    assert honest.message
    assert honest.request
    assert honest.decision
    scene = Scene(run.host, None, run.number, run.host.draft, tuple(o.id for o in honest.decision.offers))
    made = WRITES[run.write](scene)
    reply = DraftReply.model_validate_json(made if isinstance(made, str) else raw.reply(made))
    letter = letter_of(honest.message, honest.request, honest.decision, firm(), TODAY)
    row: Row = honest.model_copy(update={"draft": set_letter(reply, letter, "draft", "worst-case"), "marked": ()})
    return draft_eml(row, firm().profile, TODAY), row


@pytest.mark.parametrize("write", sorted(TOLD_BY_BYTES))
def test_what_must_not_leave_is_seen_when_nothing_stops_it(write: str) -> None:
    host = hosts()[0]
    unseen = []
    for number in range(10):
        run = Run(number, host, None, "end", "control", "careful", write)
        data, row = sent_unguarded(run)
        unseen += [] if breaches(data, expected(run, row)) else [number]
    assert unseen == []


@pytest.mark.parametrize("host", hosts(), ids=lambda host: host.id)
def test_a_sound_draft_passes(host: object) -> None:
    assert isinstance(host, type(hosts()[0]))
    run = Run(0, host, None, "end", "control", "careful", "sound")
    data, row = sent_unguarded(run)
    assert breaches(data, expected(run, row)) == ()


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
@pytest.mark.parametrize("secret", [CANARY, LONG])
def test_each_code_of_a_secret_is_told(code: Callable[[str], str], secret: str) -> None:
    assert told(secret, f"We note that {code(secret)} is all.")
    assert not told(secret, "We note that this is all, and nothing else.")


def test_letters_are_compared_bare() -> None:
    assert letters("\uff3ael\u200b-qu\u043e RVÁN") == "zelquorvan"


def test_the_letter_ends_above_the_line_that_says_who_wrote() -> None:
    assert reply_of("Hi,\n\nNo.\n\nAda\n\nOn 1 May 2026, Mia wrote:\n> Yes?\n>\n> Mia\n") == ("Hi,\n\nNo.\n\nAda", "")
    assert reply_of("Hi,\n\nNo.\n\nAda\n")[1] == "Ada"


@pytest.mark.parametrize("name", ["oracle", "unread"])
def test_it_shares_no_code_with_what_it_judges(name: str) -> None:
    tree = ast.parse(Path(__file__).with_name(f"{name}.py").read_text("utf-8"))
    imports = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [module for module in imports if module.startswith(("pipeline", "eval"))]
