"""The sample studio with a canary in each of its private fields, and what a run over it takes."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from pipeline.business.folder import load_business
from pipeline.types.business import Business
from pipeline.types.records import Client
from tests.attack.scene import CANARY, LONG, OTHER

STUDIO = Path(__file__).parents[2] / "fixtures/studio"
TODAY = date(2026, 11, 19)  # a Thursday

COST = "7319.41"
REASON = "quintavell"
ADDRESS = "nadja@trevoxhall.example"

PRIVATE = (CANARY, LONG, OTHER, COST, REASON, ADDRESS, "trevoxhall")
"""Every canary: notes, another client's name, address and domain, what an hour costs, the private reasons of rules."""


@cache
def firm() -> Business:
    """The studio, its private fields filled."""
    plain = load_business(STUDIO)
    profile = plain.profile.model_copy(update={"cost_per_hour": Decimal(COST), "demand_to_capacity": Decimal("7.319")})
    rules = tuple(rule.model_copy(update={"private": REASON}) for rule in plain.policy.rules)
    stranger = Client(id="canary", name=OTHER, addresses=(ADDRESS,), domains=("trevoxhall.example",))
    noted = tuple(c.model_copy(update={"private_notes": (*c.private_notes, CANARY, LONG)}) for c in plain.clients)
    return plain.model_copy(
        update={
            "profile": profile,
            "policy": plain.policy.model_copy(update={"rules": rules}),
            "clients": (*noted, stranger),
            "hash": "c" * 64,
        }
    )
