"""Which language a text is in, if that can be told."""

import pytest

from pipeline.values.language import guess


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Could you send us the revised drawings by the end of the week, please?", "en"),
        ("Können Sie uns bitte die überarbeiteten Pläne bis Ende der Woche schicken?", "de"),
        ("Pourriez-vous nous envoyer les plans révisés avant la fin de la semaine ?", "fr"),
        ("¿Podría enviarnos los planos revisados antes de que acabe la semana?", "es"),
        ("Potrebbe inviarci i disegni rivisti entro la fine della settimana, per favore?", "it"),
        ("Ok, thanks!", "und"),
        ("", "und"),
        ("12345 67890 " * 20, "und"),
        ("\ud800" * 30, "und"),
    ],
)
def test_guess(text: str, expected: str) -> None:
    assert guess(text) == expected
