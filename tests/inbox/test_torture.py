"""A small turn of the torture: mutated mail and parts in any order end as a message or as a sentence."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.inbox.letters import mail
from tests.torture.inbox import SLOW, _taken, torture

TEXTS = st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))
KINDS = st.sampled_from((
    "text/plain", "text/html", "text/plain; format=flowed", "text/calendar; method=REPLY", "image/png; name=a.png",
    "application/pkcs7-mime", "application/ms-tnef", "message/rfc822", "martian", "text/html; charset=utf-16",
))  # fmt: skip
LEAVES = st.builds(lambda kind, text: b"Content-Type: " + kind.encode() + b"\r\n\r\n" + text, KINDS, TEXTS)
FORMS = st.sampled_from(("mixed", "alternative", "related", "signed", "report", "digest", "encrypted"))


def gathered(form: str, edge: int, parts: list[bytes]) -> bytes:
    mark = b"\r\n--edge%d" % edge
    head = f"Content-Type: multipart/{form}; boundary=edge{edge}\r\n".encode()
    return head + b"".join(mark + b"\r\n" + part for part in parts) + mark + b"--\r\n"


TREES = st.recursive(
    LEAVES, lambda inner: st.builds(gathered, FORMS, st.integers(0, 3), st.lists(inner, max_size=4)), max_leaves=12
)


@settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(TREES, st.binary(max_size=40))
def test_parts_in_any_order_end_in_a_row(tree: bytes, head: bytes) -> None:
    _taken(mail(b"", b"X: " + head.replace(b"\n", b"") + b"\r\n").rstrip(b"\r\n") + b"\r\n" + tree)


def test_three_hundred_mutated_mails_end_in_a_row() -> None:
    endings = [torture(number) for number in range(300)]
    assert [one for one in endings if one.ending not in {"read", "refused"}] == []
    assert max(one.seconds for one in endings) < 5 * SLOW
