"""The business cases: whether the answer is a yes or a no stands in the firm's own records, not in the mail.

``fixtures/suites/business`` holds 48 mails with raw records and labels (``cases.jsonl``), the records as a business
folder has them (``records.jsonl``), what a careful reader found in each mail without seeing its label
(``facts.jsonl``), and one policy for all. Scored: the handling, and the reason that is told first.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel, TypeAdapter

from eval.suites.suite import folder_name
from pipeline.policy.catalogue.spec import FactSpec, Type
from pipeline.policy.cells import setting
from pipeline.policy.decide import decide
from pipeline.policy.facts import BY_NAME
from pipeline.policy.load import load_policy
from pipeline.resources import shipped
from pipeline.types.business import Business, Partner, Profile, Voice
from pipeline.types.decision import Decision, Text
from pipeline.types.message import Address, Message
from pipeline.types.policy import Policy
from pipeline.types.quantities import Choice, Flag, Money, Order, Quantity
from pipeline.types.records import Agreement, Client, Dated, Discount, Favour, Invoice, PriceItem, Project, Week
from pipeline.types.request import Ask, Fact, Kind, Quote, Request, State
from pipeline.yamltree import Node
from tests.scores.labelled import Gold

FOLDER = shipped("fixtures", "suites", "business")
LEADS = {  # the rule that tells a labelled reason, where it has another name
    "intimidation_again": "intimidation",
    "client_part_too_late": "client_responsibility_unmet",
    "client_part_open": "client_responsibility_unmet",
    "unpaid_work": "out_of_scope",
    "discount_size": "constant_discounts",
    "lead_time": "late",
    "closed_day": "team_or_supplier_problem",
    "partner_notice": "team_or_supplier_problem",
    "burdens_people": "team_or_supplier_problem",
}


class Labels(Gold):
    """The labels of a case; ``reasons`` are all that hold, the lead first."""

    primary_kind: str = ""
    reasons: tuple[str, ...]


class Paid(BaseModel):
    """An invoice as the raw records have it."""

    number: str
    amount: Decimal
    due: date
    paid_on: date | None


class RawClient(BaseModel):
    """The client's part of the raw records."""

    name: str
    email_domain: str
    currency: str
    tier: str
    revision_rounds_used: int
    invoices: tuple[Paid, ...]
    discounts_this_year: tuple[dict[str, str | Decimal], ...]
    goodwill_used_hours: Decimal
    revenue_share_percent: Decimal
    projects: tuple[Project, ...]
    threats_to_leave: tuple[date, ...]
    agreement_last_updated: date


class RawBusiness(BaseModel):
    """The firm's part of the raw records."""

    min_margin_percent: Decimal
    cost_per_hour: Decimal
    price_list: tuple[PriceItem, ...]
    capacity_hours_per_week: Decimal
    booked_hours_by_week: dict[str, Decimal]
    demand_to_capacity: Decimal
    lead_time_working_days: int
    max_discount_percent: Decimal
    discounts_per_year_limit: int
    goodwill_hours_per_year: Decimal
    late_after_days: int
    holidays: tuple[date, ...]
    disliked_kinds: tuple[str, ...]
    focus: tuple[str, ...]


class Records(BaseModel):
    """Both parts."""

    client: RawClient | None
    business: RawBusiness


class Mail(BaseModel):
    """The mail of a case."""

    subject: str
    from_name: str
    from_email: str
    date: date
    body: str


class Case(BaseModel):
    """One case as it was written."""

    id: str
    industry: str
    language: str
    today: date
    mail: Mail
    records: Records
    gold: Labels


class Kept(BaseModel):
    """What the free words of the raw records come to, as an owner would enter them."""

    id: str
    prices: tuple[dict[str, str | int], ...]
    partners: tuple[dict[str, str | int | list[str]], ...]
    agreement: Agreement = Agreement()
    goals: tuple[str, ...] = ()
    briefs: tuple[str, ...] = ()
    waiting_for: tuple[Dated, ...] = ()
    approvals: tuple[Dated, ...] = ()
    our_mistakes: tuple[Dated, ...] = ()


class ReadAsk(BaseModel):
    """An ask as a reader noted it: facts by name, each value in words."""

    kind: Kind
    quote: str
    service: str = "everyday"
    facts: dict[str, str | list[tuple[str, Decimal]]] = {}


