"""What of a business folder is still as ``candor init`` left it, a row each. Left out: whether the rest is wise.

A line that was taken over on purpose, such as a service that one offers too, is no fault: only a whole list counts.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.business.folder import load_business
from pipeline.checkup.rows import Row, look
from pipeline.resources import shipped
from pipeline.types.business import Business, Profile

_STARTER = ("fixtures", "starter")


def unfinished(folder: Path, business: Business) -> Iterator[Row]:
    """The rows for what is left to fill in, in the order of the files."""
    yield from _profile(folder / "profile.yaml", business.profile, _sample().profile)
    policy = folder / "policy.yaml"
    if policy.read_bytes() == shipped(*_STARTER, "policy.yaml").read_bytes():
        yield look("sample_policy", file=policy)
    ours = {client.name for client in _sample().clients}
    if invented := [client.name for client in business.clients if client.name in ours]:
        yield look("sample_clients", names=" and ".join(invented))


def _profile(file: Path, profile: Profile, sample: Profile) -> Iterator[Row]:
    if profile.name == sample.name:
        yield look("sample_name", file=file, name=profile.name)
    mine = [line for line in profile.addresses if line in sample.addresses]
    mine += [domain for domain in profile.domains if domain in sample.domains]
    if mine:
        yield look("sample_addresses", file=file, them=", ".join(mine))
    if set(profile.services) == set(sample.services):
        yield look("sample_services", file=file)
    if set(profile.not_offered) == set(sample.not_offered):
        yield look("sample_not_offered", file=file, them=", ".join(profile.not_offered))
    kept = [line for line in profile.signature.splitlines() if line.strip() in sample.signature.splitlines()]
    if kept:
        yield look("sample_signature", file=file, line=kept[0].strip())
    names = {partner.name for partner in sample.partners}
    if invented := [partner.name for partner in profile.partners if partner.name in names]:
        yield look("sample_partners", file=file, names=", ".join(invented))


@cache
def _sample() -> Business:
    return load_business(shipped(*_STARTER))
