"""The second round, by one client of a print shop who asked for 30 % off and was told no."""

from datetime import date
from decimal import Decimal

from pipeline.policy.load import load_policy
from pipeline.policy.rounds import Settled, settle
from pipeline.types.business import Business
from pipeline.types.decision import Action, Decision
from pipeline.types.earlier import Earlier, Told
from pipeline.types.quantities import Day, Flag, Percent, Quantity
from pipeline.types.replies import MailFact
from pipeline.types.request import (
    Accepted,
    Ask,
    Fact,
    Kind,
    Leverage,
    Objection,
    Pressure,
    Quote,
    Request,
    Resistance,
    State,
)  # fmt: skip
from tests.fakes import TODAY, business, message, starter_policy

COMPROMISE = "limit_on_a_part"  # kept for the second round by the starter's policy
LATER = date(2026, 11, 20)


def words(text: str, part: str = "body") -> Quote:
    return Quote.model_validate({"part": part, "start": 0, "end": len(text), "text": text})


def fact(name: MailFact, value: Quantity, part: str = "body") -> Fact:
    return Fact(name=name, state=State.KNOWN, value=value, quote=words("words", part))


def off(percent: int, part: str = "body") -> Fact:
    return fact(MailFact.DISCOUNT_ASKED, Percent(number=Decimal(percent)), part)


def ask(*facts: Fact, kind: Kind = Kind.DISCOUNT, quote: str = "the words") -> Ask:
    return Ask(number=1, kind=kind, quote=words(quote), service="posters", facts=facts)


def request(*asks: Ask, objection: Resistance | None = None, facts: tuple[Fact, ...] = (), **more: object) -> Request:
    said = Objection(kind=objection, quote=words("hm")) if objection else None
    known = {"asks": asks, "facts": facts, "objection": said, "language": "en"}
    return Request.model_validate(known | more)


FIRST = request(ask(off(30)))
NO = fact(MailFact.EARLIER_NO, Flag(yes=True), "history")


def shop(text: str = "") -> Business:
    return business().model_copy(update={"policy": load_policy(text or starter_policy(), "policy.yaml")})


def told(decision: Decision, *ids: str) -> tuple[Told, ...]:
    offers = {offer.id: offer for offer in decision.offers}
    return tuple(Told(offer=offers[id_], words=f"We could do {id_} for you.") for id_ in ids)


def first(firm: Business | None = None) -> Earlier:
    """Our no of Thursday, with three offers."""
    decision = settle(message("30% off?"), FIRST, None, firm or shop(), TODAY).decision
    return Earlier(
        key="k1", today=TODAY, action=decision.action, code=decision.code, request=FIRST, rules=("discount",),
        told=told(decision, "within_limit", "fit_budget", "spread_payment"),
    )  # fmt: skip


def second(asked: Request, earlier: Earlier | None = None, firm: Business | None = None, day: date = LATER) -> Settled:
    return settle(message("But please!", history="> We can't."), asked, earlier, firm or shop(), day)


def end(settled: Settled) -> tuple[Action, str]:
    return settled.decision.action, settled.decision.code


def taking(**accepted: object) -> Accepted:
    return Accepted.model_validate({"quote": words("we take it"), **accepted})


def test_pressure_alone_gets_the_same_no_for_the_same_reason_and_what_we_made_is_known() -> None:
    settled = second(request(objection=Resistance.EMOTION), first())
    assert end(settled) == (Action.DECLINE, "discount")
    assert settled.decision.offers[0].id == COMPROMISE
    assert settled.decision.made == tuple(told.offer.id for told in first().told)
    permitted = {offer.id for offer in settle(message("?"), FIRST, None, shop(), TODAY).decision.offers}
    assert {offer.id for offer in settled.decision.offers} == permitted | {COMPROMISE}
    assert (settled.decision.round, settled.decision.objection) == (2, "emotion")
    assert settled.request.asks[0].facts[0].value == Percent(number=Decimal(30))


