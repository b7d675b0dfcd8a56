"""Tests of a policy, as a table: rows of what is given and what must come of it, and what they would notice."""
