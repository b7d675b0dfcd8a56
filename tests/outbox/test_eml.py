import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import CandorError
from pipeline.outbox.eml import draft_eml
from pipeline.types.business import Profile
from pipeline.types.message import Address
from pipeline.types.outcome import Outcome
from tests.outbox.examples import DECLINE_BODY, PROFILE, TODAY, asking, decline, draft, message, skipped, trap

FUZZDB = Path(__file__).parents[2] / "../shared/attacks/fuzzdb/data.jsonl"
NAMES = [
    "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "X-Unsent",
    "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
]  # fmt: skip
INJECTIONS = [
    "=?utf-8?q?Hi=0D=0ABcc:_x@evil.example?=",
    "=?utf-8?b?SGkNCkJjYzogeEBldmlsLmV4YW1wbGU=?=",
    "=?utf-8?q?Hi=0ABcc:_x@evil.example?= and more",
    "Hi\r\nBcc: x@evil.example",
    "Hi\nBcc: x@evil.example\n\nbody",
    "Hi\rBcc: x@evil.example",
    "Hi\x00\x1b[31m\x85Bcc: x@evil.example",
    "Hi\u2028Bcc: x@evil.example",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3FHi=3D0D=3D0ABcc:_x@evil.example=3F=3D?=",
    '"; Bcc: <x@evil.example>, "',
    "x@evil.example, y",
    "a <x@evil.example>",
    "(comment) [x] {y} \\ \" ' ` ; : , .",
    "=?utf-8?q?" * 60,
]


def written(outcome: Outcome, profile: Profile = PROFILE) -> EmailMessage:
    return message_from_bytes(draft_eml(outcome, profile, TODAY), policy=policy.default)


def body(outcome: Outcome) -> str:
    return str(written(outcome).get_content()).replace("\r\n", "\n")


def header_names(data: bytes) -> list[str]:
    """Counted by hand, as any mail program would: a line that does not begin with white space is a header."""
    head = data.partition(b"\r\n\r\n")[0]
    return [line.split(b":")[0].decode() for line in head.splitlines() if line[:1] not in b" \t"]


def attacks(*kinds: str) -> list[str]:
    records = [json.loads(line) for line in FUZZDB.read_text("utf-8").splitlines()]
    return [record["text"] for record in records if record["kind"].startswith(kinds)]


def test_a_draft_is_a_reply_in_its_thread() -> None:
    mail = written(decline())
    assert mail["From"] == "Studio Larkspur <projects@larkspur.example>"
    assert mail["To"] == "Jonas Feld <jonas@linden.example>"
    assert mail["Subject"] == "Re: Offer for the festival website"
    assert mail["Date"] == "Sat, 21 Nov 2026 12:00:00 +0000"
    assert mail["In-Reply-To"] == "<1.festival@linden.example>"
    assert mail["References"] == "<offer-17@larkspur.example> <1.festival@linden.example>"
    assert mail["X-Unsent"] == "1"
    assert header_names(draft_eml(decline(), PROFILE, TODAY)) == NAMES


def test_the_body_is_the_draft_and_below_it_the_quoted_original() -> None:
    text = body(decline())
    assert text.startswith(DECLINE_BODY)
    assert "\n\nOn 20 November 2026, Jonas Feld wrote:\n> Hello Mira,\n>\n> the board has looked" in text


def test_the_same_outcome_gives_the_same_bytes_and_another_outcome_another_id() -> None:
    assert draft_eml(asking(), PROFILE, TODAY) == draft_eml(asking(), PROFILE, TODAY)
    assert written(decline())["Message-ID"] != written(decline(2))["Message-ID"]
    assert written(decline())["Message-ID"].endswith("@draft.invalid>")


def test_umlauts_survive_in_subject_name_domain_and_body() -> None:
    mail = written(asking())
    assert mail["Subject"] == "Re: Noch ein paar Seiten, geht das schön?"
    assert mail["To"].addresses[0].display_name == "Bäuerle, Örs"
    assert mail["To"].addresses[0].domain == "xn--bckerei-nord-gcb.example"
    assert "Am 20. November 2026 schrieb Bäuerle, Örs:\n> Guten Tag," in body(asking())


def test_a_marked_draft_says_why_in_a_header_and_nowhere_else() -> None:
    mail = written(trap())
    assert mail["X-Candor-Review"] == "foreign_reply_to, stance.soft_no"
    assert mail["To"].addresses[0].addr_spec == "desk@elsewhere.example"
    assert "stance" not in mail.get_content()
    assert "X-Candor-Review" not in written(decline())


def test_the_reply_comes_from_the_address_that_was_written_to() -> None:
    to_both = (Address(address="other@elsewhere.example"), Address(address="projects@larkspur.example"))
    to_nobody = (Address(address="other@elsewhere.example"),)
    ours = [written(decline(message=message(to=to)))["From"].addresses[0].addr_spec for to in (to_both, to_nobody)]
    assert ours == ["projects@larkspur.example", "hello@larkspur.example"]


