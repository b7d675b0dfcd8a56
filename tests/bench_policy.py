"""``make bench``: twenty rules over 10,000 requests, beside plain Python conditions and two rule engines.

Everything is given the same seeded facts and must find the same rules fired. The engines are the best kept and the
quickest that a registry has: zen-engine (GoRules, more than a release a month, Rust) and cel-expr-python (Google's own
CEL, C++, the quickest of nine that were tried). They are no dependency of ours: the bench installs them into
``.servers/bench``, and goes on without them where there is no network. Each is called in two ways: a rule a call, as
its manual has it, and with all rules in one list, which is quicker and can't say of which of them a fault is. Left out:
facts that are unknown, which neither of them has. Then: a whole decision, ``candor policy check`` and ``diff``.
"""

import argparse
import gc
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from importlib import import_module
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.policy.catalogue.spec import Type
from pipeline.policy.decide import decide
from pipeline.policy.derive.ground import UNSAID, Facts
from pipeline.policy.evaluate import read
from pipeline.policy.facts import BY_NAME
from pipeline.policy.load import load_policy
from pipeline.types.decision import Result
from pipeline.types.policy import Rule
from pipeline.types.quantities import Choice, Count, Duration, Flag, Percent, Quantity
from pipeline.types.request import Fact, Kind, State
from tests.bench_startup import cpu as cpu_of
from tests.scores.business import Read, _lines, business, cases, message, request

FOLDER = Path(__file__).parents[1] / ".servers" / "bench"
PEERS = {"zen": "zen-engine==2.1.3", "cel_expr_python": "cel-expr-python==0.1.3"}
TODAY = date(2026, 11, 19)
AGREEMENT = '["scope_addition", "payment_terms", "discount", "free_work", "other"]'
RULES = {  # the rules of bench_policy.yaml, as a programmer would write them; Python and zen read the same words
    "unethical": 'wrongdoing in ["unlawful", "deceptive", "harms_others"]',
    "intimidation_again": "threats_total >= 5",
    "intimidation": "(threats_total >= 3 and leave_threat) or threat",
    "size_as_club": "leans_on_size and revenue_share >= 25",
    "overdue_payment": 'overdue_days > 30 and not obliged and kind != "information_request" '
    'and not (tier == "key" and overdue_days <= 60)',
    "client_part_open": "client_part_open and not obliged",
    "agreement_outdated": f"scope_changes >= 1 and not obliged and kind in {AGREEMENT}",
    "client_mistake": 'kind == "refund_or_blame" and approval and not obliged',
    "taken_for_granted": "goodwill_after > 6 and not obliged",
    "out_of_scope": 'scope == "outside" and not offers_payment and not obliged and not (goodwill_after <= 6)',
    "budget_exceeded": "over_budget and not obliged",
    "not_profitable": "margin < 30 and not obliged",
    "false_opportunity": 'pays_with in ["exposure", "later_work", "goods", "favour"] '
    "and not offers_payment and not obliged",
    "discount_size": "discount_total > 10 and not obliged",
    "constant_discounts": "discounts_after > 2 and not obliged",
    "unpaid_work": "unpaid and not offers_payment and not obliged and not (goodwill_after <= 6) "
    'and not (kind in ["refund_or_blame", "information_request"])',
    "against_aim": "against_aim and not obliged",
    "late": "days_late > 0 and not obliged",
    "lead_time": "lead_days < 5 and not obliged and not (goodwill_after <= 6) "
    'and not (kind in ["information_request", "refund_or_blame", "discount"])',
    "no_capacity": "free_hours_after < 0 and not obliged",
}
UNITS = {"overdue_days": "days", "days_late": "days", "lead_days": "working_days"}  # the others are hours
RANGES = {
    "threats_total": (0, 6), "revenue_share": (1, 50), "overdue_days": (0, 90), "scope_changes": (0, 2),
    "goodwill_after": (0, 12), "margin": (0, 70), "discount_total": (0, 20), "discounts_after": (0, 4),
    "days_late": (-20, 5), "lead_days": (0, 30), "free_hours_after": (-10, 60),
}  # fmt: skip

Said = int | bool | str
Plain = Mapping[str, Said]
Fired = tuple[str, ...]


