"""Builders of the tests of a business folder: a small one, and the sentence that a fault in it becomes."""

from pathlib import Path

import pytest

from pipeline.business.folder import load_business
from pipeline.errors import BusinessError
from pipeline.types.business import Business

POLICY = "version: 1\nrules: [{id: a, when: {threat: yes}, decide: escalate}]\n"
PROFILE = """\
name: Plum & Press
addresses: [hello@plumpress.example]
domains: [plumpress.example]
services: [posters]
signature: Ada
voice: {greeting: {en: "Hi {name},"}, signoff: {en: "Warmly,"}}
"""
CLIENTS = """\
clients:
  - {id: lark, name: Lark, addresses: [mia@lark.example]}
  - {id: heron, name: Heron, domains: [heron.example]}
"""


def made(folder: Path, **files: str) -> Business:
    """The business of a folder with these files, by stem; a text whose first line has no colon is a CSV."""
    for stem, text in {"profile": PROFILE, "clients": CLIENTS, "policy": POLICY, **files}.items():
        ending = "yaml" if ":" in text.partition("\n")[0] else "csv"
        (folder / f"{stem}.{ending}").write_text(text, encoding="utf-8")
    return load_business(folder)


def fault(folder: Path, **files: str) -> str:
    """The sentence that loading such a folder ends with."""
    with pytest.raises(BusinessError) as error:
        made(folder, **files)
    return str(error.value)
