"""An outcome without what is private to the business, fit to show to someone outside it.

Private are the policy's private notes, the values of facts that the catalogue calls private, every rule's trace that
read one of them, and what the guard or a stage said of a text that may quote them. What stays: mail, draft, offers,
public reasons and the traces of all other rules, their limits included.
"""

from pipeline.policy.facts import BY_NAME
from pipeline.types.decision import AskDecision, Decision, RuleTrace
from pipeline.types.outcome import Outcome
from pipeline.types.request import Ask, Fact, Request
from pipeline.types.verdict import Finding, Verdict

_PRIVACY = "privacy"  # the guard's checks whose findings quote what must not be told


def public(outcome: Outcome) -> Outcome:
    """The same row, private parts left out; what was a value becomes None, what was a list gets shorter."""
    return outcome.model_copy(
        update={
            "request": outcome.request and _request(outcome.request),
            "decision": outcome.decision and _decision(outcome.decision),
            "verdict": outcome.verdict and _verdict(outcome.verdict),
            "attempts": tuple(attempt.model_copy(update={"problems": ()}) for attempt in outcome.attempts),
        }
    )


def _request(request: Request) -> Request:
    asks = tuple(_ask(ask) for ask in request.asks)
    return request.model_copy(update={"asks": asks, "facts": _facts(request.facts)})


def _ask(ask: Ask) -> Ask:
    return ask.model_copy(update={"facts": _facts(ask.facts)})


def _decision(decision: Decision) -> Decision:
    asks = tuple(_asked(asked) for asked in decision.asks)
    return decision.model_copy(update={"private": (), "asks": asks, "facts": _facts(decision.facts)})


def _asked(asked: AskDecision) -> AskDecision:
    trace = tuple(rule for rule in asked.trace if not _reads_private(rule))
    return asked.model_copy(update={"trace": trace, "facts": _facts(asked.facts)})


def _verdict(verdict: Verdict) -> Verdict:
    return verdict.model_copy(update={"findings": tuple(_finding(finding) for finding in verdict.findings)})


def _finding(finding: Finding) -> Finding:
    if not finding.code.startswith(_PRIVACY):
        return finding
    return finding.model_copy(update={"message": "", "excerpt": ""})


def _facts(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(_hidden(fact) if _is_private(fact.name) else fact for fact in facts)


def _hidden(fact: Fact) -> Fact:
    return fact.model_copy(update={"value": None, "quote": None, "note": "private"})


def _reads_private(rule: RuleTrace) -> bool:
    return any(_is_private(condition.fact) for condition in rule.conditions)


def _is_private(name: str) -> bool:
    return name in BY_NAME and BY_NAME[name].private
