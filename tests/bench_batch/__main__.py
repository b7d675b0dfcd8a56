"""``make bench``, the batch's part: beside a bare loop, LangChain and Ray Data; own cost by stage; growth.

``python -m tests.bench_batch [compare] [own] [growth]`` prints each table and keeps it in ``docs/bench.md``. Left out:
wall times to rely on, which an idle machine alone can give; ratios of one run can be compared.
"""

import argparse

from tests.bench_batch.compare import compare
from tests.bench_batch.growth import growth
from tests.bench_batch.own import own


def main() -> None:
    """Do the parts that are named, or all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", default=["compare", "own", "growth"])
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    asked = parser.parse_args()
    if "compare" in asked.parts:
        compare(asked.messages, asked.rounds)
    if "own" in asked.parts:
        own(asked.messages)
    if "growth" in asked.parts:
        growth(asked.sizes)


if __name__ == "__main__":
    main()