class Read(BaseModel):
    """A mail as a reader noted it."""

    id: str
    asks: tuple[ReadAsk, ...]
    mail_facts: dict[str, str] = {}


class Row(NamedTuple):
    """A case and what was decided."""

    case: Case
    decision: Decision

    @property
    def handled(self) -> bool:
        """Whether the action is among those that are acceptable."""
        return self.decision.action in self.case.gold.acceptable

    @property
    def lead(self) -> str:
        """The reason told first, in the words of the labels; empty for a plain yes."""
        return "" if self.decision.code == "no_objection" else LEADS.get(self.decision.code, self.decision.code)

    @property
    def led(self) -> bool:
        """Whether it is the one that the labels put first."""
        return self.lead == next(iter(self.case.gold.reasons), "")


@cache
def cases() -> tuple[Case, ...]:
    """All of them, in the order of the file."""
    return tuple(Case.model_validate_json(line) for line in _lines("cases.jsonl"))


@cache
def kept() -> Mapping[str, Kept]:
    """The records in form, by case."""
    return {k.id: k for k in (Kept.model_validate_json(line) for line in _lines("records.jsonl"))}


def rows() -> Iterator[Row]:
    """Every case, decided on what the careful reader noted."""
    read = {r.id: r for r in (Read.model_validate_json(line) for line in _lines("facts.jsonl"))}
    for case in cases():
        ours = business(case)
        yield Row(case, decide(message(case), request(case.language, read[case.id]), ours, case.today))


def business(case: Case) -> Business:
    """The firm of a case, with its records."""
    raw, form = case.records.business, kept()[case.id]
    per = {str(p["item"]): int(str(p["per"])) for p in form.prices}
    greeting = Text(by_language={"en": "Hello {name},"})
    profile = Profile(
        name=case.industry,
        addresses=("hello@ourfirm.example",),
        services=(*(p.item for p in raw.price_list), *_firm(case.industry)[0]),
        not_offered=_firm(case.industry)[1],
        signature="We",
        voice=Voice(greeting=greeting, signoff=greeting),
        holidays=raw.holidays,
        partners=tuple(_partner(p) for p in form.partners),
        currency=_currency(case),
        focus=raw.focus,
        disliked=raw.disliked_kinds,
        cost_per_hour=raw.cost_per_hour,
        demand_to_capacity=raw.demand_to_capacity,
    )
    weeks = tuple(
        Week(week=w, capacity=raw.capacity_hours_per_week, booked=b) for w, b in raw.booked_hours_by_week.items()
    )
    client = _client(case, form)
    return Business(
        profile=profile,
        clients=(client,) if client else (),
        prices=tuple(p.model_copy(update={"per": per[p.item]}) for p in raw.price_list),
        weeks=weeks,
        policy=policy(raw),
        hash=case.id,
    )


def policy(raw: RawBusiness) -> Policy:
    """The one policy, with the firm's own figures as its settings."""
    text = (FOLDER / "policy.yaml").read_text(encoding="utf-8")
    figures = {
        "min_margin": f"{raw.min_margin_percent}%",
        "max_discount": f"{raw.max_discount_percent}%",
        "discounts_per_year": str(raw.discounts_per_year_limit),
        "lead_time": f"{raw.lead_time_working_days} working days",
        "goodwill_per_year": f"{raw.goodwill_hours_per_year} hours",
        "late_after": f"{raw.late_after_days} days",
        "late_after_key": f"{raw.late_after_days * 2} days",
    }
    return _policy("\n".join(_figure(line, figures) for line in text.splitlines()))


@cache
def _policy(text: str) -> Policy:
    """Twelve firms have four cases each."""
    return load_policy(text, "policy.yaml")


def message(case: Case) -> Message:
    """The mail, as the inbox would give it."""
    mail = case.mail
    return Message(
        key=case.id,
        origin=case.id,
        message_id=f"<{case.id}@suite.example>",
        thread=case.id,
        sender=Address(address=mail.from_email, name=mail.from_name),
        subject=mail.subject,
        sent=datetime.combine(mail.date, time(9), UTC),
        body=mail.body,
        language=case.language,
    )


