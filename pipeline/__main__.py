"""``candor`` and ``python -m pipeline``: hands the arguments to the command line and exits with its code."""

import sys

from pipeline.cli.ending import run


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
