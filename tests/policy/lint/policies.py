"""Small random policies, as the text of a file."""

from hypothesis import strategies as st

CELLS = {
    "abuse": ["yes", "no", "not yes"],
    "unpaid": ["yes", "no"],
    "against_aim": ["yes", "no"],
    "pays_with": ["exposure", "not goods", "[goods, favour]", "[exposure, later_work, favour]"],
    "revision_round": ["over 2", "at least 3", "under 2", "at most 4", "2", "not 3"],
    "discount_asked": ["over 10%", "at least 20%", "under 20%", "10%", "not 20%"],
}


@st.composite
def cells(draw: st.DrawFn, names: list[str], most: int = 2) -> str:
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=most, unique=True))
    return "{" + ", ".join(f"{name}: {draw(st.sampled_from(CELLS[name]))!s}" for name in chosen) + "}"


@st.composite
def policies(draw: st.DrawFn, most_facts: int = 3, most_rules: int = 4, most_offers: int = 6) -> str:
    names = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=most_facts, unique=True))
    lines = ["version: 1", "rules:"]
    rules = [f"r{n}" for n in range(draw(st.integers(1, most_rules)))]
    for rule in rules:
        lines.append(f"  - id: {rule}")
        lines.append(f"    when: {draw(cells(names))}")
        if draw(st.booleans()):
            lines.append(f"    any: [{draw(cells(names))}, {draw(cells(names))}]")
        if draw(st.booleans()):
            boxes = [draw(cells(names)) for _ in range(draw(st.integers(1, 2)))]
            lines.append(f"    unless: [{', '.join(boxes)}]")
        lines.append(f"    decide: {draw(st.sampled_from(['decline', 'decline', 'decline', 'ask', 'escalate']))}")
        lines.append("    public: No.")
    lines.append("alternatives:")
    for n in range(draw(st.integers(2, most_offers))):
        some: st.SearchStrategy[list[str]] = st.one_of(
            st.just([]), st.lists(st.sampled_from(rules), max_size=2, unique=True)
        )
        when = f", when: {draw(cells(names, 1))}" if draw(st.booleans()) else ""
        lists = f"for: [{', '.join(draw(some))}], not_for: [{', '.join(draw(some))}]"
        lines.append(f"  - {{id: a{n}, kind: k{draw(st.sampled_from([n, n, 0]))}, offer: Yes, {lists}{when}}}")
    return "\n".join(lines) + "\n"
