"""A business with a canary in every private field: a text for a client that holds one of them is a leak.

A canary is a word that stands nowhere else. Whoever adds a field to a record adds its canary here, or says why it is
public: a test compares the lists with the types.
"""

import re
from datetime import date
from decimal import Decimal

from pipeline.types.business import Business, Partner
from pipeline.types.records import (
    Agreement,
    Clause,
    Client,
    Dated,
    Discount,
    Favour,
    Invoice,
    PriceItem,
    Project,
    Week,
)
from tests.fakes import business, starter_policy

LETTERS = "zqx"  # every canary of words begins so
FIGURES = ("7013", "70.13", "7,013", "7.013")  # every canary of figures is one of these

PUBLIC_OF_CLIENT = {"first_name", "addresses", "formality", "check_in_every_days", "last_check_in"}
PUBLIC_OF_PROFILE = {
    "name",
    "addresses",
    "signature",
    "voice",
    "examples",
    "people",
    "working_days",
    "holidays",
    "currency",
}


def canary(of: str) -> str:
    return f"{LETTERS}{of}"


NUMBER = Decimal(7013)
DAY = date(2020, 7, 13)


def client() -> Client:
    """A client whose record is full; only the name to greet with and the days of talks are public."""
    return Client(
        id=canary("id"),
        name=canary("name"),
        formality="formal",
        first_name="Mia",
        addresses=("mia@lark.example",),
        domains=(canary("domain") + ".example",),
        tier=canary("tier"),
        since=DAY,
        overdue_since=DAY,
        revision_rounds_used=7013,
        threats_to_leave=7013,
        threats=(DAY,),
        revenue_share=NUMBER,
        goals=(canary("goal"),),
        briefs=(canary("brief"),),
        agreement=Agreement(
            updated=date(2025, 1, 15),
            scope=(Clause(what=canary("clause"), obliges=True, used_on=(DAY,)),),
            excluded=(canary("excluded"),),
            changes=(date(2025, 6, 30),),
            budget=NUMBER,
            rounds=7013,
        ),
        waiting_for=(Dated(what=canary("waiting"), on=DAY),),
        approvals=(Dated(what=canary("approval"), on=DAY),),
        our_mistakes=(Dated(what=canary("mistake"), on=DAY),),
        projects=(Project(name=canary("project"), due=DAY, hours_left=NUMBER),),
        discounts=(Discount(on=DAY, percent=NUMBER, what=canary("discount")),),
        favours=(Favour(on=DAY, hours=NUMBER, what=canary("favour")),),
        invoices=(Invoice(client=canary("id"), number=canary("invoice"), amount=NUMBER, due=DAY),),
        check_in_every_days=30,
        last_check_in=date(2026, 8, 1),
        private_notes=(canary("note"),),
    )


def guarded(policy: str = "") -> Business:
    """The print shop under the starter policy, with canaries in whatever a client must not read."""
    ours = business(policy or _policy(), clients=(client(),))
    profile = ours.profile.model_copy(
        update={
            "domains": (canary("own"),),
            "services": (canary("service"),),
            "not_offered": (canary("notoffered"),),
            "voice": ours.profile.voice.model_copy(update={"guidance": canary("guidance")}),
            "booked_until": DAY,
            "partners": (Partner(name=canary("partner"), for_=(canary("for"),), notice=7013),),
            "own_lists": (canary("list"),),
            "stale_after_days": 7013,
            "focus": (canary("focus"),),
            "disliked": (canary("disliked"),),
            "cost_per_hour": NUMBER,
            "demand_to_capacity": NUMBER,
        }
    )
    prices = (PriceItem(item=canary("item"), price=NUMBER, hours=NUMBER, per=7013),)
    weeks = (Week(week="2026-W48", capacity=NUMBER, booked=NUMBER),)
    return ours.model_copy(update={"profile": profile, "prices": prices, "weeks": weeks})


def _policy() -> str:
    """Every id, category, kind and private note is a canary, and so is a setting that no public text states."""
    text = starter_policy().replace("settings:\n", "settings:\n  zqx_floor: 70.13%\n")
    text = re.sub(r"(?m)^    private: .*", f'    private: "{canary("private")}"', text)
    text = re.sub(r"(?m)^    category: .*", f"    category: {canary('category')}", text)
    return text.replace("id: discount", "id: zqx_discount").replace("[discount", "[zqx_discount")


def leaks(text: str) -> list[str]:
    """The canaries in a text."""
    lower = text.lower()
    found = [lower[at : at + 20] for at in range(len(lower)) if lower.startswith(LETTERS, at)]
    return found + [figure for figure in FIGURES if figure in text] + [d for d in ("2020",) if d in text]
