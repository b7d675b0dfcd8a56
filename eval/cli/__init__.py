"""The commands of the harness: parse, build, call. Nothing here decides."""
