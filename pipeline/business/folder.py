"""A business folder as one value: ``profile.yaml``, ``policy.yaml`` and, if they are kept, records and further texts.

Records are clients, invoices, prices and the calendar, each in YAML or CSV; ``texts/de.yaml`` holds the policy's texts
in German. Any fault in any file is one sentence with its place, and means no business at all.
"""

import hashlib
import re
from pathlib import Path

from pipeline.business.files import record_texts, text_of
from pipeline.business.profile import read_profile
from pipeline.business.records import RECORDS, read_records
from pipeline.errors import BusinessError
from pipeline.policy.load import load_policy
from pipeline.policy.texts import translated
from pipeline.types.business import Business, Profile
from pipeline.types.policy import Policy

_CODE = re.compile(r"[a-z]{2}")


def load_business(folder: Path) -> Business:
    """Read a business folder.

    Its hash is over the texts of all files, and over the holidays, which may also come from a table of Candor's.

    Raises:
        BusinessError: a file is missing, unreadable or has a wrong entry.
        PolicyError: the policy file is wrong.
    """
    if not folder.is_dir():
        raise BusinessError(f"there is no business folder at {folder}; 'candor init {folder}' makes one")
    texts = {name: text_of(folder / name) for name in ("profile.yaml", "policy.yaml")}
    kept = {record.stem: record_texts(folder, record) for record in RECORDS}
    languages = _languages(folder / "texts")
    profile = read_profile(texts["profile.yaml"], "profile.yaml")
    records = read_records(kept, profile)
    policy = _translated(load_policy(texts["policy.yaml"], "policy.yaml"), languages)
    _known(profile, policy)
    read = texts | languages | {name: text for each in kept.values() for name, text in each.items()}
    days = " ".join(day.isoformat() for day in profile.holidays)
    digest = hashlib.sha256(repr((sorted(read.items()), days)).encode()).hexdigest()
    return Business(profile=profile, policy=policy, hash=digest, **records._asdict())


def _languages(folder: Path) -> dict[str, str]:
    """The files of ``texts/``, by ``texts/de.yaml`` and so on; empty when there are none."""
    files = sorted(path for path in folder.glob("*") if path.suffix in {".yaml", ".yml"})
    for path in files:
        if path.suffix != ".yaml" or not _CODE.fullmatch(path.stem):
            raise BusinessError(f"texts/{path.name}: a file of texts is named by its language, e.g. de.yaml")
    return {f"texts/{path.name}": text_of(path) for path in files}


def _known(profile: Profile, policy: Policy) -> None:
    """An example or a person for a rule that is not there would never be told of."""
    rules = {rule.id for rule in policy.rules}
    for key, kept in (("examples", profile.examples), ("people", profile.people)):
        for rule in (rule for each in kept for rule in each.for_ if rule not in rules):
            raise BusinessError(f"profile.yaml: '{key}' names the rule '{rule}', and policy.yaml has none of that id")


def _translated(policy: Policy, languages: dict[str, str]) -> Policy:
    for file, text in languages.items():
        policy = translated(policy, Path(file).stem, text, file)
    return policy