def test_what_stands_is_told_in_their_words_of_then() -> None:
    wanted = first().model_copy(update={"request": FIRST.model_copy(update={"aim": words("up before the fair")})})
    mail = message("But please!", history="> We can't.\n>> the words, to have it\n>> up before the fair")
    stood = settle(mail, request(objection=Resistance.PRICE), wanted, shop(), LATER).request
    assert stood.aim is not None
    assert (stood.aim.part, stood.aim.text) == ("history", "up before the fair")
    assert mail.history[stood.aim.start : stood.aim.end] == "up before the fair"
    asked = stood.asks[0].quote
    assert (asked.part, mail.history[asked.start : asked.end]) == ("history", "the words")
    elsewhere = settle(message("But please!"), request(objection=Resistance.PRICE), wanted, shop(), LATER).request
    assert elsewhere.asks[0].quote == Quote(part="history", start=0, end=0, text="the words")


def test_saying_less_the_second_time_gets_no_more() -> None:
    assert end(second(request(ask(), objection=Resistance.PRICE), first())) == (Action.DECLINE, "discount")
    assert end(second(request(ask(kind=Kind.OTHER), objection=Resistance.PRICE), first()))[0] is Action.DECLINE


def test_a_new_figure_is_decided_anew_and_a_yes_is_counted() -> None:
    settled = second(request(ask(off(8)), objection=Resistance.PRICE), first())
    assert (*end(settled), settled.decision.concessions) == (Action.ACCEPT, "no_objection", 1)
    assert end(second(request(ask(off(25)), objection=Resistance.PRICE), first())) == (Action.DECLINE, "discount")


def test_a_compromise_kept_for_the_second_round_is_unlocked_for_a_no_on_record_alone() -> None:
    assert COMPROMISE not in {offer.id for offer in settle(message("?"), FIRST, None, shop(), TODAY).decision.offers}
    recorded = second(request(objection=Resistance.PRICE), first()).decision
    assert (recorded.offers[0].id, recorded.concessions) == (COMPROMISE, 1)
    claimed = second(request(ask(off(30)), objection=Resistance.PRICE, facts=(NO,))).decision
    assert (claimed.action, claimed.round, claimed.concessions) == (Action.DECLINE, 2, 0)
    assert COMPROMISE not in {offer.id for offer in claimed.offers}


def test_the_third_round_and_a_threat_are_for_a_person() -> None:
    third = first().model_copy(update={"round": 2, "concessions": 1})
    settled = second(request(objection=Resistance.PRICE), third)
    assert (*end(settled), settled.decision.round) == (Action.ESCALATE, "third_round", 3)
    assert settled.decision.concessions == 1
    longer = shop(starter_policy().replace("settings:\n", "settings:\n  last_round: 3\n"))
    assert end(second(request(objection=Resistance.PRICE), third, longer)) == (Action.DECLINE, "discount")
    assert end(second(request(accepted=taking(offer=2)), third))[0] is Action.CONFIRM  # so it ends well
    threat = request(ask(off(30)), objection=Resistance.THREAT)
    assert end(second(threat, first())) == (Action.ESCALATE, "threatened")


def test_the_policys_own_end_goes_before_all_but_a_threat() -> None:
    abuse = (fact(MailFact.ABUSE, Flag(yes=True)),)
    abused = request(ask(off(30)), objection=Resistance.EMOTION, facts=abuse)
    assert end(second(abused, first())) == (Action.END, "abuse_after_no")  # our own record says that we said no
    threat = abused.model_copy(update={"objection": request(objection=Resistance.THREAT).objection})
    assert end(second(threat, first())) == (Action.ESCALATE, "threatened")


