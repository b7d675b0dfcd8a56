"""Stage 4, pure: a finished draft re-read from scratch, as if its writer were an attacker.

No I/O but its own data, no clock, no model.
"""
