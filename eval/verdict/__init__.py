"""Verdicts: what records say of two prompt versions. They read records only; nothing here asks a model."""