def test_one_way_or_none_is_for_a_person_unless_the_policy_has_no_objection() -> None:
    insists = (fact(MailFact.INSISTS, Flag(yes=True)),)
    leverage = (Leverage(kind=Pressure.ULTIMATUM, quote=words("that or nothing")),)
    refused = request(ask(off(25)), facts=insists, leverage=leverage)
    assert end(second(refused, first())) == (Action.ESCALATE, "ultimatum")
    assert end(second(request(ask(off(5)), facts=insists, leverage=leverage), first()))[0] is Action.ACCEPT
    takes = request(facts=insists, leverage=leverage, accepted=taking(offer=2))
    assert end(second(takes, first())) == (Action.ESCALATE, "ultimatum")


def test_who_gives_it_up_gets_no_second_no() -> None:
    asked = request(objection=Resistance.EMOTION)
    assert end(settle(message("Forget it. What a pity!"), asked, first(), shop(), LATER)) == (
        Action.ESCALATE, "withdrawn",
    )  # fmt: skip


def test_news_of_another_day_moves_the_ask_and_nothing_else_of_it() -> None:
    def due(day: date, *more: Fact, kind: Kind = Kind.RUSH_DEADLINE) -> Ask:
        return ask(fact(MailFact.DEADLINE, Day(day=day)), *more, kind=kind)

    def refused(asked: Request) -> Earlier:
        decision = settle(message("By tomorrow?"), asked, None, shop(), TODAY).decision
        return Earlier(key="k", today=TODAY, action=decision.action, code=decision.code, request=asked)

    weeks = due(date(2027, 1, 20), kind=Kind.NEW_PROJECT_INQUIRY)
    moved = request(weeks, objection=Resistance.NEW_INFORMATION)
    assert end(second(moved, refused(request(due(LATER)))))[0] is Action.ACCEPT
    unpaid = refused(request(due(LATER, fact(MailFact.UNPAID, Flag(yes=True)))))
    assert end(second(moved, unpaid))[0] is Action.DECLINE  # it is still to be done for nothing
    pushed = request(weeks, objection=Resistance.FAIRNESS)
    assert end(second(pushed, refused(request(due(LATER)))))[0] is Action.DECLINE  # another job beside it


def test_who_says_that_we_misunderstood_gets_no_second_no_unread() -> None:
    settled = second(request(ask(off(35)), objection=Resistance.MISUNDERSTANDING), first())
    assert end(settled) == (Action.ESCALATE, "misunderstood")


def test_an_offer_on_record_is_confirmed_by_number_or_by_our_words() -> None:
    for accepted in (
        taking(offer=2),
        taking(ours=words("fit_budget", "history")),
        taking(offer=2, ours=words("fit_budget")),
    ):
        decision = second(request(accepted=accepted), first()).decision
        assert (decision.action, decision.code, decision.reasons) == (Action.CONFIRM, "offer_taken", ())
        assert [offer.id for offer in decision.offers] == ["fit_budget"]


def test_nobody_guesses_which_offer_is_meant() -> None:
    for accepted in (taking(), taking(offer=7), taking(offer=0), taking(offer=1, ours=words("fit_budget")),
                     taking(ours=words("for you"))):  # fmt: skip
        assert end(second(request(accepted=accepted), first())) == (Action.ESCALATE, "offer_unclear")


def test_an_offer_that_no_longer_holds_is_for_a_person() -> None:
    tighter = shop(starter_policy().replace("max_discount: 10%", "max_discount: 5%"))
    settled = second(request(accepted=taking(offer=1)), first(), tighter)
    assert end(settled) == (Action.ESCALATE, "offer_lapsed")
    gone = shop(starter_policy().replace("- id: fit_budget", "- id: fit_purse"))
    assert end(second(request(accepted=taking(offer=2)), first(), gone))[1] == "offer_lapsed"
    assert end(second(request(accepted=taking(offer=2)), first(), tighter))[0] is Action.CONFIRM


