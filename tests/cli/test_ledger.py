import io
from decimal import Decimal

import pytest

from pipeline.checkup.samples import Taken, samples
from pipeline.cli.ledger import tell
from pipeline.cli.page import Page
from pipeline.types.decision import Action
from pipeline.types.prompt import Usage

MAILS = [
    Taken(
        sample=sample, action=sample.expected, reader="m", writer=writer, failure="", objection="", undrafted=False,
        seconds=8.2, usage=Usage(prompt_tokens=5_321, completion_tokens=1_204, calls=2), cost=Decimal("0.00374"),
    )
    for sample, writer in zip(samples(), ("m", "offline", "", "m", ""), strict=True)
]  # fmt: skip


def told(mails: list[Taken]) -> str:
    sheet = io.StringIO()
    tell(Page(sheet), mails)
    return sheet.getvalue()


def test_every_mail_has_its_line_and_the_sum_its_own() -> None:
    lines = told(MAILS).splitlines()
    assert lines[3].split() == ["mail", "decision", "expected", "draft", "by", "time", "tokens", "in", "out", "cost"]
    assert lines[4].split()[-6:] == ["model", "8.2", "s", "5,321", "1,204", "$0.0037"]
    assert lines[5].split()[-6] == "offline"
    assert [line.rstrip()[21:39].split() for line in lines[4:9]] == [[mail.action, mail.action] for mail in MAILS]
    assert "  In all      41.0 s, 26,605 tokens in, 6,020 out, $0.0187" in lines
    assert "  1,000 such  about 2 h 17 min one after the other, 5.3 million tokens in, 1.2 million out, $3.74" in lines


def test_what_came_stands_beside_what_was_expected() -> None:
    line = told([MAILS[0].model_copy(update={"action": Action.ESCALATE})]).splitlines()[4]
    assert line.split()[4:6] == ["escalate", "decline"]


@pytest.mark.parametrize(
    ("usage", "kept", "gone"), [(Usage(calls=2), "time", "tokens in"), (MAILS[0].usage, "out", "$")]
)
def test_columns_that_nothing_is_known_for_are_left_out(usage: Usage, kept: str, gone: str) -> None:
    table = told([mail.model_copy(update={"usage": usage, "cost": None}) for mail in MAILS])
    assert kept in table
    assert gone not in table
