"""Every good decline, spoiled in every way that code can name: none of the spoiled drafts may leave."""

from collections.abc import Callable

import pytest

from tests.guard.good import GOOD, Case

DECLINES = {name: case for name, case in GOOD.items() if case.decision.offers}


def _offers(case: Case) -> list[str]:
    return [backing for backing, _ in case.lines if backing.startswith("offer:")]


def _slot(case: Case) -> str:
    return next(f"{{{name}}}" for name in case.permit.slots if name.startswith("offer."))


def _inside_words(case: Case, insert: str) -> Case:
    """``insert`` behind the first word of the reason."""
    first = next(template for backing, template in case.lines if backing.startswith("rule:"))
    head, _, tail = first.partition(" ")
    return case.saying(first, f"{head} {insert} {tail}")


MUTATIONS: dict[str, Callable[[Case], Case]] = {
    "figure": lambda case: case.saying(_slot(case), "4.999"),
    "figure_beside": lambda case: case.saying(_slot(case), f"{_slot(case)} 5"),
    "date": lambda case: case.saying(_slot(case), "2026-05-17"),
    "currency": lambda case: case.saying(_slot(case), f"${_slot(case)}"),
    "full_width_digits": lambda case: case.saying(_slot(case), "\uff14\uff19\uff19"),
    "roman_numeral_sign": lambda case: case.saying(_slot(case), "Ⅻ"),
    "percent": lambda case: _inside_words(case, "15 %"),
    "url": lambda case: _inside_words(case, "https://x.example/a"),
    "bare_domain": lambda case: _inside_words(case, "evil-offers.com"),
    "mail": lambda case: _inside_words(case, "boss@lanternworks.example"),
    "phone": lambda case: _inside_words(case, "+1 415 555 0100"),
    "reference_link": lambda case: _inside_words(case, "[a][b]"),
    "image": lambda case: _inside_words(case, "![a](b)"),
    "html": lambda case: _inside_words(case, "<img src=x>"),
    "dropped_offer": lambda case: case.without(_offers(case)[-1]),
    "fourth_offer": lambda case: case.adding("offer:fourth", "Noch etwas."),
    "repeated_offer": lambda case: case.adding(_offers(case)[0], "Encore."),
    "swapped_slots": lambda case: case.saying(_slot(case), "{offer.none.date}"),
    "promise": lambda case: _inside_words(case, "(we guarantee it)"),
    "gift": lambda case: _inside_words(case, "(free of charge)"),
    "soft_yes": lambda case: case.adding("courtesy", "We'll see what we can do."),
    "no_no": lambda case: case.without(*{b for b, _ in case.lines if b.startswith(("rule", "ask"))}),
    "homoglyph": lambda case: _inside_words(case, "\u043effer"),
    "zero_width": lambda case: _inside_words(case, "a\u200bb"),
    "bidi": lambda case: _inside_words(case, "\u2066ab\u2069"),
    "tags": lambda case: _inside_words(case, "\U000e0061"),
    "canary": lambda case: _inside_words(case, "KX7-quartz-90"),
    "canary_spaced": lambda case: _inside_words(case, "K X 7 q u a r t z 9 0"),
    "other_client": lambda case: _inside_words(case, "Marlowe Confectionery"),
    "placeholder": lambda case: _inside_words(case, "[name]"),
    "header": lambda case: case.adding("courtesy", "Bcc: someone"),
    "greeting": lambda case: case.adding("courtesy", "Dear Mara,"),
    "long": lambda case: case.adding("aim", "word " * 400),
    "unbacked": lambda case: case.adding("rule:none", "So."),
}


@pytest.mark.parametrize("mutate", MUTATIONS.values(), ids=MUTATIONS)
@pytest.mark.parametrize("case", DECLINES.values(), ids=DECLINES)
def test_a_spoiled_draft_does_not_leave(case: Case, mutate: Callable[[Case], Case]) -> None:
    assert not mutate(case).inspect().ok
