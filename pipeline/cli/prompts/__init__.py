"""``candor prompts ...``: the versions of the prompts, listed, shown, compared and checked."""
