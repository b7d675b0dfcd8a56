"""The catalogue of facts that a rule may read: type, who can say it, if it is private, and which question asks for it.

A name that is not here is an error in a policy file. The reading model is shown the meanings of mail facts as they
stand; see ``pipeline.policy.vocabulary`` for which of them.
"""

from pipeline.policy.catalogue.mail import ALWAYS, WITH_RECORDS
from pipeline.policy.catalogue.own import DERIVED, FROM_RECORDS
from pipeline.policy.catalogue.spec import FactSpec
from pipeline.types.replies import MailFact

CATALOGUE: tuple[FactSpec, ...] = (*ALWAYS, *WITH_RECORDS, *FROM_RECORDS, *DERIVED)
BY_NAME: dict[str, FactSpec] = {spec.name: spec for spec in CATALOGUE}
IN_HISTORY: frozenset[str] = frozenset(
    {
        MailFact.EARLIER_NO,
        MailFact.OVERDUE,
        MailFact.ROUNDS_USED_UP,
        MailFact.REVISION_ROUND,
        MailFact.PRICE_BEFORE,
        MailFact.AMOUNT,
        MailFact.EXTRA_SCOPE,
        MailFact.FAULT,
        MailFact.CLIENT_PART_MISSING,
        MailFact.AGAINST_AIM,
        MailFact.CONTRADICTION,
        MailFact.EVENT_DAY,
        MailFact.ITEM,
        MailFact.AGREED,
        MailFact.APPROVAL,
        MailFact.PART_BY,
    }
)
"""Facts that may stand in earlier mails of the thread; all others count only in the newest one."""
