"""The command line: each command parses its words, builds what it needs and calls. No decision is taken here."""
