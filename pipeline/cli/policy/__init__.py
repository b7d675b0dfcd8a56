"""``candor policy ...``: what can be done with a policy besides deciding by it."""
