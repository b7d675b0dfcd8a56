"""A policy's texts in another language: ``texts/de.yaml`` and so on beside the policy, by id.

Such a file has ``rules``, ``alternatives`` and ``questions``, each with ``id: text`` lines; what it leaves out stays in
the policy's own language. The slots of a text must be those of the text that it translates. What this leaves out:
whether the two say the same.
"""

from collections import Counter
from collections.abc import Mapping

from pipeline.errors import PolicyError
from pipeline.policy.cells import nearest
from pipeline.policy.offers import SLOT
from pipeline.types.decision import Text
from pipeline.types.policy import Policy
from pipeline.yamltree import Node, parse

_SECTIONS = ["rules", "alternatives", "questions"]


def translated(policy: Policy, language: str, text: str, file: str) -> Policy:
    """The policy with the texts of one more language; its hash stays that of ``policy.yaml``.

    Raises:
        PolicyError: the first fault, as ``file:line:column: what is expected``.
    """
    sections = _lines(parse(text, file, PolicyError))
    for name, node in sections.items():
        if name not in _SECTIONS:
            raise node.fault(f"unknown key '{name}'{nearest(name, _SECTIONS)}", PolicyError)
    rules = _added(sections.get("rules"), language, {r.id: r.public for r in policy.rules})
    offers = _added(sections.get("alternatives"), language, {a.id: a.offer for a in policy.alternatives})
    questions = _added(sections.get("questions"), language, policy.questions)
    return policy.model_copy(
        update={
            "rules": tuple(r.model_copy(update={"public": rules.get(r.id, r.public)}) for r in policy.rules),
            "alternatives": tuple(
                a.model_copy(update={"offer": offers.get(a.id, a.offer)}) for a in policy.alternatives
            ),
            "questions": policy.questions | questions,
        }
    )


def _added(section: Node | None, language: str, known: Mapping[str, Text | None]) -> dict[str, Text]:
    """The texts of a section, each with its line of the new language."""
    lines = _lines(section) if section else {}
    return {name: _with(node, name, language, known) for name, node in lines.items()}


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


def _lines(node: Node) -> dict[str, Node]:
    if node.entries is None:
        raise node.fault("expected 'key: value' lines here", PolicyError)
    return node.entries