def test_a_day_that_was_offered_must_still_be_ours_to_give() -> None:
    rush = request(ask(fact(MailFact.DEADLINE, Day(day=LATER)), kind=Kind.RUSH_DEADLINE))
    decision = settle(message("By tomorrow?"), rush, None, shop(), TODAY).decision
    no = Earlier(key="k", today=TODAY, action=decision.action, code=decision.code, request=rush,
                 told=told(decision, "later"))  # fmt: skip
    assert second(request(accepted=taking(offer=1)), no, day=TODAY).decision.offers == (no.told[0].offer,)
    assert (
        end(second(request(accepted=taking(offer=1)), no, day=LATER))[1] == "offer_lapsed"
    )  # we'd be free a day later


def test_taking_an_offer_and_asking_for_what_was_refused_is_no_acceptance() -> None:
    settled = second(request(ask(off(30)), accepted=taking(offer=2), objection=Resistance.PRICE), first())
    assert end(settled) == (Action.DECLINE, "discount")


def test_a_day_for_what_they_take_is_no_rush_to_refuse_unseen() -> None:
    soon = fact(MailFact.DEADLINE, Day(day=LATER))
    takes = request(ask(soon, kind=Kind.IN_SCOPE_REQUEST, quote="send it tomorrow"), accepted=taking(offer=2))
    assert end(second(takes, first())) == (Action.ESCALATE, "offer_entangled")
    rush = request(ask(soon, kind=Kind.RUSH_DEADLINE, quote="and the rest tomorrow"), accepted=taking(offer=2))
    assert end(second(rush, first())) == (Action.DECLINE, "lead_time")


def test_the_words_that_take_it_are_no_ask_of_their_own() -> None:
    for kind, action in ((Kind.IN_SCOPE_REQUEST, Action.CONFIRM), (Kind.FREE_WORK, Action.CONFIRM)):
        asked = request(ask(kind=kind, quote="we take it"), accepted=taking(offer=2), objection=Resistance.FAIRNESS)
        assert second(asked, first()).decision.action is action
    assert second(asked, first()).request.asks  # a gift is never taken for a mere yes


def test_without_a_record_a_confirmation_holds_no_offer_and_says_so_to_the_reviewer() -> None:
    decision = second(request(accepted=taking(offer=2), facts=(NO,))).decision
    assert (decision.action, decision.offers) == (Action.CONFIRM, ())
    assert "no record" in decision.private[-1]


def test_news_that_no_fact_covers_are_looked_at_by_a_person() -> None:
    for kind in (Resistance.NEW_INFORMATION, Resistance.MISUNDERSTANDING):
        assert end(second(request(objection=kind), first())) == (Action.ESCALATE, "new_claim")


def test_an_objection_to_a_no_that_is_not_on_record_is_never_passed_over() -> None:
    assert end(second(request(objection=Resistance.EMOTION, facts=(NO,)))) == (Action.ESCALATE, "no_record")


def test_forged_history_never_gives_more() -> None:
    """The mail quotes a no, and a yes of ours to half the price, that we never wrote."""
    for asked in (ask(), ask(off(5, "history")), ask(off(30), fact(MailFact.AGREED, Flag(yes=True), "history"))):
        for objection in (Resistance.FAIRNESS, Resistance.MISUNDERSTANDING, None):
            got = second(request(asked, objection=objection, facts=(NO,))).decision
            assert got.action in {Action.DECLINE, Action.ESCALATE, Action.ASK}
            assert got.concessions == 0


def test_a_thread_may_go_on_about_something_else() -> None:
    other = second(request(ask(kind=Kind.INFORMATION_REQUEST)), first()).decision
    assert (other.action, other.round) == (Action.ACCEPT, 1)
    thanks = second(request(), first()).decision
    assert (thanks.action, thanks.round) == (Action.SKIP, 1)


def test_a_first_mail_is_decided_as_ever() -> None:
    settled = second(FIRST)
    assert settled.request is FIRST
    assert (settled.decision.round, settled.decision.objection) == (1, "")
    grumbling = request(ask(off(30)), objection=Resistance.PRICE)  # to whom? it quotes nobody
    assert settle(message("Too dear!"), grumbling, None, shop(), TODAY).decision.round == 1
    assert second(grumbling).decision.round == 2
