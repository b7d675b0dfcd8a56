"""Drafts that a person would send, with all that the guard reads beside them, and small ways to spoil them.

They lie in ``drafts/*.yaml``: each line is what backs it and what the model wrote; a pilcrow starts a paragraph.
None of them may have a finding. Every person and firm is invented.
"""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.guard.inspect import inspect
from pipeline.guard.permit import Permit
from pipeline.guard.reading import SLOT
from pipeline.types.decision import Decision
from pipeline.types.draft import Draft, Sentence
from pipeline.types.request import Request
from pipeline.types.verdict import Verdict

FOLDER = Path(__file__).parent / "drafts"
TODAY = date(2026, 4, 1)
SIGNATURE = "Ida Holm\nLanternworks\n+49 30 5550123\nwww.lanternworks.example"
PRIVATE = (
    "Marlowe Confectionery",
    "orders@marlowe.example",
    "the margin on this account is 31 percent of revenue",
    "KX7-quartz-90",
    "Emma",
)


@dataclass(frozen=True)
class Case:
    """A draft before code assembles it, and what it is judged by."""

    greeting: str
    lines: tuple[tuple[str, str], ...]  # what backs it, what the model wrote
    goodbye: str
    decision: Decision
    request: Request
    permit: Permit
    subject: str = "Re: your request"
    signature: str = SIGNATURE

    @property
    def draft(self) -> Draft:
        """The draft as code assembles it."""
        sentences = tuple(self._sentence(*line) for line in self.lines)
        signoff = f"{self.goodbye}\n{self.signature}"
        return Draft(
            subject=self.subject,
            body=f"{self.greeting}\n\n{_layout(sentences)}\n\n{signoff}",
            greeting=self.greeting,
            signoff=signoff,
            sentences=sentences,
            language=self.permit.language,
            prompt="draft@v1",
            model="none",
        )

    def inspect(self) -> Verdict:
        """The guard's verdict."""
        return inspect(self.draft, self.decision, self.request, self.permit)

    def codes(self) -> set[str]:
        """The codes of all findings."""
        return {finding.code for finding in self.inspect().findings}

    def blocks(self) -> set[str]:
        """What refuses the draft: the codes and messages of the findings that block."""
        return {f"{found.code}: {found.message}" for found in self.inspect().findings if found.severity == "block"}

    def saying(self, old: str, new: str) -> "Case":
        """The same draft with some of the model's words replaced."""
        assert any(old in template for _, template in self.lines), old
        return replace(self, lines=tuple((backing, template.replace(old, new)) for backing, template in self.lines))

    def adding(self, backing: str, template: str, at: int = -1) -> "Case":
        """The same draft with one more sentence, by default before the last."""
        lines = list(self.lines)
        lines.insert(at, (backing, template))
        return replace(self, lines=tuple(lines))

    def without(self, *backings: str) -> "Case":
        """The same draft without the sentences of some backings."""
        return replace(self, lines=tuple(line for line in self.lines if line[0] not in backings))

    def permitting(self, **changes: object) -> "Case":
        """The same draft under another permit."""
        return replace(self, permit=self.permit.model_copy(update=changes))

    def filling(self, slot: str, words: str) -> "Case":
        """The same draft with other words in one slot."""
        return self.permitting(slots={**self.permit.slots, slot: words})

    def deciding(self, **changes: object) -> "Case":
        """The same draft under another decision."""
        return replace(self, decision=self.decision.model_copy(update=changes))

    def _sentence(self, backing: str, template: str) -> Sentence:
        words = template.removeprefix("¶ ")
        text = SLOT.sub(lambda slot: self.permit.slots.get(slot[1], slot[0]), words)
        return Sentence(template=words, text=text, backing=backing, paragraph=words != template)


class _Tampered(Case):
    """A case whose finished text was changed behind its templates."""

    changed: tuple[str, str] = ("", "")

    @property
    def draft(self) -> Draft:
        """The draft as it came to be."""
        made, (old, new) = super().draft, self.changed
        sentences = tuple(s.model_copy(update={"text": s.text.replace(old, new)}) for s in made.sentences)
        return made.model_copy(update={"body": made.body.replace(old, new), "sentences": sentences})


def tampered(case: Case, old: str, new: str) -> Case:
    """The same templates with other words in the finished text."""
    made = _Tampered(**vars(case))
    object.__setattr__(made, "changed", (old, new))
    return made


def case_of(draft: Draft, decision: Decision, request: Request, permit: Permit) -> Case:
    """The case of a draft that a model wrote, ready to be spoiled."""
    lines = tuple((s.backing, f"¶ {s.template}" if s.paragraph else s.template) for s in draft.sentences)
    goodbye, _, signature = draft.signoff.partition("\n")
    return Case(draft.greeting, lines, goodbye, decision, request, permit, draft.subject, signature)


def _layout(sentences: tuple[Sentence, ...]) -> str:
    """Paragraphs, and the offers as a numbered list."""
    body = ""
    offers: list[str] = []
    for sentence in sentences:
        if sentence.backing.startswith("offer:") and sentence.backing not in offers:
            offers.append(sentence.backing)
            body += f"\n{len(offers)}. {sentence.text}"
        else:
            body += ("\n\n" if sentence.paragraph else " ") + sentence.text
    return body.strip()


def good(name: str) -> Case:
    """The draft of ``drafts/NAME.yaml``."""
    from ruamel.yaml import YAML

    data = YAML(typ="safe").load(FOLDER / f"{name}.yaml")
    data["permit"]["names"] += ["Lanternworks", SIGNATURE]
    return Case(
        greeting=data["greeting"],
        goodbye=data["goodbye"],
        lines=tuple(pair for line in data["lines"] for pair in line.items()),
        decision=Decision.model_validate(data["decision"]),
        request=Request.model_validate(data["request"]),
        permit=Permit.model_validate({**data["permit"], "today": TODAY, "private": PRIVATE}),
    )


NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
GOOD = {name: good(name) for name in NAMES}
DISCOUNT, ASK, PART = GOOD["english_discount"], GOOD["english_ask"], GOOD["english_part"]
