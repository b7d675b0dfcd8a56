from tests.attack.paths import over_headers
from tests.attack.runs import ended


def test_no_string_adds_a_header_or_a_file_elsewhere() -> None:
    own = [run for run in over_headers() if run.injection and run.injection.folder == "own"]
    sample = [*own, *(run for run in over_headers() if run.injection not in {one.injection for one in own})][::45]
    assert [f"{one.run}: {one.broken}" for one in ended(sample) if one.broken] == []
