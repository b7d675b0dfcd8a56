"""A business folder: ``profile.yaml``, ``policy.yaml`` and, if they are there, ``clients.yaml`` and ``texts/de.yaml``.

What stands in ``texts/`` are the policy's texts in further languages, one file each. Any fault in any file is one
sentence with its place, and means no business at all. What this leaves out: price lists, invoices and calendars.
"""

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, ValidationError

from pipeline.errors import BusinessError
from pipeline.policy.load import load_policy
from pipeline.policy.texts import translated
from pipeline.types.base import Value
from pipeline.types.business import Business, Client, Partner, Profile, Voice
from pipeline.types.decision import Text
from pipeline.types.policy import Policy
from pipeline.yamltree import Node, parse

_CODE = re.compile(r"[a-z]{2}")
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
    stale_after_days: int = Field(default=365, ge=0)


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
    languages = _languages(folder / "texts")
    policy = _translated(load_policy(texts["policy.yaml"], "policy.yaml"), languages)
    digest = hashlib.sha256(repr(sorted((texts | languages).items())).encode()).hexdigest()
    return Business(profile=profile, clients=tuple(map(_lowered, clients)), policy=policy, hash=digest)


def _languages(folder: Path) -> dict[str, str]:
    """The files of ``texts/``, by ``texts/de.yaml`` and so on; empty when there are none."""
    files = sorted(path for path in folder.glob("*") if path.suffix in {".yaml", ".yml"})
    for path in files:
        if path.suffix != ".yaml" or not _CODE.fullmatch(path.stem):
            raise BusinessError(f"texts/{path.name}: a file of texts is named by its language, e.g. de.yaml")
    return {f"texts/{path.name}": _read(path) for path in files}


def _translated(policy: Policy, languages: dict[str, str]) -> Policy:
    for file, text in languages.items():
        policy = translated(policy, Path(file).stem, text, file)
    return policy


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
        stale_after_days=raw.stale_after_days,
    )


def _lowered(client: Client) -> Client:
    return client.model_copy(
        update={
            "addresses": tuple(a.lower() for a in client.addresses),
            "domains": tuple(d.lower() for d in client.domains),
        }
    )
