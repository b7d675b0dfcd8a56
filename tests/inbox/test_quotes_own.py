"""Whole mails whose parts are known: what stands below a sign-off, in a list or a form, and honest signatures."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from pipeline.inbox.quotes import Parts, split


def mails(name: str) -> list[dict[str, str]]:
    loaded: list[dict[str, str]] = YAML(typ="safe").load(Path(__file__).with_name(name))
    return loaded


@pytest.mark.parametrize("mail", mails("quotes_kept.yaml"), ids=lambda mail: mail["what"])
def test_own_words_stay_in_the_body(mail: dict[str, str]) -> None:
    assert split(mail["body"]) == Parts(mail["body"])


@pytest.mark.parametrize("mail", mails("quotes_parted.yaml"), ids=lambda mail: mail["what"])
def test_signatures_and_history_come_apart(mail: dict[str, str]) -> None:
    parts = Parts(mail["body"], mail.get("history", ""), mail.get("signature", ""))
    assert split("\n\n".join(filter(None, (parts.body, parts.signature, parts.history)))) == parts
