"""Derived facts: exact arithmetic over the mail's facts, the client's record, prices and weeks."""
