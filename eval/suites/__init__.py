"""Suites: folders of cases and of the businesses that they were written to. Read, checked, locked, laid out."""
