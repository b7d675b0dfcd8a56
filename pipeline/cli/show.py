"""One outcome on the page: the mail, the decision with its reasons, the draft, what was found in it, who answered.

The same account serves ``draft`` and ``demo``. What this leaves out: quoted history, and rules that did not fire.
"""

from collections.abc import Iterator

from rich.text import Text

from pipeline.cli.page import Page, quoted, text
from pipeline.outbox.rows import answered_by, sender
from pipeline.types.decision import Action, AskDecision, ConditionTrace, Decision, Result, RuleTrace
from pipeline.types.message import Message
from pipeline.types.outcome import Outcome
from pipeline.types.request import Ask
from pipeline.types.verdict import Severity

STYLES = {
    Action.SKIP: "dim",
    Action.ACCEPT: "green",
    Action.ASK: "cyan",
    Action.CONFIRM: "cyan",
    Action.DECLINE: "magenta",
    Action.ESCALATE: "yellow",
    Action.END: "red",
}
MEANING = {
    Action.SKIP: "needs no answer",
    Action.ACCEPT: "nothing in the policy stands against it; say yes yourself",
    Action.ASK: "something must be known first",
    Action.CONFIRM: "they take what we offered; it waits for a person",
    Action.DECLINE: "a clear no, with three offers",
    Action.ESCALATE: "a person decides",
    Action.END: "a farewell that waits for a person",
}


def show(page: Page, outcome: Outcome, *, body: bool = False) -> None:
    """Everything about ``outcome`` that a reviewer reads; with ``body`` the mail itself, too."""
    if outcome.message:
        _mail(page, outcome.message, body=body)
    _decision(page, outcome)
    _draft(page, outcome)
    _checks(page, outcome)
    page.part("Model", text(answered(outcome)))


def answered(outcome: Outcome) -> str:
    """Who answered, in words."""
    read = next((attempt.model for attempt in outcome.attempts), "")
    wrote = outcome.draft.model if outcome.draft else ""
    if not read and not wrote:
        return "no usable reply" if outcome.failure else "none was asked"
    if not read or not wrote:
        return read or wrote
    return read if wrote == read else f"{read} read the mail, {wrote} worded the draft"


def _mail(page: Page, message: Message, *, body: bool) -> None:
    page.part("From", text(sender(message.sender)))
    page.part("Subject", text(message.subject, "bold"))
    page.gap()
    if body:
        page.part("The mail", text(message.body.strip()))
        page.gap()
    if message.remarks:
        page.part("Noticed", *(text(remark, "yellow") for remark in message.remarks))
        page.gap()


def _decision(page: Page, outcome: Outcome) -> None:
    style = STYLES[outcome.action]
    page.part(
        "Decision",
        Text.assemble(
            text(outcome.action.value, f"bold {style}"), f"  {MEANING[outcome.action]}", text(_code(outcome), "dim")
        ),
    )
    if outcome.failure:
        page.part("Because", text(f"{outcome.failure.stage}: {outcome.failure.message}", "yellow"))
    if outcome.decision and outcome.decision.round > 1:
        page.part("Round", text(_round(outcome.decision)))
    page.gap()
    if outcome.decision:
        _reasons(page, outcome, outcome.decision)


def _round(decision: Decision) -> str:
    """Which answer to our no it is, and what pressure has moved us to."""
    against = f", they object: {decision.objection.replace('_', ' ')}" if decision.objection else ""
    moved = f"moved so far: {decision.concessions}" if decision.concessions else "nothing has moved"
    return f"{decision.round}{against}; {moved}"


def _code(outcome: Outcome) -> str:
    """The reason's code, unless a rule of that name is told below anyway."""
    fired = {rule for asked in outcome.decision.asks for rule in asked.fired} if outcome.decision else set()
    return f"  ({outcome.code})" if outcome.code and outcome.code not in fired else ""


def _reasons(page: Page, outcome: Outcome, decision: Decision) -> None:
    asks = {ask.number: ask for ask in outcome.request.asks} if outcome.request else {}
    label = "Why"
    for asked in decision.asks:
        page.part(label, *_asked(asked, asks.get(asked.ask)))
        page.gap()
        label = ""
    if outcome.request and outcome.request.dropped:  # claims of the model whose words the mail does not hold
        page.part("Dropped", *(text(claim, "dim") for claim in outcome.request.dropped))
        page.gap()
    if decision.private:
        page.part("Private", *map(text, decision.private))
        page.gap()


def _asked(asked: AskDecision, ask: Ask | None) -> Iterator[Text]:
    kind = ask.kind.value.replace("_", " ") if ask else "the mail as a whole"
    yield Text.assemble(text(f"{kind}  "), text(asked.action.value, STYLES[asked.action]))
    if ask:
        yield quoted(ask.quote.text)
    known = ask.quote.text if ask else ""
    for trace in asked.trace:
        if trace.result is Result.FIRED:
            yield from _fired(trace, known)
        elif trace.result is Result.UNKNOWN and asked.action in {Action.ASK, Action.ESCALATE}:
            yield text(f"  {trace.rule}  could not be settled", "dim")


def _fired(trace: RuleTrace, known: str) -> Iterator[Text]:
    """A rule that fired: what it read, the words it stands on, and what would have kept it from firing."""
    yield Text.assemble(text("  rule "), text(trace.rule, "bold"), text(f"  policy.yaml:{trace.line}", "dim"))
    for condition in trace.conditions:
        if condition.holds:
            yield text(f"    {_read(condition)}")
            if condition.quote and condition.quote not in known:
                yield Text.assemble("    ", quoted(condition.quote))
    if trace.flip:
        yield text(f"    would flip: {trace.flip}", "dim")


def _read(condition: ConditionTrace) -> str:
    name = condition.fact.replace("_", " ")
    return f"{name}: {condition.value}" + (
        "" if condition.must == condition.value else f"  (the rule: {condition.must})"
    )


def _draft(page: Page, outcome: Outcome) -> None:
    if draft := outcome.draft:
        page.part("Draft", text(draft.body.strip()))
        page.gap()


def _checks(page: Page, outcome: Outcome) -> None:
    findings = outcome.verdict.findings if outcome.verdict else ()
    lines = [text(f"{f.code}: {f.message}", "red" if f.severity is Severity.BLOCK else "yellow") for f in findings]
    if outcome.draft and not findings:
        lines = [text("passed: no finding", "green")]
    if outcome.marked:
        noticed = outcome.message.remarks if outcome.message else ()
        others = [mark for mark in outcome.marked if mark not in noticed] or ["what was noticed, above"]
        lines.append(text(f"to review first: {', '.join(others)}", "yellow"))
    if lines:
        page.part("Checks", *lines)


def model_of(outcome: Outcome) -> str:
    """The model that answered, short enough for a table: ``recorded`` without the name behind it."""
    name = answered_by(outcome)
    return "recorded" if name.startswith("recorded:") else name
