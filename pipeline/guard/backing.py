"""What backs each sentence, and what the decision wants said: reasons, kept asks, questions.

Codes: ``backing.unknown``, ``backing.reason_missing``, ``kept.missing``, ``ask.question_missing``, ``ask.promises``.
Offers have a module of their own. What this leaves out: whether a sentence really says what backs it.
"""

from collections.abc import Iterator

from pipeline.guard.reading import Reading
from pipeline.types.decision import Action
from pipeline.types.verdict import Finding


def check(reading: Reading) -> Iterator[Finding]:
    """All of this module's findings."""
    yield from _unknown(reading)
    if reading.decision.action is Action.DECLINE:
        yield from _missing_in_decline(reading)
    if reading.decision.action is Action.ASK:
        yield from _missing_in_ask(reading)
    if reading.decision.action is Action.CONFIRM:
        yield from _more_than_taken(reading)


def _known(reading: Reading) -> set[str]:
    """Every backing that this decision permits, offers apart."""
    decision, request = reading.decision, reading.request
    known = {"courtesy"} | ({"aim"} if request.aim else set())
    known |= {f"rule:{reason.rule}" for reason in decision.reasons}
    known |= {f"ask:{ask.number}" for ask in request.asks}
    if decision.action is Action.CONFIRM:
        known |= {"accepted"} if request.accepted else set()
    else:
        known |= {f"kept:{number}" for number in decision.kept}
    return known | {f"question:{question.id}" for question in decision.questions}


def _unknown(reading: Reading) -> Iterator[Finding]:
    known = _known(reading)
    for line in reading.lines:
        backing = line.sentence.backing
        if line.backing[0] != "offer" and backing not in known:
            yield reading.within(
                line,
                "backing.unknown",
                f"Nothing in the decision is called {backing[:60]!r}; back this sentence with one of: "
                f"{', '.join(sorted(known))}.",
            )


def _missing_in_decline(reading: Reading) -> Iterator[Finding]:
    backings = {line.sentence.backing for line in reading.lines}
    reasons = {f"rule:{reason.rule}" for reason in reading.decision.reasons}
    if reasons and not reasons & backings:
        yield reading.finding(
            "backing.reason_missing", f"Give the reason in a sentence backed by one of: {', '.join(sorted(reasons))}."
        )
    for number in reading.decision.kept:
        if f"kept:{number}" not in backings:
            yield reading.finding(
                "kept.missing", f"Ask {number} is granted: say so in a sentence backed by 'kept:{number}'."
            )


def _missing_in_ask(reading: Reading) -> Iterator[Finding]:
    asked = {line.sentence.backing for line in reading.lines if "?" in line.own}
    for question in reading.decision.questions:
        if f"question:{question.id}" not in asked:
            yield reading.finding(
                "ask.question_missing",
                f"Ask the question {question.id!r}: a sentence backed by 'question:{question.id}' that ends with '?'.",
            )
    for line in reading.lines:
        if line.backing[0] in {"offer", "kept"}:
            yield reading.within(line, "ask.promises", "Only ask the open questions: offer and grant nothing yet.")


def _more_than_taken(reading: Reading) -> Iterator[Finding]:
    """A figure of the client's beside "you take this" would read as agreed."""
    for line in reading.lines:
        for slot in line.slots:
            if line.backing[0] == "accepted" and slot.name.startswith("ask.") and not slot.name.endswith("quote"):
                message = f"{{{slot.name}}} would read as agreed here: leave it out."
                yield reading.within(line, "promise.client_figure", message, (slot.start, slot.end))
