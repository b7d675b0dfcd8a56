"""What past noes teach: counts over past outcomes, each with the number it stands on. Left out: the telling."""
