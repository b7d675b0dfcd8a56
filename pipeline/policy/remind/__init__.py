"""Who is due a word before a no is due: check-ins, agreements that have grown old, rules that are tested again."""
