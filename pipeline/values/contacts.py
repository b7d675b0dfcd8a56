"""Ways to reach someone that a text holds: links, mail addresses (disguised ones too), bare domains, phone numbers.

How they look is told in ``lexicon/contacts.yaml``. Left out: postal addresses, and account names ("@studio" on some
network). A full stop without a blank behind it reads as a domain: better a false alarm than a hidden link.
"""

from functools import cache

from pipeline.values.found import Found
from pipeline.values.grammar import Pattern, Test, compiled, longest, test
from pipeline.values.lexicon import contact_patterns
from pipeline.values.text import simple

_NOT_PHONE = "not_phone"


def contacts(text: str) -> tuple[Found, ...]:
    """All links (``url``), addresses (``email``), bare domains (``domain``) and numbers (``phone``), in order."""
    folded = simple(text)
    if not _any().search(folded.text.encode()):
        return ()
    hits = [
        Found(kind=kind, start=start, end=end, text=folded.text[start:end])
        for kind, pattern in _patterns()
        for start, end in (hit.span() for hit in pattern.finditer(folded.text))
        if kind != _NOT_PHONE and not (kind == "phone" and _no_phone(folded.text[start:end]))
    ]
    spans = [(hit.kind, *folded.span(hit.start, hit.end)) for hit in longest(hits)]
    return tuple(Found(kind=kind, start=start, end=end, text=text[start:end]) for kind, start, end in spans)


def _no_phone(words: str) -> bool:
    return any(True for kind, pattern in _patterns() if kind == _NOT_PHONE for _ in pattern.finditer(words))


@cache
def _any() -> Test:
    """One pattern that matches wherever any does: most texts hold none."""
    return test(
        "|".join(f"(?:{p})" for kind, patterns in contact_patterns().items() if kind != _NOT_PHONE for p in patterns)
    )


@cache
def _patterns() -> tuple[tuple[str, Pattern], ...]:
    return tuple((kind, compiled(p)) for kind, patterns in contact_patterns().items() for p in patterns)
