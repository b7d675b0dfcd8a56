from datetime import date

import pytest

from pipeline.business.folder import load_business
from pipeline.policy.brief.gather import brief
from pipeline.policy.brief.words import LANGUAGES
from pipeline.resources import shipped
from pipeline.sheets.brief import as_html, as_markdown
from tests.fakes import TODAY, business
from tests.policy import canaries

DAY = date(2026, 11, 22)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_forms_hold_no_private_word(language: str) -> None:
    page = brief(canaries.guarded(), language, TODAY)
    # the length of a grid track is the one place where the page itself may say "20"
    assert canaries.leaks(as_markdown(page, DAY)) == []
    assert canaries.leaks(as_html(page, DAY)) == []


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    html = as_html(brief(load_business(shipped("fixtures", "studio")), "de", TODAY), DAY)
    assert html.startswith('<!doctype html>\n<html lang="de">')
    assert "default-src 'none'" in html
    for forbidden in ("<script", "src=", "href=", "url(", "@import", "http:", "https:"):
        assert forbidden not in html


def test_what_looks_like_markup_stays_text() -> None:
    ours = business()
    named = ours.profile.model_copy(update={"name": "<b>Plum</b> *& Press* [x](y)\u202e"})
    page = brief(ours.model_copy(update={"profile": named}), "en", TODAY)
    html, markdown = as_html(page, DAY), as_markdown(page, DAY)
    assert "<b>Plum" not in html
    assert "&lt;b&gt;Plum&lt;/b&gt; *&amp; Press*" in html
    assert r"\<b\>Plum\</b\> \*& Press\* \[x\](y)" in markdown
    assert "\u202e" not in html + markdown


def test_markdown_has_a_heading_for_each_section_and_no_blank_runs() -> None:
    page = brief(load_business(shipped("fixtures", "studio")), "en", TODAY)
    markdown = as_markdown(page, DAY)
    assert markdown.startswith("# How we work\n\n**Marrow & Finch**\n")
    assert markdown.count("\n## ") == len(page.sections) == 5
    assert "\n\n\n" not in markdown
    assert markdown.endswith("Marrow & Finch, 22 November 2026\n")