class Given(NamedTuple):
    """A request: its facts as plain values, and as ours. What nobody said is no, or an empty word."""

    plain: Plain
    facts: Facts


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    rules = load_policy(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"), "policy.yaml").rules
    requests = [given(random.Random(n)) for n in range(chosen.requests)]
    ways = contestants(rules)
    for name, way in ways.items():
        wrong = sum(way(each) != ways["plain Python"](each) for each in requests)
        assert not wrong, f"{name} finds other rules fired in {wrong} of {len(requests)} requests"
    print(
        f"{len(rules)} rules, {len(requests):,} requests; the same rules fired by all. CPU, medians of {chosen.rounds}:"
    )
    table(ways, requests, chosen.rounds)
    decisions(chosen.rounds)
    commands()


def table(ways: Mapping[str, Callable[[Given], Fired]], requests: list[Given], rounds: int) -> None:
    """Each way's median over interleaved rounds, and how many times plain Python's that is."""
    seconds = {name: list[float]() for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            seconds[name].append(cpu(way, requests))
    floor = statistics.median(seconds["plain Python"])
    for name, found in seconds.items():
        median = statistics.median(found)
        print(f"{name:<52}{median / len(requests) * 1e6:8.1f} us a request {median / floor:7.1f} x")


def cpu(way: Callable[[Given], Fired], requests: list[Given]) -> float:
    """CPU seconds for all requests."""
    gc.collect()
    begun = time.process_time()
    for each in requests:
        way(each)
    return time.process_time() - begun


def given(chance: random.Random) -> Given:
    """One request, the same for the same seed."""
    plain = {name: _drawn(name, chance) for name in names()}
    return Given(plain, {name: _fact(name, value) for name, value in plain.items()})


def names() -> tuple[str, ...]:
    """The facts that the rules read."""
    return tuple(sorted(set(re.findall(r"[a-z_]+", re.sub(r'".*?"', "", " ".join(RULES.values())))) & set(BY_NAME)))


def _drawn(name: str, chance: random.Random) -> Said:
    if name in RANGES:
        return chance.randint(*RANGES[name])
    if name == "kind":
        return chance.choice(list(Kind)).value
    choices = BY_NAME[name].choices
    if choices:
        return chance.choice(choices) if name == "tier" or chance.random() < 0.2 else ""
    return chance.random() < 0.2


def _fact(name: str, value: Said) -> Fact:
    if value is False or value == "":
        return UNSAID[name]
    return Fact(name=name, state=State.KNOWN, value=_quantity(name, value))


def _quantity(name: str, value: Said) -> Quantity:
    match BY_NAME[name].type:
        case Type.FLAG:
            return Flag(yes=bool(value))
        case Type.PERCENT:
            return Percent(number=Decimal(value))
        case Type.COUNT:
            return Count(number=int(value))
        case Type.DURATION:
            return Duration.model_validate({"number": value, "unit": UNITS.get(name, "hours")})
        case _:
            return Choice(name=str(value))


def contestants(rules: tuple[Rule, ...]) -> dict[str, Callable[[Given], Fired]]:
    """Every way to find the rules that fire."""
    ways = {"plain Python": plain_python(), **ours(rules)}
    if install():
        sys.path.append(str(FOLDER))
        ways |= {**zen(), **cel()}
    else:
        print("zen-engine and cel-expr-python could not be installed (no network?): ours beside plain Python only")
    return ways


def plain_python() -> Callable[[Given], Fired]:
    """A condition a rule, as a function over a dict of plain values."""
    known = "|".join(names())
    made = {rule: eval("lambda f: " + re.sub(rf'\b({known})\b(?!")', r'f["\1"]', text)) for rule, text in RULES.items()}
    conditions = tuple(made.items())
    return lambda each: tuple(rule for rule, holds in conditions if holds(each.plain))


def ours(rules: tuple[Rule, ...]) -> dict[str, Callable[[Given], Fired]]:
    """Every condition read, which is what decides; and told in words, as it is stored and shown."""
    none: frozenset[str] = frozenset()

    def found(each: Given) -> Fired:
        return tuple(rule.id for rule in read(rules, each.facts, none, TODAY).rules(Result.FIRED))

    def told(each: Given) -> Fired:
        traces = read(rules, each.facts, none, TODAY).traces(each.facts)
        return tuple(trace.rule for trace in traces if trace.result is Result.FIRED)

    return {"candor, every condition read": found, "candor, every condition told in words": told}


def install() -> bool:
    """Whether the engines are here, or could be fetched."""
    for module, package in PEERS.items():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(FOLDER), package]
        if not (FOLDER / module).exists() and subprocess.run(pip, check=False, capture_output=True).returncode:
            return False
    return True


def zen() -> dict[str, Callable[[Given], Fired]]:
    """Compiled expressions over a dict."""
    engine: Any = import_module("zen")
    each_ = [(rule, engine.compile_expression(text)) for rule, text in RULES.items()]
    all_ = engine.compile_expression(_listed(RULES.values()))
    return {
        "zen-engine, a rule a call": lambda each: tuple(rule for rule, text in each_ if text.evaluate(each.plain)),
        "zen-engine, one list": lambda each: _fired(all_.evaluate(each.plain)),
    }


def cel() -> dict[str, Callable[[Given], Fired]]:
    """Compiled expressions over declared variables; a request's values are taken over once for all twenty."""
    engine: Any = import_module("cel_expr_python.cel")
    types = {bool: engine.Type.BOOL, int: engine.Type.INT, str: engine.Type.STRING}
    one = given(random.Random(0)).plain
    environment = engine.NewEnv(variables={name: types[type(one[name])] for name in names()})
    texts = {rule: _in_cel(text) for rule, text in RULES.items()}
    each_ = [(rule, environment.compile(text)) for rule, text in texts.items()]
    all_ = environment.compile(_listed(texts.values()))

    def by_rule(each: Given) -> Fired:
        values = environment.Activation(data=each.plain)
        return tuple(rule for rule, text in each_ if text.eval(activation=values).value() is True)

    return {
        "cel-expr-python, a rule a call": by_rule,
        "cel-expr-python, one list": lambda each: _fired(all_.eval(data=each.plain).plain_value()),
    }


def _in_cel(text: str) -> str:
    for ours_, theirs in ((" and ", " && "), (" or ", " || "), ("not ", "!")):
        text = text.replace(ours_, theirs)
    return text


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"


def _fired(holding: list[bool]) -> Fired:
    return tuple(rule for rule, holds in zip(RULES, holding, strict=True) if holds)


def decisions(rounds: int) -> None:
    """Whole decisions over the business cases: facts from records, rules, reasons, offers, and the trace in words."""
    read_ = {found.id: found for found in (Read.model_validate_json(line) for line in _lines("facts.jsonl"))}
    given_ = [(message(c), request(c.language, read_[c.id]), business(c), c.today) for c in cases()]
    seconds = []
    for _ in range(rounds):
        begun = time.process_time()
        for each in given_:
            decide(*each)
        seconds.append(time.process_time() - begun)
    each_took = statistics.median(seconds) / len(given_)
    print(f"a whole decision by 34 rules, {len(given_)} mails: {each_took * 1e6:,.0f} us a mail")


def commands() -> None:
    """``candor policy check`` and ``diff``, start-up included."""
    studio, program = Path(__file__).parents[1] / "fixtures" / "studio", [sys.executable, "-m", "pipeline"]
    took = cpu_of([*program, "policy", "check", "--business", str(studio)])
    print(f"candor policy check, the studio: {took:.1f} s CPU")
    with tempfile.TemporaryDirectory() as place:
        cpu_of([*program, "demo", "--out", f"{place}/demo"])
        known = Path(place, "demo", "outcomes.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        history = Path(place, "history")
        history.mkdir()
        (history / "outcomes.jsonl").write_text("".join(islice(cycle(known), 10_000)), encoding="utf-8")
        changed = Path(place, "policy.yaml")
        text = (studio / "policy.yaml").read_text(encoding="utf-8")
        changed.write_text(text.replace("max_discount: 10%", "max_discount: 20%"), encoding="utf-8")
        pair = [str(studio / "policy.yaml"), str(changed)]
        took = cpu_of([*program, "policy", "diff", *pair, "--history", str(history), "--business", str(studio)])
    print(f"candor policy diff over 10,000 outcomes: {took:.1f} s CPU")


if __name__ == "__main__":
    main()
