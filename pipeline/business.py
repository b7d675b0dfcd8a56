"""A business folder: ``profile.yaml``, ``policy.yaml`` and, if there is one, ``clients.yaml``.

Any fault in any file is one sentence with its place, and means no business at all. What this leaves out: price lists,
invoices and calendars.
"""

import hashlib
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, ValidationError

from pipeline.errors import BusinessError
from pipeline.policy.load import load_policy
from pipeline.types.base import Value
from pipeline.types.business import Business, Client, Partner, Profile, Voice
from pipeline.types.decision import Text
from pipeline.yamltree import Node, parse

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
File = TypeVar("File", bound=Value)


class _PartnerFile(Value):
    name: str
    for_: tuple[str, ...] = Field(alias="for")


class _VoiceFile(Value):
    greeting: dict[str, str]
    signoff: dict[str, str]
    guidance: str = ""


class _ProfileFile(Value):
    name: str
    addresses: tuple[str, ...] = Field(min_length=1)
    domains: tuple[str, ...] = ()
    services: tuple[str, ...] = Field(min_length=1)
    not_offered: tuple[str, ...] = ()
    signature: str
    voice: _VoiceFile
    working_days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = (
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
    )
    holidays: tuple[date, ...] = ()
    booked_until: date | None = None
    partners: tuple[_PartnerFile, ...] = ()
    currency: str = "EUR"
    own_lists: tuple[str, ...] = ()


class _ClientsFile(Value):
    clients: tuple[Client, ...] = ()


def load_business(folder: Path) -> Business:
    """Read a business folder.

    Raises:
        BusinessError: a file is missing, unreadable or has a wrong entry.
        PolicyError: the policy file is wrong.
    """
    if not folder.is_dir():
        raise BusinessError(f"there is no business folder at {folder}; 'candor init {folder}' makes one")
    texts = {name: _read(folder / name) for name in ("profile.yaml", "policy.yaml")}
    if (folder / "clients.yaml").exists():
        texts["clients.yaml"] = _read(folder / "clients.yaml")
    profile = _profile(_checked(_ProfileFile, texts["profile.yaml"], "profile.yaml"))
    clients = _checked(_ClientsFile, texts.get("clients.yaml", "clients: []"), "clients.yaml").clients
    policy = load_policy(texts["policy.yaml"], "policy.yaml")
    digest = hashlib.sha256(repr(sorted(texts.items())).encode()).hexdigest()
    return Business(profile=profile, clients=tuple(map(_lowered, clients)), policy=policy, hash=digest)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BusinessError(f"{path.name} is missing in {path.parent}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BusinessError(f"{path} can't be read: {error}") from None


def _checked(kind: type[File], text: str, name: str) -> File:
    tree = parse(text, name, BusinessError)
    try:
        return kind.model_validate(tree.plain())
    except ValidationError as error:
        raise _fault(tree, error) from None


def _fault(tree: Node, error: ValidationError) -> BusinessError:
    """The first fault, at the deepest place that exists in the file."""
    first = error.errors()[0]
    place = tree.at(first["loc"])
    where = ".".join(str(step) for step in first["loc"])
    unknown = first["type"] == "extra_forbidden"
    message = f"unknown key '{where}'" if unknown else f"'{where}': {first['msg'][0].lower()}{first['msg'][1:]}"
    return BusinessError(f"{place.file}:{place.line}:{place.column}: {message}")


def _profile(raw: _ProfileFile) -> Profile:
    return Profile(
        name=raw.name,
        addresses=tuple(a.lower() for a in raw.addresses),
        domains=tuple(d.lower() for d in raw.domains),
        services=raw.services,
        not_offered=raw.not_offered,
        signature=raw.signature.strip(),
        voice=Voice(
            greeting=Text(by_language=raw.voice.greeting),
            signoff=Text(by_language=raw.voice.signoff),
            guidance=raw.voice.guidance,
        ),
        working_days=tuple(_WEEK.index(day) + 1 for day in raw.working_days),
        holidays=raw.holidays,
        booked_until=raw.booked_until,
        partners=tuple(Partner(name=p.name, for_=p.for_) for p in raw.partners),
        currency=raw.currency,
        own_lists=tuple(a.lower() for a in raw.own_lists),
    )


def _lowered(client: Client) -> Client:
    return client.model_copy(
        update={
            "addresses": tuple(a.lower() for a in client.addresses),
            "domains": tuple(d.lower() for d in client.domains),
        }
    )
