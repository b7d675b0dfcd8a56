"""Letters to client lines: one ask of every rule in four languages, read as told and answered by the offline model."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from pipeline.business.folder import load_business
from pipeline.flow import reply
from pipeline.llm.offline.model import OfflineModel
from pipeline.prompts import load_prompts
from pipeline.resources import shipped
from pipeline.types.business import Business
from pipeline.types.outcome import Outcome
from tests.fakes import TODAY, ask, message, reading
from tests.llm.offline.mails import ToldReader

PROMPTS = load_prompts()
LINES: dict[str, list[dict[str, object]]] = YAML(typ="safe").load(
    (Path(__file__).parent / "client_lines.yaml").read_text(encoding="utf-8")
)
LANGUAGES = tuple(LINES)
_AGAIN = {
    "en": "could you send us the invoice again",
    "de": "könnten Sie uns die Rechnung noch einmal schicken",
    "fr": "pourriez-vous nous renvoyer la facture",
    "es": "¿podrían enviarnos otra vez la factura?",
}
_THING = {
    "en": "we'd like something new for the window",
    "de": "wir hätten gern etwas Neues für das Schaufenster",
    "fr": "nous aimerions quelque chose de nouveau pour la vitrine",
    "es": "nos gustaría algo nuevo para el escaparate",
}


@cache
def studio() -> Business:
    """The starter business, in all languages, with video outside and posters inside of what it does."""
    business = load_business(shipped("fixtures", "starter"))
    profile = business.profile.model_copy(update={"services": ("posters",), "not_offered": ("video",), "partners": ()})
    return business.model_copy(update={"profile": profile})


def line_of(language: str, rule: str) -> dict[str, object]:
    """The client line for one rule."""
    return next(line for line in LINES[language] if line["rule"] == rule)


def asked(line: Mapping[str, object]) -> dict[str, object]:
    """The line as the ask that a reader reports."""
    facts = line.get("facts", {})
    assert isinstance(facts, dict)
    claims = [(name, *([told] if isinstance(told, str) else told)) for name, told in facts.items()]
    return ask(str(line["kind"]), str(line["ask"]), *claims, service=str(line.get("service", "everyday")))


def body_of(lines: Iterable[Mapping[str, object]], *more: str) -> str:
    """A mail that says all of it."""
    said = [str(line[key]) for line in lines for key in ("ask", "aim", "extra") if key in line]
    return "\n".join(f"{words[:1].upper()}{words[1:]}." for words in (*said, *more))


def told(language: str, *rules: str, more: tuple[dict[str, object], ...] = (), **fields: object) -> dict[str, object]:
    """The reading of a mail with the lines of these rules, and further asks."""
    lines = [line_of(language, rule) for rule in rules]
    first = lines[0] if lines else {}
    shown = {"aim": first.get("aim"), "sentiment": first.get("feels", "neutral"), "language": language}
    return reading(*map(asked, lines), *more, **(shown | fields))


async def letter(language: str, *rules: str, ps: str = "", business: Business | None = None,
                 more: tuple[dict[str, object], ...] = (), **fields: object) -> Outcome:  # fmt: skip
    """What the flow makes of a mail with these lines; ``ps`` is more of its text, ``more`` are further asks."""
    lines = [line_of(language, rule) for rule in rules]
    words = (*(str(one["quote"]) for one in more), ps)
    body = body_of(lines, *filter(None, words))
    return await reply(
        message(body),
        key="k",
        business=business or studio(),
        today=TODAY,
        prompts=PROMPTS,
        model=ToldReader(told(language, *rules, more=more, **fields)),
        fallback=OfflineModel(),
    )


def kept(language: str) -> dict[str, object]:
    """An ask that nothing speaks against."""
    return ask("information_request", _AGAIN[language])


def unclear(language: str) -> dict[str, object]:
    """An ask of which too little is known."""
    words = _THING[language]
    return ask("new_project_inquiry", words, ("missing_item", words), ("missing_time", words), service="posters")
