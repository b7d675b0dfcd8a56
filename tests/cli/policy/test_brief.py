from pathlib import Path

from tests.cli.conftest import STUDIO, Candor


def test_it_prints_markdown(candor: Candor) -> None:
    call = candor("policy", "brief", "--business", STUDIO)
    assert (call.code, call.err) == (0, "")
    assert call.out.startswith("# How we work\n")


def test_the_ending_of_the_name_says_the_form(candor: Candor, here: Path) -> None:
    assert candor("policy", "brief", "--business", STUDIO, "--language", "de", "--out", "a.html").code == 0
    assert candor("policy", "brief", "--business", STUDIO, "--out", "a.md").code == 0
    assert (here / "a.html").read_text("utf-8").startswith("<!doctype html>")
    assert (here / "a.md").read_text("utf-8").startswith("# How we work")
    assert (here / "a.html").stat().st_mode & 0o777 == 0o600
    call = candor("policy", "brief", "--business", STUDIO, "--out", "a.pdf")
    assert call.code == 2
    assert "must end in .html or .md" in call.err


def test_nothing_is_overwritten(candor: Candor, here: Path) -> None:
    (here / "a.md").write_text("mine")
    call = candor("policy", "brief", "--business", STUDIO, "--out", "a.md")
    assert call.code == 2
    assert "a.md is there already" in call.err
    assert (here / "a.md").read_text() == "mine"


def test_it_is_replaced_by_whoever_says_so(candor: Candor, here: Path) -> None:
    (here / "a.md").write_text("mine")
    call = candor("policy", "brief", "--business", STUDIO, "--out", "a.md")
    assert "give another name, or --force to replace it" in call.err
    assert candor("policy", "brief", "--business", STUDIO, "--out", "a.md", "--force").code == 0
    assert (here / "a.md").read_text("utf-8").startswith("# How we work")
    assert (here / "a.md").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in here.iterdir()] == ["a.md"]


def test_what_is_left_out_is_named_on_the_error_stream(candor: Candor, here: Path) -> None:
    import shutil

    shutil.copytree(STUDIO, here / "business")
    (here / "business" / "texts" / "fr.yaml").unlink()
    call = candor("policy", "brief", "--language", "fr")
    assert call.code == 0
    assert "candor: left out: the rule 'discount' has no text in 'fr'\n" in call.err
    assert "discount" not in call.out
