"""A policy's texts in another language: ``texts/de.yaml`` and so on beside the policy, by id.

Such a file has ``rules``, ``tell_upfront``, ``alternatives`` and ``questions``, each with ``id: text`` lines; what it
leaves out stays in the policy's own language. The slots of a text must be those of the text that it translates. What
this leaves out: whether the two say the same.
"""

from collections import Counter
from collections.abc import Mapping

from pipeline.errors import PolicyError
from pipeline.policy.cells import nearest
from pipeline.policy.faults import Faults
from pipeline.policy.nodes import Entry, entries
from pipeline.policy.terms import SLOT
from pipeline.types.decision import Text
from pipeline.types.policy import Policy
from pipeline.yamltree import Node, parse


def translated(policy: Policy, language: str, text: str, file: str) -> Policy:
    """The policy with the texts of one more language; its hash stays that of ``policy.yaml``.

    Raises:
        PolicyError: the first fault, as ``file:line:column: what is expected``.
    """
    more, faults = read_texts(policy, language, text, file)
    if faults:
        raise faults[0]
    return more


def read_texts(policy: Policy, language: str, text: str, file: str) -> tuple[Policy, tuple[PolicyError, ...]]:
    """The policy with the texts of one more language that can be read, and everything that is wrong with them."""
    faults = Faults()
    root = faults.attempt(None, parse, text, file, PolicyError)
    if root is None:
        return policy, faults.in_order
    known: dict[str, Mapping[str, Text | None]] = {
        "rules": {r.id: r.public for r in policy.rules},
        "tell_upfront": {r.id: r.upfront for r in policy.rules},
        "alternatives": {a.id: a.offer for a in policy.alternatives},
        "questions": policy.questions,
    }
    sections = Entry.of(root, list(known), faults)
    rules, upfront, offers, questions = (_added(sections, name, language, texts) for name, texts in known.items())
    more = policy.model_copy(
        update={
            "rules": tuple(
                r.model_copy(update={"public": rules.get(r.id, r.public), "upfront": upfront.get(r.id, r.upfront)})
                for r in policy.rules
            ),
            "alternatives": tuple(
                a.model_copy(update={"offer": offers.get(a.id, a.offer)}) for a in policy.alternatives
            ),
            "questions": policy.questions | questions,
        }
    )
    return more, faults.in_order


def _added(sections: Entry, name: str, language: str, known: Mapping[str, Text | None]) -> dict[str, Text]:
    """The texts of a section, each with its line of the new language."""
    none: dict[str, Node] = {}
    lines = sections.get(name, none, entries)
    read = {key: sections.faults.attempt(None, _with, node, key, language, known) for key, node in lines.items()}
    return {key: text for key, text in read.items() if text}


def _with(node: Node, name: str, language: str, known: Mapping[str, Text | None]) -> Text:
    text = known.get(name)
    words = (node.text or "").strip()
    if name not in known:
        raise node.fault(f"policy.yaml has no '{name}'{nearest(name, list(known))}", PolicyError)
    if text is None:
        raise node.fault(f"'{name}' has no text in policy.yaml that a client reads", PolicyError)
    if language in text.by_language:
        raise node.fault(f"'{name}' has a text in '{language}' already", PolicyError)
    if not words:
        raise node.fault("expected a text here", PolicyError)
    _check_slots(node, words, next(iter(text.by_language.values())))
    return Text(by_language={**text.by_language, language: words})


def _check_slots(node: Node, words: str, base: str) -> None:
    """The same slots, each as often as in the text of ``policy.yaml``."""
    here, there = Counter(SLOT.findall(words)), Counter(SLOT.findall(base))
    for name in here - there:
        hint = nearest(name, list(there - here))
        raise node.fault(f"{{{name}}} stands more often here than in policy.yaml{hint}", PolicyError)
    for name in there - here:
        raise node.fault(f"{{{name}}} is missing here: the text in policy.yaml has it", PolicyError)
