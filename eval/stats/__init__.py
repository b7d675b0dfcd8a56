"""Statistics for suites of some dozens to some thousands of cases. Pure Python: no other room, no clock, no numpy.

Whatever is drawn comes from a seed that the caller gives. Left out: what a figure means for a prompt, which
``eval.verdict`` says.
"""
