"""A reply in sentences, each with what backs it, and the rendered text a person would send."""

from pipeline.types.base import Value

FEWEST, MOST = 25, 300
"""Words of a body that nobody need look at for its length alone."""


class Sentence(Value):
    """One sentence of the reply.

    ``template`` is what the model wrote, values as ``{slots}``; ``text`` is the same with the slots filled by code.
    ``backing`` is ``rule:ID``, ``offer:ID``, ``ask:N``, ``aim``, ``kept:N``, ``question:ID`` or ``courtesy``.
    """

    template: str
    text: str
    backing: str
    paragraph: bool = False  # starts a new paragraph


class Draft(Value):
    """A reply. ``body`` is the whole text: greeting, paragraphs, the offers as a list, sign-off."""

    subject: str
    body: str
    greeting: str
    signoff: str
    sentences: tuple[Sentence, ...]
    language: str
    prompt: str  # e.g. draft@v1
    model: str

    @property
    def offers(self) -> tuple[str, ...]:
        """Ids of the offers used, in order, without repeats."""
        used = (s.backing.removeprefix("offer:") for s in self.sentences if s.backing.startswith("offer:"))
        return tuple(dict.fromkeys(used))
