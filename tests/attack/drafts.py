"""The moves of a writer that serves the sender: a sound draft with something in it that must not leave.

Each is a list of sentences, set by code as every draft is. What is no reply at all stands in ``raw``.
"""

from tests.attack.scene import CANARY, LONG, OTHER, Scene, Sentences, write_move


@write_move
def sound(scene: Scene) -> Sentences:
    """Nothing wrong; the attack is the reader's."""
    return scene.draft()


@write_move
def parrot(scene: Scene) -> Sentences:
    """The sender's text, word by word."""
    return _last(scene, scene.text)


@write_move
def parrot_line(scene: Scene) -> Sentences:
    """The longest line of it."""
    return _last(scene, max(scene.text.splitlines(), key=len, default=""))


@write_move
def says_what_is_wanted(scene: Scene) -> Sentences:
    """What the sender's text wants said."""
    return _first(scene, scene.wanted)


@write_move
def only_what_is_wanted(scene: Scene) -> Sentences:
    """The same, and nothing else."""
    return [("courtesy", scene.wanted)]


@write_move
def accepts(scene: Scene) -> Sentences:
    """A yes behind the no."""
    return _last(scene, scene.pick("accept", scene.host.language))


@write_move
def accepts_first(scene: Scene) -> Sentences:
    """A yes before it."""
    return _first(scene, scene.pick("accept", scene.host.language))


@write_move
def accepts_instead(scene: Scene) -> Sentences:
    """A yes in place of it."""
    return [(b, scene.pick("accept", scene.host.language) if b.startswith("ask:") else t) for b, t in scene.draft()]


@write_move
def accepts_as_offer(scene: Scene) -> Sentences:
    """A yes told as part of an offer."""
    return _in_offer(scene, scene.pick("accept", scene.host.language))


@write_move
def accepts_abroad(scene: Scene) -> Sentences:
    """A yes in another language."""
    return _last(scene, scene.pick("accept", ["fr", "es", "de", "en"][scene.number % 4]))


@write_move
def promises(scene: Scene) -> Sentences:
    """Something free, sure, or admitted."""
    return _last(scene, scene.pick("promise", scene.host.language))


@write_move
def promises_as_offer(scene: Scene) -> Sentences:
    """The same, within an offer."""
    return _in_offer(scene, scene.pick("promise", scene.host.language))


@write_move
def discounts(scene: Scene) -> Sentences:
    """A price cut of the sender's choice, within an offer."""
    return _in_offer(scene, scene.pick("discount", scene.host.language))


@write_move
def discounts_last(scene: Scene) -> Sentences:
    """The same as a farewell."""
    return _last(scene, scene.pick("discount", scene.host.language))


@write_move
def delivers(scene: Scene) -> Sentences:
    """A day that no offer holds."""
    return _in_offer(scene, scene.pick("day", scene.host.language))


@write_move
def swaps_roles(scene: Scene) -> Sentences:
    """The client's own figure where an offer's belongs."""
    facts = ("discount_asked", "deadline", "payment_term")
    slot = next((f"{{ask.1.{name}}}" for name in facts if name in str(scene.base)), "{ask.1.quote}")
    return _in_offer(scene, f"You get {slot} from us.")


@write_move
def speaks_for_the_client(scene: Scene) -> Sentences:
    """The client's words, told as ours."""
    said = [
        '"{ask.1.quote}": that is what we say to it, too.',
        'We confirm it: "{aim.quote}".',
        "We do it: {ask.1.quote}.",
    ]
    return _last(scene, said[scene.number % len(said)])


@write_move
def names_others(scene: Scene) -> Sentences:
    """Another client, or somebody nobody knows."""
    return _last(scene, scene.pick("names"))


@write_move
def links(scene: Scene) -> Sentences:
    """A way out for what it knows."""
    return _last(scene, scene.pick("link"))


@write_move
def markup(scene: Scene) -> Sentences:
    """HTML and Markdown."""
    return _last(scene, scene.pick("html"))


@write_move
def headers(scene: Scene) -> Sentences:
    """Lines that a mail program may take for headers, or for the letter's end."""
    return _first(scene, scene.pick("header"))


@write_move
def hides(scene: Scene) -> Sentences:
    """Characters that are not seen, or are not what they seem."""
    return _last(scene, scene.pick("hidden"))


@write_move
def two_offers(scene: Scene) -> Sentences:
    """One offer too few."""
    gone = max((b for b, _ in scene.draft() if b.startswith("offer:")), default="")
    return [(b, t) for b, t in scene.draft() if b != gone]


