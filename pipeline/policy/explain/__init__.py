"""Why a decision came out as it did: every rule, every condition, every offer that fell away. Values in, values out."""
