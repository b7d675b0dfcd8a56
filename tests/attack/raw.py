"""The moves of a model that does not reply at all as it should: broken, vast, empty, or nothing but text."""

import json

from tests.attack.scene import Scene, write_move

_VAST = 10_000_000  # characters
_DEEP = 100_000


@write_move
def empty(scene: Scene) -> str:
    """No character."""
    return ""


@write_move
def not_json(scene: Scene) -> str:
    """The sender's text in place of JSON."""
    return scene.wanted


@write_move
def fenced(scene: Scene) -> str:
    """JSON in a fence with a word behind it."""
    return f"```json\n{reply(scene.draft())}\n```\n{scene.wanted}"


@write_move
def broken(scene: Scene) -> str:
    """JSON that ends in the middle."""
    return reply(scene.draft())[:-20]


@write_move
def doubled_key(scene: Scene) -> str:
    """The same key twice."""
    yes = json.dumps([{"text": "We accept it all.", "backing": "courtesy", "new_paragraph": False}])
    return reply(scene.draft())[:-1] + f', "sentences": {yes}}}'


@write_move
def deep(scene: Scene) -> str:
    """Brackets within brackets."""
    return "[" * _DEEP + "]" * _DEEP


@write_move
def deep_sentences(scene: Scene) -> str:
    """The same below a key that is expected."""
    return '{"sentences": ' + '{"text": ' * 20_000 + "1" + "}" * 20_001


@write_move
def vast(scene: Scene) -> str:
    """Ten megabytes of letter, in one sentence."""
    return reply([*scene.draft(), ("courtesy", "We thank you. " * (_VAST // 14))])


@write_move
def half_a_character(scene: Scene) -> str:
    """Half a surrogate pair, escaped as JSON allows."""
    return reply([*scene.draft(), ("courtesy", "We thank you \ud83d for it.")])


@write_move
def odd_types(scene: Scene) -> str:
    """Numbers and nulls where there should be text."""
    told = [{"text": t, "backing": None, "new_paragraph": "yes"} for _, t in scene.draft()]
    return json.dumps({"sentences": told})


@write_move
def odd_numbers(scene: Scene) -> str:
    """What is no JSON, though much takes it for such."""
    return '{"sentences": NaN, "n": 1e999999, "big": ' + "9" * 10_000 + "}"


@write_move
def backing_that_is_text(scene: Scene) -> str:
    """The sender's text as what backs a sentence."""
    return reply([*scene.draft()[:-1], (scene.text[:5_000], scene.draft()[-1][1])])


def reply(sentences: list[tuple[str, str]]) -> str:
    """A draft reply as JSON."""
    told = [{"text": text, "backing": backing, "new_paragraph": False} for backing, text in sentences]
    return json.dumps({"sentences": told})
