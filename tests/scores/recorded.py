"""The business cases as a capable model read them: recorded replies, replayed through the true prompt and checks."""

import asyncio

from pipeline.extract import extract
from pipeline.llm.recorded import RecordedModel
from pipeline.policy.decide import decide
from pipeline.prompts import load_prompt
from pipeline.resources import shipped
from tests.scores.business import Row, business, cases, message, told


async def rows() -> list[Row]:
    """Every case, read by the recorded model and decided."""
    model, template = RecordedModel([shipped("fixtures", "recorded", "business")]), load_prompt("extract@v1")
    done: list[Row] = []
    for case in cases():
        ours, mail = business(case), message(case)
        reading = await extract(mail, ours, template, model, case.today)
        done.append(Row(case, decide(mail, reading.request, ours, case.today)))
    return done


def main() -> None:
    """Print both figures and every case that missed."""
    told("business cases, read by a recorded model", asyncio.run(rows()))


if __name__ == "__main__":
    main()
