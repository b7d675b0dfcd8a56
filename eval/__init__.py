"""Does it work? Labelled mails taken down the whole road, and the figures that come out.

Nothing in ``pipeline`` imports this.
"""
