"""The report over past outcomes, gathered from all counts. Pure: ``today`` and what became of drafts are arguments."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from pipeline.policy.learn import again, counts, value
from pipeline.policy.learn.report import Drafts, Report
from pipeline.policy.learn.rows import newest, rows
from pipeline.types.answered import Answered
from pipeline.types.business import Business


def report(past: Iterable[Answered], business: Business, today: date, drafts: Drafts | None = None) -> Report:
    """What these outcomes teach, by the policy and the records as they are today."""
    mails = newest(past)
    asked = tuple(rows(mails, business))
    policy = business.policy
    lines = counts.by_rule(asked, policy)
    offered, with_offers, never = counts.offered(mails, policy)
    days = [row.on for row in asked]
    unread = counts.unread(mails)
    return Report(
        firm=business.profile.name,
        currency=business.profile.currency,
        first=min(days, default=None),
        last=max(days, default=None),
        mails=len(mails),
        answered=counts.most(Counter(each.action.value for each in mails)),
        asks=len(asked),
        noes=sum(row.refused for row in asked),
        unread=unread,
        other_policy=sum(1 for each in mails if each.decision and each.decision.policy != policy.hash),
        rules=lines,
        categories=counts.by_category(lines),
        clients=counts.by_client(asked),
        months=counts.by_month(asked),
        repeats=again.repeats(asked),
        silent=counts.silent(asked, business, today) if len(asked) > unread else (),
        unknown=counts.unknown(asked, policy),
        offered=offered,
        drafts_with_offers=with_offers,
        never_offered=never,
        money=value.declined(asked, business),
        escalated=counts.escalated(mails),
        drafts=drafts,
        room=value.room(asked, business),
        untold=again.untold(asked, business),
        straight=again.straight(asked, business),
    )
