"""What a judge is shown of one draft: the mail, the decision in plain words, what an answer must and must not do.

Of a decision only what the client may know is told: private notes and facts stay out. Left out: which model or prompt
wrote the draft; a judge must not know.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from eval.types.case import Case
from pipeline.slots import SLOT
from pipeline.types.decision import Action, Decision, Term, Text
from pipeline.types.judging import JudgeVariables
from pipeline.types.message import Message
from pipeline.types.outcome import Outcome
from pipeline.types.prompt import QuestionLine
from pipeline.types.request import Request
from pipeline.values.write import write
from pipeline.yamltree import read_shipped

MOST_JUDGED = 8_000
"""Characters of a mail that a judge is shown."""

THREE = 3  # alternatives that a decline offers


class Subject(NamedTuple):
    """One draft to judge. ``offers`` is the number of its alternatives, for questions asked of each."""

    firm: str
    language: str
    subject: str
    mail: str
    decision: tuple[str, ...]
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    draft: str
    offers: int = THREE
    action: Action = Action.DECLINE

    def variables(self, questions: tuple[QuestionLine, ...]) -> JudgeVariables:
        """What the judge's prompt is filled with."""
        return JudgeVariables(
            firm=self.firm,
            language=self.language,
            subject=self.subject,
            mail=self.mail,
            decision=self.decision,
            must=self.must,
            must_not=self.must_not,
            draft=self.draft,
            questions=questions,
        )


def subject_of(case: Case, outcome: Outcome) -> Subject:
    """The draft of ``outcome`` as an answer to ``case``; without a draft its text is empty."""
    mail = _mail(outcome.message) if outcome.message else case.mail.body
    return Subject(
        firm=case.business,
        language=case.language,
        subject=case.mail.subject,
        mail=mail[:MOST_JUDGED],
        decision=tuple(decided(outcome)),
        must=case.must,
        must_not=case.must_not,
        draft=outcome.draft.body if outcome.draft else "",
        offers=len(outcome.draft.offers) if outcome.draft else 0,
        action=outcome.action,
    )


def from_text(  # noqa: PLR0913 - what is known of a draft that came from elsewhere, each by name
    *,
    language: str,
    subject: str,
    mail: str,
    draft: str,
    firm: str = "",
    decision: tuple[str, ...] = (),
    must: tuple[str, ...] = (),
    must_not: tuple[str, ...] = (),
) -> Subject:
    """A declining draft that Candor did not make; without ``decision`` the judge goes by the draft and the mail."""
    return Subject(firm, language, subject, mail[:MOST_JUDGED], decision, must, must_not, draft)


def _mail(message: Message) -> str:
    """The newest text as a reader sees it, then the quoted history."""
    return "\n\n".join(filter(None, [message.body, message.history]))


_OFFERS = {Action.END: "winding_down", Action.CONFIRM: "taken"}


def decided(outcome: Outcome) -> Iterator[str]:
    """What was decided, in lines for a judge; none where nothing was."""
    decision, request = outcome.decision, outcome.request
    if decision is None or request is None:
        return
    says, language, today = _lines(), request.language, outcome.today
    yield says[decision.action]
    yield from _asked(decision, request)
    for reason in decision.reasons:
        yield says["reason"].format(text=_told(reason.text, reason.terms, language, today))
    offer = says[_OFFERS.get(decision.action, "offer")]
    for each in decision.offers:
        yield offer.format(text=_told(each.text, each.terms, language, today))
    for question in decision.questions:
        yield says["question"].format(text=question.text.pick(language))


def _asked(decision: Decision, request: Request) -> Iterator[str]:
    """Every ask by its own words, with what becomes of it."""
    fates = {Action.ACCEPT: "kept", Action.ASK: "open"}
    decided = {each.ask: each.action for each in decision.asks}
    for ask in request.asks:
        fate = fates.get(decided.get(ask.number, decision.action), "refused")
        yield _lines()[fate].format(quote=" ".join(ask.quote.text.split()))


def _told(text: Text, terms: tuple[Term, ...], language: str, today: date) -> str:
    """A text of the policy with its values, as the client would read it."""
    words = {term.name: write(term.value, language, today) for term in terms}
    return " ".join(SLOT.sub(lambda m: words.get(m[1], m[0]), text.pick(language)).split())


@cache
def _lines() -> dict[str, str]:
    tree = read_shipped(Path(__file__).with_name("lines.yaml"))
    return {name: node.text or "" for name, node in (tree.entries or {}).items()}
