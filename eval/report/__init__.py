"""The report of a run: one HTML file that loads nothing. Left out: a comparison's figures, which ``verdict`` makes."""
