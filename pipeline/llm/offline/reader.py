"""The offline reading of a mail: families of things that people ask, or "not sure".

A wrong no is worse than no draft. So a refusal needs evidence that nothing in the mail takes back, a yes needs every
ask explained and nothing suspicious anywhere, and all else is left to a person. Left out: understanding.
"""

from datetime import date

from pipeline.llm.offline.evidence import Evidence
from pipeline.llm.offline.judging import asked, told
from pipeline.llm.offline.patterns import language, languages
from pipeline.llm.offline.tone import tone
from pipeline.llm.offline.weigh import weigh
from pipeline.types.prompt import ExtractVariables
from pipeline.types.replies import AskClaim, ExtractReply, FactClaim
from pipeline.types.request import Sentiment
from pipeline.values.language import UNDETERMINED, guess

NOT_SURE = "the offline reader is not sure what is asked"
_NO_DAY = date(2026, 1, 1)  # for a mail without a date: days without a year still have an order


def read_mail(mail: ExtractVariables) -> ExtractReply:
    """The claims about one mail; nothing but ``cannot_tell`` where it isn't sure."""
    code = guess(mail.body)
    if code not in languages():
        return _reply("" if code == UNDETERMINED else code, cannot_tell=NOT_SURE)
    known, today = language(code), _day(mail.sent)
    body = Evidence.of(f"{mail.subject}\n\n{mail.body}", known, code, today, mail.firm)
    history = Evidence.of(mail.history, known, code, today)
    weighed = weigh(body, history, mail.services, mail.not_offered)
    asks = asked(body, weighed)
    if asks is None:
        return _reply(code, cannot_tell=NOT_SURE)
    return _reply(code, asks=asks, mail_facts=told(body, history, weighed)).model_copy(update=tone(body))


def _day(sent: str) -> date:
    """The day in ``ExtractVariables.sent``."""
    try:
        return date.fromisoformat(sent.rpartition(" ")[2])
    except ValueError:
        return _NO_DAY


def _reply(
    code: str,
    *,
    asks: list[AskClaim] | None = None,
    mail_facts: list[FactClaim] | None = None,
    cannot_tell: str | None = None,
) -> ExtractReply:
    return ExtractReply(
        asks=asks or [],
        mail_facts=mail_facts or [],
        aim=None,
        details=[],
        leverage=[],
        sentiment=Sentiment.NEUTRAL,
        language=code,
        cannot_tell=cannot_tell,
    )