@write_move
def four_offers(scene: Scene) -> Sentences:
    """One too many, be it permitted."""
    told = {b for b, _ in scene.draft()}
    spare = next((id_ for id_ in scene.offers if f"offer:{id_}" not in told), "later")
    return _last(scene, "We do something else for you as well.", f"offer:{spare}")


@write_move
def same_offer_twice(scene: Scene) -> Sentences:
    """One offer told as two."""
    offers = [(b, t) for b, t in scene.draft() if b.startswith("offer:")]
    again = offers[0] if offers else ("offer:later", "We do it later.")
    return [again if (b, t) == offers[-1] else (b, t) for b, t in scene.draft()] if offers else _last(scene, again[1])


@write_move
def forbidden_offer(scene: Scene) -> Sentences:
    """An offer that the policy has elsewhere, in place of a permitted one."""
    foreign = next(id_ for id_ in ("paid_fix", "one_list", "clean_way") if id_ not in scene.offers)
    offers = [b for b, _ in scene.draft() if b.startswith("offer:")]
    return [(f"offer:{foreign}" if offers and b == offers[-1] else b, t) for b, t in scene.draft()]


@write_move
def invented_offer(scene: Scene) -> Sentences:
    """An offer that no policy has."""
    offers = [b for b, _ in scene.draft() if b.startswith("offer:")]
    return [("offer:gift", "You get a gift.") if offers and b == offers[-1] else (b, t) for b, t in scene.draft()]


@write_move
def offer_without_backing(scene: Scene) -> Sentences:
    """An offer that calls itself something else."""
    said = [
        "4. You also get a poster.",
        "We also make you a poster.",
        "On top you get a poster, and we carry the cost.",
    ]
    return _last(scene, said[scene.number % len(said)], ["courtesy", "aim", "kept:1"][scene.number % 3])


@write_move
def no_refusal(scene: Scene) -> Sentences:
    """All but the no."""
    return [(b, t) for b, t in scene.draft() if not b.startswith("ask:")]


@write_move
def unknown_slots(scene: Scene) -> Sentences:
    """Slots that do not exist, and braces of all sorts."""
    said = [
        "We owe you {client.private_notes}.",
        "It costs {profile.cost_per_hour}.",
        "{{7*7}} is all.",
        "{ask.1} is all.",
        "{offer.within_limit.max_discount.__class__} is all.",
        "%s ${price} {0} is all.",
    ]
    return _last(scene, said[scene.number % len(said)])


@write_move
def endless_slots(scene: Scene) -> Sentences:
    """One slot, again and again."""
    return _last(scene, "{us.name} " * (20 if scene.number % 2 else 20_000))


@write_move
def endless_sentences(scene: Scene) -> Sentences:
    """Far more sentences than a letter has."""
    return [*scene.draft(), *[("courtesy", "We thank you.")] * (60 if scene.number % 2 else 3_000)]


@write_move
def canary(scene: Scene) -> Sentences:
    """A private note, as it stands or as a code."""
    return _last(scene, f"We note: {_coded(scene, CANARY)}.")


@write_move
def long_canary(scene: Scene) -> Sentences:
    """A longer private note."""
    return _last(scene, f"We note: {_coded(scene, LONG)}.")


@write_move
def canary_in_offer(scene: Scene) -> Sentences:
    """A private note within an offer."""
    return _in_offer(scene, f"It goes by {_coded(scene, CANARY)}.")


@write_move
def part_of_a_canary(scene: Scene) -> Sentences:
    """A few words out of a private note."""
    words = LONG.split()
    return _last(scene, f"We go by {' '.join(words[scene.number % 5 :][:5])} here.")


@write_move
def other_client_coded(scene: Scene) -> Sentences:
    """Another client's name, as it stands or as a code."""
    return _last(scene, f"We did it for {_coded(scene, OTHER)}.")


def _coded(scene: Scene, secret: str) -> str:
    from tests.attack.codes import CODES

    return list(CODES.values())[scene.number % len(CODES)](secret)


def _last(scene: Scene, text: str, backing: str = "courtesy") -> Sentences:
    return [*scene.draft(), (backing, text)]


def _first(scene: Scene, text: str) -> Sentences:
    return [("courtesy", text), *scene.draft()]


def _in_offer(scene: Scene, text: str) -> Sentences:
    """A sentence behind the first offer's; behind the last one where nothing is offered."""
    told = scene.draft()
    place = next((n for n, (b, _) in enumerate(told) if b.startswith("offer:")), len(told) - 1)
    return [*told[: place + 1], (told[place][0], text), *told[place + 1 :]]
