"""Stage 4, pure: a draft re-read from scratch, as if its writer were an attacker. No I/O but its own data, no clock, no model."""
