"""A mail about a day long gone, as its row, its line in the listing and its card show it."""

import io

from pipeline.cli.page import Page
from pipeline.cli.show import show
from pipeline.outbox.card import Pile, card
from pipeline.outbox.page import render
from pipeline.outbox.rows import row
from pipeline.rows import decided, opened
from pipeline.types.decision import Action, Decision
from pipeline.types.outcome import Outcome
from tests.outbox.examples import PROFILE, TODAY, decline


def stale() -> Outcome:
    told = decline()
    assert told.message
    assert told.request
    assert told.decision
    gone = Decision(
        action=Action.SKIP, code="stale", asks=told.decision.asks, private=("wanted by 2026-05-04, a day long gone",)
    )
    return decided(opened(told.message, "k", TODAY), told.request, gone)


def test_the_row_and_the_listing_say_stale() -> None:
    assert (stale().action, stale().code, stale().marked) == (Action.SKIP, "stale", ())
    assert (row(stale())["action"], row(stale())["reason"], row(stale())["file"]) == ("skip", "stale", "")


def test_the_review_page_lays_it_with_what_needs_no_reply_and_says_why() -> None:
    assert card(stale(), 1, "").pile is Pile.SKIPPED
    page = "".join(render([stale()], firm=PROFILE.name, made=TODAY, files={}))
    assert "stale" in page
    assert "wanted by 2026-05-04, a day long gone" in page


def test_the_command_line_says_why() -> None:
    out = io.StringIO()
    show(Page(out), stale())
    assert "(stale)" in out.getvalue()
    assert "a day long gone" in out.getvalue()
