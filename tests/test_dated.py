from datetime import date

import pytest

from pipeline.dated import written_on
from pipeline.quotes import find
from pipeline.types.message import Message
from tests.fakes import message

DAY = date(2026, 11, 18)


def day(mail: Message, language: str = "en") -> date | None:
    quote = find("by Friday", mail, history=True)
    assert quote is not None
    return written_on(quote, mail, language, DAY)


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("On Mon, May 4, 2026 at 9:00 AM Mia <mia@lark.example> wrote:", "en", date(2026, 5, 4)),
        ("Am 17.06.2026 um 14:12 schrieb Mia:", "de", date(2026, 6, 17)),
        ("Le 29 mai 2026 à 14:12, Mia a écrit :", "fr", date(2026, 5, 29)),
        ("El 6 feb 2026, a las 14:12, Mia escribió:", "es", date(2026, 2, 6)),
        ("Sent: 4 May 2026 14:12", "en", date(2026, 5, 4)),
        ("Gesendet: Montag, 4. Mai 2026 09:00", "de", date(2026, 5, 4)),
        ("On 4 May 2027, Mia wrote:", "en", None),  # after the mail: no day of a mail that it quotes
        ("Mia wrote:", "en", None),
        ("It ran from 4 May 2026 to 9 May 2026:", "en", None),
    ],
)
def test_the_line_that_brings_a_quotation_in_dates_it(line: str, language: str, expected: date | None) -> None:
    assert day(message("Well?", history=f"{line}\n\n> Have it ready by Friday"), language) == expected


def test_the_nearest_line_counts() -> None:
    thread = "On 4 May 2026, we wrote:\n> No.\n>> On 1 May 2026, Mia wrote:\n>>> Have it ready by Friday"
    assert day(message("Well?", history=thread)) == date(2026, 5, 1)


def test_words_of_the_mail_itself_are_of_its_own_day() -> None:
    assert day(message("Have it ready by Friday", history="On 4 May 2026, we wrote:\n> No.")) == DAY
