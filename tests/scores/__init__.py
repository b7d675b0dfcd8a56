"""Scores that people run by hand while they work on a part: counts over labelled mails, no assertions."""