def test_long_ids_are_folded_between_ids_and_never_encoded() -> None:
    long = tuple(f"<{'x' * 120}.{n}@mail.linden.example>" for n in range(3))
    data = draft_eml(decline(message=message(references=long)), PROFILE, TODAY)
    head = data.partition(b"\r\n\r\n")[0].decode()
    assert "=?" not in head
    assert all(f" {id_}\r\n" in head for id_ in long)


def test_a_very_long_thread_keeps_its_two_ends() -> None:
    refs = tuple(f"<{n}@linden.example>" for n in range(100))
    kept = str(written(decline(message=message(references=refs)))["References"]).split()
    assert kept[:20] == list(refs[:20])
    assert kept[-1] == "<1.festival@linden.example>"
    assert len(kept) == 40


@pytest.mark.parametrize("broken", ["", "<[x]>", "no id", "<a b@c>", "<=?utf-8?q?x?=@c>", "<" + "x" * 999 + "@y>"])
def test_a_broken_parent_id_is_left_out(broken: str) -> None:
    mail = written(decline(message=message(message_id=broken, references=(broken,))))
    assert "=?" not in str(mail["References"])
    assert mail["In-Reply-To"] in {None, "<b@c>"}


@pytest.mark.parametrize("hostile", INJECTIONS)
def test_nothing_in_a_mail_adds_a_header(hostile: str) -> None:
    outcome = decline(
        message=message(
            subject=hostile,
            sender=Address(address="jonas@linden.example", name=hostile),
            message_id=f"<a@b>{hostile}",
            references=(hostile, f"<{hostile}@x>"),
            body=hostile,
        ),
        draft=draft(subject=""),
        marked=(hostile,),
    )
    data = draft_eml(outcome, PROFILE, TODAY)
    assert sorted(header_names(data)) == sorted([*NAMES, "X-Candor-Review"])
    assert "=?utf-8?q?Hi" not in str(message_from_bytes(data, policy=policy.default)["Subject"])


@pytest.mark.parametrize(
    "address",
    ["", "justastring", "a@b", "a b@c.example", "a@b.example\r\nBcc: x@y.example", '"a"@b.example', "a@[127.0.0.1]",
     "=?utf-8?q?a?=@b.example", "a@b.example, c@d.example", "ä@b.example", "a.@b.example", "x" * 300 + "@b.example"],
)  # fmt: skip
def test_an_address_that_programs_read_differently_is_refused_by_name(address: str) -> None:
    with pytest.raises(CandorError, match="the To address"):
        draft_eml(decline(message=message(sender=Address(address=address))), PROFILE, TODAY)


def test_without_a_draft_or_an_address_of_ours_nothing_is_written() -> None:
    with pytest.raises(CandorError, match="no draft"):
        draft_eml(skipped(), PROFILE, TODAY)
    with pytest.raises(CandorError, match="the From address"):
        draft_eml(decline(), PROFILE.model_copy(update={"addresses": ()}), TODAY)


@pytest.mark.skipif(not FUZZDB.exists(), reason="no attack texts here")
def test_public_attack_texts_stay_inside_their_fields() -> None:
    for text in attacks("crlf", "control_chars", "email_address", "terminal_escape", "unicode"):
        hostile = message(subject=text, sender=Address(address="a@b.example", name=text), body=text, references=(text,))
        data = draft_eml(decline(message=hostile, draft=draft(text, subject="")), PROFILE, TODAY)
        assert sorted(set(header_names(data))) == sorted(header_names(data))
        assert set(header_names(data)) == set(NAMES)


@pytest.mark.skipif(not FUZZDB.exists(), reason="no attack texts here")
def test_public_odd_addresses_are_written_exactly_or_refused() -> None:
    for address in attacks("email_address"):
        try:
            mail = written(decline(message=message(sender=Address(address=address))))
        except CandorError:
            continue
        local, _, domain = address.strip().lower().rpartition("@")
        assert mail["To"].addresses[0].addr_spec == f"{local}@{domain.encode('idna').decode()}"


TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from(
        ["=?utf-8?q?", "=0D=0A", "?=", "Bcc:", "x@evil.example", " ", "\r\n", "Müller", "(", ")", ",", '"']
    ),
    max_size=12,
).map("".join)


@settings(max_examples=80, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_any_subject_name_and_body_can_be_written_and_read_back(subject: str, name: str, body: str) -> None:
    sender = Address.model_construct(address="a@b.example", name=name)
    outcome = decline(message=message(subject=subject, sender=sender, body=body), draft=draft(body, subject=""))
    assert header_names(draft_eml(outcome, PROFILE, TODAY)) == NAMES


def test_an_id_that_was_made_up_for_a_mail_without_one_is_not_passed_on() -> None:
    mail = message(message_id="<0123@id.invalid>", references=("<1@linden.example>", "<4567@id.invalid>"))
    data = draft_eml(decline(message=mail), PROFILE, TODAY)
    assert b"@id.invalid" not in data
    assert b"In-Reply-To" not in data
    assert b"\r\nReferences: <1@linden.example>\r\n" in data
