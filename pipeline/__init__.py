"""Candor drafts the reply which people put off: the *no* to a client.

``flow.py`` is the page to read first. Nothing here sends mail; nothing here imports ``eval``.
"""

__version__ = "0.1.0"
