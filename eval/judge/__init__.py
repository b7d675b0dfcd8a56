"""Judges of drafts: narrow questions put to a model, each answered with reason and quote, and how far to trust one."""
