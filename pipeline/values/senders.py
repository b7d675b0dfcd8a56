"""The name that a sender shows, apart from the titles before it (``lexicon/titles.yaml``).

Left out: which of several words is the family name; the first is taken for the given one.
"""

from itertools import dropwhile

from pipeline.values.lexicon import titles
from pipeline.values.text import bare


def is_title(word: str) -> bool:
    """Whether a word is no name but what stands before one."""
    return bare(word).rstrip(".") in titles()


def given_name(shown: str) -> str:
    """The first word behind the titles; empty where they leave one word, which is a family name, or none."""
    words = shown.split()
    names = list(dropwhile(is_title, words))
    return names[0] if len(names) > 1 or names == words != [] else ""
