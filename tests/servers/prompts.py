"""The first two prompts of a real mail, at their real size: reading it, and wording the answer."""

from pathlib import Path

from pipeline.business.folder import load_business
from pipeline.flow import reply
from pipeline.inbox.read import from_bytes
from pipeline.inbox.threads import Own
from pipeline.llm.recorded import RecordedModel
from pipeline.prompts import load_prompts
from pipeline.types.prompt import Completion, Prompt

_FIXTURES = Path(__file__).parents[2] / "fixtures"
_MAIL = _FIXTURES / "inbox" / "01-hotel-rebrand.eml"


class _Heard:
    """A model that remembers what it was asked."""

    def __init__(self) -> None:
        self.inner = RecordedModel([_FIXTURES / "recorded" / "inbox"])
        self.prompts: list[Prompt] = []

    async def complete(self, prompt: Prompt) -> Completion:
        self.prompts.append(prompt)
        return await self.inner.complete(prompt)


async def reading_and_drafting() -> list[Prompt]:
    """Both prompts, for a mail of the sample inbox."""
    business, prompts, heard = load_business(_FIXTURES / "studio"), load_prompts(), _Heard()
    message = from_bytes(_MAIL.read_bytes(), _MAIL.name, Own.of(business.profile))
    assert message.sent
    today = message.sent.date()
    await reply(message, key="k", business=business, today=today, prompts=prompts, model=heard, fallback=heard.inner)
    return heard.prompts[:2]