def request(language: str, read: Read) -> Request:
    """What the reader noted, as values."""
    asks = tuple(
        Ask(
            number=n,
            kind=ask.kind,
            quote=_quote(ask.quote),
            service=ask.service,
            facts=tuple(f for name, words in ask.facts.items() for f in _facts(name, words)),
        )
        for n, ask in enumerate(read.asks, 1)
    )
    mails = tuple(f for name, words in read.mail_facts.items() for f in _facts(name, words))
    return Request(asks=asks, facts=mails, language=language)


def told(name: str, done: list[Row]) -> None:
    """Print both figures and every case that missed."""
    print(f"{name}: handling {sum(r.handled for r in done)} of {len(done)}, lead {sum(r.led for r in done)}")
    for row in done:
        if not (row.handled and row.led):
            gold = row.case.gold
            print(" ", row.case.id, gold.expected_handling, *gold.reasons[:1], "got", row.decision.action, row.lead)


def main() -> None:
    """The cases by a reader's notes."""
    told("business cases, by a reader's notes", list(rows()))


def _lines(name: str) -> Iterator[str]:
    yield from (FOLDER / name).read_text(encoding="utf-8").splitlines()


@cache
def _firm(industry: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    text = shipped("fixtures", "suites", "decline", "businesses.jsonl").read_text(encoding="utf-8")
    firms = [json.loads(line) for line in text.splitlines()]
    profile = next(firm["files"]["profile.yaml"] for firm in firms if firm["name"] == folder_name(industry))
    return tuple(profile["services"]), tuple(profile["not_offered"])


def _figure(line: str, figures: Mapping[str, str]) -> str:
    name = line.strip().partition(":")[0]
    return f"  {name}: {figures[name]}" if line.startswith("  ") and name in figures else line


def _currency(case: Case) -> str:
    """The client's; a stranger's by the language, since the records name none."""
    if case.records.client:
        return case.records.client.currency
    return "GBP" if case.language == "en" else "EUR"


def _partner(raw: Mapping[str, str | int | list[str]]) -> Partner:
    return TypeAdapter(Partner).validate_python(
        {"name": raw["name"], "for_": raw["for"], "notice": raw.get("notice", 0)}
    )


def _client(case: Case, form: Kept) -> Client | None:
    raw = case.records.client
    if raw is None:
        return None
    this_year = date(case.today.year, 1, 1)
    return Client(
        id=case.id,
        name=raw.name,
        domains=(raw.email_domain,),
        tier=raw.tier,
        revision_rounds_used=raw.revision_rounds_used,
        threats=raw.threats_to_leave,
        revenue_share=raw.revenue_share_percent,
        goals=form.goals,
        briefs=form.briefs,
        agreement=form.agreement.model_copy(update={"updated": raw.agreement_last_updated}),
        waiting_for=form.waiting_for,
        approvals=form.approvals,
        our_mistakes=form.our_mistakes,
        projects=raw.projects,
        discounts=tuple(
            Discount(on=date.fromisoformat(str(d["date"])), percent=Decimal(d["percent"]))
            for d in raw.discounts_this_year
        ),
        favours=(Favour(on=this_year, hours=raw.goodwill_used_hours),),
        invoices=tuple(Invoice(client=case.id, **dict(i)) for i in raw.invoices),
    )


def _quote(words: str) -> Quote:
    return Quote(part="body", start=0, end=len(words), text=words)


def _facts(name: str, words: str | list[tuple[str, Decimal]]) -> Iterator[Fact]:
    spec = BY_NAME[name]
    if isinstance(words, list):
        for item, number in words:
            yield Fact(name=name, state=State.KNOWN, value=Order(item=item, number=number), note=item)
        return
    value = _value(spec, words)
    yield Fact(name=name, state=State.KNOWN, value=value, note=words if spec.entry else "")


def _value(spec: FactSpec, words: str) -> Quantity:
    match spec.type:
        case Type.FLAG:
            return Flag(yes=True)
        case Type.CHOICE:
            return Choice(name=words)
        case _:
            value = setting(Node("facts.jsonl", 1, 1, text=words))
            return value.model_copy(update={"currency": None}) if isinstance(value, Money) else value


if __name__ == "__main__":
    main()
