"""Which moves of a good letter suit a mail: code looks up what each presupposes, the prompt says what it means.

The moves themselves lie beside the prompt that uses them (``prompts/draft/*/moves.yaml``). Left out: whether the writer
made the move; the guard's codes and the rubric's criteria that a move names look at that.
"""

from collections.abc import Callable, Iterable

from pipeline.letter import Letter
from pipeline.types.decision import Action
from pipeline.types.prompt import Move, MoveLine
from pipeline.types.quantities import Choice, Flag
from pipeline.types.request import Fact, Sentiment, State

_UPSET = {Sentiment.ANXIOUS, Sentiment.FRUSTRATED, Sentiment.ANGRY, Sentiment.HOSTILE}
_AGAINST_AIM = ("against_aim", "goal_harmed", "brief_harmed", "goal_unserved")
_BETTER = {"better_solution", "different_approach"}


def moves_for(letter: Letter, moves: Iterable[Move]) -> tuple[MoveLine, ...]:
    """The moves whose precondition holds, in the order of the file; only a decline is made of moves."""
    if letter.decision.action is not Action.DECLINE:
        return ()
    return tuple(MoveLine(name=move.id, guidance=move.guidance) for move in moves if PRECONDITIONS[move.when](letter))


def _facts(letter: Letter) -> Iterable[Fact]:
    return (fact for ask in letter.decision.asks for fact in ask.facts if fact.state is State.KNOWN)


def _holds(letter: Letter, *names: str) -> bool:
    """Whether a flag of one of these names is known to hold for some ask."""
    return any(f.name in names and isinstance(f.value, Flag) and f.value.yes for f in _facts(letter))


def _client_slip(letter: Letter) -> bool:
    return _holds(letter, "approval") or any(
        f.name == "fault" and isinstance(f.value, Choice) and f.value.name == "client" for f in _facts(letter)
    )


PRECONDITIONS: dict[str, Callable[[Letter], bool]] = {
    "aim_known": lambda letter: letter.request.aim is not None,
    "friendly": lambda letter: letter.request.sentiment is Sentiment.FRIENDLY,
    "upset": lambda letter: letter.request.sentiment in _UPSET,
    "pressed": lambda letter: bool(letter.request.leverage),
    "details_given": lambda letter: bool(letter.request.details),
    "part_kept": lambda letter: bool(letter.decision.kept),
    "better_offer": lambda letter: any(offer.kind in _BETTER for offer in letter.decision.offers),
    "figures_known": lambda letter: any(s.startswith("ask.") and not s.endswith(".quote") for s in letter.slots),
    "against_aim": lambda letter: _holds(letter, *_AGAINST_AIM),
    "client_slip": _client_slip,
    "example_known": lambda letter: any(slot.startswith("example.") for slot in letter.slots),
    "person_known": lambda letter: any(slot.startswith("person.") for slot in letter.slots),
    "later_round": lambda letter: letter.decision.round > 1,
}
"""By the name that a move's ``when`` has."""
