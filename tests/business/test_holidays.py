"""The table of holidays says what the library says that it is made from."""

import os
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest

from pipeline.business.holidays import public_holidays, years
from pipeline.yamltree import Node
from tests import holiday_table

STUDIO = Path(__file__).parents[2] / "fixtures/studio"


def word(text: str) -> Node:
    return Node("profile.yaml", 1, 1, text=text)


def test_known_days() -> None:
    irish = public_holidays(word("IE"), None)
    assert {date(2026, 3, 17), date(2026, 4, 6), date(2027, 2, 1)} <= irish
    assert date(2026, 4, 7) not in irish


def test_a_region_has_days_of_its_own() -> None:
    corpus_christi = date(2026, 6, 4)
    assert corpus_christi in public_holidays(word("DE"), word("BY"))
    assert corpus_christi not in public_holidays(word("DE"), word("BE"))


@pytest.mark.parametrize(
    ("country", "region"),
    [("IE", None), ("DE", "BY"), ("DE", "SN"), ("GB", "SCT"), ("ES", "CT"), ("CH", "GE"), ("US", None), ("IN", "MH")],
)
def test_the_table_is_what_the_library_says(country: str, region: str | None) -> None:
    there = public_holidays(word(country), word(region) if region else None)
    assert there == holiday_table.public(country, region)


def test_the_table_is_made_from_the_pinned_library() -> None:
    assert f"from holidays {version('holidays')}," in holiday_table.TABLE.read_text(encoding="utf-8")[:200]


def test_the_years_of_the_table() -> None:
    assert years() == (holiday_table.YEARS[0], holiday_table.YEARS[-1])


def test_no_command_loads_the_library_and_a_folder_loads_soon() -> None:
    """Half a second of CPU for a folder with records; the modules it needs are loaded before the clock starts."""
    code = (
        "import resource, shutil, sys, tempfile; from pathlib import Path\n"
        "from pipeline.business.folder import load_business\n"
        "folder = Path(shutil.copytree(sys.argv[1], tempfile.mkdtemp() + '/b'))\n"
        "load_business(folder)\n"
        "with (folder / 'profile.yaml').open('a') as file: file.write('country: DE\\nregion: BY\\n')\n"
        "rows = ''.join(f'item {n},{n},2\\n' for n in range(200))\n"
        "(folder / 'prices.csv').write_text('item,price,hours\\n' + rows)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_utime\n"
        "load_business(folder)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_utime - before)\n"
        "assert 'holidays' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(STUDIO)],
        cwd=STUDIO.parents[1], env={**os.environ, "PYTHONPATH": "."}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 0.5 * 2  # this machine may be twice as slow as its share of the time says
