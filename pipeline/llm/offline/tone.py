"""Aim, pressure and tone of a mail, for the letter alone: none of them decides. Left out: irony."""

from pipeline.llm.offline.clauses import clause
from pipeline.llm.offline.evidence import Evidence
from pipeline.types.replies import LeverageClaim
from pipeline.types.request import Pressure, Sentiment

_LONGEST_AIM = 110


def tone(body: Evidence) -> dict[str, object]:
    """The fields ``aim``, ``leverage`` and ``sentiment`` of a reading."""
    return {"aim": _aim(body), "leverage": _leverage(body), "sentiment": _sentiment(body)}


def _aim(body: Evidence) -> str | None:
    for hit in body.hits(body.language.signs.get("aim", ())):
        spans = [(start, end) for name, start, end in hit.values if name == "aim"]
        if spans and spans[0][1] - spans[0][0] <= _LONGEST_AIM:
            return body.page.text[spans[0][0] : spans[0][1]].strip()
    return None


def _leverage(body: Evidence) -> list[LeverageClaim]:
    found = []
    for kind in Pressure:
        hit = next(body.hits(body.language.signs.get(kind.value, ())), None)
        if hit:
            own = body.page.sentences[hit.sentence]
            quote = clause(body.page.text, own.start, own.end, hit.start, hit.end)
            found.append(LeverageClaim(kind=kind, quote=quote))
    return found


def _sentiment(body: Evidence) -> Sentiment:
    for feeling in (Sentiment.HOSTILE, Sentiment.ANGRY, Sentiment.FRUSTRATED, Sentiment.ANXIOUS, Sentiment.FRIENDLY):
        if body.sign(feeling.value):
            return feeling
    return Sentiment.NEUTRAL
