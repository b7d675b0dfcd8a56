"""The catalogue: every code of the guard, whether it blocks or marks, and what it says in one line.

``docs/guard.md`` is this table with examples. What this leaves out: how each is found, which its module tells, and
the sentence for the writer, which names the words at fault.
"""

from typing import NamedTuple

from pipeline.types.verdict import Severity

BLOCK, MARK = Severity.BLOCK, Severity.MARK


class Known(NamedTuple):
    """A code's severity and its line."""

    severity: Severity
    line: str


FINDINGS: dict[str, Known] = {
    "stance.no_clear_no": Known(BLOCK, "Nowhere an unmistakable no about the ask."),
    "stance.buried_no": Known(BLOCK, "The no comes only behind the first five sentences."),
    "stance.soft_accept": Known(BLOCK, "The no is taken back: a yes, a maybe, a wish met in so many words."),
    "stance.false_hope": Known(BLOCK, "A later yes is hinted at."),
    "stance.fake_reason": Known(BLOCK, "A cause that is none of the decision's: a superior, a full calendar, the law."),
    "stance.apology": Known(BLOCK, "More than one apology."),
    "stance.admission": Known(BLOCK, "Fault or liability is admitted."),
    "stance.blame": Known(BLOCK, "The client is judged."),
    "stance.second_reason": Known(MARK, "A further cause beside the decision's."),
    "stance.blame_policy": Known(BLOCK, "A policy or a system takes the blame."),
    "stance.lecture": Known(MARK, "The client is taught how to work."),
    "stance.curt": Known(BLOCK, "An answer of a few words, which may read as a yes."),
    "stance.decides": Known(BLOCK, "A question for facts that answers already."),
    "stance.unchecked_language": Known(MARK, "No phrases are known for the language."),
    "offers.count": Known(BLOCK, "Not exactly three alternatives."),
    "offers.not_permitted": Known(BLOCK, "An alternative that the decision does not permit."),
    "offers.same_kind": Known(BLOCK, "Two alternatives of one kind."),
    "offers.same_words": Known(BLOCK, "Two alternatives in the same words."),
    "offers.alike": Known(MARK, "Two alternatives that share most of what the writer adds."),
    "offers.term_missing": Known(BLOCK, "An alternative without one of its terms."),
    "offers.term_repeated": Known(BLOCK, "A term stated twice, which may read as twice as much."),
    "offers.foreign_slot": Known(BLOCK, "A term of one alternative told with something else."),
    "offers.scattered": Known(BLOCK, "The alternatives are not one list."),
    "offers.outside": Known(BLOCK, "A further option outside the alternatives."),
    "offers.unfit": Known(BLOCK, "A later day offered for something whose day is fixed."),
    "offers.unhelped": Known(BLOCK, "An ask is declined and no alternative told is about it."),
    "backing.unknown": Known(BLOCK, "A sentence backed by nothing in the decision."),
    "backing.reason_missing": Known(BLOCK, "No sentence gives the decision's reason."),
    "backing.courtesy": Known(MARK, "A courtesy that states something about us, as a fact or for a reason."),
    "backing.idle": Known(BLOCK, "Courtesies in a row that speak to nobody."),
    "backing.beyond": Known(MARK, "More sentences than what backs them needs."),
    "backing.unsupported": Known(MARK, "A sentence that shares no word with what backs it, nor with the mail."),
    "kept.missing": Known(BLOCK, "What is granted is not said."),
    "kept.uncovered": Known(MARK, "What is granted asks for money, a gift or our word that no fact carries."),
    "ask.question_missing": Known(BLOCK, "A question of the decision is not asked."),
    "ask.promises": Known(BLOCK, "A question for facts that offers or grants already."),
    "grounding.rendering": Known(BLOCK, "The finished sentence is not its template with the slots filled."),
    "grounding.unknown_slot": Known(BLOCK, "A slot that does not exist, or a loose brace."),
    "grounding.outside_slot": Known(BLOCK, "A figure, date, amount, share, sign or address in the writer's own words."),
    "grounding.vague_figure": Known(MARK, "Words that may promise a time or an amount."),
    "grounding.figure": Known(
        BLOCK, "A value in the finished text that is none of the decision's, or not in its role."
    ),
    "grounding.contact": Known(BLOCK, "An address, link or telephone number that is not ours."),
    "grounding.name": Known(BLOCK, "A name that neither the mail nor the business gives."),
    "grounding.unquoted": Known(BLOCK, "The client's words without quotation marks."),
    "grounding.client_words": Known(BLOCK, "Words of the client that promise in our name."),
    "grounding.copied": Known(BLOCK, "A sentence of the mail's own, that no slot brought."),
    "promise.commitment": Known(BLOCK, "A promise, gift or assurance that the decision does not give."),
    "promise.client_figure": Known(BLOCK, "A figure of a refused wish that reads as granted."),
    "promise.other_ask": Known(BLOCK, "A granted ask's sentence that grants more."),
    "privacy.private_string": Known(BLOCK, "A private string, in any shape that code can undo."),
    "privacy.internal": Known(BLOCK, "Our margins, money or people's private matters."),
    "privacy.other_client": Known(BLOCK, "Another client's doings."),
    "form.length": Known(BLOCK, "Too short or too long."),
    "form.assembled": Known(BLOCK, "The body is not its sentences put together."),
    "form.hidden": Known(BLOCK, "Hidden or control characters."),
    "form.script": Known(BLOCK, "Letters of another script, look-alikes too."),
    "form.header_line": Known(BLOCK, "A header line."),
    "form.placeholder": Known(BLOCK, "A gap left open."),
    "form.markup": Known(BLOCK, "Markup or a picture."),
    "form.salutation": Known(BLOCK, "A greeting or sign-off among the sentences."),
    "form.language": Known(BLOCK, "Another language than the one wanted."),
    "form.language_mixed": Known(MARK, "A sentence in another language."),
}
