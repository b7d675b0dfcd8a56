"""Money, percentages, dates, durations, counts and number words: read and written in en, de, fr and es. Pure."""
