"""What only the business knows, and what code derives from it: records, prices, weeks, and the mail's own facts.

Everything that is computed is computed in ``pipeline.policy.derive``; a cell only compares the result with a constant.
"""

from pipeline.policy.catalogue.spec import FactSpec, Need, Owner, Type, Unit
from pipeline.types.request import Kind


def _record(name: str, type_: Type, meaning: str, *choices: str) -> FactSpec:
    return FactSpec(name=name, type=type_, level="record", owner=Owner.US, meaning=meaning, choices=choices)


def _derived(name: str, type_: Type, meaning: str, *choices: str) -> FactSpec:
    return FactSpec(name=name, type=type_, level="derived", owner=Owner.US, meaning=meaning, choices=choices)


_PRICED = (Need.PRICES,)

FROM_RECORDS: tuple[FactSpec, ...] = (
    _record("client_known", Type.FLAG, "the sender is in clients.yaml"),
    _record("tier", Type.CHOICE, "the client's tier", "standard", "key", "new").as_private(),
    _record("overdue_days", Type.DURATION, "days since the oldest open invoice fell due"),
    _record("revenue_share", Type.PERCENT, "the client's share of our income").as_private().needing(Need.SHARE),
    _record("agreement_age", Type.DURATION, "days since the agreement was last updated").needing(Need.AGREEMENT),
    _record("scope_changes", Type.COUNT, "changes of scope since the agreement was last updated").needing(
        Need.AGREEMENT
    ),
    _record("demand_to_capacity", Type.PERCENT, "demand in per cent of what we can do")
    .as_private()
    .needing(Need.DEMAND),
)

DERIVED: tuple[FactSpec, ...] = (
    # from the mail alone, or from the mail and a record that every business has
    FactSpec(
        name="kind",
        type=Type.CHOICE,
        level="ask",
        owner=Owner.US,
        meaning="what the ask is about",
        choices=tuple(k.value for k in Kind),
    ),
    _derived("discount", Type.PERCENT, "the discount of this ask, from a percentage or two prices").asked("amount"),
    _derived("discount_total", Type.PERCENT, "all discounts of the mail, added up").asked("amount"),
    _derived("lead_days", Type.DURATION, "working days from today, or from when their part arrives, to the deadline")
    .counted_in(Unit.WORKING_DAYS)
    .asked("time"),
    _derived("round", Type.COUNT, "the revision round asked for, by the mail or by the record"),
    _derived(
        "expertise",
        Type.CHOICE,
        "whether the service asked for is in profile.yaml",
        "offered",
        "not_offered",
        "unlisted",
        "everyday",
    ),
    _derived("invoice_overdue", Type.FLAG, "an invoice is past due, by the mail or by the record"),
    _derived("threats_total", Type.COUNT, "threats to leave in the last 365 days, today's included").as_private(),
    _derived("before_we_are_free", Type.FLAG, "the deadline lies before our first free day")
    .asked("time")
    .needing(Need.BOOKED),
    _derived("date_is_fixed", Type.FLAG, "the client's aim hangs on a day before our earliest delivery"),
    _derived("discounts_after", Type.COUNT, "discounts of this calendar year, this one included"),
    # from the price list
    _derived("hours_needed", Type.DURATION, "our hours for what is asked").counted_in(Unit.HOURS).needing(*_PRICED),
    _derived("list_price", Type.MONEY, "what it costs by the price list").needing(*_PRICED),
    _derived("price", Type.MONEY, "what they would pay for it: promises and exposure count as nothing").needing(
        *_PRICED
    ),
    _derived("margin", Type.PERCENT, "what would be left of the price after our cost")
    .as_private()
    .needing(Need.PRICES, Need.COST),
    _derived("over_budget", Type.FLAG, "with this ask, more would be billed this year than the client's limit")
    .asked("budget")
    .needing(Need.PRICES, Need.BUDGET),
    # from the weeks
    _derived("free_hours_after", Type.DURATION, "our free hours until the deadline, less those for this ask")
    .as_private()
    .counted_in(Unit.HOURS)
    .needing(Need.PRICES, Need.WEEKS),
    _derived("ready_by", Type.DAY, "the end of the first week by which our free hours suffice").needing(
        Need.PRICES, Need.WEEKS
    ),
    _derived("days_late", Type.DURATION, "days by which a date in the client's own plan would be missed").needing(
        Need.PRICES, Need.WEEKS
    ),
    _derived(
        "other_work_at_risk", Type.FLAG, "the hours would have to come from other work for the same client"
    ).needing(Need.PRICES, Need.WEEKS, Need.PROJECTS),
    _derived("on_closed_day", Type.FLAG, "the event is on a day on which we don't work"),
    _derived("partner_too_late", Type.FLAG, "a partner it needs must be told earlier than there is time").needing(
        Need.NOTICE
    ),
    # from the client's record
    _derived("client_part_open", Type.FLAG, "something we need from them for this has not arrived")
    .asked("part")
    .needing(Need.WAITING),
    _derived("client_part_too_late", Type.FLAG, "from when it arrives, the lead time ends after the deadline").needing(
        Need.WAITING
    ),
    _derived("scope", Type.CHOICE, "the ask by the agreement", "inside", "outside", "unclear").needing(Need.AGREEMENT),
    _derived("obliged", Type.FLAG, "the agreement, or our own mistake, obliges us to do it"),
    _derived("goodwill_after", Type.DURATION, "hours of goodwill this year, with this favour")
    .counted_in(Unit.HOURS)
    .as_private(),
)
