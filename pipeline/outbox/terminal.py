"""Text of mails and models on its way to a terminal. It alone stands before the screen."""

from pipeline.outbox.characters import plain


def safe(text: str) -> str:
    """``text`` without C0, C1, ESC and bidi controls; line ends and tabs stay. An escape's rest is harmless."""
    return plain(text)
