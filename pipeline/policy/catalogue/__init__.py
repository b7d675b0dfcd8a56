"""Stage 2, pure: facts in, decision out. No I/O, no clock, no model; ``today`` is an argument."""
