"""An output folder with a history: what ``candor batch`` leaves, without having read any mail."""

from decimal import Decimal
from pathlib import Path

from pipeline.batch.job import Job, settle
from pipeline.batch.store import Store
from pipeline.llm.compose import ModelSpec
from pipeline.types.decision import Action
from pipeline.types.message import Skip
from pipeline.types.outcome import Outcome
from pipeline.types.quantities import Percent
from tests.cli.conftest import STUDIO
from tests.fakes import TODAY, message
from tests.policy.diff.pasts import past


def discount(number: int) -> Outcome:
    """A mail that asked for so many per cent off, as it was read then."""
    read = past(discount_asked=Percent(number=Decimal(number)))
    return Outcome(
        key="k" * 64,
        origin="quote.eml",
        today=TODAY,
        action=Action.DECLINE,
        code="discount",
        message=read.message,
        request=read.request,
    )


def newsletter() -> Outcome:
    """A mail that was passed over."""
    mail = message("News").model_copy(update={"skip": Skip.LIST})
    return Outcome(key="n" * 64, origin="news.eml", today=TODAY, action=Action.SKIP, code="list", message=mail)


def left(folder: Path, *outcomes: Outcome) -> Path:
    """The export of these outcomes, in a folder whose last run was of the sample studio."""
    with Store(folder) as store:
        settle(store, Job(inbox="inbox", business=str(STUDIO), prompts=(), model=ModelSpec(), today="mail"), TODAY)
    lines = "".join(f"{outcome.model_dump_json()}\n" for outcome in outcomes)
    (folder / "outcomes.jsonl").write_text(lines, encoding="utf-8")
    return folder
