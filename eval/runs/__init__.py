"""A run: every case through every prompt version, drafted, judged, scored and written down, line by line.

What is recorded is decided upon later, by ``verdict``, from the records alone.
"""
